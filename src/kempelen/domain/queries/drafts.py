"""What a worker had entered, for them to go on with."""

from typing import Any

from kempelen.domain.models import Assignment
from kempelen.domain.prepared import Prepared, Slot
from kempelen.domain.queries import files

_LAST_GIVEN_UP = Prepared(
    lambda: (
        Assignment.objects.filter(
            hit=Slot("hit"), worker=Slot("worker"), status__in=Assignment.GIVEN_UP, draft__isnull=False
        )
        .order_by("-pk")
        .values_list("draft", flat=True)[:1]
    )
)


def to_go_on_with(assignment: Assignment) -> dict[str, Any] | None:
    """Give the assignment's draft; before there is one, that of the worker's last attempt at the same HIT.

    Who skipped it, returned it or ran out of time, and takes it again, need not begin anew.
    """
    draft: dict[str, Any] | None = assignment.draft
    if draft is None:
        draft = _LAST_GIVEN_UP.first(hit=assignment.hit_id, worker=assignment.worker_id)
    return files.without_lost(draft, assignment.worker_id)
