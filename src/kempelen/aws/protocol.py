"""AWS JSON 1.1 as MTurk speaks it: which operation is called, with what, and what is answered.

The face calls these functions in this order; each is pure, and raises `ProtocolError` only.
"""

from collections.abc import Mapping
from typing import Any, Final
from uuid import uuid4

import msgspec

from kempelen.aws import checking, quick_reading, reading, writing
from kempelen.aws.errors import (
    InvalidArguments,
    ProtocolError,
    Throttled,
    UnfitValue,
    UnknownOperation,
    Unreadable,
    refuse,
)
from kempelen.aws.model import OPERATIONS, TARGET_PREFIX, Operation
from kempelen.aws.writing import Misfit

__all__ = [
    "CONTENT_TYPE",
    "InvalidArguments",
    "Misfit",
    "Operation",
    "ProtocolError",
    "Throttled",
    "UnfitValue",
    "UnknownOperation",
    "Unreadable",
    "new_request_id",
    "operation_called",
    "parse",
    "refuse",
    "reply",
]

CONTENT_TYPE: Final = "application/x-amz-json-1.1"


def operation_called(target: str | None) -> Operation:
    """The operation that the X-Amz-Target header names, or `UnknownOperation`."""
    prefix, _, name = (target or "").partition(".")
    if prefix != TARGET_PREFIX or name not in OPERATIONS:
        raise UnknownOperation
    return OPERATIONS[name]


def parse(operation: Operation, body: bytes) -> dict[str, Any]:
    """The request's members, checked against all that the model says, in the types of `kempelen.aws.shapes`.

    Refuses with `Unreadable`, `InvalidArguments` (all violations at once) or `UnfitValue`.  Unknown members
    and nulls are left out, as AWS does; times become aware datetimes.
    """
    may_have_nul = rb"\u0000" in body
    decoder = quick_reading.decoder(operation.request)
    if decoder and not may_have_nul:
        try:
            return decoder.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            pass  # The slow way finds the words for it, or takes it.
    arguments = reading.read(operation.request, body)
    checking.check(operation.request, arguments)
    if may_have_nul:
        checking.check_no_nul(operation.request, arguments)
    return arguments


def reply(operation: Operation, answer: Mapping[str, Any] | None) -> bytes:
    """The body of a successful answer; `Misfit` if the answer is not one of this operation's."""
    return writing.write(operation.answer, answer)


def new_request_id() -> str:
    """What x-amzn-RequestId says: another one for each call."""
    return str(uuid4())
