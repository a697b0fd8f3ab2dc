"""Review policies: what is decided about work without a person, and what came of it."""

from datetime import datetime
from typing import NotRequired, TypedDict

from kempelen.aws.shapes.named import (
    EntityId,
    PaginationToken,
    ReviewActionStatus,
    ReviewPolicyLevel,
)
from kempelen.aws.shapes.paging import Paged


class ParameterMapEntry(TypedDict, total=False):
    """Values for one question, within a parameter of a review policy.

    Key: The question.
    Values: Its values, such as the answers that count as right.
    """

    Key: str
    Values: list[str]


class PolicyParameter(TypedDict, total=False):
    """A parameter of a review policy: it has either values or values by question.

    Key: What the parameter is called.
    Values: Its values.
    MapEntries: Its values by question.
    """

    Key: str
    Values: list[str]
    MapEntries: list[ParameterMapEntry]


class ReviewPolicy(TypedDict):
    """How work is reviewed without a person.

    PolicyName: ScoreMyKnownAnswers/2011-09-01 for assignments, SimplePlurality/2011-09-01 for HITs.
    Parameters: What the policy is to look at, and what to do then.
    """

    PolicyName: str
    Parameters: NotRequired[list[PolicyParameter]]


class ReviewResultDetail(TypedDict, total=False):
    """Something that a review policy found out.

    ActionId: Names this finding.
    SubjectId: The assignment or HIT that it is about.
    SubjectType: Assignment or HIT.
    QuestionId: The question that it is about, if it is about one.
    Key: What was found out.
    Value: How it turned out.
    """

    ActionId: EntityId
    SubjectId: EntityId
    SubjectType: str
    QuestionId: EntityId
    Key: str
    Value: str


class ReviewActionDetail(TypedDict, total=False):
    """Something that a review policy did, or tried.

    ActionId: Names this action.
    ActionName: What was done, such as approve or reject.
    TargetId: The assignment or HIT that it was done to.
    TargetType: Assignment or HIT.
    Status: How far it got.
    CompleteTime: When it was done.
    Result: What came of it.
    ErrorCode: Why it failed.
    """

    ActionId: EntityId
    ActionName: str
    TargetId: EntityId
    TargetType: str
    Status: ReviewActionStatus
    CompleteTime: datetime
    Result: str
    ErrorCode: str


class ReviewReport(TypedDict, total=False):
    """What one level's review policy found and did.

    ReviewResults: The findings, oldest first.
    ReviewActions: The actions, oldest first.
    """

    ReviewResults: list[ReviewResultDetail]
    ReviewActions: list[ReviewActionDetail]


class ListReviewPolicyResultsForHITRequest(Paged):
    """Show what the review policies of a HIT found out and did.

    PolicyLevels: The levels to show; both when left out.
    RetrieveActions: False to leave out what was done.
    RetrieveResults: False to leave out what was found.
    """

    HITId: EntityId
    PolicyLevels: NotRequired[list[ReviewPolicyLevel]]
    RetrieveActions: NotRequired[bool]
    RetrieveResults: NotRequired[bool]


class ListReviewPolicyResultsForHITResponse(TypedDict, total=False):
    """The HIT's review policies and their reports, as far as it has them."""

    HITId: EntityId
    AssignmentReviewPolicy: ReviewPolicy
    HITReviewPolicy: ReviewPolicy
    AssignmentReviewReport: ReviewReport
    HITReviewReport: ReviewReport
    NextToken: PaginationToken
