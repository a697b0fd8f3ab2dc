"""HIT types: registered, looked up, given to HITs."""

from collections.abc import Mapping
from typing import Any

from kempelen.api.callers import Caller
from kempelen.api.handlers import Role, operation
from kempelen.aws import shapes
from kempelen.domain import money
from kempelen.domain.actions import hit_types, hits
from kempelen.domain.errors import InvalidParameter
from kempelen.domain.models import HITType
from kempelen.domain.models.projects import DEFAULT_AUTO_APPROVAL_DELAY_SECONDS


@operation("CreateHITType", role=Role.EDITOR)
def create_hit_type(caller: Caller, request: shapes.CreateHITTypeRequest) -> shapes.CreateHITTypeResponse:
    """Give the id of the type with these properties, which may be an old one."""
    return {"HITTypeId": hit_type_of(caller, request).public_id}


@operation("UpdateHITTypeOfHIT", role=Role.EDITOR)
def update_hit_type_of_hit(caller: Caller, request: shapes.UpdateHITTypeOfHITRequest) -> None:
    """Move a HIT to another type, which may change its reward, its texts and who may do it."""
    hit_type = hit_types.found(caller.requester, request["HITTypeId"])
    hits.change_type(caller.requester, request["HITId"], hit_type)


def hit_type_of(caller: Caller, request: Mapping[str, Any]) -> HITType:
    """Give the type that a request describes, made when first asked for."""
    try:
        reward_cents = money.cents_of(request["Reward"])
    except money.NotAnAmount as error:
        raise InvalidParameter("Reward", request["Reward"], message=str(error)) from error
    return hit_types.hit_type_of(
        caller.requester,
        title=request["Title"],
        description=request["Description"],
        keywords=request.get("Keywords", ""),
        reward_cents=reward_cents,
        assignment_duration_seconds=request["AssignmentDurationInSeconds"],
        auto_approval_delay_seconds=request.get(
            "AutoApprovalDelayInSeconds", DEFAULT_AUTO_APPROVAL_DELAY_SECONDS
        ),
        qualification_requirements=request.get("QualificationRequirements"),
    )
