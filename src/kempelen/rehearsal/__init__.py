"""Trying a pipeline out: a throw-away server, and who and what a rehearsal needs.

A client of the server's faces: nothing here imports Django or knows a table.
"""
