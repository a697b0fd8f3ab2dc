"""Hostile templates in a real Chromium: each attack fails, and would not if its wall were gone."""
