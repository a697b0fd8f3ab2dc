"""What a worker had entered, for them to go on with."""

from typing import Any

from kempelen.domain.models import Assignment


def to_go_on_with(assignment: Assignment) -> dict[str, Any] | None:
    """Give the assignment's draft; before there is one, that of the worker's last attempt at the same HIT.

    Who skipped it, returned it or ran out of time, and takes it again, need not begin anew.
    """
    draft: dict[str, Any] | None = assignment.draft
    if draft is None:
        attempts = Assignment.objects.filter(hit=assignment.hit_id, worker=assignment.worker_id)
        given_up = attempts.filter(status__in=Assignment.GIVEN_UP, draft__isnull=False)
        draft = given_up.order_by("-pk").values_list("draft", flat=True).first()
    return draft
