"""Turkle's own client, as it is, against a server."""
