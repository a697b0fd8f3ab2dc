"""Local copies of what task pages load from elsewhere: which addresses, and whose files.

Templates of twenty years load Bootstrap, jQuery and their like from Amazon's buckets and public networks
(docs/reference/local-copies.md).  The files come from packages that ship them, listed in pyproject.toml;
nothing of theirs is in this repository.
"""
