"""Every page of a requester, and a worker's, with as much behind them as there may be."""

from collections.abc import Iterator, Sequence
from typing import Any

from bench.figures import Figure
from bench.site import Site

PART = "pages"
QUERIES = "queries"
# HITs, batches, workers: what the same pages are compared with.
SMALL = (100, 5, 5)
_TIMES = 5
_TOO_FEW_TO_TELL = 1_000


def measure(site: Site, size: Sequence[int]) -> Iterator[Figure]:
    """Measure each page with a small requester and with a large one."""
    small = {one["page"]: one for one in _asked(site, "Small", SMALL, times=1)}
    for page in _asked(site, "Large", size, times=_TIMES if size[0] > _TOO_FEW_TO_TELL else 1):
        name = page["page"]
        figure = Figure(PART, name, "Kempelen", site.database).took(page["times"])
        figure.cpu_seconds = page["cpu_seconds"]
        before = small.get(name, page)["queries"]
        figure.note = f"{page['queries']} {QUERIES}, {before} with {SMALL[0]} HITs"
        grown = page["queries"] > before
        yield figure.missed(["more queries"] if grown else [])


def _asked(site: Site, name: str, size: Sequence[int], *, times: int) -> list[dict[str, Any]]:
    rows, count, workers = size
    inside = site.kempelen.inside
    inside.ask("crowd", name=name, rows=rows, count=count, workers=workers)
    found: list[dict[str, Any]] = inside.ask("page_times", name=name, times=times)
    return found
