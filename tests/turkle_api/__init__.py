"""The REST API that programs made for Turkle know."""
