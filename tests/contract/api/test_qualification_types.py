"""Qualification types (mturk-api.md §2 and §3.3); each test runs against any endpoint.

CreateQualificationType, GetQualificationType, UpdateQualificationType, DeleteQualificationType,
ListQualificationTypes, ListHITsForQualificationType.
"""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.contract.api.hits import a_hit
from tests.contract.api.qualification_types import ANSWER_KEY, TEST, a_name, a_type, refusal

LOCALE, APPROVED = "00000000000000000071", "00000000000000000040"


def test_a_new_type_is_shown_with_what_was_given_and_what_follows(mturk: Any) -> None:
    """mturk-api.md, CreateQualificationType [S9][S25]."""
    name = a_name()
    made = a_type(mturk, Name=name, Keywords="pets", RetryDelayInSeconds=60)
    assert made.pop("CreationTime").tzinfo
    assert len(made["QualificationTypeId"]) == 30
    assert made["QualificationTypeId"].startswith("3")
    assert made == {
        "QualificationTypeId": made["QualificationTypeId"],
        "Name": name,
        "Keywords": "pets",
        "Description": "Knows cats by their names.",
        "QualificationTypeStatus": "Active",
        "RetryDelayInSeconds": 60,
        "IsRequestable": True,
        "AutoGranted": False,
    }


def test_a_type_with_a_test_is_shown_whole_to_its_owner(mturk: Any) -> None:
    """mturk-api.md, GetQualificationType [D][S16]."""
    made = a_type(mturk, Test=TEST, AnswerKey=ANSWER_KEY, TestDurationInSeconds=300)
    shown = mturk.get_qualification_type(QualificationTypeId=made["QualificationTypeId"])["QualificationType"]
    assert shown == made
    assert (shown["Test"], shown["AnswerKey"], shown["TestDurationInSeconds"]) == (TEST, ANSWER_KEY, 300)


def test_a_test_and_its_answer_key_are_for_the_owner_only(mturk: Any, mturk_of: Any, ben: Any) -> None:
    """mturk-api.md, GetQualificationType [D][S16]."""
    made = a_type(mturk, Test=TEST, AnswerKey=ANSWER_KEY, TestDurationInSeconds=300)
    shown = mturk_of(ben).get_qualification_type(QualificationTypeId=made["QualificationTypeId"])
    assert {"Test", "AnswerKey"} & shown["QualificationType"].keys() == set()
    assert shown["QualificationType"]["Name"] == made["Name"]


def test_a_name_cannot_be_given_twice(mturk: Any) -> None:
    """mturk-api.md §1.3: the text of a real answer [S5]."""
    made = a_type(mturk)
    with pytest.raises(mturk.exceptions.RequestError) as refused:
        a_type(mturk, Name=made["Name"])
    assert refusal(refused) == (
        "AWS.MechanicalTurk.QualificationTypeAlreadyExists",
        "You have already created a QualificationType with this name. A QualificationType's name must be "
        "unique among all of the QualificationTypes created by the same user.",
    )


@pytest.mark.parametrize(
    "members",
    [
        {"Test": TEST},
        {"AnswerKey": ANSWER_KEY},
        {"Test": TEST, "TestDurationInSeconds": 60, "AutoGranted": True},
        {"Test": "<Question", "TestDurationInSeconds": 60},
    ],
)
def test_what_does_not_go_together_is_refused(mturk: Any, members: dict[str, Any]) -> None:
    """mturk-api.md, CreateQualificationType [D][S16]."""
    with pytest.raises(ClientError) as refused:
        a_type(mturk, **members)
    assert refused.value.response["Error"]["Code"] == "ParameterValidationError"
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


def test_an_update_changes_what_it_names_and_gives_the_whole_type(mturk: Any) -> None:
    """mturk-api.md, UpdateQualificationType [S16]."""
    made = a_type(mturk, Keywords="pets")
    changed = mturk.update_qualification_type(
        QualificationTypeId=made["QualificationTypeId"],
        Description="Knows all cats.",
        AutoGranted=True,
        AutoGrantedValue=5,
    )["QualificationType"]
    assert changed == made | {"Description": "Knows all cats.", "AutoGranted": True, "AutoGrantedValue": 5}


