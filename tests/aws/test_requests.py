"""What `protocol.parse` takes, and the words with which it refuses.

The words of SerializationException were seen in answers of other AWS services of this protocol; those of
ValidationException in MTurk's own (facts §1.3).
"""

import json
from datetime import UTC, datetime

import pytest

from kempelen.aws import checking, protocol
from tests.aws.calls import parsed, sent

pytestmark = pytest.mark.once

NULL = "failed to satisfy constraint: Member must not be null"
A_TITLE = {"Title": "t", "Description": "d", "AssignmentDurationInSeconds": 60, "Reward": "0.05"}


def refusal(name: str, body: bytes | str) -> protocol.ProtocolError:
    with pytest.raises(protocol.ProtocolError) as refused:
        parsed(name, body)
    return refused.value


def test_the_target_names_the_operation():
    target, _ = sent("GetHIT", HITId="A")
    assert protocol.operation_called(target).name == "GetHIT"


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "GetHIT",
        "MTurkRequesterServiceV20170117",
        "MTurkRequesterServiceV20170117.",
        "MTurkRequesterServiceV20170117.GetHit",
        "MTurkRequesterServiceV20170117.GetHIT.GetHIT",
        "mturkrequesterservicev20170117.GetHIT",
        "DynamoDB_20120810.ListTables",
        "MTurkRequesterServiceV20170117.__class__",
    ],
)
def test_another_target_is_an_unknown_operation(target):
    with pytest.raises(protocol.UnknownOperation) as refused:
        protocol.operation_called(target)
    assert (refused.value.name, refused.value.status) == ("UnknownOperationException", 400)


def test_unknown_members_and_nulls_count_as_absent():
    body = '{"NextToken": null, "MaxResults": 5, "Colour": [1, {"x": null}]}'
    assert parsed("ListHITs", body) == {"MaxResults": 5}


def test_of_members_that_come_twice_the_last_one_counts():
    assert parsed("GetHIT", '{"HITId": "A", "HITId": "B"}') == {"HITId": "B"}
    assert parsed("ListHITs", '{"MaxResults": 5, "MaxResults": null}') == {}


@pytest.mark.parametrize(
    ("number", "moment"),
    [
        ("0", datetime(1970, 1, 1, tzinfo=UTC)),
        ("1598811799", datetime(2020, 8, 30, 18, 23, 19, tzinfo=UTC)),
        ("1.598811799E9", datetime(2020, 8, 30, 18, 23, 19, tzinfo=UTC)),
        ("1767323045.5", datetime(2026, 1, 2, 3, 4, 5, 500000, tzinfo=UTC)),
        ("-1", datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)),
        # Milliseconds in place of seconds are a time that nobody will see.
        ("1598811799000", datetime(9999, 12, 30, tzinfo=UTC)),
        ("1e300", datetime(9999, 12, 30, tzinfo=UTC)),
        ("-1e300", datetime(1, 1, 2, tzinfo=UTC)),
    ],
)
def test_times_are_seconds_in_any_form(number, moment):
    request = parsed("UpdateExpirationForHIT", f'{{"HITId": "A", "ExpireAt": {number}}}')
    assert request["ExpireAt"] == moment


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("ListHITs", {"MaxResults": "1"}, "STRING_VALUE can not be converted to an Integer"),
        ("ListHITs", {"MaxResults": True}, "TRUE_VALUE can not be converted to an Integer"),
        ("ListHITs", {"MaxResults": [1]}, "Start of list found where not expected"),
        ("ListHITs", {"MaxResults": {"a": 1}}, "Start of structure or map found where not expected."),
        ("ListHITs", {"NextToken": 1}, "NUMBER_VALUE can not be converted to a String"),
        ("ListHITs", {"NextToken": False}, "FALSE_VALUE can not be converted to a String"),
        ("CreateHIT", {"LifetimeInSeconds": ""}, "STRING_VALUE can not be converted to a Long"),
        ("UpdateHITReviewStatus", {"Revert": 0}, "NUMBER_VALUE can not be converted to a Boolean"),
        (
            "UpdateExpirationForHIT",
            {"ExpireAt": "2030-01-01T00:00:00Z"},
            "STRING_VALUE can not be converted to milliseconds since epoch",
        ),
        ("NotifyWorkers", {"WorkerIds": "A1"}, "Expected list or null"),
        ("NotifyWorkers", {"WorkerIds": {}}, "Start of structure or map found where not expected."),
        ("NotifyWorkers", {"WorkerIds": [1]}, "NUMBER_VALUE can not be converted to a String"),
        ("CreateHIT", {"HITReviewPolicy": "x"}, "Expected null"),
        ("CreateHIT", {"HITReviewPolicy": []}, "Start of list found where not expected"),
        ("CreateHIT", {"QualificationRequirements": [3]}, "Expected null"),
    ],
)
def test_a_value_of_another_type_cannot_be_read(name, arguments, message):
    refused = refusal(name, json.dumps(arguments))
    assert (refused.name, str(refused)) == ("SerializationException", message)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b'"x"',
        b"1",
        b'{"HITId": "A",}',
        b"{'HITId': 'A'}",
        b'\xef\xbb\xbf{"HITId": "A"}',
        b'{"HITId": "\xff"}',
        b'{"HITId": "\\ud800"}',
        b'{"HITId": "A", "Score": NaN}',
        b'{"HITId": "A", "Score": -Infinity}',
        b'{"HITId": 1e999}',
        b'{"HITId": ' + b"9" * 5000 + b"}",
        b'{"HITId": ' + b"[" * 100_000,
        b'{"HITId": ' + b'{"a":' * 100_000,
        '{"HITId": "A"}'.encode("utf-16"),
    ],
    ids=range(17),
)
def test_a_body_that_is_no_json_object_is_refused_without_a_word(body):
    refused = refusal("GetHIT", body)
    assert (refused.name, str(refused), refused.status) == ("SerializationException", "", 400)


