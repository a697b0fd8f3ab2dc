"""Which function answers which operation, and the least role that a caller needs for it.

A handler is a function of a module of this package that takes the caller and the request's members and
gives the answer's members, or nothing where the operation gives nothing:

    @operation("ApproveAssignment", role=Role.REVIEWER)
    def approve_assignment(caller: Caller, request: shapes.ApproveAssignmentRequest) -> None: …

Members that are None are left out of the answer; datetimes are written as MTurk wrote them; money is text.
"""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from kempelen import api
from kempelen.aws.errors import ProtocolError
from kempelen.aws.model import OPERATIONS
from kempelen.domain.models import Membership

Role = Membership.Role
Answer = Mapping[str, Any] | None
Function = TypeVar("Function", bound=Callable[..., Answer])


@dataclass(frozen=True)
class Handler:
    """The function that answers an operation, and who may call it."""

    function: Callable[..., Answer]
    role: str


_registered: dict[str, Handler] = {}


def operation(name: str, *, role: str) -> Callable[[Function], Function]:
    """Let the function answer this operation of the model, for members of at least this role."""
    if name not in OPERATIONS:
        raise LookupError(f"MTurk has no operation {name}.")
    if role not in Role.values:
        raise LookupError(f"There is no role {role}.")

    def register(function: Function) -> Function:
        earlier = _registered.get(name)
        if earlier and earlier.function.__module__ != function.__module__:
            raise LookupError(f"{name} is answered by {earlier.function.__module__} already.")
        _registered[name] = Handler(function, role)
        return function

    return register


def of(name: str) -> Handler:
    """Give the operation's handler."""
    handler = by_name().get(name)
    if handler is None:
        raise ProtocolError("RequestError", f"{name} is not available on this server.", code="NotAvailable")
    return handler


@cache
def by_name() -> Mapping[str, Handler]:
    """Give the handlers of every module of this package, by operation."""
    for module in pkgutil.iter_modules(api.__path__, f"{api.__name__}."):
        importlib.import_module(module.name)
    return _registered
