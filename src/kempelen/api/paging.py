"""NextToken: opaque, signed, bound to who asks, the operation and its filters (mturk-api.md §2.0).

A token says after which item the next page begins, so that pages stay stable while items come and go
and each costs the same.  Every page with items has one; the page after the last is empty and has none.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.core import signing

from kempelen.domain.errors import InvalidParameter
from kempelen.domain.models import Assignment, QualificationRequest, Requester

DEFAULT_SIZE = 10
_SALT = "kempelen.api.paging"
_PAGING = ("NextToken", "MaxResults")
# MTurk's tokens began so.
_PREFIX = "p1:"

Item = TypeVar("Item")
# What the page before ended with: numbers and texts that JSON keeps as they are.
Position = list[Any]


@dataclass(frozen=True)
class Window:
    """Which part of a listing is asked for: at most `size` items after the position `after`."""

    size: int
    after: Position | None
    _bound_to: str

    @property
    def after_key(self) -> int | None:
        """The position of a listing by one number."""
        return self.after[0] if self.after else None

    @property
    def after_moment(self) -> tuple[datetime, int] | None:
        """The position of a listing by time and number, as `moment` made it."""
        return (datetime.fromisoformat(self.after[0]), self.after[1]) if self.after else None

    def page(self, items: Sequence[Item], position: Callable[[Item], Position]) -> dict[str, Any]:
        """Give NumResults, and NextToken if there are items; `position` names an item's place."""
        if not items:
            return {"NumResults": 0}
        token = signing.dumps([self._bound_to, position(items[-1])], salt=_SALT, compress=True)
        return {"NumResults": len(items), "NextToken": _PREFIX + token}


def moment(submitted: Assignment | QualificationRequest) -> Position:
    """Give the position of something in a listing by the time of its submission."""
    assert submitted.submitted_at is not None
    return [submitted.submitted_at.isoformat(), submitted.pk]


def window(operation: str, requester: Requester, request: Mapping[str, Any]) -> Window:
    """Read what part is asked for; a token that is not ours, or another listing's, is `InvalidParameter`."""
    bound_to = _binding(operation, requester, request)
    token = request.get("NextToken")
    after = None if token is None else _after(token, bound_to)
    return Window(request.get("MaxResults") or DEFAULT_SIZE, after, bound_to)


def _after(token: str, bound_to: str) -> Position:
    try:
        binding, after = signing.loads(token.removeprefix(_PREFIX), salt=_SALT)
    except (signing.BadSignature, ValueError) as error:
        raise InvalidParameter("NextToken", token) from error
    if binding != bound_to:
        raise InvalidParameter("NextToken", token)
    return list(after)


def _binding(operation: str, requester: Requester, request: Mapping[str, Any]) -> str:
    filters = {name: value for name, value in request.items() if name not in _PAGING}
    asked = json.dumps([operation, requester.pk, filters], sort_keys=True, default=str)
    return hashlib.sha256(asked.encode()).hexdigest()[:16]
