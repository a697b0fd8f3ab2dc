"""Figures: how fast Kempelen is beside the raw database, a bare view, and Turkle.

`make bench` or `python -m bench --help`; docs/reference/figures.md shows the last full run.
"""
