"""Qualifications that workers have, had or ask for (mturk-api.md §2 and §3.3).

AssociateQualificationWithWorker, DisassociateQualificationFromWorker, GetQualificationScore,
ListWorkersWithQualificationType, ListQualificationRequests, AcceptQualificationRequest,
RejectQualificationRequest.
"""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from kempelen.domain.actions import qualifications
from kempelen.domain.models import Notice, Worker
from tests.contract.api.qualification_types import a_type, refusal
from tests.factories import a_worker

LOCALE = "00000000000000000071"
NO_QUALIFICATION = (
    "AWS.MechanicalTurk.QualificationDoesNotExist",
    "You requested a Qualification that does not exist.",
)
NOT_GRANTED = (
    "AWS.MechanicalTurk.InvalidQualificationState",
    "This operation can be called with a status of: Granted",
)


@pytest.fixture
def type_id(mturk: Any) -> str:
    return str(a_type(mturk)["QualificationTypeId"])


def test_a_score_can_be_given_read_and_changed(mturk: Any, cleo: Worker, type_id: str) -> None:
    """mturk-api.md, AssociateQualificationWithWorker and GetQualificationScore [S9]."""
    named = {"QualificationTypeId": type_id, "WorkerId": cleo.public_id}
    for value in (3, -4):
        mturk.associate_qualification_with_worker(**named, IntegerValue=value, SendNotification=False)
        held = mturk.get_qualification_score(**named)["Qualification"]
        assert held.pop("GrantTime").tzinfo
        assert held == {**named, "IntegerValue": value, "Status": "Granted"}
    assert not Notice.objects.exists()


def test_the_worker_is_told_unless_the_program_says_no(mturk: Any, cleo: Worker, type_id: str) -> None:
    """SendNotification is true by default [D]."""
    mturk.associate_qualification_with_worker(QualificationTypeId=type_id, WorkerId=cleo.public_id)
    assert Notice.objects.filter(worker=cleo).count() == 1


def test_a_revoked_qualification_has_no_score_and_can_be_given_again(
    mturk: Any, cleo: Worker, type_id: str
) -> None:
    """mturk-api.md, DisassociateQualificationFromWorker [S9]; an empty Reason was seen there."""
    named = {"QualificationTypeId": type_id, "WorkerId": cleo.public_id}
    mturk.associate_qualification_with_worker(**named, IntegerValue=3)
    mturk.disassociate_qualification_from_worker(**named, Reason="")
    for again in (mturk.get_qualification_score, mturk.disassociate_qualification_from_worker):
        with pytest.raises(mturk.exceptions.RequestError) as refused:
            again(**named)
        assert refusal(refused) == NOT_GRANTED
    mturk.associate_qualification_with_worker(**named, IntegerValue=5)
    assert mturk.get_qualification_score(**named)["Qualification"]["IntegerValue"] == 5


def test_what_a_worker_never_had_does_not_exist(mturk: Any, cleo: Worker, type_id: str) -> None:
    """mturk-api.md, GetQualificationScore [S5][S9][S24]: system types too."""
    for unknown in (type_id, LOCALE, "3UNKNOWN"):
        named = {"QualificationTypeId": unknown, "WorkerId": cleo.public_id}
        for ask in (mturk.get_qualification_score, mturk.disassociate_qualification_from_worker):
            with pytest.raises(mturk.exceptions.RequestError) as refused:
                ask(**named)
            assert refusal(refused) == NO_QUALIFICATION


def test_a_worker_whom_nobody_knows_is_refused_by_the_parameter(mturk: Any, type_id: str) -> None:
    """mturk-api.md, AssociateQualificationWithWorker [I by analogy with S12]."""
    with pytest.raises(ClientError) as refused:
        mturk.associate_qualification_with_worker(QualificationTypeId=type_id, WorkerId="A1UNKNOWN")
    assert refusal(refused) == (
        "ParameterValidationError",
        'The value "A1UNKNOWN" is not valid for the parameter WorkerId.',
    )


def test_a_worker_id_with_a_space_is_no_worker_id(mturk: Any, type_id: str) -> None:
    """mturk-api.md, AssociateQualificationWithWorker [S46]."""
    with pytest.raises(ClientError) as refused:
        mturk.associate_qualification_with_worker(QualificationTypeId=type_id, WorkerId=" A1UNKNOWN")
    assert refused.value.response["Error"]["Code"] == "ValidationException"


