"""What Kempelen is to reach, as ratios to a limit or to Turkle measured in the same run."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from bench.figures import Figure, Figures, rows
from bench.parts.calling import BESIDE, clients_of
from bench.parts.pages import PART as PAGES
from bench.parts.requests import workers_of

MOST_MEMORY_MB = 150
MILLION = 1_000_000
SLOWEST_PAGE_SECONDS = 0.1


@dataclass(frozen=True)
class Verdict:
    """One target: what was measured, what was wanted, and whether that is met."""

    what: str
    database: str
    measured: float
    wanted: str
    is_met: bool
    unit: str = ""

    def as_row(self) -> dict[str, Any]:
        """Give it as JSON has it."""
        return asdict(self)


def verdicts(figures: Figures) -> list[Verdict]:
    """Compare what was measured with what is wanted; what was not measured is not judged."""
    return [
        verdict
        for database in figures.databases()
        for judge in (_bulk, _accept, _requests, _loop, _home, _calls, _pages)
        for verdict in judge(figures, database)
    ]


def _bulk(figures: Figures, database: str) -> Iterator[Verdict]:
    for part in ("publish", "publish: HITs made", "export"):
        for case in figures.cases(part):
            mine, limit = (figures.find(part, case, who, database) for who in ("Kempelen", "limit"))
            if mine and limit and limit.per_second and _count(case) >= 10_000:
                yield _at_least(
                    f"{part}, {case}: share of the raw limit",
                    database,
                    mine.per_second / limit.per_second,
                    0.5,
                )
            if mine and part != "publish: HITs made" and case == rows(MILLION):
                yield Verdict(
                    f"{part}, {case}: memory of the process at its highest",
                    database,
                    mine.pss_mb,
                    f"< {MOST_MEMORY_MB} MB",
                    mine.pss_mb < MOST_MEMORY_MB,
                    " MB",
                )


def _accept(figures: Figures, database: str) -> Iterator[Verdict]:
    for part in ("accept", "accept: the claim alone"):
        cases = figures.cases(part)
        for ending in ("rows", "half of them done"):
            alike = sorted((case for case in cases if case.endswith(ending)), key=_count)
            found = [figures.find(part, case, "Kempelen", database) for case in alike]
            if len(alike) < 2 or not found[0] or not found[-1]:
                continue
            what = f"{part}, {alike[-1]}: its time to that at {alike[0].split()[0]}"
            yield _at_most(what, database, found[-1].seconds / found[0].seconds, 1.5)


def _requests(figures: Figures, database: str) -> Iterator[Verdict]:
    for part in ("page", "submit"):
        for case in figures.cases(part):
            mine, bare = (figures.find(part, case, who, database) for who in ("Kempelen", "bare view"))
            if mine and bare:
                what = f"{part}, {case}: requests per second to the bare view's"
                yield _at_least(what, database, mine.per_second / bare.per_second, 0.5)


def _loop(figures: Figures, database: str) -> Iterator[Verdict]:
    for crowd, wanted in ((1, 1.5), (8, 5.0), (32, 5.0)):
        case = workers_of(crowd)
        mine, theirs = (figures.find("loop", case, who, database) for who in ("Kempelen", "Turkle"))
        if mine and theirs and theirs.per_second:
            what = f"loop, {case}: finished tasks per second to Turkle's"
            yield _at_least(what, database, mine.per_second / theirs.per_second, wanted)
        if mine:
            wrong = sum(mine.problems.values())
            yield Verdict(f"loop, {case}: errors, lost or doubled work", database, wrong, "0", not wrong)


def _home(figures: Figures, database: str) -> Iterator[Verdict]:
    found = [figures.find("home", case, "Kempelen", database) for case in figures.cases("home")]
    measured: list[Figure] = [one for one in found if one]
    if len(measured) > 1:
        what = f"home, {measured[-1].case}: its time to that with {measured[0].case}"
        # A page shows 25 batches at most, so that more than ten cost a little more.
        yield _at_most(what, database, measured[-1].seconds / measured[0].seconds, 2.0)


def _calls(figures: Figures, database: str) -> Iterator[Verdict]:
    for operation, beside in BESIDE.items():
        part = f"API: {operation}"
        for case in figures.cases(part):
            mine, theirs = (figures.find(part, case, who, database) for who in ("Kempelen", "moto"))
            if not mine or not theirs or not mine.seconds or not theirs.per_second:
                continue
            # One client waits for each answer; what many do at once is a matter of processors.
            if case == clients_of(1):
                what, ratio = f"time of moto's {beside} to ours", theirs.seconds / mine.seconds
            else:
                what, ratio = f"calls per second to moto's {beside}", mine.per_second / theirs.per_second
            yield _at_least(f"{operation}, {case}: {what}", database, ratio, 1.5)
    part = "API: pages of ListHITs"
    found = [figures.find(part, case, "Kempelen", database) for case in figures.cases(part)]
    if len(found) > 1 and found[0] and found[-1]:
        what = f"a page of ListHITs, {found[-1].case}: its time to that at {found[0].case.split()[0]}"
        yield _at_most(what, database, found[-1].seconds / found[0].seconds, 1.5)


def _pages(figures: Figures, database: str) -> Iterator[Verdict]:
    found = [one for one in figures if one.part == PAGES and one.database == database]
    if not found:
        return
    slowest = max(found, key=lambda one: one.seconds)
    measured, is_met = slowest.seconds * 1000, slowest.seconds < SLOWEST_PAGE_SECONDS
    what = f"pages of a large requester: the slowest, {slowest.case}"
    yield Verdict(what, database, measured, f"< {SLOWEST_PAGE_SECONDS * 1000:.0f} ms", is_met, " ms")
    growing = sum(bool(one.problems) for one in found)
    what = "pages that ask more queries of a large requester than of a small one"
    yield Verdict(what, database, growing, "0", not growing)


def _at_least(what: str, database: str, measured: float, wanted: float) -> Verdict:
    return Verdict(what, database, measured, f"≥ {wanted:g}", measured >= wanted)


def _at_most(what: str, database: str, measured: float, wanted: float) -> Verdict:
    return Verdict(what, database, measured, f"≤ {wanted:g}", measured <= wanted)


def _count(case: str) -> int:
    return int(case.split()[0].replace(",", ""))
