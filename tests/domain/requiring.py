"""Requirements and qualifications as tests write them."""

from typing import Any

from kempelen.domain import clock
from kempelen.domain.models import Assignment, HITGroup, Qualification, QualificationType, Requester, Worker

DISCOVER, PREVIEW, ACCEPT = "DiscoverPreviewAndAccept", "PreviewAndAccept", "Accept"


def a_requirement(
    type_id: str, comparator: str = "Exists", *, guards: str = ACCEPT, **members: Any
) -> dict[str, Any]:
    """A requirement; `IntegerValues` and `LocaleValues` as the API takes them."""
    return {"QualificationTypeId": type_id, "Comparator": comparator, "ActionsGuarded": guards, **members}


def a_type(requester: Requester, name: str = "Good at cats", **fields: Any) -> QualificationType:
    """A qualification type, straight into its table."""
    return QualificationType.objects.create(
        requester=requester, name=name, description="Knows cats.", created_at=clock.now(), **fields
    )


def granted(worker: Worker, kind: QualificationType, value: int | None = 1) -> Qualification:
    """The worker holds the qualification."""
    return Qualification.objects.create(
        worker=worker, qualification_type=kind, value=value, granted_at=clock.now()
    )


def a_history(worker: Worker, group: HITGroup, **counts: int) -> None:
    """Assignments of the worker that came to this (`approved=3, returned=1`), straight into their table.

    The group needs a HIT for each.
    """
    now = clock.now()
    hits = iter(group.hits.order_by("pk"))
    statuses = [status.capitalize() for status, count in counts.items() for _ in range(count)]
    done = {
        "Submitted": {"submitted_at": now, "auto_approval_at": now.replace(year=now.year + 1)},
        "Approved": {"submitted_at": now, "approved_at": now},
        "Rejected": {"submitted_at": now, "rejected_at": now},
        "Returned": {"ended_at": now},
        "Abandoned": {"ended_at": now},
    }
    Assignment.objects.bulk_create(
        Assignment(
            hit=next(hits),
            group=group,
            worker=worker,
            status=status,
            accepted_at=now,
            deadline_at=now,
            answers={} if status in Assignment.DONE else None,
            **done[status],
        )
        for status in statuses
    )
