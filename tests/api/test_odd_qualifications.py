"""Odd values in calls about qualifications are refused, or found nowhere; none is a fault of ours."""

from typing import Any

import pytest

from kempelen.domain.models import Requester, Worker
from tests.api.calling import a_key, call, fault
from tests.domain.requiring import a_type, granted

ODD = [b'"\\u0000"', b'"\\ud800"', b'"%_\\\\\'"', '"é🐴"'.encode(), b'"' + b"x" * 3000 + b'"']
NUMBERS = [b"-1", b"0", b"2147483648", b"99999999999999999999", b"1e400", b"1.5"]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    ("operation", "arguments"),
    [
        ("ListQualificationTypes", b'{"MustBeRequestable": false, "Query": ODD}'),
        ("AcceptQualificationRequest", b'{"QualificationRequestId": ODD}'),
        ("GetQualificationScore", b'{"QualificationTypeId": "3A", "WorkerId": ODD}'),
        ("CreateWorkerBlock", b'{"WorkerId": "A1", "Reason": ODD}'),
        ("ListWorkerBlocks", b'{"NextToken": ODD}'),
        (
            "CreateQualificationType",
            b'{"Name": ODD, "Description": ODD, "Keywords": ODD, "QualificationTypeStatus": "Active"}',
        ),
        (
            "CreateHITType",
            b'{"Title": "a", "Description": "b", "Reward": "0", "AssignmentDurationInSeconds": 60, '
            b'"QualificationRequirements": [{"QualificationTypeId": ODD, "Comparator": "Exists"}]}',
        ),
    ],
)
def test_odd_texts_are_no_fault_of_ours(ada: Requester, operation: str, arguments: bytes, odd: bytes) -> None:
    assert call(a_key(ada), operation, arguments.replace(b"ODD", odd)).status_code in (200, 400)


@pytest.mark.parametrize("number", NUMBERS)
def test_odd_numbers_are_no_fault_of_ours(ada: Requester, cleo: Worker, number: bytes) -> None:
    kind = a_type(ada)
    granted(cleo, kind)
    given: dict[str, Any] = {"type": kind.public_id, "worker": cleo.public_id, "number": number.decode()}
    for operation, arguments in (
        (
            "AssociateQualificationWithWorker",
            '{"QualificationTypeId": "%(type)s", "WorkerId": "%(worker)s", "IntegerValue": %(number)s}',
        ),
        (
            "UpdateQualificationType",
            '{"QualificationTypeId": "%(type)s", "RetryDelayInSeconds": %(number)s, "AutoGranted": true, '
            '"AutoGrantedValue": %(number)s, "TestDurationInSeconds": %(number)s}',
        ),
        (
            "CreateHITType",
            '{"Title": "a", "Description": "b", "Reward": "0", "AssignmentDurationInSeconds": 60, '
            '"QualificationRequirements": [{"QualificationTypeId": "%(type)s", "Comparator": "EqualTo", '
            '"IntegerValues": [%(number)s]}]}',
        ),
    ):
        assert call(a_key(ada), operation, (arguments % given).encode()).status_code in (200, 400)


@pytest.mark.parametrize("query", ["x" * 60_000, " ".join(map(str, range(5_000)))], ids=["word", "words"])
def test_an_endless_query_is_refused_and_no_fault_of_ours(ada: Requester, query: str) -> None:
    answer = call(a_key(ada), "ListQualificationTypes", {"MustBeRequestable": False, "Query": query})
    assert fault(answer)["__type"] == "ParameterValidationError"
    assert "Query" in fault(answer)["Message"]


def test_a_query_of_as_many_words_as_fit_is_answered(ada: Requester) -> None:
    query = " ".join(chr(0x4E00 + number) for number in range(500))
    answer = call(a_key(ada), "ListQualificationTypes", {"MustBeRequestable": False, "Query": query})
    assert answer.status_code == 200
