"""What every tool of Crowd HTML Elements does with what somebody makes in it."""

from collections.abc import Mapping
from random import Random
from typing import Any, Protocol

from kempelen.rehearsal.filling.controls import Control, Value


class CannotMake(ValueError):
    """The tool could not make that; says why."""


class Tool(Protocol):
    """A way to answer that is no plain field."""

    def taken(self, control: Control, value: Any) -> Any:
        """Give what then is in the tool, as its answer has it; raises `CannotMake`."""
        ...

    def fault(self, control: Control, data: Any) -> str:
        """Say what its form would object to; None is what was there to begin with."""
        ...

    def says(self, control: Control, data: Any) -> Any:
        """Give its part of a crowd-form's answer."""
        ...

    def sample(self, control: Control, random: Random) -> Value:
        """Make anything."""
        ...


def items_in(value: Any, key: str) -> list[Any]:
    """Give a list, also where a whole answer is given that has it under this key."""
    found = value.get(key) if isinstance(value, Mapping) else value
    if not isinstance(found, list | tuple):
        raise CannotMake(f"asks for a list of {key}")
    return list(found)


def number_in(item: Any, name: str) -> float:
    """Give a number of an object; raises `CannotMake`."""
    try:
        number = float(item[name])
    except (KeyError, TypeError, ValueError) as error:
        raise CannotMake(f"lacks a number for {name}") from error
    if number != number or number in (float("inf"), float("-inf")):
        raise CannotMake(f"lacks a number for {name}")
    return number


def label_in(control: Control, item: Any) -> str:
    """Give an object's label, which has to be one of the control's."""
    label = str(item.get("label", "")) if isinstance(item, Mapping) else ""
    if all(choice.value != label for choice in control.choices):
        raise CannotMake(f"{label!r} is none of its labels")
    return label


def labels_of(control: Control) -> list[str]:
    """Give the labels there are."""
    return [choice.value for choice in control.choices]
