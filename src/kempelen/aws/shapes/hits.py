"""HITs as they are shown, and what is done to those that exist."""

from datetime import datetime
from typing import NotRequired, TypedDict

from kempelen.aws.shapes.named import (
    CurrencyAmount,
    EntityId,
    HITReviewStatus,
    HITStatus,
    IdempotencyToken,
    Long,
    ReviewableHITStatus,
)
from kempelen.aws.shapes.paging import Page, Paged
from kempelen.aws.shapes.requirements import QualificationRequirement


class HIT(TypedDict, total=False):
    """A human intelligence task: one question, to be answered by one or more workers.

    HITGroupId: The line in which workers see it, together with the other HITs of its type.
    HITLayoutId: The template that its question was made from.
    Question: What the worker sees: XML around a form, a page of HTML or an outside address.
    HITReviewStatus: What came of reviewing the HIT.
    Expiration: When workers can no longer accept it.
    NumberOfAssignmentsPending: How many workers have accepted it and are not done.
    NumberOfAssignmentsAvailable: How many more workers can accept it.
    NumberOfAssignmentsCompleted: How many assignments are approved or rejected.
    """

    HITId: EntityId
    HITTypeId: EntityId
    HITGroupId: EntityId
    HITLayoutId: EntityId
    CreationTime: datetime
    Title: str
    Description: str
    Question: str
    Keywords: str
    HITStatus: HITStatus
    MaxAssignments: int
    Reward: CurrencyAmount
    AutoApprovalDelayInSeconds: Long
    Expiration: datetime
    AssignmentDurationInSeconds: Long
    RequesterAnnotation: str
    QualificationRequirements: list[QualificationRequirement]
    HITReviewStatus: HITReviewStatus
    NumberOfAssignmentsPending: int
    NumberOfAssignmentsAvailable: int
    NumberOfAssignmentsCompleted: int


class CreateAdditionalAssignmentsForHITRequest(TypedDict):
    """Let more workers answer a HIT.

    A HIT that has expired stays so until its expiration is moved as well.

    NumberOfAdditionalAssignments: How many more; a HIT made with fewer than 10 stays below 10.
    """

    HITId: EntityId
    NumberOfAdditionalAssignments: int
    UniqueRequestToken: NotRequired[IdempotencyToken]


class DeleteHITRequest(TypedDict):
    """Dispose of a HIT whose work is all approved or rejected; it leaves every list."""

    HITId: EntityId


class GetHITRequest(TypedDict):
    """Show a HIT."""

    HITId: EntityId


class GetHITResponse(TypedDict, total=False):
    """The HIT."""

    HIT: HIT


class ListHITsRequest(Paged):
    """List all HITs that are not disposed of, newest first."""


class ListHITsResponse(Page, total=False):
    """A page of HITs."""

    HITs: list[HIT]


class ListReviewableHITsRequest(Paged, total=False):
    """List the HITs that wait for a decision on their work, by their ids alone.

    HITTypeId: List only HITs of this type.
    Status: Which of the two states to list; Reviewable when left out.
    """

    HITTypeId: EntityId
    Status: ReviewableHITStatus


class ListReviewableHITsResponse(Page, total=False):
    """A page of HITs, each with nothing but its id."""

    HITs: list[HIT]


class UpdateExpirationForHITRequest(TypedDict):
    """Let workers accept a HIT for longer, or from now on no more.

    ExpireAt: The new end; one in the past ends it at once.  A later end must be later than the present one.
    """

    HITId: EntityId
    ExpireAt: datetime


class UpdateHITReviewStatusRequest(TypedDict):
    """Mark a Reviewable HIT as Reviewing, or take that back.

    Revert: True to make a Reviewing HIT Reviewable again.
    """

    HITId: EntityId
    Revert: NotRequired[bool]


class UpdateHITTypeOfHITRequest(TypedDict):
    """Give a HIT the title, reward, times and requirements of another HIT type."""

    HITId: EntityId
    HITTypeId: EntityId
