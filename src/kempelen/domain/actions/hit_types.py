"""HIT types: the same properties are the same type."""

import hashlib
import json
from typing import Any

from kempelen.domain import clock, properties
from kempelen.domain.models import HITType, Requester


def hit_type_of(
    requester: Requester,
    *,
    title: str,
    description: str,
    keywords: str,
    reward_cents: int,
    assignment_duration_seconds: int,
    auto_approval_delay_seconds: int,
    qualification_requirements: list[dict[str, Any]] | None = None,
) -> HITType:
    """Give the requester's HIT type with exactly these properties, made when first asked for.

    Requirements are compared as a set, texts exactly (mturk-api.md, CreateHITType).
    """
    named: dict[str, Any] = {
        "title": title,
        "description": description,
        "keywords": keywords,
        "reward_cents": reward_cents,
        "assignment_duration_seconds": assignment_duration_seconds,
        "auto_approval_delay_seconds": auto_approval_delay_seconds,
    }
    properties.check(named)
    requirements = qualification_requirements or []
    compared = {**named, "qualification_requirements": sorted(map(_canonical, requirements))}
    hit_type, _ = HITType.objects.get_or_create(
        requester=requester,
        digest=hashlib.sha256(_canonical(compared).encode()).hexdigest(),
        defaults={**named, "qualification_requirements": requirements, "created_at": clock.now()},
    )
    return hit_type


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))
