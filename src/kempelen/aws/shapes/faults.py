"""The errors that the model knows; `aws/errors.py` tells of the others that clients meet."""

from typing import TypedDict

from kempelen.aws.shapes.named import ExceptionMessage, TurkErrorCode


class RequestError(TypedDict, total=False):
    """What was asked cannot be done."""

    Message: ExceptionMessage
    TurkErrorCode: TurkErrorCode


class ServiceFault(TypedDict, total=False):
    """The server failed; the same request may succeed later."""

    Message: ExceptionMessage
    TurkErrorCode: TurkErrorCode
