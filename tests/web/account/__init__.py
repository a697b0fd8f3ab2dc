"""The account pages, a file per page."""
