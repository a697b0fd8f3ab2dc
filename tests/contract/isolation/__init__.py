"""Who may do what, in two tables: every page (`pages.py`) and every operation of the API (`operations.py`).

The tests walk the addresses and the operations that there are: what has no row fails.  What exactly another
requester hears from each operation is in `tests/contract/api/test_isolation.py`.
"""
