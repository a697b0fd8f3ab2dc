"""Approving, rejecting, paying, extending: one call for each of many, and what became of each.

Whatever is done twice is done once: what an earlier run did is found, and counted as done already.
"""

import hashlib
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from kempelen.toolkit import stopping
from kempelen.toolkit.connection import AT_ONCE, Connection, is_missing
from kempelen.toolkit.troubles import Refused, Trouble

DONE, ALREADY = "done", "already"
_A_MINUTE = timedelta(minutes=1)


@dataclass
class Summary:
    """What became of each: its id under done or already, or the reason why not."""

    done: list[str] = field(default_factory=list)
    already: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    # Why it ended before all had their turn: "" if they had.
    ended: str = ""
    # Which signal has ended it, or 0.
    ended_by: int = 0

    def as_json(self) -> dict[str, Any]:
        """Give it as `--json` prints it."""
        said = {"done": self.done, "already": self.already, "failed": self.failed}
        return said | {"ended": self.ended} if self.ended else said


def each(
    jobs: Iterable[tuple[str, Callable[[], str]]],
    *,
    at_once: int = AT_ONCE,
    on_done: Callable[[int], None] = lambda count: None,
) -> Summary:
    """Do each job, so many at once; a job gives `DONE` or `ALREADY`, and a refused one does not stop others.

    `on_done` is told how many have come to an end.  Ctrl-C, and a server that is gone, end it after the calls
    that are under way: what became of those that had their turn is given all the same.
    """
    summary = Summary()
    waiting: dict[Future[str], str] = {}
    all_jobs = iter(jobs)
    count = 0
    with ThreadPoolExecutor(max_workers=at_once) as pool, stopping.noted() as stop:
        while not summary.ended:
            while len(waiting) < 2 * at_once and (job := next(all_jobs, None)):
                waiting[pool.submit(job[1])] = job[0]
            if not waiting:
                return summary
            for future in wait(waiting, stopping.LOOK_SECONDS, return_when=FIRST_COMPLETED).done:
                _settle(summary, waiting.pop(future), future)
                count += 1
                on_done(count)
            if stop.number:
                summary.ended, summary.ended_by = summary.ended or "Stopped.", stop.number
        pool.shutdown(cancel_futures=True)
    for future, name in waiting.items():
        if not future.cancelled():
            _settle(summary, name, future)
    return summary


def _settle(summary: Summary, name: str, future: Future[str]) -> None:
    """Write down what became of one; what no other could do either ends all."""
    try:
        (summary.done if future.result() == DONE else summary.already).append(name)
    except Refused as refused:
        summary.failed[name] = str(refused)
    except Trouble as trouble:
        summary.failed[name] = str(trouble)
        summary.ended = summary.ended or str(trouble)


def approve(
    connection: Connection, assignment_id: str, feedback: str = "", *, overrides: bool = False
) -> str:
    """Approve an assignment; with `overrides` also one that was rejected (MTurk: within 30 days)."""
    members: dict[str, Any] = {"AssignmentId": assignment_id}
    if feedback:
        members["RequesterFeedback"] = feedback
    if overrides:
        members["OverrideRejection"] = True
    return _once(connection, "ApproveAssignment", members, "Approved")


def reject(connection: Connection, assignment_id: str, feedback: str) -> str:
    """Reject an assignment; the worker reads why."""
    members = {"AssignmentId": assignment_id, "RequesterFeedback": feedback}
    return _once(connection, "RejectAssignment", members, "Rejected")


def bonus(connection: Connection, assignment_id: str, worker_id: str, amount: str, reason: str) -> str:
    """Pay a bonus for an assignment, unless this amount was paid for it with this reason before.

    Without a worker it goes to whoever did the assignment.
    """
    if not worker_id:
        worker_id = connection.call("GetAssignment", AssignmentId=assignment_id)["Assignment"]["WorkerId"]
    paid = connection.each("ListBonusPayments", "BonusPayments", AssignmentId=assignment_id)
    if any(one["BonusAmount"] == amount and one.get("Reason") == reason for one in paid):
        return ALREADY
    token = hashlib.sha256("\n".join((assignment_id, amount, reason)).encode()).hexdigest()
    return _by_token(
        connection,
        "SendBonus",
        AssignmentId=assignment_id,
        WorkerId=worker_id,
        BonusAmount=amount,
        Reason=reason,
        UniqueRequestToken=token,
    )


def _by_token(connection: Connection, operation: str, **members: Any) -> str:
    """Call what the server knows to have done before, by a token or by its members (mturk-api.md §1.3)."""
    try:
        connection.call(operation, **members)
    except Refused as refused:
        if "already been processed" not in str(refused):
            raise
        return ALREADY
    return DONE


def _once(connection: Connection, operation: str, members: dict[str, Any], status: str) -> str:
    """Call it; refused because the assignment has that status is done already."""
    try:
        connection.call(operation, **members)
    except Refused as refused:
        if not refused.code.endswith("InvalidAssignmentState"):
            raise
        found = connection.call("GetAssignment", AssignmentId=members["AssignmentId"])["Assignment"]
        if found["AssignmentStatus"] != status:
            raise
        return ALREADY
    return DONE


def expire(connection: Connection, hit_id: str, at: datetime) -> str:
    """Let a HIT be given out until this time; a time that is past ends it at once."""
    return _by_token(connection, "UpdateExpirationForHIT", HITId=hit_id, ExpireAt=at)


def extend(connection: Connection, hit_id: str, until: datetime) -> str:
    """Let a HIT be given out until this time at least; one that lasts as long is done already.

    MTurk refuses to add less than a minute, which a command that is run again would (mturk-api.md §2), and
    to take time away.
    """
    try:
        return expire(connection, hit_id, until)
    except Refused:
        if connection.call("GetHIT", HITId=hit_id)["HIT"]["Expiration"] < until - _A_MINUTE:
            raise
        return ALREADY


def add_places(connection: Connection, hit_id: str, in_all: int) -> str:
    """Give a HIT so many places in all, if it has fewer; a repeated run adds none."""
    hit = connection.call("GetHIT", HITId=hit_id)["HIT"]
    missing = in_all - int(hit["MaxAssignments"])
    token = hashlib.sha256(f"{hit_id}\n{in_all}".encode()).hexdigest()
    if missing <= 0:
        return ALREADY
    return _by_token(
        connection,
        "CreateAdditionalAssignmentsForHIT",
        HITId=hit_id,
        NumberOfAdditionalAssignments=missing,
        UniqueRequestToken=token,
    )


def delete(connection: Connection, hit_id: str) -> str:
    """Delete a HIT; refused while somebody works on it, or while an answer waits for review."""
    try:
        connection.call("DeleteHIT", HITId=hit_id)
    except Refused as refused:
        if is_missing(refused) or "'Disposed'" in str(refused):
            return ALREADY
        raise
    return DONE
