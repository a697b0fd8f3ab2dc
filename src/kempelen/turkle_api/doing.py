"""Work that a call asks for: a little of it is done before the answer, so that programs see it at once."""

from collections.abc import Callable

from kempelen.domain.ids import new_id
from kempelen.domain.models import Job
from kempelen.jobs import working

# How many rows are so few; a caller who waits holds a thread.
FEW = 5_000


def now_or_soon(ask: Callable[[], Job | None], *, rows: int) -> None:
    """Ask for the job, if one is needed; do it at once for few rows, else leave it to whoever does jobs."""
    if rows > FEW:
        ask()
    else:
        working.ask_and_do(ask, taker=f"api-{new_id()}")
