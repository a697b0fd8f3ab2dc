"""From a request's bytes to values of the right types, or `Unreadable` in AWS's words.

The words were seen in answers of other AWS services that speak JSON 1.1; MTurk runs on the same framework.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec

from kempelen.aws.errors import Unreadable
from kempelen.aws.model import Shape

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
# A day within Python's own bounds, so that they can be compared and moved to any time zone.
_EARLIEST, _LATEST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)
_LARGEST: Final = {"integer": 2**31 - 1, "long": 2**63 - 1}
_NAMES: Final = {"string": "a String", "integer": "an Integer", "long": "a Long", "boolean": "a Boolean"}


def read(shape: Shape, body: bytes) -> dict[str, Any]:
    """The members of a request that the model knows, in the types they have in `kempelen.aws.shapes`."""
    try:
        arguments = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Unreadable from None
    if isinstance(arguments, list):
        raise Unreadable("Start of list found where not expected")
    if not isinstance(arguments, dict):
        raise Unreadable
    return _structure(shape, arguments)


def _value(shape: Shape, value: Any) -> Any:
    """The value as its shape has it; None, which counts as absent, stays."""
    return value if value is None else _READERS[shape.kind](shape, value)


def _structure(shape: Shape, value: Any) -> dict[str, Any]:
    if isinstance(value, list):
        raise Unreadable("Start of list found where not expected")
    if not isinstance(value, dict):
        raise Unreadable("Expected null")
    members = shape.members
    known = {name: _value(members[name].shape, said) for name, said in value.items() if name in members}
    return {name: member for name, member in known.items() if member is not None}


def _list(shape: Shape, value: Any) -> list[Any]:
    if isinstance(value, dict):
        raise Unreadable("Start of structure or map found where not expected.")
    if not isinstance(value, list):
        raise Unreadable("Expected list or null")
    assert shape.element
    return [_value(shape.element, element) for element in value]


def _string(shape: Shape, value: Any) -> str:
    if isinstance(value, str):
        return value
    raise _not_convertible(shape, value)


def _boolean(shape: Shape, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise _not_convertible(shape, value)


def _integer(shape: Shape, value: Any) -> int:
    """Fractions are cut off, and what is too large becomes the largest number that there is, as at AWS."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _not_convertible(shape, value)
    largest = _LARGEST[shape.kind]
    return max(-largest - 1, min(largest, int(value)))


def _timestamp(shape: Shape, value: Any) -> datetime:
    """Seconds since 1970, whole or not; dates in words were refused by services of this protocol."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _not_convertible(shape, value)
    try:
        return max(_EARLIEST, min(_LATEST, _EPOCH + timedelta(seconds=value)))
    except OverflowError:
        return _LATEST if value > 0 else _EARLIEST


def _not_convertible(shape: Shape, value: Any) -> Unreadable:
    if isinstance(value, list):
        return Unreadable("Start of list found where not expected")
    if isinstance(value, dict):
        return Unreadable("Start of structure or map found where not expected.")
    if isinstance(value, bool):
        token = "TRUE_VALUE" if value else "FALSE_VALUE"
    else:
        token = "STRING_VALUE" if isinstance(value, str) else "NUMBER_VALUE"
    return Unreadable(f"{token} can not be converted to {_NAMES.get(shape.kind, 'milliseconds since epoch')}")


_READERS: Mapping[str, Callable[[Shape, Any], Any]] = {
    "structure": _structure,
    "list": _list,
    "string": _string,
    "boolean": _boolean,
    "integer": _integer,
    "long": _integer,
    "timestamp": _timestamp,
}
