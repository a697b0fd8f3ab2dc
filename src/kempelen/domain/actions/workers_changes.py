"""One thing done with many workers: a few at once, more in the background, some at a time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from kempelen.domain import answers, clock, events, people_events
from kempelen.domain.actions import (
    background,
    blocks,
    notices,
    qualification_types,
    qualifications,
    request_tokens,
    worker_groups,
)
from kempelen.domain.errors import InvalidValue, NotFound, OutOfRange, Refusal
from kempelen.domain.models import Qualification, Requester, User, Worker, WorkersChange
from kempelen.domain.queries.workers import own_types

CHANGE_WORKERS = "change_workers"
Kind = WorkersChange.Kind
MOST_WORKERS = 20_000
# So many are done while the member waits; one transaction does no more.
AT_ONCE = 50
MOST_REFUSALS_KEPT = 100
LONGEST_REASON = 2_000
_NO_ACCOUNT = "Works without an account, so that nobody could let them in again."
_NOT_HELD = "Does not hold it."

Arguments = Mapping[str, Any]


@transaction.atomic
def ask_for(
    requester: Requester,
    kind: str,
    workers: Sequence[int],
    arguments: Arguments,
    *,
    token: str = "",
    by: User | None = None,
) -> WorkersChange:
    """Do it with these workers (primary keys), or leave it to the background if they are many.

    `arguments` are what `checked` gives.  Whom the rules forbid it for is noted, and the others go on.
    Refusals: `InvalidValue` for nobody or too many, `RepeatedRequest` for a used token.
    """
    if not workers:
        raise InvalidValue("workers", "Nobody was chosen.")
    if len(workers) > MOST_WORKERS:
        raise InvalidValue(
            "workers", f"{len(workers):,} workers; at most {MOST_WORKERS:,} at once: filter for fewer."
        )
    change = WorkersChange(
        requester=requester,
        kind=kind,
        arguments=arguments,
        workers=list(workers),
        total=len(workers),
        by=by,
        made_at=clock.now(),
    )
    request_tokens.remember(requester, "ChangeWorkers", token, change.public_id)
    change.save()
    data = {"kind": kind, "workers": len(workers)}
    events.record(people_events.WorkersChanged(requester, by, data))
    if change.total <= AT_ONCE:
        _do_some(change)
    else:
        background.ask_for(CHANGE_WORKERS, change=change.pk)
    return change


def carry_out(change_pk: int) -> None:
    """Do what is left of the change, some workers at a time; safe to be called again."""
    while _do_next(change_pk):
        pass


def stop(change_pk: int) -> None:
    """Leave the change where it is: the workers that are not done stay as they are."""
    WorkersChange.objects.filter(pk=change_pk, finished_at=None).update(finished_at=clock.now())


@transaction.atomic
def _do_next(change_pk: int) -> bool:
    changes = WorkersChange.objects.select_for_update(of=("self",)).select_related("requester", "by")
    change = changes.filter(pk=change_pk, finished_at=None).first()
    if change is None:
        return False
    _do_some(change)
    return change.finished_at is None


def _do_some(change: WorkersChange) -> None:
    """Do the next of the workers; who is gone by now is passed over."""
    pks = change.workers[change.done : change.done + AT_ONCE]
    found = Worker.objects.select_related("user").in_bulk(pks)
    workers = [found[pk] for pk in pks if pk in found]
    for worker_id, reason in _refused(change, workers):
        change.refused += 1
        if len(change.refusals) < MOST_REFUSALS_KEPT:
            change.refusals.append([worker_id, reason])
    change.done += len(pks)
    if change.done >= change.total:
        change.finished_at = clock.now()
    change.save(update_fields=["done", "refused", "refusals", "finished_at"])


def _refused(change: WorkersChange, workers: Sequence[Worker]) -> list[tuple[str, str]]:
    """Do it with these workers; gives those with whom it was not done, and why."""
    try:
        with transaction.atomic():
            return list(_DOERS[change.kind](change, workers))
    except Refusal as refusal:
        return [(worker.public_id, str(refusal)) for worker in workers]


def checked(requester: Requester, kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a change of this kind needs of what was given, or refuse with `InvalidValue`."""
    if kind == Kind.MESSAGE:
        subject, text = notices.checked(given["subject"], given["text"])
        return {"subject": subject, "text": text}
    if kind == Kind.BLOCK:
        return {"reason": reason_of(given, is_needed=True)}
    if kind == Kind.UNBLOCK:
        return {"reason": reason_of(given)}
    if kind == Kind.ADD_TO_GROUP:
        group = worker_groups.group_of(requester, given["group"])
        return {"group": group.pk, "name": group.name}
    known = own_types(requester).filter(public_id=given["qualification"]).first()
    if known is None:
        raise InvalidValue("qualification", "Choose a qualification type.")
    what = {"qualification": known.public_id, "name": known.name}
    if kind == Kind.REVOKE:
        return what | {"reason": reason_of(given)}
    try:
        value = qualification_types.check_integer("IntegerValue", given["value"])
    except OutOfRange as refusal:
        raise InvalidValue("value", str(refusal)) from refusal
    return what | {"value": value, "tells": bool(given.get("tells", True))}


