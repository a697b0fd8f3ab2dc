"""Keeping the figures up to date, a little at a time, so that work goes on meanwhile."""

import time

from kempelen.domain.statistics import filling, recounting, worker_records

_AT_MOST_SECONDS = 0.5


def count_some() -> None:
    """Fill figures for half a second at most; there may be more to do."""
    stop_at = time.monotonic() + _AT_MOST_SECONDS
    while filling.step() and time.monotonic() < stop_at:
        pass
    while recounting.recount_next() and time.monotonic() < stop_at:
        pass
    while time.monotonic() < stop_at and worker_records.count_some():
        pass
