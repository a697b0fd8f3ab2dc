"""The only place that knows all: settings, URLs, the data folder."""
