"""The quick way through `reading` and `checking`, for requests that are as they should be.

msgspec reads and checks such a request in one pass.  It takes nothing that the slow way would refuse, and
leaves to it much that the slow way takes or has AWS's words for: null, fractions, dates.
"""

from functools import cache
from typing import Annotated, Any, Literal, NotRequired, TypedDict

import msgspec

from kempelen.aws.model import Shape

_LARGEST = {"integer": 2**31 - 1, "long": 2**63 - 1}


@cache
def decoder(shape: Shape) -> "msgspec.json.Decoder[dict[str, Any]] | None":
    """What reads a request of this shape, if there is a quick way; there is none to dates."""
    read_type = _type(shape)
    return read_type and msgspec.json.Decoder(read_type)


def _type(shape: Shape) -> Any:
    """The type as msgspec understands it, with its bounds."""
    match shape.kind:
        case "structure":
            return _typed_dictionary(shape)
        case "list":
            assert shape.element
            element: Any = _type(shape.element)
            return element and Annotated[list[element], _lengths(shape)]
        case "string":
            return Literal[shape.values] if shape.values else Annotated[str, _lengths(shape)]
        case "integer" | "long":
            largest = _LARGEST[shape.kind]
            lowest = -largest - 1 if shape.minimum is None else shape.minimum
            highest = largest if shape.maximum is None else shape.maximum
            return Annotated[int, msgspec.Meta(ge=lowest, le=highest)]
        case "boolean":
            return bool
        case "timestamp":
            return None


def _typed_dictionary(shape: Shape) -> Any:
    types = {name: _type(member.shape) for name, member in shape.members.items()}
    if None in types.values():
        return None
    fields = {
        name: of_member if name in shape.required else NotRequired[of_member]
        for name, of_member in types.items()
    }
    return TypedDict(shape.name, fields)  # type: ignore[operator]  # made while running


def _lengths(shape: Shape) -> msgspec.Meta:
    # msgspec searches, and $ would let a line break follow.
    pattern = rf"\A(?:{shape.pattern})\Z" if shape.pattern else None
    return msgspec.Meta(min_length=shape.minimum, max_length=shape.maximum, pattern=pattern)
