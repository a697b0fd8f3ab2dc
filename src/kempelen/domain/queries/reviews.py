"""What review policies found and did, as one row of pages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from kempelen.domain.models import HIT, ReviewAction, ReviewLevel, ReviewResult

Row = ReviewAction | ReviewResult
# Which of the parts of a report is being read, and the pk of its last row that was.
Position = tuple[int, int]

_PARTS: Sequence[tuple[str, type[Row]]] = [
    (level, kind) for level in ReviewLevel.values for kind in (ReviewResult, ReviewAction)
]


@dataclass
class Page:
    """Part of the reports: by level what was found and what was done, each in its order."""

    results: dict[str, list[ReviewResult]] = field(default_factory=dict)
    actions: dict[str, list[ReviewAction]] = field(default_factory=dict)
    size: int = 0
    end: Position = (0, 0)


def page_of(
    hit: HIT, *, levels: Collection[str], kinds: Collection[type[Row]], after: Position, size: int
) -> Page:
    """Give at most `size` rows after a position: by level, first what was found, then what was done."""
    page = Page(end=after)
    for number, (level, kind) in enumerate(_PARTS):
        if number < after[0] or page.size == size or level not in levels or kind not in kinds:
            continue
        last = after[1] if number == after[0] else 0
        _read(page, hit, number, last, size - page.size)
    return page


def _read(page: Page, hit: HIT, number: int, last: int, size: int) -> None:
    level, kind = _PARTS[number]
    rows: list[Row]
    if kind is ReviewResult:
        found = ReviewResult.objects.filter(hit=hit, level=level, pk__gt=last).select_related("action")
        page.results[level] = list(found.order_by("pk")[:size])
        rows = [*page.results[level]]
    else:
        done = ReviewAction.objects.filter(hit=hit, level=level, pk__gt=last)
        page.actions[level] = list(done.order_by("pk")[:size])
        rows = [*page.actions[level]]
    if rows:
        page.size += len(rows)
        page.end = (number, rows[-1].pk)
