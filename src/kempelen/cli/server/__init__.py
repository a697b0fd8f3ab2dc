"""Commands that work on the data folder, with or without a server running beside."""
