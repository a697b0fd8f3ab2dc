"""Keeping workers from a requester's HITs; what they have begun they may finish, and they are not told."""

from django.db import transaction

from kempelen.domain import answers, clock, events, people_events
from kempelen.domain.errors import InvalidParameter, InvalidValue
from kempelen.domain.models import Requester, User, Worker, WorkerBlock


@transaction.atomic
def block(requester: Requester, worker_id: str, *, reason: str, by: User | None = None) -> WorkerBlock:
    """Block the worker; blocking again keeps the newer reason (mturk-api.md, CreateWorkerBlock)."""
    worker = Worker.objects.filter(public_id=worker_id).first()
    if worker is None:
        raise InvalidParameter("WorkerId", worker_id)
    kept = answers.storable(reason)
    made, _ = WorkerBlock.objects.update_or_create(
        requester=requester,
        worker=worker,
        defaults={"reason": kept},
        create_defaults={"reason": kept, "created_at": clock.now()},
    )
    events.record(people_events.WorkerBlocked(requester, by, {"worker": worker_id, "reason": kept}))
    return made


@transaction.atomic
def unblock(requester: Requester, worker_id: str, *, reason: str = "", by: User | None = None) -> None:
    """Unblock the worker; one who is not blocked stays so, one whom nobody knows is refused."""
    worker = Worker.objects.filter(public_id=worker_id).first()
    if worker is None:
        raise InvalidValue("WorkerId", "WorkerId is invalid.")
    deleted, _ = WorkerBlock.objects.filter(requester=requester, worker=worker).delete()
    if deleted:
        data = {"worker": worker_id, "reason": answers.storable(reason)}
        events.record(people_events.WorkerUnblocked(requester, by, data))
