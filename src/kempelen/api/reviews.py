"""What review policies found and did."""

from typing import Any

from kempelen.api import paging
from kempelen.api.callers import Caller
from kempelen.api.handlers import Role, operation
from kempelen.aws import shapes
from kempelen.domain.actions import settled
from kempelen.domain.models import HIT, ReviewAction, ReviewLevel, ReviewResult
from kempelen.domain.queries import reviews


@operation("ListReviewPolicyResultsForHIT", role=Role.VIEWER)
def list_review_policy_results_for_hit(
    caller: Caller, request: shapes.ListReviewPolicyResultsForHITRequest
) -> dict[str, Any]:
    """List results and actions by level, each in its order; a page may hold part of a report.

    Policies are named without their parameters (mturk-api.md §5.3).
    """
    hit = settled.hit(caller.requester, request["HITId"])
    window = paging.window("ListReviewPolicyResultsForHIT", caller.requester, request)
    part, last = window.after or [0, 0]
    kinds: list[type[reviews.Row]] = []
    if request.get("RetrieveResults", True):
        kinds.append(ReviewResult)
    if request.get("RetrieveActions", True):
        kinds.append(ReviewAction)
    levels = request.get("PolicyLevels") or ReviewLevel.values
    page = reviews.page_of(
        hit,
        levels=levels,
        kinds=kinds,
        after=(part, last),
        size=window.size,
    )
    answer: dict[str, Any] = {"HITId": hit.public_id}
    for level in levels:
        answer |= _of_level(hit, level, page)
    if page.size:
        answer["NextToken"] = window.page([page], lambda it: list(it.end))["NextToken"]
    return answer


def _of_level(hit: HIT, level: str, page: reviews.Page) -> dict[str, Any]:
    """Give the level's policy and its part of the report; nothing if the HIT has no such policy."""
    policy = (hit.review_policies or {}).get(level)
    if not policy:
        return {}
    report: shapes.ReviewReport = {
        "ReviewResults": [_result(result) for result in page.results.get(level, ())],
        "ReviewActions": [_action(action) for action in page.actions.get(level, ())],
    }
    return {f"{level}ReviewPolicy": {"PolicyName": policy["PolicyName"]}, f"{level}ReviewReport": report}


def _result(result: ReviewResult) -> shapes.ReviewResultDetail:
    detail: shapes.ReviewResultDetail = {
        "ActionId": result.action.public_id,
        "SubjectId": result.subject_id,
        "SubjectType": result.subject_type,
        "Key": result.key,
        "Value": result.value,
    }
    if result.question_id:
        detail["QuestionId"] = result.question_id
    return detail


def _action(action: ReviewAction) -> shapes.ReviewActionDetail:
    detail: shapes.ReviewActionDetail = {
        "ActionId": action.public_id,
        "ActionName": action.name,
        "TargetId": action.target_id,
        "TargetType": action.target_type,
        "Status": action.status,  # type: ignore[typeddict-item]
        "Result": action.result,
    }
    if action.completed_at:
        detail["CompleteTime"] = action.completed_at
    if action.error_code:
        detail["ErrorCode"] = action.error_code
    return detail