def test_nobody_gives_somebody_elses_qualification(
    mturk_of: Any, ben: Any, cleo: Worker, type_id: str
) -> None:
    """mturk-api.md §2.0: somebody else's object does not exist."""
    other = mturk_of(ben)
    with pytest.raises(other.exceptions.RequestError) as refused:
        other.associate_qualification_with_worker(QualificationTypeId=type_id, WorkerId=cleo.public_id)
    assert refusal(refused)[0] == "AWS.MechanicalTurk.QualificationTypeDoesNotExist"
    with pytest.raises(other.exceptions.RequestError):
        other.list_workers_with_qualification_type(QualificationTypeId=type_id)


def test_holders_are_listed_page_by_page_granted_ones_by_default(mturk: Any, type_id: str) -> None:
    """mturk-api.md, ListWorkersWithQualificationType [S9][DL]."""
    workers = [a_worker(f"Worker{number}").public_id for number in range(5)]
    for worker_id in workers:
        mturk.associate_qualification_with_worker(
            QualificationTypeId=type_id, WorkerId=worker_id, IntegerValue=7, SendNotification=False
        )
    mturk.disassociate_qualification_from_worker(QualificationTypeId=type_id, WorkerId=workers[1])

    def listed(**members: Any) -> list[str]:
        pages = mturk.get_paginator("list_workers_with_qualification_type").paginate(
            QualificationTypeId=type_id, PaginationConfig={"PageSize": 2}, **members
        )
        return [held["WorkerId"] for page in pages for held in page["Qualifications"]]

    assert listed() == listed(Status="Granted") == [workers[0], *workers[2:]]
    assert listed(Status="Revoked") == [workers[1]]
    first = mturk.list_workers_with_qualification_type(QualificationTypeId=type_id)["Qualifications"][0]
    assert set(first) == {"GrantTime", "IntegerValue", "QualificationTypeId", "Status", "WorkerId"}


def test_requests_are_listed_granted_and_refused(mturk: Any, cleo: Worker, dan: Worker, type_id: str) -> None:
    """mturk-api.md, ListQualificationRequests, AcceptQualificationRequest, RejectQualificationRequest."""
    asked = [qualifications.request(worker, type_id).public_id for worker in (cleo, dan)]
    listed = mturk.list_qualification_requests(QualificationTypeId=type_id)
    requests = listed["QualificationRequests"]
    assert [one["QualificationRequestId"] for one in requests] == asked
    assert set(requests[0]) == {"QualificationRequestId", "QualificationTypeId", "WorkerId", "SubmitTime"}

    mturk.accept_qualification_request(QualificationRequestId=asked[0], IntegerValue=9)
    mturk.reject_qualification_request(QualificationRequestId=asked[1], Reason="Not yet.")
    assert mturk.list_qualification_requests()["NumResults"] == 0
    named = {"QualificationTypeId": type_id, "WorkerId": cleo.public_id}
    assert mturk.get_qualification_score(**named)["Qualification"]["IntegerValue"] == 9
    for answer in (mturk.accept_qualification_request, mturk.reject_qualification_request):
        with pytest.raises(mturk.exceptions.RequestError) as refused:
            answer(QualificationRequestId=asked[0])
        assert refusal(refused) == (
            "AWS.MechanicalTurk.InvalidQualificationRequestState",
            "This operation can be called with a status of: Submitted",
        )


def test_requests_of_all_types_are_listed_page_by_page(mturk: Any, cleo: Worker, dan: Worker) -> None:
    """mturk-api.md, ListQualificationRequests: oldest first [DL]."""
    types = [a_type(mturk)["QualificationTypeId"] for _ in range(2)]
    asked = [qualifications.request(worker, type_id).public_id for worker in (cleo, dan) for type_id in types]
    pages = mturk.get_paginator("list_qualification_requests").paginate(PaginationConfig={"PageSize": 3})
    found = [one["QualificationRequestId"] for page in pages for one in page["QualificationRequests"]]
    assert found == asked


def test_a_request_that_nobody_made_does_not_exist(mturk: Any) -> None:
    """mturk-api.md, AcceptQualificationRequest [I]."""
    with pytest.raises(mturk.exceptions.RequestError) as refused:
        mturk.accept_qualification_request(QualificationRequestId="3UNKNOWN")
    assert refusal(refused) == (
        "AWS.MechanicalTurk.QualificationRequestDoesNotExist",
        "QualificationRequest 3UNKNOWN does not exist.",
    )
