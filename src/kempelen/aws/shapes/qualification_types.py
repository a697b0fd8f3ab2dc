"""Qualification types: what a requester can ask workers to have."""

from datetime import datetime
from typing import NotRequired, TypedDict

from kempelen.aws.shapes.hits import HIT
from kempelen.aws.shapes.named import EntityId, Long, QualificationTypeStatus
from kempelen.aws.shapes.paging import Page, Paged


class QualificationType(TypedDict, total=False):
    """A kind of qualification that workers can hold, each with a value of their own.

    QualificationTypeStatus: Workers can ask for it only while it is Active.
    IsRequestable: Whether workers can ask for it at all.
    """

    QualificationTypeId: EntityId
    CreationTime: datetime
    Name: str
    Description: str
    Keywords: str
    QualificationTypeStatus: QualificationTypeStatus
    Test: str
    TestDurationInSeconds: Long
    AnswerKey: str
    RetryDelayInSeconds: Long
    IsRequestable: bool
    AutoGranted: bool
    AutoGrantedValue: int


class CreateQualificationTypeRequest(TypedDict):
    """Make a kind of qualification, with a name that no other of yours has."""

    Name: str
    Keywords: NotRequired[str]
    Description: str
    QualificationTypeStatus: QualificationTypeStatus
    RetryDelayInSeconds: NotRequired[Long]
    Test: NotRequired[str]
    AnswerKey: NotRequired[str]
    TestDurationInSeconds: NotRequired[Long]
    AutoGranted: NotRequired[bool]
    AutoGrantedValue: NotRequired[int]


class CreateQualificationTypeResponse(TypedDict, total=False):
    """The qualification type that was made."""

    QualificationType: QualificationType


class DeleteQualificationTypeRequest(TypedDict):
    """Dispose of a qualification type and reject the requests for it; workers keep what they hold."""

    QualificationTypeId: EntityId


class GetQualificationTypeRequest(TypedDict):
    """Show a qualification type."""

    QualificationTypeId: EntityId


class GetQualificationTypeResponse(TypedDict, total=False):
    """The qualification type."""

    QualificationType: QualificationType


class ListHITsForQualificationTypeRequest(Paged):
    """List the HITs that ask for a qualification of this type."""

    QualificationTypeId: EntityId


class ListHITsForQualificationTypeResponse(Page, total=False):
    """A page of HITs."""

    HITs: list[HIT]


class ListQualificationTypesRequest(Paged):
    """Search the qualification types.

    Query: Words to be found in name, description or keywords, or the beginnings of such words.
    MustBeRequestable: True to list only types that workers can ask for.
    MustBeOwnedByCaller: True to list only your own; when left out, MTurk's own are listed as well.
    """

    Query: NotRequired[str]
    MustBeRequestable: bool
    MustBeOwnedByCaller: NotRequired[bool]


class ListQualificationTypesResponse(Page, total=False):
    """A page of qualification types."""

    QualificationTypes: list[QualificationType]


class UpdateQualificationTypeRequest(TypedDict):
    """Change a qualification type, all but its name and keywords.

    A new Test without an AnswerKey takes the old key away.  A test, or a delay, cannot be taken away.
    """

    QualificationTypeId: EntityId
    Description: NotRequired[str]
    QualificationTypeStatus: NotRequired[QualificationTypeStatus]
    Test: NotRequired[str]
    AnswerKey: NotRequired[str]
    TestDurationInSeconds: NotRequired[Long]
    RetryDelayInSeconds: NotRequired[Long]
    AutoGranted: NotRequired[bool]
    AutoGrantedValue: NotRequired[int]


class UpdateQualificationTypeResponse(TypedDict, total=False):
    """The qualification type as it is now."""

    QualificationType: QualificationType
