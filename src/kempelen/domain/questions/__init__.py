"""Question and answer documents: read, checked, made.  Pure: no database, no network."""
