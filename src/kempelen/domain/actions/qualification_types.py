"""Qualification types: what requesters make them of, change, and delete (mturk-api.md §3.3)."""

from collections.abc import Mapping
from typing import Any, TypedDict

from django.db import IntegrityError, transaction

from kempelen.domain import answers, clock, events
from kempelen.domain.actions import overdue_tests
from kempelen.domain.errors import InvalidParameter, InvalidValue, NameTaken, NotFound, OutOfRange, WrongState
from kempelen.domain.models import QualificationRequest, QualificationType, Requester, User
from kempelen.domain.qualifications import documents

LONGEST = {"name": 200, "description": 2_000, "keywords": 1_000}
# A hundred years: beyond it dates end.
_SECONDS = (0, 3_153_600_000)
INTEGERS = (-(2**31), 2**31 - 1)
_MTURK_NAMES = {
    "name": "Name",
    "description": "Description",
    "keywords": "Keywords",
    "test": "Test",
    "answer_key": "AnswerKey",
    "test_duration_seconds": "TestDurationInSeconds",
    "retry_delay_seconds": "RetryDelayInSeconds",
    "auto_granted_value": "AutoGrantedValue",
}
_RANGES = {
    "test_duration_seconds": (1, _SECONDS[1]),
    "retry_delay_seconds": _SECONDS,
    "auto_granted_value": INTEGERS,
}


class TypeProperties(TypedDict, total=False):
    """What a requester decides about a qualification type; what is left out stays as it is."""

    name: str
    description: str
    keywords: str
    status: str
    test: str
    answer_key: str
    test_duration_seconds: int
    retry_delay_seconds: int
    is_auto_granted: bool
    auto_granted_value: int


@transaction.atomic
def create(requester: Requester, properties: TypeProperties, *, by: User | None = None) -> QualificationType:
    """Make a qualification type, or refuse; names are unique among the requester's types."""
    kind = QualificationType(requester=requester, created_at=clock.now())
    _set(kind, properties)
    if not kind.name.strip():
        raise InvalidParameter("Name", kind.name, message="A qualification type needs a name.")
    try:
        # In its own savepoint, so that a name that is taken spoils nothing else.
        with transaction.atomic():
            kind.save()
    except IntegrityError as error:
        raise NameTaken(kind.name) from error
    events.record(events.QualificationTypeCreated(kind, by=by))
    return kind


@transaction.atomic
def update(
    requester: Requester, type_id: str, properties: TypeProperties, *, by: User | None = None
) -> QualificationType:
    """Change what is given; name and keywords stay (mturk-api.md, UpdateQualificationType)."""
    kind = _locked(requester, type_id)
    changed = {name: value for name, value in properties.items() if name not in ("name", "keywords")}
    if "test" in changed:
        if not changed["test"]:
            raise InvalidParameter("Test", "", message="A test cannot be taken away, only replaced.")
        changed.setdefault("answer_key", "")
    _set(kind, changed)
    kind.save()
    if "answer_key" in changed:
        # Whoever is taking this very test is scored by the corrected key; another test keeps its own.
        taking = kind.requests.filter(status=QualificationRequest.Status.TAKING_TEST, test=kind.test)
        taking.update(answer_key=kind.answer_key)
    events.record(events.QualificationTypeChanged(kind, by=by, data={"changed": sorted(changed)}))
    return kind


@transaction.atomic
def dispose(requester: Requester, type_id: str, *, by: User | None = None) -> QualificationType:
    """Delete the type: its open requests are refused, its name is free; what was granted stays.

    HIT types that require it take no new HITs (`queries.requirements.check_usable`).
    """
    kind = _locked(requester, type_id)
    overdue_tests.settle_of_type(kind)
    kind.status = QualificationType.Status.DISPOSED
    kind.save(update_fields=["status"])
    reason = "The qualification is no longer given."
    open_requests = kind.requests.filter(
        status__in=[QualificationRequest.Status.TAKING_TEST, QualificationRequest.Status.PENDING]
    )
    # Locked, since one that is granted at this moment is not refused; the type's lock keeps new ones away.
    refused = list(open_requests.select_related("worker").select_for_update(of=("self",)).order_by("pk"))
    open_requests.update(status=QualificationRequest.Status.REJECTED, resolved_at=clock.now(), reason=reason)
    events.record_all(
        events.QualificationRequestRejected(kind, request.worker, by, {"reason": reason})
        for request in refused
    )
    events.record(events.QualificationTypeDisposed(kind, by=by))
    return kind


def check_integer(parameter: str, value: int) -> int:
    """Give the value if it fits a score; `OutOfRange` names the parameter."""
    if not INTEGERS[0] <= value <= INTEGERS[1]:
        raise OutOfRange(parameter, value, INTEGERS)
    return value


def _locked(requester: Requester, type_id: str) -> QualificationType:
    """Give the requester's type, locked; somebody else's does not exist, a deleted one cannot be changed."""
    # Not its key: who grants a request meanwhile refers to the type, and would wait for us as we for them.
    own = QualificationType.objects.select_for_update(no_key=True).filter(requester=requester)
    kind = own.filter(public_id=type_id).first()
    if kind is None:
        raise NotFound("qualification type", type_id)
    if kind.status == QualificationType.Status.DISPOSED:
        raise WrongState(
            f"The qualification type {type_id} is deleted.",
            code="InvalidQualificationTypeState",
            mturk_message="This operation can be called with a status of: Active,Inactive",
        )
    return kind


def _set(kind: QualificationType, properties: Mapping[str, Any]) -> None:
    for name, value in properties.items():
        _check(name, value)
        setattr(kind, name, value)
    _check_documents(kind, properties)
    if kind.test and kind.test_duration_seconds is None:
        raise _wrong("TestDurationInSeconds", "A Test needs TestDurationInSeconds.")
    if kind.answer_key and not kind.test:
        raise _wrong("AnswerKey", "An AnswerKey needs a Test.")
    if kind.is_auto_granted and kind.test:
        raise _wrong("AutoGranted", "A qualification type with a Test cannot be AutoGranted.")
    if kind.is_auto_granted and kind.auto_granted_value is None:
        kind.auto_granted_value = 1


def _check_documents(kind: QualificationType, changed: Mapping[str, Any]) -> None:
    """Refuse a Test or an AnswerKey that is new and cannot be used; what is stored was seen before."""
    if changed.get("test"):
        documents.check_test(kind.test)
    if changed.get("answer_key"):
        documents.check_answer_key(kind.answer_key)
    if kind.test and kind.answer_key and (changed.get("test") or changed.get("answer_key")):
        documents.check_scoring(kind.test, kind.answer_key)


def _check(name: str, value: Any) -> None:
    parameter = _MTURK_NAMES.get(name, name)
    if isinstance(value, str) and answers.storable(value) != value:
        raise InvalidParameter(parameter, value)
    if name in LONGEST and len(value) > LONGEST[name]:
        raise _wrong(parameter, f"{parameter} has {len(value):,} characters; at most {LONGEST[name]:,} fit.")
    if name in _RANGES and not _RANGES[name][0] <= value <= _RANGES[name][1]:
        raise OutOfRange(parameter, value, _RANGES[name])


def _wrong(parameter: str, message: str) -> InvalidValue:
    return InvalidValue(parameter, message)
