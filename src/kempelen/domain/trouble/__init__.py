"""Trouble on demand, in a sandbox: which is wanted, what it does to whom, whether any is made."""
