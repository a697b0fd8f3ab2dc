"""Everything that workers submitted for HITs, from all pages and in all statuses, as rows of results."""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import Any, TypeVar

from kempelen.domain.batches.results import ApprovalRate, ResultRow
from kempelen.domain.questions import answers
from kempelen.toolkit.connection import AT_ONCE, Connection, is_missing
from kempelen.toolkit.quantities import cents
from kempelen.toolkit.troubles import Refused

# From so many HITs on, pages of all HITs are fewer calls than one for each.
_FEW = 200
# The API does not tell how a worker fared elsewhere.
_UNKNOWN = ApprovalRate(0, 0)
_T = TypeVar("_T")
_R = TypeVar("_R")
STATUSES = ("Submitted", "Approved", "Rejected")

Inputs = Callable[[str], Mapping[str, str]]


def hits(connection: Connection, wanted: Collection[str], *, at_once: int = AT_ONCE) -> list[dict[str, Any]]:
    """Give the HITs of these ids as the API has them, in this order; those that are deleted are left out.

    Without their questions, which are the most of each.
    """
    found: dict[str, dict[str, Any]] = {}
    if len(wanted) > _FEW:
        ids = set(wanted)
        for hit in connection.each("ListHITs", "HITs"):
            if hit["HITId"] in ids:
                hit.pop("Question", None)
                found[hit["HITId"]] = hit
            if len(found) == len(ids):
                break
    else:
        for one in in_threads(lambda hit_id: _hit(connection, hit_id), wanted, at_once):
            if one is not None:
                one.pop("Question", None)
                found[one["HITId"]] = one
    return [found[hit_id] for hit_id in wanted if hit_id in found]


def submitted_count(hit: Mapping[str, Any]) -> int:
    """Give how many assignments of a HIT were submitted, reviewed or not.

    What is neither available nor pending nor done waits for review (mturk-api.md §3.1).
    """
    return int(
        hit["MaxAssignments"] - hit["NumberOfAssignmentsAvailable"] - hit["NumberOfAssignmentsPending"]
    )


def assignments(
    connection: Connection,
    of: Iterable[Mapping[str, Any]],
    *,
    statuses: Collection[str] = STATUSES,
    at_once: int = AT_ONCE,
) -> Iterator[tuple[Mapping[str, Any], dict[str, Any]]]:
    """Give each HIT with each of its assignments in one of these statuses; order of HITs, then of submitting.

    HITs without a submitted one are not asked for.
    """
    some = [hit for hit in of if submitted_count(hit)]

    def of_hit(hit: Mapping[str, Any]) -> list[dict[str, Any]]:
        listed = connection.each(
            "ListAssignmentsForHIT", "Assignments", HITId=hit["HITId"], AssignmentStatuses=list(statuses)
        )
        return sorted(listed, key=lambda one: (one["SubmitTime"], one["AssignmentId"]))

    for hit, found in zip(some, in_threads(of_hit, some, at_once), strict=True):
        for one in found:
            yield hit, one


def row(hit: Mapping[str, Any], assignment: Mapping[str, Any], inputs: Mapping[str, str]) -> ResultRow:
    """Give an assignment as a row of results, with what its HIT was made from."""
    return ResultRow(
        hit_id=hit["HITId"],
        hit_type_id=hit["HITTypeId"],
        title=hit.get("Title", ""),
        description=hit.get("Description", ""),
        keywords=hit.get("Keywords", ""),
        reward_cents=cents(hit.get("Reward", "0")),
        created_at=hit["CreationTime"],
        max_assignments=hit["MaxAssignments"],
        requester_annotation=hit.get("RequesterAnnotation", ""),
        assignment_duration_seconds=hit["AssignmentDurationInSeconds"],
        auto_approval_delay_seconds=hit["AutoApprovalDelayInSeconds"],
        expires_at=hit["Expiration"],
        assignment_id=assignment["AssignmentId"],
        worker_id=assignment["WorkerId"],
        status=assignment["AssignmentStatus"],
        accepted_at=assignment["AcceptTime"],
        submitted_at=assignment["SubmitTime"],
        auto_approval_at=_time(assignment, "AutoApprovalTime"),
        approved_at=_time(assignment, "ApprovalTime"),
        rejected_at=_time(assignment, "RejectionTime"),
        feedback=assignment.get("RequesterFeedback", ""),
        lifetime_rate=_UNKNOWN,
        last_30_days_rate=_UNKNOWN,
        last_7_days_rate=_UNKNOWN,
        inputs=inputs,
        answers=answers.from_xml(assignment.get("Answer", "")),
    )


def in_threads(
    do: Callable[[_T], _R], to: Iterable[_T], at_once: int, *, at_end: Callable[[], None] = lambda: None
) -> Iterator[_R]:
    """Give what comes of each, in order, while a few of the next are under way.

    `at_end` is called when nothing more is begun, whatever ends it; what is under way is then waited for.
    """
    waiting: deque[Future[_R]] = deque()
    with ThreadPoolExecutor(max_workers=at_once) as pool:
        try:
            for one in to:
                waiting.append(pool.submit(do, one))
                if len(waiting) > 2 * at_once:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            at_end()
            for future in waiting:
                future.cancel()


def _time(said: Mapping[str, Any], name: str) -> datetime | None:
    found: datetime | None = said.get(name)
    return found


def _hit(connection: Connection, hit_id: str) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = connection.call("GetHIT", HITId=hit_id)["HIT"]
    except Refused as refused:
        if is_missing(refused):
            return None
        raise
    return found
