"""Review policies at work: what they find is stored, what they decide is done (mturk-api.md §5).

Everything happens in the transaction that gives cause for it, with the HIT locked.  What a policy cannot
do is recorded and not raised: a worker's submission never fails by a requester's policy.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, TypeVar

from kempelen.domain import clock, properties
from kempelen.domain.actions import places, verdicts
from kempelen.domain.errors import Refusal, WrongState
from kempelen.domain.models import HIT, Assignment, ReviewAction, ReviewLevel, ReviewResult
from kempelen.domain.quality import known_answers, plurality
from kempelen.domain.quality.plurality import Judgement, Plurality

log = logging.getLogger("kempelen.reviews")

KNOWN_ANSWER_SCORE = "KnownAnswerScore"

Policy = TypeVar("Policy")
Finding = dict[str, str]


def score_submission(assignment: Assignment, hit: HIT) -> None:
    """Score an answer by the known ones, and extend the HIT if it is too bad.

    Call it before the answer leaves the worker's hands: a HIT that is extended was never Reviewable.
    """
    policy = _policy(hit, ReviewLevel.ASSIGNMENT, known_answers.read)
    if policy is None:
        return
    score = known_answers.score(policy, assignment.answers or {})
    total = len(score.right)
    questions = "one known answer" if total == 1 else f"{total} known answers"
    reviews = _Reviews(hit, ReviewLevel.ASSIGNMENT)
    review = reviews.write("review", assignment, f"Reviewed {questions}; {score.count}/{total} correct")
    found = [
        _about(assignment, "KnownAnswerCorrect", int(is_right), question)
        for question, is_right in score.right.items()
    ]
    reviews.write_results(review, [*found, _about(assignment, KNOWN_ANSWER_SCORE, score.percent)])
    if policy.extend_below is not None and score.percent < policy.extend_below:
        reviews.extend(policy.most_assignments, policy.least_seconds)


def decide_submission(assignment: Assignment, hit: HIT) -> None:
    """Approve or reject a submitted answer as its score says."""
    policy = _policy(hit, ReviewLevel.ASSIGNMENT, known_answers.read)
    if policy is None:
        return
    percent = known_answers.score(policy, assignment.answers or {}).percent
    reviews = _Reviews(hit, ReviewLevel.ASSIGNMENT)
    if policy.approve_at_least is not None and percent >= policy.approve_at_least:
        reviews.approve(assignment, policy.approve_reason)
    if policy.reject_below is not None and percent < policy.reject_below:
        reviews.reject(assignment, policy.reject_reason)


def compare_answers(hit: HIT) -> None:
    """Compare the answers of a HIT that has just become Reviewable, and do what follows from that."""
    if hit.status != HIT.Status.REVIEWABLE:
        return
    policy = _policy(hit, ReviewLevel.HIT, plurality.read)
    if policy is None:
        return
    compared = _compared(hit, policy)
    found = plurality.judge(policy, {its.public_id: its.answers or {} for its in compared})
    reviews = _Reviews(hit, ReviewLevel.HIT)
    review = reviews.write("review", hit, f"Compared the answers of {len(compared)} assignments")
    reviews.write_results(review, _findings(hit, found, compared))
    for assignment in compared:
        _decide_by_agreement(assignment, found.standings[assignment.public_id].percent, policy, reviews)
    if policy.extend_below is not None and found.percent < policy.extend_below:
        reviews.extend(policy.most_assignments, policy.least_seconds)


def _policy(hit: HIT, level: str, read: Callable[[Any], Policy]) -> Policy | None:
    given = (hit.review_policies or {}).get(level)
    if not given:
        return None
    try:
        return read(given)
    except Refusal:  # it was checked when the HIT was made; the worker's answer counts all the same
        log.exception("The %s review policy of HIT %s cannot be read.", level, hit.public_id)
        return None


def _compared(hit: HIT, policy: Plurality) -> list[Assignment]:
    """Lock the HIT's submitted work and give what of it the policy looks at, in order of submission."""
    done = list(
        Assignment.objects.select_for_update(of=("self",))
        .filter(hit=hit, status__in=Assignment.DONE)
        .select_related("group__hit_type")
        .defer("draft")
        .order_by("pk")
    )
    done.sort(key=lambda its: (str(its.submitted_at), its.pk))
    scores = _known_answer_scores(hit) if policy.ignores_below is not None else {}
    least = policy.ignores_below or 0
    return [
        its
        for its in done
        if scores.get(its.public_id, least) >= least
        and not (policy.ignores_rejected and its.status == Assignment.Status.REJECTED)
    ]


def _known_answer_scores(hit: HIT) -> dict[str, int]:
    scores = ReviewResult.objects.filter(hit=hit, level=ReviewLevel.ASSIGNMENT, key=KNOWN_ANSWER_SCORE)
    return {subject: int(value) for subject, value in scores.values_list("subject_id", "value")}


