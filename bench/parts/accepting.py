"""Accepting the next task of queues of different lengths, also after having done half of one."""

from collections.abc import Iterator, Sequence

from bench.figures import Figure, rows
from bench.site import Site
from bench.systems import Batch, System
from bench.watching import Watch

PART = "accept"
CLAIM = "accept: the claim alone"
FRESH, HALF_DONE = 0, 1
_WHO_WORKS = {FRESH: "", HALF_DONE: ", half of them done"}
# Seeding Turkle's store takes long, and its time grows with the number of tasks.
TURKLE_AT_MOST = 100_000
TIMES = 40
_TURKLE_TIMES = 5


def measure(site: Site, sizes: Sequence[int]) -> Iterator[Figure]:
    """Measure over HTTP, one accept of each queue in turn; then Kempelen's claim without a web server."""
    for system in site.systems:
        fitting = [size for size in sizes if system.name != "Turkle" or size <= TURKLE_AT_MOST]
        queues = {size: site.answered(system, size) for size in fitting}
        yield from _over_http(site, system, queues)
    queues = {size: site.answered(site.kempelen, size) for size in sizes}
    yield from _alone(site, queues)


def _over_http(site: Site, system: System, queues: dict[int, Batch]) -> Iterator[Figure]:
    browsers = {number: system.worker(number) for number in _WHO_WORKS}
    taken: dict[tuple[int, int], list[float]] = {}
    problems: dict[tuple[int, int], list[str]] = {}
    times = TIMES if system.name == "Kempelen" else _TURKLE_TIMES
    with Watch(*system.pids) as watch:
        for _ in range(times):
            for size, batch in queues.items():
                for number, browser in browsers.items():
                    one = system.accept(browser, batch)
                    taken.setdefault((size, number), []).append(one.seconds)
                    problems.setdefault((size, number), []).append(one.problem)
    for (size, number), seconds in taken.items():
        figure = Figure(PART, rows(size) + _WHO_WORKS[number], system.name, site.database).took(seconds)
        yield figure.used(watch.use, times * len(taken)).missed(problems[size, number])


def _alone(site: Site, queues: dict[int, Batch]) -> Iterator[Figure]:
    pairs = [(size, number) for size in queues for number in _WHO_WORKS]
    groups = [queues[size].id.split()[0] for size, _ in pairs]
    medians = site.kempelen.inside.ask(
        "claims", groups=groups, workers=[number for _, number in pairs], times=3 * TIMES
    )
    for (size, number), seconds in zip(pairs, medians, strict=True):
        figure = Figure(CLAIM, rows(size) + _WHO_WORKS[number], "Kempelen", site.database, seconds)
        figure.count = 3 * TIMES
        yield figure
