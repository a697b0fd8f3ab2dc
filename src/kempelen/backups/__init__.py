"""Backups of a data folder: its SQLite database, files and secrets, whole at one moment."""
