"""The requirements that Amazon's site offered as plain choices, and how they stand among others."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kempelen.domain.qualifications import system_types
from kempelen.domain.qualifications.place_lists import Place
from kempelen.domain.qualifications.requirements import Requirement

DEFAULT_GUARD = "Accept"
_NUMBERS = {"approval_rate": system_types.PERCENT_APPROVED, "approved_count": system_types.APPROVED}


@dataclass
class QuickChoices:
    """What was chosen; `guard` is the ActionsGuarded of them all."""

    masters: bool = False
    adult: bool = False
    approval_rate: int | None = None
    approved_count: int | None = None
    places: list[Place] = field(default_factory=list)
    guard: str = DEFAULT_GUARD

    def requirements(self, mode: str) -> list[Requirement]:
        """Give what a program would send for them, on a server of this mode."""
        chosen: list[Requirement] = []
        if self.masters:
            chosen.append(_of(system_types.masters_of(mode), "Exists"))
        for name, type_id in _NUMBERS.items():
            if (number := getattr(self, name)) is not None:
                chosen.append(_of(type_id, "GreaterThanOrEqualTo", IntegerValues=[number]))
        if self.places:
            comparator = "In" if len(self.places) > 1 else "EqualTo"
            chosen.append(_of(system_types.LOCALE, comparator, LocaleValues=self.places))
        if self.adult:
            chosen.append(_of(system_types.ADULT, "EqualTo", IntegerValues=[1]))
        return [{**one, "ActionsGuarded": self.guard} for one in chosen]


def parted(requirements: Iterable[Requirement], mode: str) -> tuple[QuickChoices, list[Requirement]]:
    """Part requirements, as they are kept, into what the choices say and the rest.

    Choices have one guard: that of the first; what guards something else is left to the rest.
    """
    choices, rest, taken = QuickChoices(), list[Requirement](), set[str]()
    for one in requirements:
        name, value = _choice_of(one, mode)
        if not name or name in taken or (taken and one["ActionsGuarded"] != choices.guard):
            rest.append(one)
            continue
        taken.add(name)
        choices.guard = one["ActionsGuarded"]
        setattr(choices, name, value)
    return choices, rest


def _of(type_id: str, comparator: str, **values: Any) -> Requirement:
    return {"QualificationTypeId": type_id, "Comparator": comparator, **values}


def _choice_of(one: Requirement, mode: str) -> tuple[str, Any]:
    """Give the choice that a requirement is, and its value; no name for one that is none."""
    integers, given = one.get("IntegerValues", []), one.get("LocaleValues", [])
    match one["QualificationTypeId"], one["Comparator"]:
        case type_id, "Exists" if type_id == system_types.masters_of(mode):
            return "masters", True
        case system_types.PERCENT_APPROVED, "GreaterThanOrEqualTo":
            return "approval_rate", integers[0]
        case system_types.APPROVED, "GreaterThanOrEqualTo":
            return "approved_count", integers[0]
        case system_types.LOCALE, "In" | "EqualTo" if given:
            return "places", given
        case system_types.ADULT, "EqualTo" if integers == [1]:
            return "adult", True
    return "", None
