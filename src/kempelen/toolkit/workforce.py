"""Who worked: each worker's answers in figures, blocks, and messages to many."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from kempelen.toolkit import stopping
from kempelen.toolkit.changing import ALREADY, DONE, Summary
from kempelen.toolkit.connection import Connection
from kempelen.toolkit.letters import Letters
from kempelen.toolkit.troubles import Refused, Trouble

# MTurk's own limit for a call of NotifyWorkers.
AT_MOST = 100
_WORKER_ID = re.compile(r"A[A-Z0-9]{1,63}")


@dataclass
class Record:
    """What a worker submitted: how many by status, and how many seconds each took."""

    worker_id: str
    by_status: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    seconds: list[float] = field(default_factory=list)

    @property
    def submitted(self) -> int:
        """How many in all."""
        return sum(self.by_status.values())

    @property
    def approval_rate(self) -> int | None:
        """How many of a hundred that were reviewed were approved; None before the first review."""
        reviewed = self.by_status["Approved"] + self.by_status["Rejected"]
        return round(100 * self.by_status["Approved"] / reviewed) if reviewed else None

    @property
    def median_seconds(self) -> int:
        """How long an answer took from accepting to submitting."""
        return round(median(self.seconds)) if self.seconds else 0


def records(assignments: Iterable[Mapping[str, Any]]) -> list[Record]:
    """Give a record for each worker, whoever did most first."""
    found: dict[str, Record] = {}
    for one in assignments:
        record = found.setdefault(one["WorkerId"], Record(one["WorkerId"]))
        record.by_status[one["AssignmentStatus"]] += 1
        record.seconds.append((one["SubmitTime"] - one["AcceptTime"]).total_seconds())
    return sorted(found.values(), key=lambda record: (-record.submitted, record.worker_id))


def block(connection: Connection, worker_id: str, reason: str) -> str:
    """Keep a worker from all HITs of the requester; blocking twice is accepted (mturk-api.md §2)."""
    connection.call("CreateWorkerBlock", WorkerId=worker_id, Reason=reason)
    return DONE


def unblock(connection: Connection, worker_id: str, blocked: set[str]) -> str:
    """Let a worker in again; `blocked` are those who are kept out now."""
    if worker_id not in blocked:
        return ALREADY
    connection.call("DeleteWorkerBlock", WorkerId=worker_id)
    return DONE


def blocked(connection: Connection) -> dict[str, str]:
    """Give who is blocked, with the reasons."""
    listed = connection.each("ListWorkerBlocks", "WorkerBlocks")
    return {one["WorkerId"]: one.get("Reason", "") for one in listed}


def notify(
    connection: Connection, workers: Sequence[str], subject: str, message: str, letters: Letters
) -> Summary:
    """Write to workers, a hundred with each call; a call that fails does not stop the others.

    MTurk knows no token for it: who was written to stands in `letters`, and is not written to again.  A call
    to which no answer came is repeated under its own name, by which our server knows what it did; another
    server may write to those hundred twice.  A server that is gone ends it.
    """
    summary = Summary()
    # One of these would make MTurk refuse the hundred it is in.
    strange = [one for one in workers if not _WORKER_ID.fullmatch(one)]
    summary.failed |= dict.fromkeys(strange, "This is no WorkerId: it is A with capital letters and digits.")
    summary.already = [one for one in workers if one in letters.reached]
    left = dict.fromkeys(one for one in workers if one not in letters.reached | summary.failed.keys())
    again = [(call, [one for one in to if one in left]) for call, to in letters.unanswered.items()]
    for one in (one for _, some in again for one in some):
        left.pop(one, None)
    calls = [(call, some) for call, some in again if some] + [("", some) for some in _portions(list(left))]
    with stopping.noted() as stop:
        for call, some in calls:
            try:
                _write(connection, call or letters.begin(some), some, (subject, message), letters, summary)
            except Trouble as trouble:
                summary.failed |= dict.fromkeys(some, str(trouble))
                summary.ended = str(trouble)
                return summary
            if stop.number:
                summary.ended, summary.ended_by = "Stopped.", stop.number
                return summary
    return summary


def _write(
    connection: Connection,
    call: str,
    some: list[str],
    letter: tuple[str, str],
    letters: Letters,
    summary: Summary,
) -> None:
    """Write to a hundred, and note who was reached."""
    members = {"Subject": letter[0], "MessageText": letter[1], "WorkerIds": some}
    try:
        reply = connection.call_as(call, "NotifyWorkers", **members)
    except Refused as refused:
        letters.end(call, [])
        summary.failed |= dict.fromkeys(some, str(refused))
        return
    missed = {
        one["WorkerId"]: one.get("NotifyWorkersFailureMessage", "")
        for one in reply.get("NotifyWorkersFailureStatuses", [])
    }
    reached = [one for one in some if one not in missed]
    letters.end(call, reached)
    summary.failed |= missed
    summary.done += reached


def _portions(workers: Sequence[str]) -> Iterator[list[str]]:
    for begin in range(0, len(workers), AT_MOST):
        yield list(workers[begin : begin + AT_MOST])
