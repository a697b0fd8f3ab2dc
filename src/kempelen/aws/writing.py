"""From what a handler answers to the bytes that MTurk would have sent.

Compact JSON, members in alphabetical order, absent ones left out, times as Java writes a Double.  An answer
that does not fit the model is a bug and raises `Misfit`.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import msgspec

from kempelen.aws.model import Shape

Packer = Callable[[Any], Any]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


class Misfit(TypeError):
    """An answer has a member that its shape lacks, or a value of another type: our bug."""


def write(shape: Shape, answer: Mapping[str, Any] | None) -> bytes:
    """The body of an answer; `{}` where there is nothing to say."""
    return msgspec.json.encode(_packer(shape)(answer or {}))


def wire_time(moment: datetime) -> bytes:
    """Whole seconds since 1970 as a JSON number: 1.598811799E9."""
    if moment.tzinfo is None:
        raise Misfit(f"{moment} has no time zone")
    seconds = (moment - _EPOCH) // _SECOND
    if abs(seconds) < 10**7:
        return b"%d.0" % seconds
    digits = str(abs(seconds))
    fraction = digits[1:].rstrip("0") or "0"
    return f"{'-' if seconds < 0 else ''}{digits[0]}.{fraction}E{len(digits) - 1}".encode()


@cache
def _packer(shape: Shape) -> Packer:
    """What turns a value of this shape into what the encoder writes."""
    if shape.kind == "structure":
        return _structure_packer(shape)
    if shape.kind == "list":
        assert shape.element
        pack = _packer(shape.element)
        return lambda values: [pack(value) for value in values]
    return _SCALARS[shape.kind]


def _structure_packer(shape: Shape) -> Packer:
    packers = [
        (name, _packer(shape.members[name].shape), _PLAIN.get(shape.members[name].shape.kind))
        for name in sorted(shape.members)
    ]

    def pack(value: Mapping[str, Any]) -> dict[str, Any]:
        packed = {}
        for name, pack_member, plain in packers:
            member = value.get(name)
            if member is not None:
                # Most members are plain; a look at their type is quicker than a call.
                packed[name] = member if type(member) is plain else pack_member(member)
        if len(packed) != len(value) and (unknown := value.keys() - shape.members.keys()):
            raise Misfit(f"{shape.name} has no {', '.join(sorted(unknown))}")
        return packed

    return pack


def _string(value: Any) -> str:
    if isinstance(value, str):
        return str.__str__(value)  # the encoder knows no subclasses, such as those of enumerations
    raise Misfit(f"{value!r} is no text")


def _integer(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    raise Misfit(f"{value!r} is no whole number")


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise Misfit(f"{value!r} is neither true nor false")


def _timestamp(value: Any) -> msgspec.Raw:
    if isinstance(value, datetime):
        return msgspec.Raw(wire_time(value))
    raise Misfit(f"{value!r} is no time")


_PLAIN = {"string": str, "integer": int, "long": int, "boolean": bool}
_SCALARS: dict[str, Packer] = {
    "string": _string,
    "integer": _integer,
    "long": _integer,
    "boolean": _boolean,
    "timestamp": _timestamp,
}
