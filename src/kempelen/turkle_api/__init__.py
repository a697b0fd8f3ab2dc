"""The REST API of Turkle 3.1, with rights: what its clients know, on what is here."""
