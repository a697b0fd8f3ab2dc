"""How HITs and their types are made."""

from typing import NotRequired, TypedDict

from kempelen.aws.shapes.hits import HIT
from kempelen.aws.shapes.named import CurrencyAmount, EntityId, IdempotencyToken, Long
from kempelen.aws.shapes.requirements import QualificationRequirement
from kempelen.aws.shapes.review_policies import ReviewPolicy


class HITLayoutParameter(TypedDict):
    """A value for a variable of a template.

    Name: The variable, without ${ and }.
    Value: What takes its place.
    """

    Name: str
    Value: str


class CreateHITRequest(TypedDict):
    """Make a HIT, and its type if there is none with the same properties."""

    MaxAssignments: NotRequired[int]
    AutoApprovalDelayInSeconds: NotRequired[Long]
    LifetimeInSeconds: Long
    AssignmentDurationInSeconds: Long
    Reward: CurrencyAmount
    Title: str
    Keywords: NotRequired[str]
    Description: str
    Question: NotRequired[str]
    RequesterAnnotation: NotRequired[str]
    QualificationRequirements: NotRequired[list[QualificationRequirement]]
    UniqueRequestToken: NotRequired[IdempotencyToken]
    AssignmentReviewPolicy: NotRequired[ReviewPolicy]
    HITReviewPolicy: NotRequired[ReviewPolicy]
    HITLayoutId: NotRequired[EntityId]
    HITLayoutParameters: NotRequired[list[HITLayoutParameter]]


class CreateHITResponse(TypedDict, total=False):
    """The HIT that was made."""

    HIT: HIT


class CreateHITTypeRequest(TypedDict):
    """Register the properties that HITs share, or look them up: the same properties give the same id."""

    AutoApprovalDelayInSeconds: NotRequired[Long]
    AssignmentDurationInSeconds: Long
    Reward: CurrencyAmount
    Title: str
    Keywords: NotRequired[str]
    Description: str
    QualificationRequirements: NotRequired[list[QualificationRequirement]]


class CreateHITTypeResponse(TypedDict, total=False):
    """The id of the HIT type."""

    HITTypeId: EntityId


class CreateHITWithHITTypeRequest(TypedDict):
    """Make a HIT of a type that exists."""

    HITTypeId: EntityId
    MaxAssignments: NotRequired[int]
    LifetimeInSeconds: Long
    Question: NotRequired[str]
    RequesterAnnotation: NotRequired[str]
    UniqueRequestToken: NotRequired[IdempotencyToken]
    AssignmentReviewPolicy: NotRequired[ReviewPolicy]
    HITReviewPolicy: NotRequired[ReviewPolicy]
    HITLayoutId: NotRequired[EntityId]
    HITLayoutParameters: NotRequired[list[HITLayoutParameter]]


class CreateHITWithHITTypeResponse(TypedDict, total=False):
    """The HIT that was made."""

    HIT: HIT
