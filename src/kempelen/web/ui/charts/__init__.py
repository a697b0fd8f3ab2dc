"""Pictures of figures, drawn here as SVG: every one has a table beside it that says the same.

A library would bring its own look, scripts or inline styles, which our policy forbids; what we need of one
is two scales and a path.
"""
