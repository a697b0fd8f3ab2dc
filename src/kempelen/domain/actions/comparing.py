"""Comparing the answers of HITs with each other, in the background: `Assignment.agreement_percent`.

Whoever stores an answer only notes that its HIT is to be compared, in the statement that counts its places
anyway.  A HIT that was noted again while it was compared stays noted.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Case, CharField, F, JSONField, Value, When
from django.db.models.functions import Cast, Length

from kempelen.domain import clock
from kempelen.domain.models import HIT, Assignment
from kempelen.domain.quality import agreement
from kempelen.domain.statistics import worker_records

# HITs at once, and how long it goes on before others have their turn.
PAGE = 100
SECONDS = 1.0
# Longer answers are masks and the like, which are compared with nothing.
LONGEST = 100_000
DUE = "comparison_due_at"


def note(hit: HIT, *, answers: int) -> tuple[str, ...]:
    """Note on a locked HIT with so many answers that they are to be compared; gives what has to be saved."""
    if answers < 2:
        return ()
    hit.comparison_due_at = clock.now()
    return (DUE,)


def compare_some() -> int:
    """Compare what has waited longest, for about a second; gives how many HITs that were."""
    compared, until = 0, time.monotonic() + SECONDS
    while time.monotonic() < until and (done := _compare_page()):
        compared += done
    return compared


def _compare_page() -> int:
    noted = HIT.objects.filter(comparison_due_at__isnull=False).order_by(DUE)
    due = dict(noted.values_list("pk", DUE)[:PAGE])
    if not due:
        return 0
    found = _percents_of(due)
    with transaction.atomic():
        return _store(due, found)


def _percents_of(hits: Iterable[int]) -> dict[int, dict[int, int | None]]:
    """Give by HIT what its assignments come to, by theirs."""
    answers: dict[int, list[tuple[int, dict[str, object]]]] = defaultdict(list)
    short = Case(
        When(length__lte=LONGEST, then=F("answers")), default=Value({}, JSONField()), output_field=JSONField()
    )
    rows = (
        Assignment.objects.filter(hit__in=list(hits), submitted_at__isnull=False)
        .alias(length=Length(Cast("answers", CharField())))
        .order_by("hit", "pk")
        .values_list("hit", "pk", short)
    )
    for hit, pk, given in rows.iterator(chunk_size=PAGE):
        answers[hit].append((pk, given))
    return {
        hit: _percents([pk for pk, _ in its], [given for _, given in its]) for hit, its in answers.items()
    }


def _percents(pks: Sequence[int], answers: Sequence[dict[str, object]]) -> dict[int, int | None]:
    return dict(zip(pks, agreement.percents(answers), strict=True))  # type: ignore[arg-type]


def _store(due: dict[int, datetime | None], found: dict[int, dict[int, int | None]]) -> int:
    """Write it down for those HITs that nobody has noted anew since."""
    locked = HIT.objects.select_for_update(skip_locked=True).filter(pk__in=list(due)).order_by("pk")
    same = [pk for pk, at in locked.values_list("pk", DUE) if at == due[pk]]
    HIT.objects.filter(pk__in=same).update(comparison_due_at=None)
    by_percent: dict[int | None, list[int]] = defaultdict(list)
    for hit in same:
        for pk, percent in found.get(hit, {}).items():
            by_percent[percent].append(pk)
    for percent, pks in by_percent.items():
        Assignment.objects.filter(pk__in=pks).exclude(agreement_percent=percent).update(
            agreement_percent=percent
        )
    pks = [pk for hit in same for pk in found.get(hit, {})]
    whose = Assignment.objects.filter(pk__in=pks).order_by().values_list("group__requester", "worker")
    worker_records.have_changed(whose.distinct())
    return len(same)
