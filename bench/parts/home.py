"""The worker's first page, with ever more batches on it."""

from collections.abc import Iterator, Sequence

from bench.figures import Figure
from bench.site import Site
from bench.watching import Watch

PART = "home"
ROWS_EACH = 20
TIMES = 20
_TURKLE_TIMES = 5


def measure(site: Site, counts: Sequence[int]) -> Iterator[Figure]:
    """Measure by turns for each number of batches."""
    for system in site.systems:
        system.hide_all()
    there = 0
    for count in counts:
        for system in site.systems:
            system.seed(ROWS_EACH, count=count - there)
            browser = system.worker(0)
            system.home(browser)
            times = TIMES if system.name == "Kempelen" else _TURKLE_TIMES
            with Watch(*system.pids) as watch:
                replies = [system.home(browser) for _ in range(times)]
            figure = Figure(PART, f"{count} batches", system.name, site.database)
            figure.took([reply.seconds for reply in replies]).used(watch.use, times)
            yield figure.missed(f"home: {reply.status}" if reply.status != 200 else "" for reply in replies)
        there = count
    for system in site.systems:
        system.hide_all()
