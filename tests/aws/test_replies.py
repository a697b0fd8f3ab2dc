"""What goes back: answers and errors, byte by byte as MTurk wrote them (facts §1.2 and §1.3)."""

import enum
import json
import re
from datetime import UTC, datetime, timedelta, timezone

import pytest

from kempelen.aws import protocol
from kempelen.aws.model import OPERATIONS
from kempelen.aws.writing import wire_time
from tests.aws.calls import received

pytestmark = pytest.mark.once

NOW = datetime(2019, 7, 16, 21, 18, 22, 391000, tzinfo=UTC)


class Status(enum.StrEnum):
    ASSIGNABLE = "Assignable"


def reply(name: str, answer: object) -> str:
    return protocol.reply(OPERATIONS[name], answer).decode()


def refused(name: str, *words: str, is_sandbox: bool = True) -> str:
    return protocol.refuse(name, *words, now=NOW, is_sandbox=is_sandbox).decode()


def test_members_are_sorted_and_absent_ones_left_out():
    hit = {"Title": "é/“", "HITId": "A", "RequesterAnnotation": None, "QualificationRequirements": []}
    assert (
        reply("GetHIT", {"HIT": hit}) == '{"HIT":{"HITId":"A","QualificationRequirements":[],"Title":"é/“"}}'
    )


@pytest.mark.parametrize("nothing", [None, {}])
def test_an_operation_that_gives_nothing_answers_an_empty_object(nothing):
    assert reply("DeleteHIT", nothing) == "{}"


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (1598811799, b"1.598811799E9"),
        (1567545200, b"1.5675452E9"),
        (1600000000, b"1.6E9"),
        (1000000000, b"1.0E9"),
        (1598811799.999, b"1.598811799E9"),
        (10**7, b"1.0E7"),
        (9999999, b"9999999.0"),
        (0, b"0.0"),
        (-1, b"-1.0"),
        (-62135596800, b"-6.21355968E10"),
    ],
)
def test_times_are_whole_seconds_as_java_writes_a_double(seconds, written):
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    assert wire_time(moment) == written
    assert float(written) == seconds // 1


def test_the_time_zone_of_a_time_does_not_matter():
    tokyo = datetime(2020, 8, 31, 3, 23, 19, tzinfo=timezone(timedelta(hours=9)))
    assert reply("GetHIT", {"HIT": {"CreationTime": tokyo}}) == '{"HIT":{"CreationTime":1.598811799E9}}'


def test_values_of_enumerations_are_texts():
    assert reply("GetHIT", {"HIT": {"HITStatus": Status.ASSIGNABLE}}) == '{"HIT":{"HITStatus":"Assignable"}}'


@pytest.mark.parametrize(
    "hit",
    [
        {"Colour": "red"},
        {"Colour": None},
        {"HITId": 5},
        {"MaxAssignments": "5"},
        {"MaxAssignments": True},
        {"MaxAssignments": 5.0},
        {"CreationTime": 1598811799},
        {"CreationTime": datetime(2020, 1, 1)},
        {"QualificationRequirements": [{"RequiredToPreview": 1}]},
    ],
)
def test_an_answer_that_does_not_fit_the_model_is_our_bug(hit):
    with pytest.raises(protocol.Misfit):
        reply("GetHIT", {"HIT": hit})


def test_a_void_operation_that_answers_something_is_our_bug():
    with pytest.raises(protocol.Misfit):
        reply("DeleteHIT", {"HITId": "A"})


def test_a_request_error_ends_with_the_time_and_the_sandboxs_letter():
    assert refused("RequestError", "Hit A does not exist.", "HITDoesNotExist") == (
        '{"__type":"RequestError","Message":"Hit A does not exist. (1563311902391 s)",'
        '"TurkErrorCode":"AWS.MechanicalTurk.HITDoesNotExist"}'
    )


def test_in_production_the_letter_is_missing():
    body = refused("ParameterValidationError", "No.", "InvalidParameterValue", is_sandbox=False)
    assert json.loads(body)["Message"] == "No. (1563311902391)"


def test_a_code_with_a_prefix_of_its_own_keeps_it_and_is_not_stamped():
    body = json.loads(refused("RequestError", "Link your account.", "AWS.AccountNotLinked"))
    assert body == {
        "__type": "RequestError",
        "Message": "Link your account.",
        "TurkErrorCode": "AWS.AccountNotLinked",
    }


@pytest.mark.parametrize("name", ["ValidationException", "ThrottlingException", "InvalidSignatureException"])
def test_the_frameworks_errors_have_a_message_in_lower_case_without_the_time(name):
    assert refused(name, "Why.") == f'{{"__type":"{name}","message":"Why."}}'


def test_an_error_without_words_has_no_message():
    assert refused("UnknownOperationException") == '{"__type":"UnknownOperationException"}'


@pytest.mark.parametrize(
    "error",
    [
        protocol.UnknownOperation(),
        protocol.Unreadable("Expected null"),
        protocol.InvalidArguments(["Value null at 'hITId' failed to satisfy constraint: …"]),
        protocol.UnfitValue.of("WorkerId", "A1"),
        protocol.Throttled(),
    ],
)
def test_botocore_reads_every_refusal(error):
    body = protocol.refuse(error.name, str(error), error.code, now=NOW, is_sandbox=True)
    read = received("GetHIT", body, error.status)["Error"]
    assert read["Code"] == error.name
    assert read["Message"].startswith(str(error))


def test_botocore_finds_the_turk_error_code():
    body = protocol.refuse("RequestError", "No.", "InvalidHITState", now=NOW, is_sandbox=True)
    assert received("GetHIT", body, 400)["Error"]["Code"] == "RequestError"
    assert json.loads(body)["TurkErrorCode"] == "AWS.MechanicalTurk.InvalidHITState"


def test_request_ids_are_new_each_time_and_look_like_amazons():
    ids = {protocol.new_request_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", one) for one in ids)
