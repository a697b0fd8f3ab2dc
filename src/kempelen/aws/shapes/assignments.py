"""Assignments: one worker's work on one HIT."""

from datetime import datetime
from typing import NotRequired, TypedDict

from kempelen.aws.shapes.hits import HIT
from kempelen.aws.shapes.named import AssignmentStatus, CustomerId, EntityId
from kempelen.aws.shapes.paging import Page, Paged


class Assignment(TypedDict, total=False):
    """One worker's work on one HIT, from the moment it was submitted.

    AssignmentStatus: Submitted until somebody approves or rejects it, or its time for that runs out.
    AutoApprovalTime: When it counts as approved if nobody has decided by then.
    Deadline: When the worker had to be done.
    Answer: What the worker answered: XML, a QuestionFormAnswers document.
    RequesterFeedback: What the requester told the worker when deciding.
    """

    AssignmentId: EntityId
    WorkerId: CustomerId
    HITId: EntityId
    AssignmentStatus: AssignmentStatus
    AutoApprovalTime: datetime
    AcceptTime: datetime
    SubmitTime: datetime
    ApprovalTime: datetime
    RejectionTime: datetime
    Deadline: datetime
    Answer: str
    RequesterFeedback: str


class ApproveAssignmentRequest(TypedDict):
    """Approve a submitted assignment, which pays its worker.

    RequesterFeedback: A word to the worker, of at most 1,024 characters.
    OverrideRejection: True to approve work that was rejected, for 30 days after it was submitted.
    """

    AssignmentId: EntityId
    RequesterFeedback: NotRequired[str]
    OverrideRejection: NotRequired[bool]


class GetAssignmentRequest(TypedDict):
    """Show a submitted, approved or rejected assignment together with its HIT."""

    AssignmentId: EntityId


class GetAssignmentResponse(TypedDict, total=False):
    """The assignment and the HIT it belongs to."""

    Assignment: Assignment
    HIT: HIT


class GetFileUploadURLRequest(TypedDict):
    """Ask for the address of a file that a worker uploaded.

    MTurk stopped taking questions with uploads in 2017; the operation is there for old programs.

    QuestionIdentifier: Which question of the form asked for the file.
    """

    AssignmentId: EntityId
    QuestionIdentifier: str


class GetFileUploadURLResponse(TypedDict, total=False):
    """Where the file is, for a minute."""

    FileUploadURL: str


class ListAssignmentsForHITRequest(Paged):
    """List the work submitted for a HIT; work in progress is not listed.

    AssignmentStatuses: List only assignments in one of these states; all when left out.
    """

    HITId: EntityId
    AssignmentStatuses: NotRequired[list[AssignmentStatus]]


class ListAssignmentsForHITResponse(Page, total=False):
    """A page of a HIT's assignments."""

    Assignments: list[Assignment]


class RejectAssignmentRequest(TypedDict):
    """Reject a submitted assignment; its worker is not paid.

    RequesterFeedback: The reason, for the worker to read, of at most 1,024 characters.
    """

    AssignmentId: EntityId
    RequesterFeedback: str
