"""What the wire refuses, and the bodies in which refusals are told.

    ProtocolError
      UnknownOperation      UnknownOperationException   no such operation
      Unreadable            SerializationException      not JSON, or not of the right types
      InvalidArguments      ValidationException         readable, but not as the model wants it
      UnfitValue            ParameterValidationError    as the model wants it, but not possible
      Throttled             ThrottlingException         too many calls

Signatures have errors of their own (`aws/signature.py`).  What the domain refuses becomes a RequestError.
"""

from datetime import datetime
from typing import Final

import msgspec

# These end with the server's time, as every message that was ever seen of them did.
_STAMPED: Final = {"RequestError", "ParameterValidationError"}
# These were only ever quoted without it.
_NEVER_STAMPED: Final = {"AWS.AccountNotLinked", "AWS.MechanicalTurk.InsufficientFunds"}
# The others write it in lower case; SDKs read both.
_CAPITAL_MESSAGE: Final = {*_STAMPED, "ServiceFault", "SerializationException"}


class ProtocolError(Exception):
    """A call is refused before, or without, asking the domain.

    `name` is what clients branch on, `str()` the message, which may be empty; `code` is for families that
    carry a TurkErrorCode.
    """

    def __init__(self, name: str, message: str = "", status: int = 400, code: str = "") -> None:
        super().__init__(message)
        self.name = name
        self.status = status
        self.code = code


class UnknownOperation(ProtocolError):
    """The X-Amz-Target header names no operation of MTurk."""

    def __init__(self) -> None:
        super().__init__("UnknownOperationException")


class Unreadable(ProtocolError):
    """The body is no JSON, which AWS leaves without a message, or has a value of a wrong type."""

    def __init__(self, message: str = "") -> None:
        super().__init__("SerializationException", message)


class InvalidArguments(ProtocolError):
    """Members are missing or break their bounds; tells of all of them in AWS's words."""

    def __init__(self, violations: list[str]) -> None:
        errors = "error" if len(violations) == 1 else "errors"
        message = f"{len(violations)} validation {errors} detected: {'; '.join(violations)}"
        super().__init__("ValidationException", message)


class UnfitValue(ProtocolError):
    """A value that the model allows and that cannot be, such as the id of no worker.

    `code` is a TurkErrorCode without its prefix, as in the domain.
    """

    def __init__(self, message: str, code: str = "InvalidParameterValue") -> None:
        super().__init__("ParameterValidationError", message, code=code)

    @classmethod
    def of(cls, parameter: str, value: str) -> "UnfitValue":
        """The sentence that MTurk has for it: which value, and the parameter it was given for."""
        return cls(f'The value "{value}" is not valid for the parameter {parameter}.')


class Throttled(ProtocolError):
    """The caller has made too many calls and should wait; SDKs do so by themselves."""

    def __init__(self) -> None:
        super().__init__("ThrottlingException", "Rate exceeded")


def refuse(name: str, message: str = "", code: str = "", *, now: datetime, is_sandbox: bool) -> bytes:
    """The body that tells a client of an error.

    `code` is a TurkErrorCode, whose prefix `AWS.MechanicalTurk.` may be left out.  Members stand in the order
    seen on the wire: __type, Message, TurkErrorCode.
    """
    body = {"__type": name}
    if code:
        code = code if code.startswith("AWS.") else f"AWS.MechanicalTurk.{code}"
    if message:
        if name in _STAMPED and code not in _NEVER_STAMPED:
            message = f"{message} {_stamp(now, is_sandbox=is_sandbox)}"
        body["Message" if name in _CAPITAL_MESSAGE else "message"] = message
    if code:
        body["TurkErrorCode"] = code
    return msgspec.json.encode(body)


def _stamp(now: datetime, *, is_sandbox: bool) -> str:
    """The server's time as errors end with it: (1563311902391 s) in the sandbox, without the s elsewhere."""
    return f"({int(now.timestamp() * 1000)}{' s' if is_sandbox else ''})"
