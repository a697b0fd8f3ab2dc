"""Where a batch differs from its project: said before it is published, kept with it until then."""

from dataclasses import dataclass
from typing import Any, TypedDict

from kempelen.domain import properties
from kempelen.domain.errors import InvalidValue
from kempelen.domain.models import Audience, Batch


class Terms(TypedDict, total=False):
    """What a batch may have of its own, as its row keeps it."""

    max_assignments: int
    assignment_duration_seconds: int
    audience: str
    # Primary keys of worker groups, and WorkerIds; they count with `audience` only.
    groups: list[int]
    workers: list[str]
    # Whether it begins paused: everything is made, and nothing given out before somebody resumes it.
    is_paused: bool


@dataclass(frozen=True)
class Agreed:
    """What a batch is published with."""

    max_assignments: int
    assignment_duration_seconds: int
    audience: str
    own_groups: list[int]
    own_workers: list[str]
    has_own_audience: bool


def checked(terms: Terms) -> dict[str, Any]:
    """Give the terms as a row keeps them, or refuse with `InvalidValue`."""
    properties.check({name: terms[name] for name in properties.RANGES if name in terms})  # type: ignore[literal-required]
    if terms.get("audience", Audience.WORKERS) not in Audience.values:
        raise InvalidValue("audience", f"“{terms['audience']}” is not one of {', '.join(Audience.values)}.")
    return dict(terms)


def of(batch: Batch) -> Agreed:
    """Give what the batch is published with: its own terms, and its project's where it has none."""
    own, project = batch.own_terms, batch.project
    return Agreed(
        max_assignments=own.get("max_assignments", project.max_assignments),
        assignment_duration_seconds=own.get(
            "assignment_duration_seconds", project.assignment_duration_seconds
        ),
        audience=own.get("audience", project.audience),
        own_groups=own.get("groups", []),
        own_workers=own.get("workers", []),
        has_own_audience="audience" in own,
    )


def begins_paused(batch: Batch) -> bool:
    """Tell whether nothing of the batch is given out when it is published."""
    return bool(batch.own_terms.get("is_paused")) or batch.project.is_stopped
