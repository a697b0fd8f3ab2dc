"""Workers whom a requester has blocked."""

from kempelen.api import paging
from kempelen.api.callers import Caller
from kempelen.api.handlers import Role, operation
from kempelen.aws import shapes
from kempelen.domain.actions import blocks
from kempelen.domain.queries import qualifications


@operation("CreateWorkerBlock", role=Role.EDITOR)
def create_worker_block(caller: Caller, request: shapes.CreateWorkerBlockRequest) -> None:
    """Keep a worker from the caller's HITs, once or again."""
    blocks.block(caller.requester, request["WorkerId"], reason=request["Reason"], by=caller.user)


@operation("DeleteWorkerBlock", role=Role.EDITOR)
def delete_worker_block(caller: Caller, request: shapes.DeleteWorkerBlockRequest) -> None:
    """Let a worker at the caller's HITs again, blocked before or not."""
    blocks.unblock(caller.requester, request["WorkerId"], reason=request.get("Reason", ""), by=caller.user)


@operation("ListWorkerBlocks", role=Role.VIEWER)
def list_worker_blocks(
    caller: Caller, request: shapes.ListWorkerBlocksRequest
) -> shapes.ListWorkerBlocksResponse:
    """List whom the caller has blocked, and why."""
    window = paging.window("ListWorkerBlocks", caller.requester, request)
    after = window.after_key
    page = qualifications.blocks(caller.requester, after=after, size=window.size)
    answer: shapes.ListWorkerBlocksResponse = {
        "WorkerBlocks": [{"WorkerId": block.worker.public_id, "Reason": block.reason} for block in page]
    }
    answer.update(window.page(page, lambda block: [block.worker_id]))  # type: ignore[typeddict-item]
    return answer