def test_a_list_for_a_body_is_refused_with_a_word():
    assert str(refusal("ListHITs", "[]")) == "Start of list found where not expected"


def test_a_missing_member_is_said_to_be_null():
    refused = refusal("RejectAssignment", '{"AssignmentId": "A"}')
    assert refused.name == "ValidationException"
    assert str(refused) == f"1 validation error detected: Value null at 'requesterFeedback' {NULL}"


def test_a_null_for_a_member_that_has_to_be_there_is_refused_as_missing():
    assert str(refusal("GetHIT", '{"HITId": null}')).endswith(f"Value null at 'hITId' {NULL}")


def test_an_amount_in_another_form_is_refused_with_the_pattern():
    body = '{"WorkerId": "A1", "AssignmentId": "B", "Reason": "r", "BonusAmount": "0.9752"}'
    assert str(refusal("SendBonus", body)) == (
        "1 validation error detected: Value '0.9752' at 'bonusAmount' failed to satisfy constraint: "
        r"Member must satisfy regular expression pattern: ^[0-9]+(\.)?[0-9]{0,2}$"
    )


def test_all_violations_are_told_at_once():
    refused = refusal("ListHITsForQualificationType", '{"MaxResults": 101, "NextToken": ""}')
    # What all lists share comes first.
    assert str(refused) == (
        "3 validation errors detected: "
        "Value '' at 'nextToken' failed to satisfy constraint: "
        "Member must have length greater than or equal to 1; "
        "Value '101' at 'maxResults' failed to satisfy constraint: "
        "Member must have value less than or equal to 100; "
        f"Value null at 'qualificationTypeId' {NULL}"
    )


@pytest.mark.parametrize("text", ["lower", "ABC\n", "A B", "Ä", "١٢"])
def test_an_id_of_other_letters_is_refused(text):
    assert "Member must satisfy regular expression pattern: ^[A-Z0-9]+$" in str(
        refusal("GetHIT", json.dumps({"HITId": text}))
    )


def test_an_id_that_is_too_long_is_refused():
    assert "Member must have length less than or equal to 64" in str(
        refusal("GetHIT", '{"HITId": "%s"}' % ("A" * 65))
    )
    assert parsed("GetHIT", '{"HITId": "%s"}' % ("A" * 64))


