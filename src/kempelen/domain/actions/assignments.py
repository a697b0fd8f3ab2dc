"""What happens to an assignment once it is accepted: submit, return, skip, approve, reject."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from django.db import transaction
from django.db.models import Case, F, TextField, Value, When

from kempelen.domain import answers as answering
from kempelen.domain import clock, events
from kempelen.domain import feedback as limits
from kempelen.domain.actions import comparing, files, payments, places, reviewing, settling, verdicts
from kempelen.domain.answers import Answers, Field, Given
from kempelen.domain.errors import NotFound, WrongState
from kempelen.domain.models import HIT, Assignment, EarlierAnswer, HITGroup, Requester, User, Worker
from kempelen.domain.prepared import Prepared, Slot, update
from kempelen.domain.questions import form_answers, form_parts

# The HIT's question if it is a QuestionForm, whose answers are checked; others are long, and not needed.
_FORM = Case(
    When(hit__question__contains="/QuestionForm.xsd", then=F("hit__question")),
    default=Value(""),
    output_field=TextField(),
)
# Locks the HIT, then the assignment: the order in which everybody locks.
_LOCKED = Prepared(
    lambda: (
        Assignment.objects.filter(public_id=Slot("id"))
        .select_related("hit", "group__hit_type")
        .defer("hit__inputs", "hit__question")
        .annotate(form=_FORM)
        .select_for_update(of=("hit", "self"))
    )
)


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
def submit(assignment_id: str, answers: Mapping[str, Given], *, worker: Worker | None = None) -> Submission:
    """Store the answer, once; with a worker, only for an assignment of theirs.

    A repeat changes nothing and is told as such.  Once the time is up, the answer still counts while
    the HIT has a free place and this worker no other assignment on it; else it is kept as a draft.
    What a QuestionForm does not take is refused (`AnswersRefused`), and can be submitted again.
    """
    answering.check(answers)
    assignment, hit = _locked(assignment_id, worker=worker)
    if assignment.status in Assignment.DONE:
        return Submission(Outcome.REPEATED, assignment)
    if assignment.status == Assignment.Status.RETURNED:
        raise WrongState("You returned this HIT, so its answer is not taken.")
    if assignment.status == Assignment.Status.ACCEPTED and assignment.deadline_at <= clock.now():
        settling.give_up(assignment, hit, status=Assignment.Status.ABANDONED)
        events.record(events.AssignmentAbandoned(assignment, requester_pk=hit.requester_id))
    if assignment.status == Assignment.Status.ABANDONED and not _take_back(assignment, hit):
        assignment.draft = answering.draft(answering.fields_of(answers), clock.real_now(), was_sent=True)
        assignment.save(update_fields=["draft"])
        return Submission(Outcome.TOO_LATE, assignment)
    _store(assignment, hit, _taken(assignment, answers))
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
def save_draft(worker: Worker, assignment_id: str, fields: Iterable[Field]) -> bool:
    """Keep what the worker has entered so far; false if the assignment is not in hand (any more)."""
    kept = answering.draft(fields, clock.real_now())
    saved = Assignment.objects.filter(
        worker=worker, public_id=assignment_id, status=Assignment.Status.ACCEPTED
    ).update(draft=kept)
    return bool(saved)


@transaction.atomic
def correct(worker: Worker, assignment_id: str, answers: Mapping[str, Given]) -> Assignment:
    """Put another answer in place of the worker's own; the earlier one is kept.

    Only where the group allows it, until the work is reviewed or the group is closed.  The same answer
    once more changes nothing: the first may have arrived though its reply got lost.
    """
    answering.check(answers)
    assignment, hit = _locked(assignment_id, worker=worker)
    taken = _taken(assignment, answers)
    if assignment.answers == taken:
        return assignment
    sent_at = assignment.corrected_at or assignment.submitted_at
    if sent_at is None or not may_correct(assignment):
        raise WrongState("This answer can no longer be corrected.")
    EarlierAnswer.objects.create(
        assignment=assignment,
        answers=assignment.answers,
        sent_at=sent_at,
    )
    assignment.answers, assignment.corrected_at = taken, clock.now()
    assignment.save(update_fields=["answers", "corrected_at"])
    if noted := comparing.note(hit, answers=hit.unreviewed_count + hit.reviewed_count):
        hit.save(update_fields=noted)
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
    """Approve submitted work, which pays its reward; rejected work only with `override_rejection`.

    Refuses with `WrongState` what does not wait for review, and a rejection that is older than 30 days
    or whose HIT is deleted; with `InvalidParameter` feedback that is too long.
    """
    limits.check(feedback)
    assignment, hit = _to_review(requester, assignment_id)
    verdicts.approve(assignment, hit, feedback=feedback, override_rejection=override_rejection, by=by)
    return assignment


@transaction.atomic
def reject(requester: Requester, assignment_id: str, *, feedback: str, by: User | None = None) -> Assignment:
    """Reject submitted work, with a reason that the worker reads."""
    limits.check(feedback)
    assignment, hit = _to_review(requester, assignment_id)
    verdicts.reject(assignment, hit, feedback=feedback, by=by)
    return assignment


def _to_review(requester: Requester, assignment_id: str) -> tuple[Assignment, HIT]:
    """Lock an assignment as `_locked` does; what was returned or abandoned no requester ever sees."""
    assignment, hit = _locked(assignment_id, requester=requester)
    if assignment.status in Assignment.GIVEN_UP:
        raise NotFound("assignment", assignment_id)
    return assignment, hit


def _locked(
    assignment_id: str, *, worker: Worker | None = None, requester: Requester | None = None
) -> tuple[Assignment, HIT]:
    """Lock the assignment with its HIT, if it is this worker's or this requester's."""
    found = _LOCKED.first(id=assignment_id)
    if (
        found is None
        or (worker is not None and found.worker_id != worker.pk)
        or (requester is not None and found.hit.requester_id != requester.pk)
    ):
        raise NotFound("assignment", assignment_id)
    return found, found.hit


def _taken(assignment: Assignment, fields: Mapping[str, Given]) -> Answers:
    """Give what is stored of a page's fields: files of the worker's own, a form's answers as it asks."""
    answers = files.claim(assignment, fields)
    form = form_parts.form_in(assignment.form)  # type: ignore[attr-defined]
    return answers if form is None else form_answers.read(form, answers)


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


