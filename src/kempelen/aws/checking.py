"""What the model demands of a request's values, and AWS's words for what breaks it.

A clause says: Value 'x' at 'qualificationRequirements.1.member.comparator' failed to satisfy constraint: …
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any, Final

from kempelen.aws.errors import InvalidArguments, UnfitValue
from kempelen.aws.model import Shape

# More would help nobody, and a request could make an answer much longer than itself.
MOST_VIOLATIONS: Final = 100
_NOT_NULL: Final = "Member must not be null"
# Whether a value keeps it, and how AWS puts it.
Constraint = tuple[Callable[[Any], bool], str]


def check(shape: Shape, arguments: Mapping[str, Any]) -> None:
    """Refuse with `InvalidArguments` if members are missing or break their bounds."""
    violations = list(islice(_in_structure(shape, arguments, ""), MOST_VIOLATIONS))
    if violations:
        raise InvalidArguments(violations)


def check_no_nul(shape: Shape, arguments: Mapping[str, Any]) -> None:
    """Refuse texts with a NUL, which neither XML nor every database can hold, as a value that cannot be."""
    for name in arguments:
        for text in _texts(arguments[name]):
            if "\0" in text:
                raise UnfitValue.of(name, text.replace("\0", "\\u0000"))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def _in_structure(shape: Shape, value: Mapping[str, Any], path: str) -> Iterator[str]:
    for name, member in shape.members.items():
        here = f"{path}{name[0].lower()}{name[1:]}"
        if name in value:
            yield from _in_value(member.shape, value[name], here)
        elif name in shape.required:
            yield _clause(None, here, _NOT_NULL)


def _in_value(shape: Shape, value: Any, path: str) -> Iterator[str]:
    for constraint in _broken(shape, value):
        yield _clause(value, path, constraint)
    if shape.kind == "structure":
        yield from _in_structure(shape, value, f"{path}.")
    elif shape.element and shape.element.kind == "structure":
        yield from _in_structures(shape.element, value, path)
    elif shape.element:
        yield from _in_scalars(shape.element, value, path)


def _in_structures(shape: Shape, values: list[Any], path: str) -> Iterator[str]:
    for place, value in enumerate(values, start=1):
        here = f"{path}.{place}.member"
        if value is None:
            yield _clause(None, here, _NOT_NULL)
        else:
            yield from _in_structure(shape, value, f"{here}.")


def _in_scalars(shape: Shape, values: list[Any], path: str) -> Iterator[str]:
    """One clause for the whole list, with everything that is asked of its members."""
    if any(value is None or _broken(shape, value) for value in values):
        asked = ", ".join([*(text for _, text in _constraints(shape)), _NOT_NULL])
        yield _clause(values, path, f"Member must satisfy constraint: [{asked}]")


def _broken(shape: Shape, value: Any) -> list[str]:
    """What is asked of a value itself and does not hold, in AWS's words."""
    return [text for holds, text in _constraints(shape) if not holds(value)]


@cache
def _constraints(shape: Shape) -> list[Constraint]:
    """What is asked of each value of this shape."""
    constraints: list[Constraint] = []
    measured, measure = ("value", int) if shape.kind in ("integer", "long") else ("length", len)
    if (most := shape.maximum) is not None:
        text = f"Member must have {measured} less than or equal to {most}"
        constraints.append((lambda value: measure(value) <= most, text))
    if (least := shape.minimum) is not None:
        text = f"Member must have {measured} greater than or equal to {least}"
        constraints.append((lambda value: measure(value) >= least, text))
    if shape.pattern:
        matches = re.compile(shape.pattern).fullmatch
        text = f"Member must satisfy regular expression pattern: {shape.pattern}"
        constraints.append((lambda value: matches(value) is not None, text))
    if shape.values:
        text = f"Member must satisfy enum value set: [{', '.join(shape.values)}]"
        constraints.append((shape.values.__contains__, text))
    return constraints


def _clause(value: Any, path: str, constraint: str) -> str:
    said = "null" if value is None else f"'{_shown(value)}'"
    return f"Value {said} at '{path}' failed to satisfy constraint: {constraint}"


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join('null' if one is None else str(one) for one in value)}]"
    return str(value)