def test_a_new_test_without_a_key_takes_the_old_key_away(mturk: Any) -> None:
    """mturk-api.md, UpdateQualificationType [D]."""
    made = a_type(mturk, Test=TEST, AnswerKey=ANSWER_KEY, TestDurationInSeconds=300)
    changed = mturk.update_qualification_type(QualificationTypeId=made["QualificationTypeId"], Test=TEST)
    assert "AnswerKey" not in changed["QualificationType"]


def test_a_deleted_type_is_gone_and_cannot_be_deleted_again(mturk: Any) -> None:
    """mturk-api.md, DeleteQualificationType [S25]."""
    type_id = a_type(mturk)["QualificationTypeId"]
    assert "QualificationType" not in mturk.delete_qualification_type(QualificationTypeId=type_id)
    with pytest.raises(mturk.exceptions.RequestError) as refused:
        mturk.delete_qualification_type(QualificationTypeId=type_id)
    assert refusal(refused) == (
        "AWS.MechanicalTurk.InvalidQualificationTypeState",
        "This operation can be called with a status of: Active,Inactive",
    )
    with pytest.raises(mturk.exceptions.RequestError):
        mturk.get_qualification_type(QualificationTypeId=type_id)


@pytest.mark.parametrize("operation", ["get", "update", "delete"])
def test_a_type_that_nobody_made_does_not_exist(mturk: Any, operation: str) -> None:
    """mturk-api.md, GetQualificationType [I]."""
    with pytest.raises(mturk.exceptions.RequestError) as refused:
        getattr(mturk, f"{operation}_qualification_type")(QualificationTypeId="3UNKNOWN")
    assert refusal(refused) == (
        "AWS.MechanicalTurk.QualificationTypeDoesNotExist",
        "QualificationType 3UNKNOWN does not exist.",
    )


def test_somebody_elses_type_cannot_be_changed(mturk: Any, mturk_of: Any, ben: Any) -> None:
    """mturk-api.md §2.0: somebody else's object does not exist."""
    type_id = a_type(mturk)["QualificationTypeId"]
    with pytest.raises(mturk.exceptions.RequestError):
        mturk_of(ben).update_qualification_type(QualificationTypeId=type_id, Description="Mine.")


def test_system_types_are_shown_to_everybody(mturk: Any) -> None:
    """mturk-api.md §4.1 and GetQualificationType [K]."""
    shown = mturk.get_qualification_type(QualificationTypeId=LOCALE)["QualificationType"]
    assert (shown["Name"], shown["IsRequestable"]) == ("Worker_Locale", False)


def listed(mturk: Any, **members: Any) -> list[str]:
    pages = mturk.get_paginator("list_qualification_types").paginate(
        PaginationConfig={"PageSize": 2}, **members
    )
    return [kind["QualificationTypeId"] for page in pages for kind in page["QualificationTypes"]]


@pytest.mark.parametrize("change", [str, lambda name: name[:-1], str.upper])
def test_a_query_finds_whole_names_their_beginnings_and_capitals(mturk: Any, change: Any) -> None:
    """mturk-api.md, ListQualificationTypes [S9]."""
    made = a_type(mturk)
    a_type(mturk, Name=a_name("Dogs"), Description="Walks.")
    assert listed(mturk, Query=change(made["Name"]), MustBeRequestable=True) == [made["QualificationTypeId"]]


def test_a_listing_goes_page_by_page_and_ends_with_an_empty_one(mturk: Any) -> None:
    """mturk-api.md §2.0: every page with items has a NextToken [S3][S18][S20]."""
    word = a_name("word").replace(" ", "")
    made = [a_type(mturk, Name=f"{word} {number}")["QualificationTypeId"] for number in range(4)]
    asked = {"Query": word, "MustBeRequestable": True, "MustBeOwnedByCaller": True}
    assert listed(mturk, **asked) == made
    first = mturk.list_qualification_types(**asked, MaxResults=3)
    rest = mturk.list_qualification_types(**asked, MaxResults=3, NextToken=first["NextToken"])
    assert (first["NumResults"], rest["NumResults"]) == (3, 1)
    end = mturk.list_qualification_types(**asked, MaxResults=3, NextToken=rest["NextToken"])
    assert (end["NumResults"], end["QualificationTypes"], "NextToken" in end) == (0, [], False)


