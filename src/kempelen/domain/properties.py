"""The properties of HITs and their limits (mturk-api.md §3.5), checked alike for every face."""

from collections.abc import Mapping
from typing import TypedDict

from kempelen.domain.errors import OutOfRange, WrongLength

YEAR_SECONDS = 31_536_000


class HITProperties(TypedDict, total=False):
    """What a requester decides about HITs, in our own names and units."""

    title: str
    description: str
    keywords: str
    reward_cents: int
    lifetime_seconds: int
    assignment_duration_seconds: int
    auto_approval_delay_seconds: int
    max_assignments: int


# MTurk's price per assignment changes there, and a HIT keeps the price it was made with.
MANY_ASSIGNMENTS = 10
LONGEST = {"title": 128, "description": 2000, "keywords": 1000}
RANGES = {
    "reward_cents": (0, 1_000_000_00),
    "lifetime_seconds": (30, YEAR_SECONDS),
    "assignment_duration_seconds": (30, YEAR_SECONDS),
    "auto_approval_delay_seconds": (0, 2_592_000),
    "max_assignments": (1, 1_000_000_000),
}
_NAMES = {
    "reward_cents": "The reward in cents",
    "lifetime_seconds": "The lifetime in seconds",
    "assignment_duration_seconds": "The time per assignment in seconds",
    "auto_approval_delay_seconds": "The auto-approval delay in seconds",
    "max_assignments": "The number of assignments per HIT",
}
_MTURKS_NAMES = {
    "title": "Title",
    "description": "Description",
    "keywords": "Keywords",
    "reward_cents": "Reward",
    "lifetime_seconds": "LifetimeInSeconds",
    "assignment_duration_seconds": "AssignmentDurationInSeconds",
    "auto_approval_delay_seconds": "AutoApprovalDelayInSeconds",
    "max_assignments": "MaxAssignments",
}


def reaches_many(before: int, after: int) -> bool:
    """Tell whether a HIT made for fewer than ten assignments would get to ten, which none may."""
    return before < MANY_ASSIGNMENTS <= after


def check(properties: Mapping[str, object]) -> None:
    """Refuse the first property that is beyond MTurk's limits with `InvalidValue`, which names it."""
    for name, value in properties.items():
        if name == "title" and not str(value).strip():
            message = "HITs need a title: it is what workers see first."
            raise WrongLength("Title", limit=1, kind="minimum", field=name, message=message)
        if name in LONGEST and len(str(value)) > LONGEST[name]:
            message = f"The {name} has {len(str(value)):,} characters; at most {LONGEST[name]:,} fit."
            raise WrongLength(_MTURKS_NAMES[name], limit=LONGEST[name], field=name, message=message)
        if name in RANGES:
            _check_range(name, value)


def _check_range(name: str, value: object) -> None:
    lowest, highest = RANGES[name]
    if not isinstance(value, int) or not lowest <= value <= highest:
        message = f"{_NAMES[name]} must be a whole number from {lowest:,} to {highest:,}."
        raise OutOfRange(_MTURKS_NAMES[name], value, (lowest, highest), field=name, message=message)
