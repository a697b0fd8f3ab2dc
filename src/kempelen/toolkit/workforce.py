"""Who worked: each worker's answers in figures, blocks, and messages to many."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from kempelen.toolkit.changing import ALREADY, DONE, Summary
from kempelen.toolkit.connection import Connection
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


def notify(connection: Connection, workers: Sequence[str], subject: str, message: str) -> Summary:
    """Write to workers, a hundred with each call; a call that fails does not stop the others.

    A repeated call writes again: MTurk knows no token for it.  A server that is gone ends it.
    """
    summary = Summary()
    # One of these would make MTurk refuse the hundred it is in.
    strange = [one for one in workers if not _WORKER_ID.fullmatch(one)]
    summary.failed |= dict.fromkeys(strange, "This is no WorkerId: it is A with capital letters and digits.")
    for some in _portions([one for one in workers if one not in summary.failed]):
        try:
            reply = connection.call("NotifyWorkers", Subject=subject, MessageText=message, WorkerIds=some)
        except Refused as refused:
            summary.failed |= dict.fromkeys(some, str(refused))
            continue
        except Trouble as trouble:
            summary.failed |= dict.fromkeys(some, str(trouble))
            summary.ended = str(trouble)
            return summary
        except KeyboardInterrupt:
            summary.ended, summary.is_interrupted = "Stopped.", True
            return summary
        missed = {
            one["WorkerId"]: one.get("NotifyWorkersFailureMessage", "")
            for one in reply.get("NotifyWorkersFailureStatuses", [])
        }
        summary.failed |= missed
        summary.done += [one for one in some if one not in missed]
    return summary


def _portions(workers: Sequence[str]) -> Iterator[list[str]]:
    for begin in range(0, len(workers), AT_MOST):
        yield list(workers[begin : begin + AT_MOST])
