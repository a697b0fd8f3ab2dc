"""Requirements, and what is known of a worker, in plain words."""

from collections.abc import Mapping

from kempelen.domain.qualifications import places, system_types
from kempelen.domain.qualifications.comparing import Fact, holds
from kempelen.domain.qualifications.requirements import Requirement

_LABELS = {
    system_types.MASTERS_SANDBOX: "Masters",
    system_types.MASTERS_PRODUCTION: "Masters",
    system_types.APPROVED: "Approved answers",
    system_types.LOCALE: "Where you are",
    system_types.ADULT: "Content for adults",
    system_types.PERCENT_APPROVED: "Share of answers approved",
    system_types.PERCENT_SUBMITTED: "Share of accepted HITs submitted",
    system_types.PERCENT_ABANDONED: "Share of accepted HITs that ran out of time",
    system_types.PERCENT_RETURNED: "Share of accepted HITs given back",
    system_types.PERCENT_REJECTED: "Share of answers rejected",
}
_SHARES = {
    system_types.PERCENT_APPROVED,
    system_types.PERCENT_SUBMITTED,
    system_types.PERCENT_ABANDONED,
    system_types.PERCENT_RETURNED,
    system_types.PERCENT_REJECTED,
}
_COMPARED = {
    "LessThan": "less than {}",
    "LessThanOrEqualTo": "at most {}",
    "GreaterThan": "more than {}",
    "GreaterThanOrEqualTo": "at least {}",
    "EqualTo": "exactly {}",
    "NotEqualTo": "anything but {}",
    "In": "{}",
    "NotIn": "anything but {}",
}


def label_of(type_id: str, names: Mapping[str, str]) -> str:
    """Give what a qualification type is called for workers; `names` are those of requesters' types."""
    return _LABELS.get(type_id) or f"“{names.get(type_id, type_id)}”"


def in_words(requirement: Requirement, names: Mapping[str, str]) -> str:
    """Say what is required, such as “Share of answers approved: at least 95 %”."""
    type_id = requirement["QualificationTypeId"]
    return f"{label_of(type_id, names)}: {_wanted(type_id, requirement)}"


def fact_in_words(type_id: str, fact: Fact | None) -> str:
    """Say what the worker has of the type, as a whole sentence."""
    if type_id == system_types.LOCALE:
        return (
            f"You say you are in {_place(fact.country, fact.state)}."
            if fact
            else "You have not said where you are."
        )
    if type_id == system_types.ADULT:
        return "You agreed to see it." if fact and fact.value else "You have not agreed to see it."
    if fact is None:
        return "You do not have it."
    return "You have it." if fact.value is None else f"Yours is {_amount(type_id, fact.value)}."


def short(type_id: str, fact: Fact | None) -> str:
    """Say what the worker has of a type in a word or two, for a table."""
    if type_id == system_types.LOCALE:
        return _place(fact.country, fact.state) if fact else "not said"
    if type_id == system_types.ADULT:
        return "agreed to" if fact and fact.value else "not agreed to"
    if fact is None:
        return "none"
    return "held" if fact.value is None else _amount(type_id, fact.value)


def _wanted(type_id: str, requirement: Requirement) -> str:
    comparator = requirement["Comparator"]
    if comparator == "Exists":
        return "told" if type_id == system_types.LOCALE else "needed"
    if comparator == "DoesNotExist":
        return "not told" if type_id == system_types.LOCALE else "for those who do not have it"
    if type_id == system_types.ADULT and holds(requirement, Fact(1)) != holds(requirement, Fact(0)):
        return "agreed to" if holds(requirement, Fact(1)) else "not agreed to"
    if "LocaleValues" in requirement:
        wanted = [
            _place(place["Country"], place.get("Subdivision", "")) for place in requirement["LocaleValues"]
        ]
        return _not_exactly(comparator).format(_either(wanted))
    return _COMPARED[comparator].format(
        _either([_amount(type_id, one) for one in requirement["IntegerValues"]])
    )


def _not_exactly(comparator: str) -> str:
    return "anywhere but {}" if comparator in ("NotEqualTo", "NotIn") else "{}"


def _either(items: list[str]) -> str:
    return " or ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else items[0]


def _amount(type_id: str, value: int) -> str:
    return f"{value:,} %" if type_id in _SHARES else f"{value:,}"


def _place(country: str, state: str) -> str:
    name = places.countries().get(country, country)
    return f"{places.states().get(state, state)}, {name}" if state else name
