"""Kempelen: your own Mechanical Turk."""