def test_a_value_that_is_none_of_the_possible_ones_is_refused():
    assert str(refusal("ListReviewableHITs", '{"Status": "Foo"}')).endswith(
        "Value 'Foo' at 'status' failed to satisfy constraint: "
        "Member must satisfy enum value set: [Reviewable, Reviewing]"
    )


def test_places_within_lists_of_structures_are_named():
    requirement = {"QualificationTypeId": "Q", "Comparator": "In", "LocaleValues": [{"Country": "USA"}, {}]}
    refused = refusal(
        "CreateHITType", json.dumps(A_TITLE | {"QualificationRequirements": [requirement, None]})
    )
    place = "qualificationRequirements.1.member.localeValues"
    assert str(refused).startswith("3 validation errors detected: ")
    assert f"Value 'USA' at '{place}.1.member.country' failed" in str(refused)
    assert f"Value null at '{place}.2.member.country' {NULL}" in str(refused)
    assert f"Value null at 'qualificationRequirements.2.member' {NULL}" in str(refused)


def test_lists_of_plain_values_are_named_as_a_whole():
    body = '{"Subject": "s", "MessageText": "m", "WorkerIds": ["A1", "B2", null]}'
    assert str(refusal("NotifyWorkers", body)) == (
        "1 validation error detected: Value '[A1, B2, null]' at 'workerIds' failed to satisfy constraint: "
        "Member must satisfy constraint: [Member must have length less than or equal to 64, "
        "Member must have length greater than or equal to 1, "
        "Member must satisfy regular expression pattern: ^A[A-Z0-9]+$, Member must not be null]"
    )


@pytest.mark.parametrize("numbers", ["[null]", "[1, null]"])
def test_a_null_in_a_list_of_plain_values_is_refused(numbers):
    requirement = f'{{"QualificationTypeId": "Q", "Comparator": "In", "IntegerValues": {numbers}}}'
    body = f'{json.dumps(A_TITLE)[:-1]}, "QualificationRequirements": [{requirement}]}}'
    assert str(refusal("CreateHITType", body)) == (
        f"1 validation error detected: Value '{numbers}' at "
        "'qualificationRequirements.1.member.integerValues' failed to satisfy constraint: "
        "Member must satisfy constraint: [Member must not be null]"
    )


def test_wrong_types_come_before_broken_bounds():
    assert refusal("ListHITs", '{"MaxResults": 101, "NextToken": 5}').name == "SerializationException"


@pytest.mark.parametrize("number", ["3000000000", "3e9", "1" + "0" * 30, "2147483647.5"])
def test_a_number_too_large_becomes_the_largest(number):
    request = parsed(
        "CreateAdditionalAssignmentsForHIT", f'{{"HITId": "A", "NumberOfAdditionalAssignments": {number}}}'
    )
    assert request["NumberOfAdditionalAssignments"] == 2**31 - 1


def test_a_fraction_of_a_whole_number_is_cut_off():
    assert parsed("ListHITs", '{"MaxResults": 5.9}') == {"MaxResults": 5}


def test_a_refusal_does_not_grow_with_the_request():
    requirements = [{"QualificationTypeId": "Q", "Comparator": "x"}] * 5000
    refused = refusal("CreateHITType", json.dumps(A_TITLE | {"QualificationRequirements": requirements}))
    assert str(refused).startswith(f"{checking.MOST_VIOLATIONS} validation errors detected: ")


@pytest.mark.parametrize("escaped", [r"\u0000", r"a\u0000b"])
def test_a_nul_in_a_text_is_no_valid_value(escaped):
    refused = refusal("RejectAssignment", f'{{"AssignmentId": "A", "RequesterFeedback": "{escaped}"}}')
    assert (refused.name, refused.code) == ("ParameterValidationError", "InvalidParameterValue")
    assert str(refused) == f'The value "{escaped}" is not valid for the parameter RequesterFeedback.'


def test_a_written_backslash_is_no_nul():
    request = parsed("RejectAssignment", r'{"AssignmentId": "A", "RequesterFeedback": "\\u0000"}')
    assert request["RequesterFeedback"] == r"\u0000"
