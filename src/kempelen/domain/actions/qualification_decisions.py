"""Several requests answered at once, and a qualification given to, or taken from, several workers."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from django.db import transaction

from kempelen.domain.actions import qualifications
from kempelen.domain.errors import InvalidValue, NotFound, WrongState
from kempelen.domain.models import Qualification, QualificationType, Requester, User, Worker

MOST_AT_ONCE = 100
LONGEST_REASON = 1_024
_SHOWN = 5


class Decided(NamedTuple):
    """With how many it was done, and how many were found done by somebody else meanwhile."""

    done: int
    late: int


@transaction.atomic
def accept_requests(
    requester: Requester, request_ids: Sequence[str], *, value: int | None = None, by: User | None = None
) -> Decided:
    """Grant what these requests ask for, with one value; those that were answered already are passed over."""
    return _each(
        request_ids,
        lambda request_id: qualifications.accept_request(requester, request_id, value=value, by=by),
    )


@transaction.atomic
def reject_requests(
    requester: Requester, request_ids: Sequence[str], *, reason: str = "", by: User | None = None
) -> Decided:
    """Refuse these requests for one reason; those that were answered already are passed over."""
    why = checked_reason(reason)
    return _each(
        request_ids,
        lambda request_id: qualifications.reject_request(requester, request_id, reason=why, by=by),
    )


@transaction.atomic
def grant(
    kind: QualificationType,
    worker_ids: Sequence[str],
    *,
    value: int | None = None,
    sends_notification: bool = True,
    by: User | None = None,
) -> Decided:
    """Give the workers the qualification with this value, all or none; who holds just that is passed over."""
    if kind.status == QualificationType.Status.DISPOSED:
        raise NotFound("qualification type", kind.public_id)
    wanted = list(dict.fromkeys(word.strip() for word in worker_ids if word.strip()))
    if not wanted or len(wanted) > MOST_AT_ONCE:
        raise InvalidValue(
            "workers", f"From 1 to {MOST_AT_ONCE} WorkerIds at once; there are {len(wanted):,}."
        )
    known = set(Worker.objects.filter(public_id__in=wanted).values_list("public_id", flat=True))
    unknown = [worker_id for worker_id in wanted if worker_id not in known]
    if unknown:
        more = f" and {len(unknown) - _SHOWN} more" if len(unknown) > _SHOWN else ""
        raise InvalidValue("workers", f"Nobody has the WorkerId {', '.join(unknown[:_SHOWN])}{more}.")
    held = Qualification.objects.filter(
        qualification_type=kind,
        worker__public_id__in=wanted,
        status=Qualification.Status.GRANTED,
        value=1 if value is None else value,
    )
    same = set(held.values_list("worker__public_id", flat=True))
    assert kind.requester is not None
    # In the order of `_each`, so that two members who choose the same wait for each other, not for ever.
    for worker_id in sorted(wanted):
        if worker_id not in same:
            qualifications.associate(
                kind.requester,
                kind.public_id,
                worker_id,
                value=value,
                sends_notification=sends_notification,
                by=by,
            )
    return Decided(len(wanted) - len(same), len(same))


@transaction.atomic
def revoke(
    kind: QualificationType, worker_ids: Sequence[str], *, reason: str = "", by: User | None = None
) -> Decided:
    """Take the qualification away from the workers; those who do not hold it are passed over."""
    why, requester = checked_reason(reason), kind.requester
    assert requester is not None
    return _each(
        worker_ids,
        lambda worker_id: qualifications.disassociate(
            requester, kind.public_id, worker_id, reason=why, by=by
        ),
    )


def checked_reason(reason: str) -> str:
    """Give a reason that workers read, or refuse one that is too long."""
    if len(reason) > LONGEST_REASON:
        raise InvalidValue("reason", f"At most {LONGEST_REASON:,} characters, please.")
    return reason.strip()


def _each(public_ids: Sequence[str], do: Callable[[str], object]) -> Decided:
    wanted = list(dict.fromkeys(public_ids))
    if not wanted or len(wanted) > MOST_AT_ONCE:
        raise InvalidValue("chosen", f"Tick from 1 to {MOST_AT_ONCE}; {len(wanted):,} are ticked.")
    late = 0
    # In one order, so that two members who choose the same wait for each other, not for ever.
    for public_id in sorted(wanted):
        try:
            with transaction.atomic():
                do(public_id)
        except (WrongState, NotFound):
            late += 1
    return Decided(len(wanted) - late, late)
