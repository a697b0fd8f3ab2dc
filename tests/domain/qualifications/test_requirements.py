"""mturk-api.md §4: what a QualificationRequirement may say, and how it is shown."""

from typing import Any

import pytest

from kempelen.domain.errors import InvalidValue
from kempelen.domain.qualifications import system_types
from kempelen.domain.qualifications.requirements import Action, guards, normalise

pytestmark = pytest.mark.once

OWN = "3NSM4HLQNRUEQ60D7GC4Q1R0XCVQQQ"


def a_requirement(comparator: str = "Exists", type_id: str = OWN, **members: Any) -> dict[str, Any]:
    return {"QualificationTypeId": type_id, "Comparator": comparator, **members}


def test_both_fields_about_actions_come_back_though_neither_was_sent() -> None:
    """mturk-api.md §4.4 [S3]."""
    (shown,) = normalise([a_requirement("GreaterThan", IntegerValues=[5])])
    assert shown == {
        "QualificationTypeId": OWN,
        "Comparator": "GreaterThan",
        "IntegerValues": [5],
        "RequiredToPreview": False,
        "ActionsGuarded": "Accept",
    }


@pytest.mark.parametrize(
    ("sent", "guarded", "for_preview"),
    [
        ({"RequiredToPreview": True}, "PreviewAndAccept", True),
        ({"RequiredToPreview": False}, "Accept", False),
        ({"ActionsGuarded": "Accept"}, "Accept", False),
        ({"ActionsGuarded": "PreviewAndAccept"}, "PreviewAndAccept", True),
        ({"ActionsGuarded": "DiscoverPreviewAndAccept"}, "DiscoverPreviewAndAccept", True),
        ({"ActionsGuarded": "PreviewAndAccept", "RequiredToPreview": True}, "PreviewAndAccept", True),
    ],
)
def test_each_way_to_guard_actions_is_shown_in_both_ways(
    sent: dict[str, Any], guarded: str, for_preview: bool
) -> None:
    (shown,) = normalise([a_requirement(**sent)])
    assert (shown["ActionsGuarded"], shown["RequiredToPreview"]) == (guarded, for_preview)


def test_what_was_shown_can_be_sent_again() -> None:
    shown = normalise([a_requirement("In", IntegerValues=[3, 1]), a_requirement()])
    assert normalise(shown) == shown


US = {"Country": "US"}


@pytest.mark.parametrize(
    ("requirement", "reason"),
    [
        (a_requirement("Exists", IntegerValues=[1]), "neither"),
        (a_requirement("DoesNotExist", LocaleValues=[US]), "neither"),
        (a_requirement("LessThan"), "exactly 1"),
        (a_requirement("EqualTo", IntegerValues=[1, 2]), "exactly 1"),
        (a_requirement("In", IntegerValues=[]), "1 to 15"),
        (a_requirement("NotIn", IntegerValues=list(range(16))), "1 to 15"),
        (a_requirement("EqualTo", LocaleValues=[US]), "IntegerValues"),
        (a_requirement("EqualTo", system_types.LOCALE, IntegerValues=[1]), "LocaleValues"),
        (a_requirement("LessThan", system_types.LOCALE, LocaleValues=[US]), "does not compare"),
        (a_requirement("In", system_types.LOCALE, LocaleValues=[US] * 31), "1 to 30"),
        (a_requirement("EqualTo", system_types.LOCALE, LocaleValues=[{"Country": "XX"}]), "no country"),
        (
            a_requirement(
                "EqualTo", system_types.LOCALE, LocaleValues=[{"Country": "DE", "Subdivision": "BY"}]
            ),
            "Only the United States",
        ),
        (
            a_requirement("EqualTo", system_types.LOCALE, LocaleValues=[{**US, "Subdivision": "XX"}]),
            "no state",
        ),
        (a_requirement("Resembles", IntegerValues=[1]), "no Comparator"),
        (a_requirement(ActionsGuarded="Accept", RequiredToPreview=True), "contradicts"),
    ],
)
def test_a_requirement_that_makes_no_sense_is_refused(requirement: dict[str, Any], reason: str) -> None:
    with pytest.raises(InvalidValue, match=reason):
        normalise([requirement])


def test_ten_requirements_are_the_most() -> None:
    """mturk-api.md §3.5."""
    normalise([a_requirement()] * 10)
    with pytest.raises(InvalidValue, match="at most 10"):
        normalise([a_requirement()] * 11)


def test_a_guarded_action_guards_those_that_come_after_it() -> None:
    (shown,) = normalise([a_requirement(ActionsGuarded="PreviewAndAccept")])
    assert [guards(shown, action) for action in Action] == [False, True, True]


def test_each_mode_has_its_own_masters() -> None:
    """mturk-api.md §4.1."""
    assert system_types.MASTERS_SANDBOX in system_types.known_to("sandbox")
    assert system_types.MASTERS_SANDBOX not in system_types.known_to("production")
    assert system_types.MASTERS_PRODUCTION in system_types.known_to("production")
