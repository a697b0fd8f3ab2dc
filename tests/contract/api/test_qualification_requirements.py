"""QualificationRequirements keep workers from HITs (mturk-api.md §4): CreateHIT and CreateHITType."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from kempelen.domain.models import Worker
from tests.contract.api.crowd import CrowdWorker
from tests.contract.api.hits import PROPERTIES, a_hit
from tests.contract.api.qualification_types import a_type, refusal

Crowd = Callable[..., CrowdWorker]
LOCALE, ADULT = "00000000000000000071", "00000000000000000060"
APPROVED, PERCENT_APPROVED = "00000000000000000040", "000000000000000000L0"
UNITED_STATES, CALIFORNIA = {"Country": "US"}, {"Country": "US", "Subdivision": "CA"}
TITLE = "Read old letters"


def a_guarded_hit(mturk: Any, type_id: str, comparator: str, **members: Any) -> str:
    requirement = {"QualificationTypeId": type_id, "Comparator": comparator, **members}
    return str(a_hit(mturk, Title=TITLE, QualificationRequirements=[requirement])["HITId"])


@pytest.mark.parametrize(
    ("guarded", "is_found", "is_previewed"),
    [("Accept", True, True), ("PreviewAndAccept", True, False), ("DiscoverPreviewAndAccept", False, False)],
)
def test_who_does_not_qualify_may_do_what_is_not_guarded(
    mturk: Any, crowd: Crowd, guarded: str, is_found: bool, is_previewed: bool
) -> None:
    """mturk-api.md §4.4 [D], for CreateHIT."""
    type_id = a_type(mturk)["QualificationTypeId"]
    hit_id = a_guarded_hit(mturk, type_id, "Exists", ActionsGuarded=guarded)
    cleo = crowd("Cleo")
    assert (TITLE in cleo.look("/").text) is is_found
    assert (cleo.look(f"/hits/{hit_id}/").status == 200) is is_previewed
    assert cleo.is_refused(hit_id)
    mturk.associate_qualification_with_worker(QualificationTypeId=type_id, WorkerId=cleo.id)
    assert TITLE in cleo.look("/").text
    assert cleo.look(f"/hits/{hit_id}/").status == 200
    assert cleo.accept(hit_id)


@pytest.mark.parametrize(
    ("comparator", "values", "qualifies"),
    [
        ("LessThan", [5], False),
        ("LessThanOrEqualTo", [5], True),
        ("GreaterThan", [5], False),
        ("GreaterThanOrEqualTo", [5], True),
        ("EqualTo", [5], True),
        ("NotEqualTo", [5], False),
        ("In", [1, 5], True),
        ("NotIn", [1, 5], False),
        ("NotIn", [1, 2], True),
        ("Exists", None, True),
        ("DoesNotExist", None, False),
    ],
)
def test_a_score_is_compared(
    mturk: Any, crowd: Crowd, comparator: str, values: list[int] | None, qualifies: bool
) -> None:
    """mturk-api.md §4.2 [D], for CreateHIT; who lacks the qualification meets DoesNotExist alone [S56]."""
    type_id = a_type(mturk)["QualificationTypeId"]
    members = {"IntegerValues": values} if values else {}
    hit_id = a_guarded_hit(mturk, type_id, comparator, **members)
    with_five, without = crowd("Cleo"), crowd("Dan")
    mturk.associate_qualification_with_worker(
        QualificationTypeId=type_id, WorkerId=with_five.id, IntegerValue=5
    )
    assert with_five.is_refused(hit_id) is not qualifies
    if not qualifies:
        assert without.is_refused(hit_id) is (comparator != "DoesNotExist")


@pytest.mark.parametrize(
    ("comparator", "places", "qualifies"),
    [
        ("EqualTo", [UNITED_STATES], True),
        ("EqualTo", [CALIFORNIA], False),
        ("NotEqualTo", [CALIFORNIA], True),
        ("In", [{"Country": "DE"}, UNITED_STATES], True),
        ("NotIn", [{"Country": "DE"}, UNITED_STATES], False),
    ],
)
def test_a_place_is_compared_by_as_much_as_is_asked(
    mturk: Any, crowd: Crowd, comparator: str, places: list[dict[str, str]], qualifies: bool
) -> None:
    """mturk-api.md §4.3 [D], for CreateHIT."""
    hit_id = a_guarded_hit(mturk, LOCALE, comparator, LocaleValues=places)
    in_new_york = crowd("Cleo")
    Worker.objects.filter(pk=in_new_york.worker.pk).update(country="US", subdivision="NY")
    assert in_new_york.is_refused(hit_id) is not qualifies
    if not qualifies:
        assert crowd("Dan").is_refused(hit_id)


def test_system_types_hold_what_the_worker_did_and_says(mturk: Any, crowd: Crowd) -> None:
    """mturk-api.md §4.1 [D], for CreateHIT: the rate is 100 until 100 assignments were submitted."""
    cleo = crowd("Cleo")
    first = a_hit(mturk)["HITId"]
    experienced = a_guarded_hit(mturk, APPROVED, "GreaterThan", IntegerValues=[0])
    good = a_guarded_hit(mturk, PERCENT_APPROVED, "EqualTo", IntegerValues=[100])
    adult = a_guarded_hit(mturk, ADULT, "EqualTo", IntegerValues=[1])
    assert cleo.is_refused(experienced)
    assert cleo.is_refused(adult)
    mturk.approve_assignment(AssignmentId=cleo.answer(first))
    Worker.objects.filter(pk=cleo.worker.pk).update(is_adult=True)
    for hit_id in (experienced, good, adult):
        assert cleo.accept(hit_id)


def test_all_requirements_have_to_be_met(mturk: Any, crowd: Crowd) -> None:
    """mturk-api.md §4.4 [D], for CreateHIT."""
    types = [a_type(mturk)["QualificationTypeId"] for _ in range(2)]
    required = [{"QualificationTypeId": type_id, "Comparator": "Exists"} for type_id in types]
    hit_id = a_hit(mturk, QualificationRequirements=required)["HITId"]
    cleo = crowd("Cleo")
    for type_id in types:
        assert cleo.is_refused(hit_id)
        mturk.associate_qualification_with_worker(QualificationTypeId=type_id, WorkerId=cleo.id)
    assert cleo.accept(hit_id)


@pytest.mark.parametrize(
    "requirement",
    [
        {"Comparator": "Exists", "IntegerValues": [1]},
        {"Comparator": "EqualTo"},
        {"Comparator": "EqualTo", "IntegerValues": [1, 2]},
        {"Comparator": "In", "IntegerValues": list(range(16))},
        {"Comparator": "EqualTo", "LocaleValues": [UNITED_STATES]},
        {"QualificationTypeId": LOCALE, "Comparator": "EqualTo", "IntegerValues": [1]},
        {"QualificationTypeId": LOCALE, "Comparator": "LessThan", "LocaleValues": [UNITED_STATES]},
        {
            "QualificationTypeId": LOCALE,
            "Comparator": "EqualTo",
            "LocaleValues": [{"Country": "DE", "Subdivision": "BY"}],
        },
        {"Comparator": "Exists", "ActionsGuarded": "Accept", "RequiredToPreview": True},
    ],
)
def test_a_requirement_that_makes_no_sense_is_refused(mturk: Any, requirement: dict[str, Any]) -> None:
    """mturk-api.md §4.2 to §4.4 [D], for CreateHITType."""
    given = {"QualificationTypeId": APPROVED, **requirement}
    with pytest.raises(ClientError) as refused:
        mturk.create_hit_type(**PROPERTIES, QualificationRequirements=[given])
    assert refused.value.response["Error"]["Code"] == "ParameterValidationError"


def test_a_requirement_of_a_type_that_nobody_made_is_refused(mturk: Any) -> None:
    """mturk-api.md, CreateHITType."""
    given = {"QualificationTypeId": "3UNKNOWN", "Comparator": "Exists"}
    with pytest.raises(mturk.exceptions.RequestError) as refused:
        mturk.create_hit_type(**PROPERTIES, QualificationRequirements=[given])
    assert refusal(refused) == (
        "AWS.MechanicalTurk.QualificationTypeDoesNotExist",
        "QualificationType 3UNKNOWN does not exist.",
    )


def test_the_same_requirements_are_the_same_hit_type_in_any_order(mturk: Any) -> None:
    """mturk-api.md, CreateHITType [D][I]: requirements are a set."""
    required = [
        {"QualificationTypeId": APPROVED, "Comparator": "GreaterThan", "IntegerValues": [5]},
        {"QualificationTypeId": LOCALE, "Comparator": "EqualTo", "LocaleValues": [UNITED_STATES]},
    ]
    first = mturk.create_hit_type(**PROPERTIES, QualificationRequirements=required)
    guarded = [requirement | {"ActionsGuarded": "Accept"} for requirement in reversed(required)]
    again = mturk.create_hit_type(**PROPERTIES, QualificationRequirements=guarded)
    other = mturk.create_hit_type(**PROPERTIES, QualificationRequirements=required[:1])
    assert first["HITTypeId"] == again["HITTypeId"] != other["HITTypeId"]
