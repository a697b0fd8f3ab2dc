"""Fetching results, from the request to the last byte."""

from collections.abc import Iterator, Sequence

from bench.figures import Figure, rows
from bench.site import Site
from bench.systems import System
from bench.watching import Use, Watch

PART = "export"
# Turkle reads everything into memory, with a query for each row; what would take minutes is left out.
TURKLE_AT_MOST = 10_000
_TURKLE_ROUNDS = 1


def measure(site: Site, sizes: Sequence[int]) -> Iterator[Figure]:
    """Measure by turns: Kempelen, a raw cursor with csv, Turkle."""
    for size in sizes:
        taken: dict[str, list[float]] = {}
        problems: dict[str, list[str]] = {}
        used: dict[str, Use] = {}
        group = site.answered(site.kempelen, size).id.split()[0]
        for number in range(5 if size <= 10_000 else 3 if size <= 100_000 else 1):
            for system in site.systems:
                if system.name == "Turkle" and (size > TURKLE_AT_MOST or number >= _TURKLE_ROUNDS):
                    continue
                seconds, problem, used[system.name] = _export(site, system, size)
                taken.setdefault(system.name, []).append(seconds)
                problems.setdefault(system.name, []).append(problem)
            raw, _count = site.kempelen.inside.ask("raw_export", group=group)
            taken.setdefault("limit", []).append(raw)
        for name, times in taken.items():
            figure = Figure(PART, rows(size), name, site.database).took(times)
            figure.per_second = size / figure.seconds
            yield figure.used(used.get(name, Use())).missed(problems.get(name, []))


def _export(site: Site, system: System, size: int) -> tuple[float, str, Use]:
    batch = site.answered(system, size)
    with Watch(*system.pids) as watch:
        file = system.export(batch)
    problem = "" if file.status == 200 else f"export: {file.status}"
    # A header, and the last line may lack its end.
    if not problem and abs(file.lines - size) > 1:
        problem = "rows missing"
    return file.seconds, problem, watch.use
