"""How long work takes, as the first answers of a group show: what a reward means per hour."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import DurationField, ExpressionWrapper, F, OuterRef, Subquery

from kempelen.domain.models import Assignment, HITGroup

# Enough for a fair mean, few enough for every line of a list.
ANSWERS_LOOKED_AT = 50
# One who hurried, or went for a coffee, says nothing of what the work takes.
ANSWERS_NEEDED = 3


class _MeanOf(Subquery):
    """The mean of the one column of a sub-query; null of too few rows."""

    template = (
        f"(SELECT CASE WHEN COUNT(*) >= {ANSWERS_NEEDED} THEN AVG(_taken) END FROM (%(subquery)s) _times)"
    )
    output_field = DurationField()


def mean_seconds(groups: Iterable[HITGroup]) -> dict[int, float]:
    """Give by group's pk how long an answer took, from accept to submit; none for groups with too few."""
    times = Assignment.objects.filter(group=OuterRef("pk"), status__in=Assignment.DONE).annotate(
        _taken=ExpressionWrapper(F("submitted_at") - F("accepted_at"), output_field=DurationField())
    )
    means = HITGroup.objects.filter(pk__in=[group.pk for group in groups]).annotate(
        mean=_MeanOf(times.order_by().values("_taken")[:ANSWERS_LOOKED_AT])
    )
    found: Iterable[tuple[int, timedelta | None]] = means.order_by().values_list("pk", "mean")
    return {pk: mean.total_seconds() for pk, mean in found if mean is not None}