def _store(assignment: Assignment, hit: HIT, answers: Mapping[str, Given]) -> None:
    """Store the answer; with a delay of 0 it is approved as soon as submitted (mturk-api.md §3.2)."""
    now = clock.now()
    delay = assignment.group.hit_type.auto_approval_delay_seconds
    assignment.status = Assignment.Status.SUBMITTED
    assignment.answers = dict(answers)
    assignment.draft = None
    assignment.submitted_at = now
    assignment.auto_approval_at = now + timedelta(seconds=delay)
    happened: list[events.Happening] = [events.AssignmentSubmitted(assignment, requester_pk=hit.requester_id)]
    is_approved = not delay and not hit.review_policies
    if is_approved:
        assignment.status, assignment.approved_at = Assignment.Status.APPROVED, now
        happened.append(
            events.AssignmentApproved(assignment, requester_pk=hit.requester_id, data={"auto": True})
        )
    if hit.review_policies:
        reviewing.score_submission(assignment, hit)
    update(
        assignment,
        "status",
        "answers",
        "draft",
        "submitted_at",
        "auto_approval_at",
        "approved_at",
        "ended_at",
    )
    reviewed = int(is_approved)
    noted = comparing.note(hit, answers=hit.unreviewed_count + hit.reviewed_count + 1)
    places.move(hit, pending=-1, reviewed=reviewed, unreviewed=1 - reviewed, happened=happened, also=noted)
    if is_approved:
        payments.pay_reward(assignment, paid_at=now)
    if hit.review_policies:
        _let_policies_decide(assignment, hit)


def _let_policies_decide(assignment: Assignment, hit: HIT) -> None:
    """Let the HIT's policies look at a submission; what they leave open a delay of 0 approves."""
    reviewing.decide_submission(assignment, hit)
    is_open = assignment.status == Assignment.Status.SUBMITTED
    if is_open and assignment.auto_approval_at == assignment.submitted_at:
        verdicts.approve(assignment, hit, data={"auto": True})
    reviewing.compare_answers(hit)
    assignment.refresh_from_db()
