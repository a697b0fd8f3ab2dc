"""What is done about workers: blocks and messages."""

from typing import NotRequired, TypedDict

from kempelen.aws.shapes.named import CustomerId, NotifyWorkersFailureCode
from kempelen.aws.shapes.paging import Page, Paged


class WorkerBlock(TypedDict, total=False):
    """A worker who is kept from a requester's HITs."""

    WorkerId: CustomerId
    Reason: str


class CreateWorkerBlockRequest(TypedDict):
    """Keep a worker from previewing and accepting your HITs."""

    WorkerId: CustomerId
    Reason: str


class DeleteWorkerBlockRequest(TypedDict):
    """Let a worker have your HITs again; a worker who is not blocked is no error."""

    WorkerId: CustomerId
    Reason: NotRequired[str]


class ListWorkerBlocksRequest(Paged):
    """List the workers you have blocked."""


class ListWorkerBlocksResponse(Page, total=False):
    """A page of blocked workers."""

    WorkerBlocks: list[WorkerBlock]


class NotifyWorkersFailureStatus(TypedDict, total=False):
    """A worker whom a message did not reach, and why.

    NotifyWorkersFailureCode: SoftFailure if it may go better later, HardFailure if not.
    NotifyWorkersFailureMessage: Why, in words.
    """

    NotifyWorkersFailureCode: NotifyWorkersFailureCode
    NotifyWorkersFailureMessage: str
    WorkerId: CustomerId


class NotifyWorkersRequest(TypedDict):
    """Write to workers who have worked for you.

    Subject: At most 200 characters.
    MessageText: At most 4,096 characters.
    WorkerIds: At most 100 workers.
    """

    Subject: str
    MessageText: str
    WorkerIds: list[CustomerId]


class NotifyWorkersResponse(TypedDict, total=False):
    """The workers whom the message did not reach.

    NotifyWorkersFailureStatuses: Empty when it reached them all.
    """

    NotifyWorkersFailureStatuses: list[NotifyWorkersFailureStatus]
