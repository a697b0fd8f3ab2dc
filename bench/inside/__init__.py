"""Programs that run inside a measured system's own environment, to fill its store and to look into it."""
