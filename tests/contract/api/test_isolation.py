"""No requester ever sees or changes what is another's: every operation of the model has a row here.

Somebody else's object is answered as one that does not exist (mturk-api.md §2.0), so that not even its
existence is told.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from kempelen.api import handlers
from kempelen.domain.models import AccessKey, Membership, Requester, Worker
from tests.contract.api import in_process
from tests.contract.api.every_operation import PROPERTIES, Things, arguments, things_of
from tests.factories import a_worker

VIEWER, REVIEWER = Membership.Role.VIEWER, Membership.Role.REVIEWER
Snapshot = Mapping[tuple[str, Any], Mapping[str, Any]]


@dataclass(frozen=True)
class Refused:
    """The operation is refused with this code, and nothing at all changes."""

    code: str


@dataclass(frozen=True)
class Empty:
    """The operation lists nothing under this name."""

    name: str


class Own:
    """The operation names nothing of Ada's, or what everybody may see; it does Ben's own business."""


NO_HIT = Refused("AWS.MechanicalTurk.HITDoesNotExist")
NO_WORK = Refused("AWS.MechanicalTurk.AssignmentDoesNotExist")
NO_TYPE = Refused("AWS.MechanicalTurk.QualificationTypeDoesNotExist")
NO_QUALIFICATION = Refused("AWS.MechanicalTurk.QualificationDoesNotExist")
NO_REQUEST = Refused("AWS.MechanicalTurk.QualificationRequestDoesNotExist")
NO_PARAMETER = Refused("ParameterValidationError")
ROWS: Mapping[str, Refused | Empty | Own] = {
    "AcceptQualificationRequest": NO_REQUEST,
    "ApproveAssignment": NO_WORK,
    "AssociateQualificationWithWorker": NO_TYPE,
    "CreateAdditionalAssignmentsForHIT": NO_HIT,
    "CreateHIT": NO_PARAMETER,  # her layout
    "CreateHITType": Own(),
    "CreateHITWithHITType": NO_PARAMETER,
    "CreateQualificationType": Own(),
    "CreateWorkerBlock": Own(),
    "DeleteHIT": NO_HIT,
    "DeleteQualificationType": NO_TYPE,
    "DeleteWorkerBlock": Own(),
    "DisassociateQualificationFromWorker": NO_QUALIFICATION,
    "GetAccountBalance": Own(),
    "GetAssignment": NO_WORK,
    "GetFileUploadURL": NO_WORK,
    "GetHIT": NO_HIT,
    "GetQualificationScore": NO_QUALIFICATION,
    "GetQualificationType": Own(),
    "ListAssignmentsForHIT": NO_HIT,
    "ListBonusPayments": NO_WORK,
    "ListHITs": Empty("HITs"),
    "ListHITsForQualificationType": Empty("HITs"),
    "ListQualificationRequests": NO_TYPE,
    "ListQualificationTypes": Empty("QualificationTypes"),
    "ListReviewPolicyResultsForHIT": NO_HIT,
    "ListReviewableHITs": Empty("HITs"),
    "ListWorkerBlocks": Empty("WorkerBlocks"),
    "ListWorkersWithQualificationType": NO_TYPE,
    "NotifyWorkers": Own(),
    "RejectAssignment": NO_WORK,
    "RejectQualificationRequest": NO_REQUEST,
    "SendBonus": NO_WORK,
    "SendTestEventNotification": Own(),
    "UpdateExpirationForHIT": NO_HIT,
    "UpdateHITReviewStatus": NO_HIT,
    "UpdateHITTypeOfHIT": NO_PARAMETER,
    "UpdateNotificationSettings": NO_PARAMETER,
    "UpdateQualificationType": NO_TYPE,
}


@pytest.fixture
def things(ada: Requester, cleo: Worker, dan: Worker) -> Things:
    """What Ada has."""
    return things_of(in_process.mturk(ada), ada, cleo, dan)


@pytest.fixture(autouse=True)
def _nothing_leaves_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kempelen.api.notifications.send", lambda *_, **__: None)


def everything() -> Snapshot:
    """Every row of every table of ours, but for when keys were last used."""
    tables = [table for table in apps.get_models() if table.__module__.startswith("kempelen.")]
    return {
        (table.__name__, row["pk"]): row
        for table in tables
        if table is not AccessKey
        for row in table._default_manager.values("pk", *[field.attname for field in table._meta.fields])
    }


@contextmanager
def undone() -> Iterator[None]:
    """What is done within did not happen afterwards."""
    before = transaction.savepoint()
    yield
    transaction.savepoint_rollback(before)


def check_row(operation: str, things: Things, code: str, said: Any) -> None:
    """What the operation answered is what its row says."""
    row = ROWS[operation]
    if isinstance(row, Refused):
        assert code == row.code, (operation, said)
        return
    assert not code, (operation, said)
    if isinstance(row, Empty):
        assert said == {row.name: [], "NumResults": 0}, operation
    # A type that workers can ask for is known to everybody, but for its test.
    known = {things.kind} if operation == "GetQualificationType" else set()
    told = json.dumps(said, default=str)
    assert not [one for one in things.ids - known if one in told], operation


def includes(role: str, operation: str) -> bool:
    """Whether the role may call the operation at all."""
    return Membership(role=role).includes(handlers.of(operation).role)


def elsewhere(its: Things) -> Things:
    """Ids that nobody has, one for each of hers; workers are known to everybody."""
    invented = {
        field.name: f"3NOBODYHAS{place}"
        for place, field in enumerate(fields(Things))
        if field.name not in ("worker", "kind_name", "token")
    }
    return Things(**{**vars(its), **invented})


def test_every_operation_has_a_row() -> None:
    assert set(ROWS) == set(handlers.by_name())


def test_every_operation_has_sound_arguments(things: Things) -> None:
    assert set(arguments(things)) == set(ROWS)


def test_a_requester_neither_sees_nor_changes_what_is_anothers(things: Things, ben: Requester) -> None:
    mturk, before = in_process.mturk(ben), everything()
    for operation, given in arguments(things).items():
        with undone():
            code, said = in_process.called(mturk, operation, given)
            check_row(operation, things, code, said)
            after = everything()
        # What is Ben's own may be new; all that there was is as it was.
        assert before.items() <= after.items(), operation
        assert isinstance(ROWS[operation], Own) or after == before, operation


def test_what_is_anothers_looks_like_what_does_not_exist(things: Things, ben: Requester) -> None:
    mturk, nowhere = in_process.mturk(ben), elsewhere(things)
    of_ada, of_nobody = arguments(things), arguments(nowhere)
    for operation in [name for name, row in ROWS.items() if isinstance(row, Refused)]:
        code, message = in_process.called(mturk, operation, of_ada[operation])
        for field in fields(Things):
            message = message.replace(getattr(things, field.name), getattr(nowhere, field.name))
        assert (code, message) == in_process.called(mturk, operation, of_nobody[operation]), operation


@pytest.mark.parametrize("role", [VIEWER, REVIEWER])
def test_a_member_of_another_requester_gets_no_further_than_its_owner(
    role: str, things: Things, ben: Requester
) -> None:
    mturk, before = in_process.mturk(ben, role), everything()
    for operation, given in arguments(things).items():
        with undone():
            code, said = in_process.called(mturk, operation, given)
            after = everything()
        assert before.items() <= after.items(), operation
        if includes(role, operation):
            check_row(operation, things, code, said)
        else:
            assert (code, after) == ("AccessDeniedException", before), operation


@pytest.mark.parametrize("role", [VIEWER, REVIEWER])
def test_a_member_changes_only_what_the_role_includes(role: str, things: Things, ada: Requester) -> None:
    mturk, before = in_process.mturk(ada, role), everything()
    for operation, given in arguments(things).items():
        with undone():
            code, said = in_process.called(mturk, operation, given)
            after = everything()
        assert (code != "AccessDeniedException") is includes(role, operation), operation
        if not includes(role, operation):
            assert f"mechanicalturk:{operation}" in said
        # A refusal changes nothing, and looking neither.
        assert not (code or handlers.of(operation).role == VIEWER) or after == before, operation


def test_another_requesters_page_does_not_go_on(things: Things, ben: Requester) -> None:
    mturk = in_process.mturk(ben)
    refused = (
        "ParameterValidationError",
        f'The value "{things.token}" is not valid for the parameter NextToken.',
    )
    for operation in [name for name in ROWS if name.startswith("List")]:
        row = ROWS[operation]
        code, said = in_process.called(
            mturk, operation, {**arguments(things)[operation], "NextToken": things.token}
        )
        # What does not exist has no pages either.
        assert (code, said) == refused or (isinstance(row, Refused) and code == row.code), operation


def test_the_test_of_anothers_qualification_and_its_key_are_not_shown(ada: Requester, ben: Requester) -> None:
    from_ada = in_process.mturk(ada).create_qualification_type(
        **{**arguments_of_a_test(), "Name": "Secret test"}
    )["QualificationType"]
    seen = in_process.mturk(ben).get_qualification_type(QualificationTypeId=from_ada["QualificationTypeId"])
    assert not {"Test", "AnswerKey"} & set(seen["QualificationType"])
    listed = in_process.mturk(ben).list_qualification_types(Query="Secret test", MustBeRequestable=True)
    assert not {"Test", "AnswerKey"} & set(listed["QualificationTypes"][0])


def arguments_of_a_test() -> dict[str, Any]:
    """What a type with a test is made of."""
    none = Things(**{field.name: "3NONE" for field in fields(Things)})
    return arguments(none)["CreateQualificationType"]


def test_what_two_requesters_make_of_the_same_is_two_things(ada: Requester, ben: Requester) -> None:
    none = Things(**{field.name: "3NONE" for field in fields(Things)})
    properties = {**arguments(none)["CreateHITType"], "QualificationRequirements": []}
    made = [in_process.mturk(one).create_hit_type(**properties)["HITTypeId"] for one in (ada, ben)]
    assert made[0] != made[1]


def test_anothers_hit_does_not_move_to_a_type_of_ones_own(things: Things, ben: Requester) -> None:
    mturk, before = in_process.mturk(ben), everything()
    own = mturk.create_hit_type(**PROPERTIES)["HITTypeId"]
    code, _ = in_process.called(mturk, "UpdateHITTypeOfHIT", {"HITId": things.hit, "HITTypeId": own})
    assert code == NO_HIT.code
    assert before.items() <= everything().items()


def test_anothers_work_is_not_paid_through_a_worker_of_ones_own(
    things: Things, ben: Requester, cleo: Worker
) -> None:
    mturk = in_process.mturk(ben)
    own = things_of(mturk, ben, cleo, a_worker("Fay"))
    before = everything()
    given = {"WorkerId": things.worker, "AssignmentId": things.approved, "BonusAmount": "1", "Reason": "x"}
    assert in_process.called(mturk, "SendBonus", given)[0] == NO_WORK.code
    paid = mturk.list_bonus_payments(HITId=own.done_hit)["BonusPayments"]
    assert [one["AssignmentId"] for one in paid] == [own.approved]
    assert everything() == before
