"""HITs: made, shown, listed, extended, expired, deleted."""

from collections.abc import Mapping
from typing import Any

from kempelen.api import paging
from kempelen.api.callers import Caller
from kempelen.api.handlers import Role, operation
from kempelen.api.hit_types import hit_type_of
from kempelen.api.structures import hit_structure
from kempelen.aws import shapes
from kempelen.domain.actions import hit_types, hits, settled
from kempelen.domain.models import HITType
from kempelen.domain.queries import tasks


@operation("CreateHIT", role=Role.EDITOR)
def create_hit(caller: Caller, request: shapes.CreateHITRequest) -> shapes.CreateHITResponse:
    """Make a HIT, and its type where none has the same properties."""
    new = _new_hit(caller, request)
    return {"HIT": _made("CreateHIT", hit_type_of(caller, request), new, request)}


@operation("CreateHITWithHITType", role=Role.EDITOR)
def create_hit_with_hit_type(
    caller: Caller, request: shapes.CreateHITWithHITTypeRequest
) -> shapes.CreateHITWithHITTypeResponse:
    """Make a HIT of a type that exists."""
    hit_type = hit_types.found(caller.requester, request["HITTypeId"])
    return {"HIT": _made("CreateHITWithHITType", hit_type, _new_hit(caller, request), request)}


@operation("GetHIT", role=Role.VIEWER)
def get_hit(caller: Caller, request: shapes.GetHITRequest) -> shapes.GetHITResponse:
    """Show a HIT, disposed or not."""
    return {"HIT": hit_structure(settled.hit(caller.requester, request["HITId"]))}


@operation("ListHITs", role=Role.VIEWER)
def list_hits(caller: Caller, request: shapes.ListHITsRequest) -> shapes.ListHITsResponse:
    """List all HITs but disposed ones, newest first."""
    window = paging.window("ListHITs", caller.requester, request)
    before = window.after_key
    page = settled.newest_hits(caller.requester, before=before, size=window.size)
    answer: shapes.ListHITsResponse = {"HITs": [hit_structure(hit) for hit in page]}
    answer.update(window.page(page, lambda hit: [hit.pk]))  # type: ignore[typeddict-item]
    return answer


@operation("ListReviewableHITs", role=Role.VIEWER)
def list_reviewable_hits(
    caller: Caller, request: shapes.ListReviewableHITsRequest
) -> shapes.ListReviewableHITsResponse:
    """List the HITs of one status, each by nothing but its id (mturk-api.md §9 [S18])."""
    window = paging.window("ListReviewableHITs", caller.requester, request)
    page = settled.hits_to_review(
        caller.requester,
        request.get("Status", "Reviewable"),
        hit_type_id=request.get("HITTypeId"),
        after=window.after_key,
        size=window.size,
    )
    answer: shapes.ListReviewableHITsResponse = {"HITs": [{"HITId": hit_id} for _, hit_id in page]}
    answer.update(window.page(page, lambda found: [found[0]]))  # type: ignore[typeddict-item]
    return answer


@operation("DeleteHIT", role=Role.EDITOR)
def delete_hit(caller: Caller, request: shapes.DeleteHITRequest) -> None:
    """Dispose of a HIT whose work is all reviewed."""
    hits.delete(caller.requester, request["HITId"])


@operation("UpdateExpirationForHIT", role=Role.EDITOR)
def update_expiration_for_hit(caller: Caller, request: shapes.UpdateExpirationForHITRequest) -> None:
    """Extend a HIT's time, or expire it now."""
    hits.update_expiration(caller.requester, request["HITId"], request["ExpireAt"])


@operation("CreateAdditionalAssignmentsForHIT", role=Role.EDITOR)
def create_additional_assignments_for_hit(
    caller: Caller, request: shapes.CreateAdditionalAssignmentsForHITRequest
) -> None:
    """Give a HIT more places."""
    hits.add_assignments(
        caller.requester,
        request["HITId"],
        request["NumberOfAdditionalAssignments"],
        token=request.get("UniqueRequestToken", ""),
    )


@operation("UpdateHITReviewStatus", role=Role.REVIEWER)
def update_hit_review_status(caller: Caller, request: shapes.UpdateHITReviewStatusRequest) -> None:
    """Mark a HIT as Reviewing, or as Reviewable again."""
    hits.update_review_status(caller.requester, request["HITId"], revert=request.get("Revert", False))


def _new_hit(caller: Caller, request: Mapping[str, Any]) -> hits.NewHIT:
    named = {level: request.get(f"{level}ReviewPolicy") for level in ("Assignment", "HIT")}
    return hits.NewHIT(
        tasks.task_of(
            caller.requester,
            question=request.get("Question"),
            layout_id=request.get("HITLayoutId"),
            layout_parameters=[
                (given["Name"], given["Value"]) for given in request.get("HITLayoutParameters", [])
            ],
        ),
        lifetime_seconds=request["LifetimeInSeconds"],
        max_assignments=request.get("MaxAssignments", 1),
        requester_annotation=request.get("RequesterAnnotation", ""),
        review_policies={level: policy for level, policy in named.items() if policy is not None},
    )


def _made(name: str, hit_type: HITType, new: hits.NewHIT, request: Mapping[str, Any]) -> shapes.HIT:
    hit = hits.create(hit_type, new, operation=name, token=request.get("UniqueRequestToken", ""))
    return hit_structure(hit)
