"""The types that structures are made of: scalars with their bounds, and enumerations.

Python's own types stand for the wire's plain ones: `str` is String, `int` Integer (32 bits), `bool` Boolean,
`datetime` Timestamp, `list[HIT]` HITList.  What has a name of its own on the wire, or bounds, is `Named`.
"""

from dataclasses import dataclass
from typing import Annotated, Final, Literal


@dataclass(frozen=True, slots=True)
class Named:
    """What the wire calls a type, and what its values are held to.

    The bounds of a text are lengths in characters, those of a number are values.  A pattern covers the whole
    text.
    """

    name: str
    minimum: int | None = None
    maximum: int | None = None
    pattern: str | None = None


DEPRECATED: Final = "deprecated"

Long = Annotated[int, Named("Long")]
ResultSize = Annotated[int, Named("ResultSize", 1, 100)]

EntityId = Annotated[str, Named("EntityId", 1, 64, r"^[A-Z0-9]+$")]
CustomerId = Annotated[str, Named("CustomerId", 1, 64, r"^A[A-Z0-9]+$")]
CurrencyAmount = Annotated[str, Named("CurrencyAmount", pattern=r"^[0-9]+(\.)?[0-9]{0,2}$")]
CountryParameters = Annotated[str, Named("CountryParameters", 2, 2)]
IdempotencyToken = Annotated[str, Named("IdempotencyToken", 1, 64)]
PaginationToken = Annotated[str, Named("PaginationToken", 1, 255)]
ExceptionMessage = Annotated[str, Named("ExceptionMessage")]
TurkErrorCode = Annotated[str, Named("TurkErrorCode")]

AssignmentStatus = Annotated[Literal["Submitted", "Approved", "Rejected"], Named("AssignmentStatus")]
HITStatus = Annotated[
    Literal["Assignable", "Unassignable", "Reviewable", "Reviewing", "Disposed"], Named("HITStatus")
]
ReviewableHITStatus = Annotated[Literal["Reviewable", "Reviewing"], Named("ReviewableHITStatus")]
HITReviewStatus = Annotated[
    Literal["NotReviewed", "MarkedForReview", "ReviewedAppropriate", "ReviewedInappropriate"],
    Named("HITReviewStatus"),
]
HITAccessActions = Annotated[
    Literal["Accept", "PreviewAndAccept", "DiscoverPreviewAndAccept"], Named("HITAccessActions")
]
Comparator = Annotated[
    Literal[
        "LessThan",
        "LessThanOrEqualTo",
        "GreaterThan",
        "GreaterThanOrEqualTo",
        "EqualTo",
        "NotEqualTo",
        "Exists",
        "DoesNotExist",
        "In",
        "NotIn",
    ],
    Named("Comparator"),
]
QualificationStatus = Annotated[Literal["Granted", "Revoked"], Named("QualificationStatus")]
QualificationTypeStatus = Annotated[Literal["Active", "Inactive"], Named("QualificationTypeStatus")]
ReviewPolicyLevel = Annotated[Literal["Assignment", "HIT"], Named("ReviewPolicyLevel")]
ReviewActionStatus = Annotated[
    Literal["Intended", "Succeeded", "Failed", "Cancelled"], Named("ReviewActionStatus")
]
NotifyWorkersFailureCode = Annotated[Literal["SoftFailure", "HardFailure"], Named("NotifyWorkersFailureCode")]
NotificationTransport = Annotated[Literal["Email", "SQS", "SNS"], Named("NotificationTransport")]
EventType = Annotated[
    Literal[
        "AssignmentAccepted",
        "AssignmentAbandoned",
        "AssignmentReturned",
        "AssignmentSubmitted",
        "AssignmentRejected",
        "AssignmentApproved",
        "HITCreated",
        "HITExpired",
        "HITReviewable",
        "HITExtended",
        "HITDisposed",
        "Ping",
    ],
    Named("EventType"),
]
