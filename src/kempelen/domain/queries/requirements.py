"""Qualification requirements against what is stored: the types they name, and who meets them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings

from kempelen.domain.errors import NotFound, WrongState
from kempelen.domain.models import QualificationType
from kempelen.domain.qualifications import system_types
from kempelen.domain.qualifications.requirements import Requirement, normalise


def checked(requirements: Sequence[Mapping[str, Any]]) -> list[Requirement]:
    """Give the requirements of new HITs in the form they are kept in, or refuse.

    Each type has to exist and, unless it is a system type, to be Active (mturk-api.md §3.3); whose it is
    does not matter.  The rest is `normalise`'s.
    """
    kept = normalise(requirements)
    known = system_types.known_to(settings.KEMPELEN_MODE)
    named = {requirement["QualificationTypeId"] for requirement in kept} - known.keys()
    if not named:
        return kept
    found = QualificationType.objects.filter(public_id__in=named).exclude(
        status=QualificationType.Status.DISPOSED
    )
    statuses = dict(found.values_list("public_id", "status"))
    for public_id in sorted(named):
        if public_id not in statuses:
            raise NotFound("qualification type", public_id)
        if statuses[public_id] != QualificationType.Status.ACTIVE:
            raise WrongState(
                f"The qualification type {public_id} is not active, so no new HITs can require it.",
                code="InvalidQualificationTypeState",
                mturk_message="This operation can be called with a status of: Active",
            )
    return kept
