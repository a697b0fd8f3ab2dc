"""Turkle itself, in an environment of its own (`tests.programs.turkle`): it makes databases to import."""
