"""Qualifications of workers: asked for, granted, refused, taken away (mturk-api.md §3.3)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from kempelen.domain import answers, clock, events
from kempelen.domain.actions import notices, overdue_tests
from kempelen.domain.actions.qualification_types import check_integer
from kempelen.domain.errors import InvalidParameter, NotFound, WrongState
from kempelen.domain.models import (
    Qualification,
    QualificationRequest,
    QualificationType,
    Requester,
    User,
    Worker,
)
from kempelen.domain.qualifications import system_types, taken_tests

# What MTurk took where no value was given.
_USUAL_VALUE = 1
_GRANTED_ONLY = "This operation can be called with a status of: Granted"


def request(worker: Worker, type_id: str) -> QualificationRequest:
    """Ask for a qualification: granted at once where the type says so, else it waits for the requester.

    Where the type has a test, it begins, and has to be submitted (`qualification_tests.submit`) before the
    request's deadline; who has begun already gets the same again.  Refused while a request waits, and again
    before the retry delay is over; without such a delay a worker asks once, ever.  What is held is not
    asked for, but its test can be taken for another score.
    """
    # By itself, so that it stays done where asking is refused.
    overdue_tests.settle_of_worker(worker)
    return _request(worker, type_id)


@transaction.atomic
def _request(worker: Worker, type_id: str) -> QualificationRequest:
    kind = _requestable(type_id)
    last = last_request(worker, kind)
    if last is not None and last.status == QualificationRequest.Status.TAKING_TEST:
        return last
    _check_may_ask(worker, kind, last)
    asked = QualificationRequest(qualification_type=kind, worker=worker, asked_at=clock.now())
    if kind.test:
        # Nobody's time begins for a test that cannot be shown.
        taken_tests.count_questions(kind.test)
        asked.status = QualificationRequest.Status.TAKING_TEST
        asked.test, asked.answer_key = kind.test, kind.answer_key
        asked.deadline_at = asked.asked_at + timedelta(seconds=kind.test_duration_seconds or 0)
    else:
        asked.submitted_at = asked.asked_at
    asked.save()
    events.record(events.QualificationRequested(kind, worker))
    if kind.is_auto_granted:
        grant_request(asked, kind.auto_granted_value, at=asked.asked_at)
    return asked


@transaction.atomic
def accept_request(
    requester: Requester, request_id: str, *, value: int | None = None, by: User | None = None
) -> Qualification:
    """Grant what a worker asked for, in place of any other value; the value is 1 where none is given.

    The worker, who has waited for it, is told.
    """
    asked = _pending(requester, request_id)
    granted = grant_request(asked, value, at=clock.now(), by=by)
    _tell_of(granted, requester)
    return granted


@transaction.atomic
def reject_request(
    requester: Requester, request_id: str, *, reason: str = "", by: User | None = None
) -> QualificationRequest:
    """Refuse what a worker asked for, with a reason that the worker reads, and is told."""
    asked = _pending(requester, request_id)
    asked.status, asked.resolved_at = QualificationRequest.Status.REJECTED, clock.now()
    asked.reason = answers.storable(reason)
    asked.save(update_fields=["status", "resolved_at", "reason"])
    kind = asked.qualification_type
    events.record(events.QualificationRequestRejected(kind, asked.worker, by, {"reason": asked.reason}))
    text = f"{requester} refused your request for the qualification “{kind.name}”."
    whole = f"{text}\n\n{asked.reason}"[: notices.LONGEST_TEXT]
    notices.tell_worker(requester, asked.worker, "A qualification was refused", whole)
    return asked


@transaction.atomic
def associate(
    requester: Requester,
    type_id: str,
    worker_id: str,
    *,
    value: int | None = None,
    sends_notification: bool = True,
    by: User | None = None,
) -> Qualification:
    """Give a worker the qualification, or another value of it, without a request; an open one stays open."""
    kind = _own(requester, type_id)
    worker = Worker.objects.filter(public_id=worker_id).first()
    if worker is None:
        raise InvalidParameter("WorkerId", worker_id)
    granted = _grant(kind, worker, value, by=by)
    if sends_notification:
        _tell_of(granted, requester)
    return granted


@transaction.atomic
def disassociate(
    requester: Requester, type_id: str, worker_id: str, *, reason: str = "", by: User | None = None
) -> Qualification:
    """Take a worker's qualification away, with a reason that the worker reads; it stays listed as Revoked."""
    held = (
        Qualification.objects.select_for_update(of=("self",))
        .select_related("qualification_type", "worker")
        .filter(
            qualification_type__requester=requester,
            qualification_type__public_id=type_id,
            worker__public_id=worker_id,
        )
        .first()
    )
    if held is None:
        raise NotFound("qualification", type_id)
    return _revoke(held, reason=reason, by=by)


@transaction.atomic
def make_master(worker: Worker, *, by: User | None = None) -> Qualification:
    """Let an administrator vouch for the worker: the Masters qualification, which no requester gives."""
    return _grant(_masters(), worker, None, by=by)


@transaction.atomic
def unmake_master(worker: Worker, *, reason: str = "", by: User | None = None) -> None:
    """Take the Masters qualification away from the worker; from somebody who has none too."""
    held = Qualification.objects.filter(
        qualification_type=_masters(), worker=worker, status="Granted"
    ).first()
    if held is not None:
        _revoke(held, reason=reason, by=by)


