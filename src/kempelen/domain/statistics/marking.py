"""Saying that figures are to be made anew; call it in the transaction that gives cause for it."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from kempelen.domain import clock
from kempelen.domain.models import (
    Assignment,
    CountedAssignment,
    GroupProgress,
    HourOfWork,
    StatisticsState,
    WorkOfWorker,
    WorkTime,
)


def groups_have_changed(group_pks: Iterable[int]) -> None:
    """Have the progress of these groups counted again; asked for what changes HITs without an event."""
    found = sorted(set(group_pks))
    changed = GroupProgress.objects.filter(pk__in=found).update(changes=F("changes") + 1)
    if changed < len(found):
        new = [GroupProgress(pk=pk, due_at=clock.real_now()) for pk in found]
        GroupProgress.objects.bulk_create(new, ignore_conflicts=True)


def assignments_were_written() -> None:
    """Have every assignment looked at again: for what writes assignments without events, as imports do.

    Nothing is counted twice by that.
    """
    last = Assignment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    StatisticsState.objects.update(walked_pk=0, walk_until_pk=last)


@transaction.atomic
def forget_all() -> None:
    """Delete all figures; whoever fills them begins anew."""
    list(StatisticsState.objects.select_for_update())
    for model in (HourOfWork, WorkOfWorker, WorkTime, CountedAssignment, GroupProgress, StatisticsState):
        model.objects.all()._raw_delete("default")
