"""What happens to an assignment once it is accepted: submit, return, skip, approve, reject."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Any

from django.db import transaction

from kempelen.domain import answers as answering
from kempelen.domain import clock, events
from kempelen.domain.actions import places, settling
from kempelen.domain.errors import NotFound, WrongState
from kempelen.domain.models import HIT, Assignment, EarlierAnswer, HITGroup, Requester, User, Worker

# A rejection can be taken back for 30 days from submission (mturk-api.md §3.2).
OVERRIDE_DAYS = 30


class Outcome(Enum):
    """What became of a submission."""

    STORED = "stored"
    REPEATED = "repeated"
    TOO_LATE = "too late"


@dataclass(frozen=True)
class Submission:
    """A submission and what became of it."""

    outcome: Outcome
    assignment: Assignment


@transaction.atomic
def submit(assignment_id: str, answers: Mapping[str, str | list[str]]) -> Submission:
    """Store the answer, once.

    A repeat changes nothing and is told as such.  Once the time is up, the answer still counts while
    the HIT has a free place and this worker no other assignment on it; else it is kept as a draft.
    """
    answering.check(answers)
    assignment, hit = _locked(assignment_id)
    if assignment.status in Assignment.DONE:
        return Submission(Outcome.REPEATED, assignment)
    if assignment.status == Assignment.Status.RETURNED:
        raise WrongState("You returned this HIT, so its answer is not taken.")
    if assignment.status == Assignment.Status.ACCEPTED and assignment.deadline_at <= clock.now():
        settling.give_up(assignment, hit, status=Assignment.Status.ABANDONED)
        events.record(events.AssignmentAbandoned(assignment, requester_pk=hit.requester_id))
    if assignment.status == Assignment.Status.ABANDONED and not _take_back(assignment, hit):
        assignment.draft = answering.draft(answering.fields_of(answers), clock.now(), was_sent=True)
        assignment.save(update_fields=["draft"])
        return Submission(Outcome.TOO_LATE, assignment)
    _store(assignment, hit, answers)
    return Submission(Outcome.STORED, assignment)


@transaction.atomic
def return_assignment(worker: Worker, assignment_id: str) -> Assignment:
    """Give the place back to others.  What was returned or abandoned already stays as it is."""
    assignment, hit = _locked(assignment_id, worker=worker)
    if assignment.status in Assignment.GIVEN_UP:
        return assignment
    if assignment.status != Assignment.Status.ACCEPTED:
        raise WrongState("This HIT is submitted and cannot be returned.")
    settling.give_up(assignment, hit, status=Assignment.Status.RETURNED)
    events.record(events.AssignmentReturned(assignment, requester_pk=hit.requester_id))
    return assignment


def skip(worker: Worker, assignment_id: str) -> Assignment:
    """Return the assignment to do it after all others of its group."""
    return return_assignment(worker, assignment_id)


@transaction.atomic
def save_draft(worker: Worker, assignment_id: str, fields: Iterable[tuple[str, str]]) -> bool:
    """Keep what the worker has entered so far; false if the assignment is not in hand (any more)."""
    kept = answering.draft(fields, clock.now())
    saved = Assignment.objects.filter(
        worker=worker, public_id=assignment_id, status=Assignment.Status.ACCEPTED
    ).update(draft=kept)
    return bool(saved)


@transaction.atomic
def correct(worker: Worker, assignment_id: str, answers: Mapping[str, str | list[str]]) -> Assignment:
    """Put another answer in place of the worker's own; the earlier one is kept.

    Only where the group allows it, until the work is reviewed or the group is closed.  The same answer
    once more changes nothing: the first may have arrived though its reply got lost.
    """
    answering.check(answers)
    assignment, hit = _locked(assignment_id, worker=worker)
    if assignment.answers == dict(answers):
        return assignment
    sent_at = assignment.corrected_at or assignment.submitted_at
    if sent_at is None or not may_correct(assignment):
        raise WrongState("This answer can no longer be corrected.")
    EarlierAnswer.objects.create(
        assignment=assignment,
        answers=assignment.answers,
        sent_at=sent_at,
    )
    assignment.answers, assignment.corrected_at = dict(answers), clock.now()
    assignment.save(update_fields=["answers", "corrected_at"])
    events.record(events.AssignmentCorrected(assignment, requester_pk=hit.requester_id))
    return assignment


def may_correct(assignment: Assignment) -> bool:
    """Tell whether the worker may still correct this answer."""
    return (
        assignment.status == Assignment.Status.SUBMITTED
        and assignment.group.allows_corrections
        and assignment.group.status != HITGroup.Status.CLOSED
    )


@transaction.atomic
def approve(
    requester: Requester,
    assignment_id: str,
    *,
    feedback: str = "",
    override_rejection: bool = False,
    by: User | None = None,
) -> Assignment:
    """Approve submitted work; rejected work only with `override_rejection`, within 30 days."""
    assignment, hit = _locked(assignment_id, requester=requester)
    now = clock.now()
    if assignment.status == Assignment.Status.SUBMITTED:
        places.move(hit, unreviewed=-1, reviewed=+1)
    elif assignment.status != Assignment.Status.REJECTED or not override_rejection:
        raise WrongState(f"Assignment {assignment_id} is {assignment.status} and cannot be approved.")
    elif assignment.submitted_at is None or now > assignment.submitted_at + timedelta(days=OVERRIDE_DAYS):
        raise WrongState(
            f"Assignment {assignment_id} was submitted more than {OVERRIDE_DAYS} days ago; "
            "its rejection cannot be taken back."
        )
    assignment.status, assignment.approved_at = Assignment.Status.APPROVED, now
    assignment.feedback = feedback or assignment.feedback
    assignment.save(update_fields=["status", "approved_at", "feedback"])
    events.record(events.AssignmentApproved(assignment, requester_pk=hit.requester_id, by=by))
    return assignment


@transaction.atomic
def reject(requester: Requester, assignment_id: str, *, feedback: str, by: User | None = None) -> Assignment:
    """Reject submitted work, with a reason that the worker reads."""
    assignment, hit = _locked(assignment_id, requester=requester)
    if assignment.status != Assignment.Status.SUBMITTED:
        raise WrongState(f"Assignment {assignment_id} is {assignment.status} and cannot be rejected.")
    places.move(hit, unreviewed=-1, reviewed=+1)
    assignment.status, assignment.rejected_at = Assignment.Status.REJECTED, clock.now()
    assignment.feedback = feedback
    assignment.save(update_fields=["status", "rejected_at", "feedback"])
    events.record(events.AssignmentRejected(assignment, requester_pk=hit.requester_id, by=by))
    return assignment


def _locked(
    assignment_id: str, *, worker: Worker | None = None, requester: Requester | None = None
) -> tuple[Assignment, HIT]:
    """Lock the HIT, then the assignment: the order in which everybody locks."""
    wanted: dict[str, Any] = {"assignments__public_id": assignment_id}
    if worker is not None:
        wanted["assignments__worker"] = worker
    if requester is not None:
        wanted["requester"] = requester
    hits = HIT.objects.filter(**wanted).select_related("hit_type")
    hit = hits.select_for_update(of=("self",)).first()
    if hit is None:
        raise NotFound("assignment", assignment_id)
    return Assignment.objects.select_for_update().get(public_id=assignment_id), hit


def _take_back(assignment: Assignment, hit: HIT) -> bool:
    """Take a free place again for work that came late; false if there is none."""
    if hit.status != HIT.Status.ASSIGNABLE or hit.expires_at <= clock.now():
        return False
    has_another = Assignment.objects.filter(
        hit=hit, worker=assignment.worker_id, status__in=Assignment.LIVE_OR_DONE
    ).exists()
    if has_another:
        return False
    places.move(hit, left=-1, pending=+1)
    assignment.ended_at = None
    return True


def _store(assignment: Assignment, hit: HIT, answers: Mapping[str, str | list[str]]) -> None:
    now = clock.now()
    assignment.status = Assignment.Status.SUBMITTED
    assignment.answers = dict(answers)
    assignment.draft = None
    assignment.submitted_at = now
    delay = hit.hit_type.auto_approval_delay_seconds
    assignment.auto_approval_at = now + timedelta(seconds=delay)
    happened: list[events.Happening] = [events.AssignmentSubmitted(assignment, requester_pk=hit.requester_id)]
    if delay:
        places.move(hit, pending=-1, unreviewed=+1)
    else:
        # A delay of 0 means approved as soon as submitted (mturk-api.md §3.2).
        assignment.status, assignment.approved_at = Assignment.Status.APPROVED, now
        places.move(hit, pending=-1, reviewed=+1)
        happened.append(
            events.AssignmentApproved(assignment, requester_pk=hit.requester_id, data={"auto": True})
        )
    assignment.save(
        update_fields=[
            "status",
            "answers",
            "draft",
            "submitted_at",
            "auto_approval_at",
            "approved_at",
            "ended_at",
        ]
    )
    events.record(*happened)
