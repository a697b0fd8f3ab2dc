"""Qualifications that workers hold or ask for."""

from datetime import datetime
from typing import NotRequired, TypedDict

from kempelen.aws.shapes.named import CustomerId, EntityId, QualificationStatus
from kempelen.aws.shapes.paging import Page, Paged
from kempelen.aws.shapes.requirements import Locale


class Qualification(TypedDict, total=False):
    """A worker's qualification of one type.

    GrantTime: When it was granted last.
    IntegerValue: The worker's value.
    LocaleValue: The worker's place, where the type is about places.
    Status: Granted, or Revoked when it was taken away.
    """

    QualificationTypeId: EntityId
    WorkerId: CustomerId
    GrantTime: datetime
    IntegerValue: int
    LocaleValue: Locale
    Status: QualificationStatus


class QualificationRequest(TypedDict, total=False):
    """A worker's wish for a qualification.

    Test: The test that the worker took: a QuestionForm.
    Answer: What the worker answered: a QuestionFormAnswers document.
    """

    QualificationRequestId: str
    QualificationTypeId: EntityId
    WorkerId: CustomerId
    Test: str
    Answer: str
    SubmitTime: datetime


class AcceptQualificationRequestRequest(TypedDict):
    """Grant the qualification that a worker asked for.

    IntegerValue: The worker's value; left out where only having it matters.
    """

    QualificationRequestId: str
    IntegerValue: NotRequired[int]


class AssociateQualificationWithWorkerRequest(TypedDict):
    """Give a worker a qualification, or another value of it, without being asked.

    IntegerValue: The worker's value.
    SendNotification: False to keep the worker from being told.
    """

    QualificationTypeId: EntityId
    WorkerId: CustomerId
    IntegerValue: NotRequired[int]
    SendNotification: NotRequired[bool]


class DisassociateQualificationFromWorkerRequest(TypedDict):
    """Take a qualification away from a worker.

    Reason: For the worker to read.
    """

    WorkerId: CustomerId
    QualificationTypeId: EntityId
    Reason: NotRequired[str]


class GetQualificationScoreRequest(TypedDict):
    """Show a worker's qualification of one of your types."""

    QualificationTypeId: EntityId
    WorkerId: CustomerId


class GetQualificationScoreResponse(TypedDict, total=False):
    """The worker's qualification."""

    Qualification: Qualification


class ListQualificationRequestsRequest(Paged, total=False):
    """List the workers' requests that wait for a decision.

    QualificationTypeId: List only requests for this type.
    """

    QualificationTypeId: EntityId


class ListQualificationRequestsResponse(Page, total=False):
    """A page of requests for qualifications."""

    QualificationRequests: list[QualificationRequest]


class ListWorkersWithQualificationTypeRequest(Paged):
    """List the workers who hold a qualification of a type.

    Status: Granted when left out; Revoked lists who held it once.
    """

    QualificationTypeId: EntityId
    Status: NotRequired[QualificationStatus]


class ListWorkersWithQualificationTypeResponse(Page, total=False):
    """A page of workers' qualifications."""

    Qualifications: list[Qualification]


class RejectQualificationRequestRequest(TypedDict):
    """Refuse the qualification that a worker asked for.

    Reason: For the worker to read.
    """

    QualificationRequestId: str
    Reason: NotRequired[str]