def _masters() -> QualificationType:
    """Give the row of this server's Masters type, made when first needed."""
    public_id = system_types.masters_of(settings.KEMPELEN_MODE)
    known = system_types.SYSTEM_TYPES[public_id]
    return QualificationType.objects.get_or_create(
        public_id=public_id,
        defaults={
            "name": known.name,
            "description": known.description,
            "is_requestable": False,
            "created_at": clock.now(),
        },
    )[0]


def grant_request(
    asked: QualificationRequest, value: int | None, *, at: datetime, by: User | None = None
) -> Qualification:
    """Give the worker the value that was asked for, and store what else changed of the request.  None is 1.

    Part of an action: whether the value may be given is the caller's to know.
    """
    granted = _grant(asked.qualification_type, asked.worker, value, at=at, by=by)
    asked.status, asked.resolved_at = QualificationRequest.Status.GRANTED, at
    asked.value = granted.value
    asked.save()
    return granted


def _grant(
    kind: QualificationType,
    worker: Worker,
    value: int | None,
    *,
    at: datetime | None = None,
    by: User | None = None,
) -> Qualification:
    """Give the worker the value, from `at` on (now); what was revoked is granted again.  None is 1."""
    given = _USUAL_VALUE if value is None else check_integer("IntegerValue", value)
    granted, _ = Qualification.objects.update_or_create(
        qualification_type=kind,
        worker=worker,
        defaults={
            "value": given,
            "status": Qualification.Status.GRANTED,
            "granted_at": at or clock.now(),
            "revoked_at": None,
            "reason": "",
        },
    )
    events.record(events.QualificationGranted(kind, worker, by, {"value": given}))
    return granted


def _tell_of(granted: Qualification, requester: Requester) -> None:
    kind = granted.qualification_type
    text = f"{requester} gave you the qualification “{kind.name}”, with the value {granted.value}."
    notices.tell_worker(
        requester, granted.worker, "You have a new qualification", f"{text}\n\n{kind.description}"
    )


def _revoke(held: Qualification, *, reason: str, by: User | None) -> Qualification:
    if held.status != Qualification.Status.GRANTED:
        raise WrongState(
            "This qualification was taken away already.",
            code="InvalidQualificationState",
            mturk_message=_GRANTED_ONLY,
        )
    held.status, held.revoked_at = Qualification.Status.REVOKED, clock.now()
    held.reason = answers.storable(reason)
    held.save(update_fields=["status", "revoked_at", "reason"])
    events.record(
        events.QualificationRevoked(held.qualification_type, held.worker, by, {"reason": held.reason})
    )
    return held


def _own(requester: Requester, type_id: str) -> QualificationType:
    """Give the requester's type, unless it is deleted."""
    own = QualificationType.objects.filter(requester=requester, public_id=type_id)
    kind = own.exclude(status=QualificationType.Status.DISPOSED).first()
    if kind is None:
        raise NotFound("qualification type", type_id)
    return kind


def _requestable(type_id: str) -> QualificationType:
    """Give the type, locked so that a worker's two requests come one after the other."""
    kinds = QualificationType.objects.select_for_update(no_key=True).filter(
        public_id=type_id, is_requestable=True
    )
    kind = kinds.exclude(status=QualificationType.Status.DISPOSED).first()
    if kind is None:
        raise NotFound("qualification type", type_id)
    if kind.status != QualificationType.Status.ACTIVE:
        raise WrongState(
            "This qualification cannot be asked for at the moment.", code="InvalidQualificationTypeState"
        )
    return kind


def _check_may_ask(worker: Worker, kind: QualificationType, last: QualificationRequest | None) -> None:
    if not kind.test and _holds(worker, kind):
        raise WrongState("You have this qualification already.", code="QualificationAlreadyExists")
    if last is None:
        return
    if last.resolved_at is None:
        raise WrongState("You have asked already; the requester has not answered yet.")
    again_at = may_ask_again_at(kind, last)
    if again_at is None:
        raise WrongState(
            "This qualification can be asked for once only.", code="QualificationTypeDoesNotAllowRetake"
        )
    if again_at > clock.now():
        raise WrongState(
            "You asked for this qualification not long ago; try again later.",
            code="QualificationTypeRetryDelayNotElapsed",
        )


def _holds(worker: Worker, kind: QualificationType) -> bool:
    held = Qualification.objects.filter(worker=worker, qualification_type=kind)
    return held.filter(status=Qualification.Status.GRANTED).exists()


def last_request(worker: Worker, kind: QualificationType) -> QualificationRequest | None:
    """Give what the worker asked for last of this type, as it stands."""
    asked = QualificationRequest.objects.filter(worker=worker, qualification_type=kind)
    return asked.select_related("qualification_type__requester", "worker").order_by("-pk").first()


def may_ask_again_at(kind: QualificationType, last: QualificationRequest) -> datetime | None:
    """Give from when on a worker with this last request may ask for the type again; None is never."""
    if kind.retry_delay_seconds is None:
        return None
    return last.asked_at + timedelta(seconds=kind.retry_delay_seconds)


def _pending(requester: Requester, request_id: str) -> QualificationRequest:
    asked = (
        QualificationRequest.objects.select_for_update(of=("self",))
        .select_related("qualification_type", "worker")
        .filter(qualification_type__requester=requester, public_id=request_id)
        .first()
    )
    if asked is None:
        raise NotFound("qualification request", request_id)
    if asked.status != QualificationRequest.Status.PENDING:
        raise WrongState(
            f"The qualification request {request_id} was answered already.",
            code="InvalidQualificationRequestState",
            mturk_message="This operation can be called with a status of: Submitted",
        )
    return asked
