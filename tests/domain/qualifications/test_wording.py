"""What is required, in words for workers."""

from typing import Any

import pytest

from kempelen.domain.qualifications import system_types
from kempelen.domain.qualifications.comparing import Fact
from kempelen.domain.qualifications.wording import fact_in_words, in_words

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("type_id", "comparator", "members", "words"),
    [
        (
            system_types.PERCENT_APPROVED,
            "GreaterThanOrEqualTo",
            {"IntegerValues": [95]},
            "Share of answers approved: at least 95 %",
        ),
        (
            system_types.APPROVED,
            "GreaterThan",
            {"IntegerValues": [5000]},
            "Approved answers: more than 5,000",
        ),
        (
            system_types.LOCALE,
            "In",
            {
                "LocaleValues": [
                    {"Country": "DE"},
                    {"Country": "FR"},
                    {"Country": "US", "Subdivision": "CA"},
                ]
            },
            "Where you are: Germany, France or California, United States",
        ),
        (
            system_types.LOCALE,
            "NotEqualTo",
            {"LocaleValues": [{"Country": "DE"}]},
            "Where you are: anywhere but Germany",
        ),
        (system_types.ADULT, "EqualTo", {"IntegerValues": [1]}, "Content for adults: agreed to"),
        (system_types.ADULT, "EqualTo", {"IntegerValues": [0]}, "Content for adults: not agreed to"),
        (system_types.MASTERS_SANDBOX, "Exists", {}, "Masters: needed"),
        ("3OWN", "DoesNotExist", {}, "“Cats”: for those who do not have it"),
        ("3OWN", "NotIn", {"IntegerValues": [1, 2]}, "“Cats”: anything but 1 or 2"),
    ],
)
def test_a_requirement_is_said_in_plain_words(
    type_id: str, comparator: str, members: dict[str, Any], words: str
) -> None:
    requirement = {"QualificationTypeId": type_id, "Comparator": comparator, **members}
    assert in_words(requirement, {"3OWN": "Cats"}) == words


@pytest.mark.parametrize(
    ("type_id", "fact", "words"),
    [
        (system_types.LOCALE, None, "You have not said where you are."),
        (system_types.LOCALE, Fact(country="DE"), "You say you are in Germany."),
        (system_types.ADULT, Fact(0), "You have not agreed to see it."),
        (system_types.PERCENT_APPROVED, Fact(93), "Yours is 93 %."),
        ("3OWN", Fact(7), "Yours is 7."),
        ("3OWN", Fact(), "You have it."),
        ("3OWN", None, "You do not have it."),
    ],
)
def test_what_a_worker_has_is_said_in_plain_words(type_id: str, fact: Fact | None, words: str) -> None:
    assert fact_in_words(type_id, fact) == words