def reason_of(given: Mapping[str, Any], *, is_needed: bool = False) -> str:
    """Give the reason as it is kept, or refuse one that is too long, or missing where one is needed."""
    reason = answers.storable(str(given.get("reason", ""))).strip()
    if len(reason) > LONGEST_REASON:
        raise InvalidValue("reason", f"At most {LONGEST_REASON:,} characters, please.")
    if is_needed and not reason:
        raise InvalidValue("reason", "Say why; only members of this requester read it.")
    return reason


def found(requester: Requester, public_id: str) -> WorkersChange:
    """Give a change that was asked for, or refuse with `NotFound`."""
    changes = WorkersChange.objects.filter(requester=requester, public_id=public_id)
    change = changes.select_related("by").defer("workers", "arguments").first()
    if change is None:
        raise NotFound("change to many workers", public_id)
    return change


Refused = Iterable[tuple[str, str]]


def _message(change: WorkersChange, workers: Sequence[Worker]) -> Refused:
    if not workers:
        return []
    words = change.arguments
    refused = notices.notify_workers(
        change.requester,
        [worker.public_id for worker in workers],
        subject=words["subject"],
        text=words["text"],
        by=change.by,
    )
    return [(worker_id, f"{notices.NO_WORK_DONE}.") for worker_id in refused]


def _put_into_group(change: WorkersChange, workers: Sequence[Worker]) -> Refused:
    group = worker_groups.group_of(change.requester, change.arguments["group"])
    worker_groups.change_members(
        group, add=[worker for worker in workers if worker.user_id is not None], by=change.by
    )
    return [(worker.public_id, _NO_ACCOUNT) for worker in workers if worker.user_id is None]


def _each(do: Callable[[WorkersChange, Worker, Arguments], object]) -> Any:
    def do_all(change: WorkersChange, workers: Sequence[Worker]) -> Refused:
        for worker in workers:
            try:
                with transaction.atomic():
                    do(change, worker, change.arguments)
            except Refusal as refusal:
                yield worker.public_id, str(refusal)

    return do_all


def _block(change: WorkersChange, worker: Worker, what: Arguments) -> None:
    blocks.block(change.requester, worker.public_id, reason=what["reason"], by=change.by)


def _unblock(change: WorkersChange, worker: Worker, what: Arguments) -> None:
    blocks.unblock(change.requester, worker.public_id, reason=what["reason"], by=change.by)


def _grant(change: WorkersChange, worker: Worker, what: Arguments) -> None:
    """Grant it, unless the worker holds just this: nobody is told twice."""
    held = Qualification.objects.filter(
        qualification_type__public_id=what["qualification"],
        worker=worker,
        status=Qualification.Status.GRANTED,
        value=what["value"],
    )
    if not held.exists():
        qualifications.associate(
            change.requester,
            what["qualification"],
            worker.public_id,
            value=what["value"],
            sends_notification=what["tells"],
            by=change.by,
        )


def _revoke(change: WorkersChange, worker: Worker, what: Arguments) -> None:
    try:
        qualifications.disassociate(
            change.requester,
            what["qualification"],
            worker.public_id,
            reason=what["reason"],
            by=change.by,
        )
    except Refusal as refusal:
        raise InvalidValue("qualification", _NOT_HELD) from refusal


_OF_ONE: Mapping[str, Callable[[WorkersChange, Worker, Arguments], None]] = {
    Kind.BLOCK: _block,
    Kind.UNBLOCK: _unblock,
    Kind.GRANT: _grant,
    Kind.REVOKE: _revoke,
}


def _as_the_file_says(change: WorkersChange, worker: Worker, what: Arguments) -> None:
    """Take the steps that the file has for the worker, all or none."""
    for kind, arguments in what["steps"].get(str(worker.pk), ()):
        _OF_ONE[kind](change, worker, arguments)


_DOERS: Mapping[str, Callable[[WorkersChange, Sequence[Worker]], Refused]] = {
    Kind.MESSAGE: _message,
    Kind.ADD_TO_GROUP: _put_into_group,
    Kind.FROM_FILE: _each(_as_the_file_says),
    **{kind: _each(do) for kind, do in _OF_ONE.items()},
}
