"""The wire: MTurk's service model, AWS JSON 1.1 and its signatures.  Knows no table and no Django."""
