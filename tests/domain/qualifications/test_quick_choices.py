"""The requirements that Amazon's site offered as plain choices."""

import pytest

from kempelen.domain.errors import InvalidValue
from kempelen.domain.qualifications import place_lists, quick_choices, system_types
from kempelen.domain.qualifications.quick_choices import QuickChoices
from kempelen.domain.qualifications.requirements import normalise

GERMANY, CALIFORNIA = {"Country": "DE"}, {"Country": "US", "Subdivision": "CA"}
ALL = QuickChoices(
    masters=True,
    adult=True,
    approval_rate=95,
    approved_count=1_000,
    places=[GERMANY, CALIFORNIA],
    guard="DiscoverPreviewAndAccept",
)


@pytest.mark.parametrize("mode", ["sandbox", "production"])
def test_choices_become_requirements_and_choices_again(mode):
    kept = normalise(ALL.requirements(mode))
    assert [one["QualificationTypeId"] for one in kept] == [
        system_types.masters_of(mode),
        system_types.PERCENT_APPROVED,
        system_types.APPROVED,
        system_types.LOCALE,
        system_types.ADULT,
    ]
    assert quick_choices.parted(kept, mode) == (ALL, [])


def test_nothing_chosen_is_nothing_required():
    assert QuickChoices().requirements("sandbox") == []
    assert quick_choices.parted([], "sandbox") == (QuickChoices(), [])


def test_what_no_choice_can_say_is_left_to_the_rest():
    kept = normalise(
        [
            *QuickChoices(approval_rate=90).requirements("sandbox"),
            {
                "QualificationTypeId": system_types.PERCENT_APPROVED,
                "Comparator": "LessThan",
                "IntegerValues": [99],
            },
            {"QualificationTypeId": system_types.MASTERS_PRODUCTION, "Comparator": "Exists"},
            {"QualificationTypeId": system_types.ADULT, "Comparator": "EqualTo", "IntegerValues": [0]},
            {
                "QualificationTypeId": system_types.APPROVED,
                "Comparator": "GreaterThanOrEqualTo",
                "IntegerValues": [5],
                "ActionsGuarded": "PreviewAndAccept",
            },
        ]
    )
    choices, rest = quick_choices.parted(kept, "sandbox")
    assert choices == QuickChoices(approval_rate=90)
    assert rest == kept[1:]


def test_places_are_typed_by_code_or_name_and_written_as_codes():
    places = place_lists.places_in("de, United States; california\nus-ny, Georgia, DE")
    assert places == [
        GERMANY,
        {"Country": "US"},
        CALIFORNIA,
        {"Country": "US", "Subdivision": "NY"},
        {"Country": "GE"},
    ]
    assert place_lists.text_of(places) == "DE, US, US-CA, US-NY, GE"
    assert place_lists.places_in(place_lists.text_of(places)) == places


@pytest.mark.parametrize("said", ["Atlantis", "US-ZZ", "D", "DE-BY"])
def test_what_is_no_place_is_refused_by_name(said):
    with pytest.raises(InvalidValue, match=said):
        place_lists.places_in(f"US, {said}")
