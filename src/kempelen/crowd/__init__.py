"""Crowd HTML Elements: our own, open implementation, and the one file that is made of it.

`parts/` has what elements share, `elements/` one custom element per file, all plain ES modules.  Each
element says in its `definition`, which is JSON, what attributes, slots, events and answer it has.
"""