def _findings(hit: HIT, found: Judgement, compared: Iterable[Assignment]) -> list[Finding]:
    findings = []
    for its in found.questions:
        is_agreed = str(its.answer is not None).lower()
        findings.append(_about(hit, "AgreedAnswerFound", is_agreed, its.question))
        if its.answer is not None:
            findings.append(_about(hit, "AgreedAnswer", its.answer, its.question))
        findings.append(_about(hit, "AnswerAgreementScore", its.percent, its.question))
    for assignment in compared:
        standing = found.standings[assignment.public_id]
        if standing.percent is not None:
            findings.append(_about(assignment, "WorkerAgreementScore", standing.percent))
        findings.append(_about(assignment, "PluralityAnswersCorrect", standing.correct))
        findings.append(_about(assignment, "PluralityAnswersIncorrect", standing.incorrect))
    findings.append(_about(hit, "HitAgreementScore", found.percent))
    return findings


def _decide_by_agreement(
    assignment: Assignment, percent: int | None, policy: Plurality, reviews: "_Reviews"
) -> None:
    """Approve or reject by the worker's agreement; where nothing is agreed nobody is judged by it."""
    if percent is None:
        return
    if policy.approve_at_least is not None and percent >= policy.approve_at_least:
        reviews.approve(assignment, "")
    if policy.reject_below is not None and percent < policy.reject_below:
        reviews.reject(assignment, policy.reject_reason)


def _about(subject: Assignment | HIT, key: str, value: object, question: str = "") -> Finding:
    """Give a result; a question's belongs to its HIT, whose id it has (mturk-api.md §5.3)."""
    kind = "Question" if question and isinstance(subject, HIT) else type(subject).__name__
    return {
        "subject_id": subject.public_id,
        "subject_type": kind,
        "question_id": question,
        "key": key,
        "value": str(value),
    }


class _Reviews:
    """What a policy of one level does to a locked HIT and its work; each action leaves a row."""

    def __init__(self, hit: HIT, level: str) -> None:
        self._hit = hit
        self._level = level
        self._data = {"policy": (hit.review_policies or {})[level]["PolicyName"]}

    def write(self, name: str, target: Assignment | HIT, result: str, error_code: str = "") -> ReviewAction:
        """Write that something was done to the target, or with an error code that it failed."""
        status = ReviewAction.Status.FAILED if error_code else ReviewAction.Status.SUCCEEDED
        return ReviewAction.objects.create(
            hit=self._hit,
            level=self._level,
            name=name,
            target_id=target.public_id,
            target_type=type(target).__name__,
            status=status,
            completed_at=clock.now(),
            result=result,
            error_code=error_code,
        )

    def write_results(self, review: ReviewAction, findings: Iterable[Finding]) -> None:
        """Write what the review found."""
        ReviewResult.objects.bulk_create(
            ReviewResult(hit=self._hit, level=self._level, action=review, **finding) for finding in findings
        )

    def approve(self, assignment: Assignment, reason: str) -> None:
        """Approve; what is approved already stays so."""
        if assignment.status == Assignment.Status.APPROVED:
            self.write("approve", assignment, "Already approved")
            return
        self._decide(
            "approve",
            assignment,
            lambda: verdicts.approve(assignment, self._hit, feedback=reason, data=self._data),
        )

    def reject(self, assignment: Assignment, reason: str) -> None:
        """Reject; what is rejected already stays so."""
        if assignment.status == Assignment.Status.REJECTED:
            self.write("reject", assignment, "Already rejected")
            return
        self._decide(
            "reject",
            assignment,
            lambda: verdicts.reject(assignment, self._hit, feedback=reason, data=self._data),
        )

    def _decide(self, name: str, assignment: Assignment, decide: Callable[[], None]) -> None:
        try:
            decide()
        except WrongState as refused:
            result = "Assignment was in an invalid state for this operation."
            self.write(name, assignment, result, refused.turk_error_code)
        else:
            self.write(name, assignment, assignment.status)

    def extend(self, most_assignments: int, least_seconds: int) -> None:
        """Add one place, up to a total, and see that the HIT is given out for so long at least."""
        hit = self._hit
        if hit.max_assignments >= most_assignments:
            self.write("extend", hit, f"The HIT has {hit.max_assignments} assignments already")
        elif self._level == ReviewLevel.HIT and hit.places_left:
            # It became Reviewable by its expiry: what it lacks is time or workers, not places.
            self.write("extend", hit, f"{hit.places_left} of the HIT's assignments were not taken")
        elif properties.reaches_many(hit.max_assignments, hit.max_assignments + 1):
            result = "A HIT with fewer than 10 assignments cannot be extended to 10."
            self.write("extend", hit, result, "AWS.MechanicalTurk.InvalidMaximumAssignmentsIncrease")
        else:
            until = clock.now() + timedelta(seconds=least_seconds) if least_seconds else None
            places.extend(hit, more=1, expires_at=until)
            self.write("extend", hit, "Extended by one assignment")
