"""QualificationRequirements as they are given, checked and brought into the form they are shown in.

A requirement is a dict with MTurk's own member names, as the API takes and gives it (mturk-api.md §4).
"""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any

from kempelen.domain.errors import InvalidValue
from kempelen.domain.qualifications import places
from kempelen.domain.qualifications.system_types import SYSTEM_TYPES, Kind

Requirement = dict[str, Any]

MOST_REQUIREMENTS = 10
MOST_INTEGERS = 15
MOST_LOCALES = 30
_FIELD = "qualification_requirements"
_ORDERED = {"LessThan", "LessThanOrEqualTo", "GreaterThan", "GreaterThanOrEqualTo"}
_EQUAL = {"EqualTo", "NotEqualTo"}
_AMONG = {"In", "NotIn"}
_PRESENCE = {"Exists", "DoesNotExist"}
COMPARATORS = _ORDERED | _EQUAL | _AMONG | _PRESENCE


class Action(IntEnum):
    """What a requirement can keep a worker from; each includes the ones after it."""

    DISCOVER = 0
    PREVIEW = 1
    ACCEPT = 2


_GUARDED_FROM = {
    "Accept": Action.ACCEPT,
    "PreviewAndAccept": Action.PREVIEW,
    "DiscoverPreviewAndAccept": Action.DISCOVER,
}


def guards(requirement: Mapping[str, Any], action: Action) -> bool:
    """Tell whether the action needs this requirement met (mturk-api.md §4.4)."""
    return action >= _GUARDED_FROM[requirement["ActionsGuarded"]]


def normalise(requirements: Sequence[Mapping[str, Any]]) -> list[Requirement]:
    """Give the requirements in the order sent and as MTurk shows them, or refuse with `InvalidValue`.

    ActionsGuarded and RequiredToPreview come back on each, whatever was sent.  Whether a qualification
    type exists is for `queries.requirements.checked`.
    """
    if len(requirements) > MOST_REQUIREMENTS:
        raise _wrong(f"A HIT can have at most {MOST_REQUIREMENTS} QualificationRequirements.")
    return [_normalised(requirement) for requirement in requirements]


def _normalised(requirement: Mapping[str, Any]) -> Requirement:
    type_id, comparator = requirement["QualificationTypeId"], requirement["Comparator"]
    if comparator not in COMPARATORS:
        raise _wrong(f"{comparator} is no Comparator.")
    integers = list(requirement.get("IntegerValues") or [])
    locales = [_locale(place) for place in requirement.get("LocaleValues") or []]
    _check_values(type_id, comparator, integers, locales)
    shown: Requirement = {"QualificationTypeId": type_id, "Comparator": comparator}
    if integers:
        shown["IntegerValues"] = integers
    if locales:
        shown["LocaleValues"] = locales
    return shown | _guarded(requirement)


def _check_values(type_id: str, comparator: str, integers: list[int], locales: list[Requirement]) -> None:
    """Check how many values there are of which kind (mturk-api.md §4.2)."""
    if comparator in _PRESENCE:
        if integers or locales:
            raise _wrong(f"{comparator} takes neither IntegerValues nor LocaleValues.")
        return
    compares_places = _kind(type_id) is Kind.LOCALE
    values, others = (locales, integers) if compares_places else (integers, locales)
    name, other_name = (
        ("LocaleValues", "IntegerValues") if compares_places else ("IntegerValues", "LocaleValues")
    )
    if others:
        raise _wrong(f"QualificationType {type_id} is compared with {name}, not with {other_name}.")
    if compares_places and comparator in _ORDERED:
        raise _wrong(f"{comparator} does not compare LocaleValues.")
    most = (MOST_LOCALES if compares_places else MOST_INTEGERS) if comparator in _AMONG else 1
    if not 1 <= len(values) <= most:
        allowed = "exactly 1" if most == 1 else f"1 to {most}"
        raise _wrong(f"{comparator} takes {allowed} of {name}; there are {len(values)}.")


def _kind(type_id: str) -> Kind:
    known = SYSTEM_TYPES.get(type_id)
    return known.kind if known else Kind.INTEGER


def _locale(place: Mapping[str, Any]) -> Requirement:
    """Give the place if it is one: a country, and within the United States a state (mturk-api.md §4.3)."""
    country, state = place["Country"], place.get("Subdivision")
    if country not in places.countries():
        raise _wrong(f"{country} is no country of ISO 3166.")
    if state is None:
        return {"Country": country}
    if country != places.UNITED_STATES:
        raise _wrong("Only the United States have a Subdivision.")
    if state not in places.states():
        raise _wrong(f"{state} is no state of the United States.")
    return {"Country": country, "Subdivision": state}


def _guarded(requirement: Mapping[str, Any]) -> Requirement:
    """Give both fields from whichever was sent; sent both, they have to say the same.

    MTurk refused the pair.  What it showed of a HIT had both, though, and scripts that copy a HIT send it.
    """
    guarded, is_for_preview = requirement.get("ActionsGuarded"), requirement.get("RequiredToPreview")
    if guarded is None:
        guarded = "PreviewAndAccept" if is_for_preview else "Accept"
    if guarded not in _GUARDED_FROM:
        raise _wrong(f"{guarded} is not what ActionsGuarded may say.")
    implied = guarded != "Accept"
    if is_for_preview is not None and is_for_preview != implied:
        raise _wrong("RequiredToPreview contradicts ActionsGuarded; leave RequiredToPreview out.")
    return {"RequiredToPreview": implied, "ActionsGuarded": guarded}


def _wrong(message: str) -> InvalidValue:
    return InvalidValue(_FIELD, message)
