"""Publishing a file, from its upload until workers can work on it."""

from collections.abc import Iterator, Sequence

from bench.figures import Figure, rows
from bench.site import Site
from bench.systems import Published, System, csv_of
from bench.watching import Use, Watch

PART = "publish"
_ROUNDS = {1_000: 5, 10_000: 3}
# Turkle makes one statement for each row; what would take minutes is left out, and said.
TURKLE_AT_MOST = 10_000
_TURKLE_ROUNDS = 1


def measure(site: Site, sizes: Sequence[int]) -> Iterator[Figure]:
    """Measure by turns: Kempelen, the raw database, Turkle."""
    # The raw rows go into the same table and refer to a batch of it.
    site.kempelen.seed(10)
    for size in sizes:
        csv = csv_of(size)
        done: dict[str, list[Published]] = {}
        used: dict[str, Use] = {}
        raw: list[float] = []
        for number in range(_ROUNDS.get(size, 1 if size > 100_000 else 2)):
            for system in site.systems:
                if system.name == "Turkle" and (size > TURKLE_AT_MOST or number >= _TURKLE_ROUNDS):
                    continue
                with Watch(*system.pids) as watch:
                    done.setdefault(system.name, []).append(_publish(system, size, csv))
                used[system.name] = watch.use
            raw.append(site.kempelen.inside.ask("raw_insert", rows=size))
            site.kempelen.inside.ask("settle")
        for name, published in done.items():
            yield _figure(PART, name, site, size, [one.seconds for one in published], published, used[name])
        making = [one.making_seconds for one in done["Kempelen"]]
        yield _figure(
            f"{PART}: HITs made", "Kempelen", site, size, making, done["Kempelen"], used["Kempelen"]
        )
        yield _figure(PART, "limit", site, size, raw, [], Use())
        yield _figure(f"{PART}: HITs made", "limit", site, size, raw, [], Use())


def _publish(system: System, size: int, csv: bytes) -> Published:
    return system.publish(size, csv)


def _figure(
    part: str, who: str, site: Site, size: int, seconds: Sequence[float], done: Sequence[Published], use: Use
) -> Figure:
    figure = Figure(part, rows(size), who, site.database).took(seconds).used(use)
    figure.per_second = size / figure.seconds if figure.seconds else 0.0
    return figure.missed(one.problem for one in done)
