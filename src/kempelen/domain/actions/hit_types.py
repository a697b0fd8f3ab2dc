"""HIT types: the same properties are the same type."""

import hashlib
import json
from typing import Any

from django.db import transaction

from kempelen.domain import answers, clock, properties
from kempelen.domain.errors import InvalidParameter, NotFound
from kempelen.domain.models import HITGroup, HITType, Requester, RequiredQualification
from kempelen.domain.prepared import Prepared, Slot
from kempelen.domain.queries import requirements as required

_OF_PROPERTIES = Prepared(
    lambda: HITType.objects.filter(requester=Slot("requester"), digest=Slot("digest")).order_by()
)
_NAMED = Prepared(
    lambda: HITType.objects.filter(requester=Slot("requester"), public_id=Slot("id")).order_by()
)
_OWN_GROUP = Prepared(lambda: HITGroup.objects.filter(hit_type=Slot("hit_type"), is_of_type=True).order_by())


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

    Requirements are compared as a set, in the form in which they are kept; texts exactly (mturk-api.md,
    CreateHITType).
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
    for name in ("title", "description", "keywords"):
        if answers.storable(named[name]) != named[name]:
            raise InvalidParameter(name.capitalize(), named[name])
    requirements = required.checked(qualification_requirements or [])
    compared = {**named, "qualification_requirements": sorted(map(_canonical, requirements))}
    digest = hashlib.sha256(_canonical(compared).encode()).hexdigest()
    hit_type = _OF_PROPERTIES.first(requester=requester.pk, digest=digest)
    if hit_type is None:
        return _new(requester, digest, {**named, "qualification_requirements": requirements})
    hit_type.requester = requester
    return hit_type


@transaction.atomic
def _new(requester: Requester, digest: str, named: dict[str, Any]) -> HITType:
    hit_type, is_new = HITType.objects.get_or_create(
        requester=requester, digest=digest, defaults={**named, "created_at": clock.now()}
    )
    if is_new:
        requirements = named["qualification_requirements"]
        type_ids = dict.fromkeys(requirement["QualificationTypeId"] for requirement in requirements)
        RequiredQualification.objects.bulk_create(
            RequiredQualification(hit_type=hit_type, qualification_type_public_id=public_id)
            for public_id in type_ids
        )
    return hit_type


def found(requester: Requester, hit_type_id: str) -> HITType:
    """Give the requester's HIT type with this id, or refuse as MTurk did: by the parameter."""
    hit_type = _NAMED.first(requester=requester.pk, id=hit_type_id)
    if hit_type is None:
        raise InvalidParameter("HITTypeId", hit_type_id, message=str(NotFound("HIT type", hit_type_id)))
    hit_type.requester = requester
    return hit_type


def own_group(hit_type: HITType) -> HITGroup:
    """Give the group in which all HITs of the type that the API makes stand: one queue, open to workers."""
    group = _OWN_GROUP.first(hit_type=hit_type.pk)
    if group is None:
        group, _ = HITGroup.objects.get_or_create(
            hit_type=hit_type,
            is_of_type=True,
            defaults={"requester_id": hit_type.requester_id, "created_at": clock.now()},
        )
    return group


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))