def test_system_types_are_listed_unless_types_must_be_ones_own_or_requestable(mturk: Any) -> None:
    """mturk-api.md, ListQualificationTypes [D]."""
    own = a_type(mturk)["QualificationTypeId"]
    everything = listed(mturk, MustBeRequestable=False)
    assert {LOCALE, APPROVED, own} <= set(everything)
    assert len(everything) == len(set(everything))
    for members in ({"MustBeRequestable": True}, {"MustBeRequestable": False, "MustBeOwnedByCaller": True}):
        found = listed(mturk, **members)
        assert own in found
        assert LOCALE not in found
    assert listed(mturk, MustBeRequestable=False, Query="worker_LOC") == [LOCALE]


def test_an_inactive_type_is_listed_for_its_owner_alone_and_not_as_requestable(
    mturk: Any, mturk_of: Any, ben: Any
) -> None:
    """mturk-api.md §3.3: inactive types can neither be asked for nor be required."""
    inactive = a_type(mturk, QualificationTypeStatus="Inactive")["QualificationTypeId"]
    assert inactive in listed(mturk, MustBeRequestable=False)
    assert inactive not in listed(mturk, MustBeRequestable=True)
    assert inactive not in listed(mturk_of(ben), MustBeRequestable=False)
    with pytest.raises(mturk.exceptions.RequestError) as refused:
        a_hit(mturk, QualificationRequirements=[{"QualificationTypeId": inactive, "Comparator": "Exists"}])
    assert refusal(refused)[0] == "AWS.MechanicalTurk.InvalidQualificationTypeState"


def test_the_hits_that_require_a_type_are_listed(mturk: Any, mturk_of: Any, ben: Any) -> None:
    """mturk-api.md, ListHITsForQualificationType."""
    type_id = a_type(mturk)["QualificationTypeId"]
    required = [{"QualificationTypeId": type_id, "Comparator": "Exists"}]
    made = {
        a_hit(mturk, Title=title, QualificationRequirements=required)["HITId"]
        for title in ("One", "One", "Two", "Three")
    }
    a_hit(mturk)
    a_hit(mturk_of(ben), QualificationRequirements=required)
    pages = mturk.get_paginator("list_hits_for_qualification_type").paginate(
        QualificationTypeId=type_id, PaginationConfig={"PageSize": 3}
    )
    found = [hit["HITId"] for page in pages for hit in page["HITs"]]
    assert len(found) == 4
    assert set(found) == made


def test_requirements_come_back_in_the_order_sent_with_both_fields_about_actions(mturk: Any) -> None:
    """mturk-api.md §4.4 [S3][S6]."""
    own = a_type(mturk)["QualificationTypeId"]
    california = {"Country": "US", "Subdivision": "CA"}
    sent = [
        {
            "QualificationTypeId": own,
            "Comparator": "GreaterThan",
            "IntegerValues": [5],
            "RequiredToPreview": True,
        },
        {"QualificationTypeId": LOCALE, "Comparator": "In", "LocaleValues": [california]},
    ]
    shown = a_hit(mturk, QualificationRequirements=sent)["QualificationRequirements"]
    assert shown == [
        sent[0] | {"ActionsGuarded": "PreviewAndAccept"},
        sent[1] | {"ActionsGuarded": "Accept", "RequiredToPreview": False},
    ]


def test_a_hit_type_takes_no_new_hits_once_its_qualification_type_is_deleted(mturk: Any) -> None:
    """mturk-api.md, DeleteQualificationType [D]."""
    type_id = a_type(mturk)["QualificationTypeId"]
    required = [{"QualificationTypeId": type_id, "Comparator": "Exists"}]
    hit = a_hit(mturk, QualificationRequirements=required)
    mturk.delete_qualification_type(QualificationTypeId=type_id)
    with pytest.raises(mturk.exceptions.RequestError):
        mturk.create_hit_with_hit_type(
            HITTypeId=hit["HITTypeId"], LifetimeInSeconds=60, Question=hit["Question"]
        )
    with pytest.raises(mturk.exceptions.RequestError):
        a_hit(mturk, QualificationRequirements=required)
