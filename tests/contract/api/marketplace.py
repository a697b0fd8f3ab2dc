"""What a marketplace has to look like after whatever was done to it: the facts' rules, written once more.

Nothing here knows how Kempelen stores or settles things; the rules are those of mturk-api.md §3 and §5.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.contract.api.policies_foreseen import Answers, KnownAnswers, Limits, Plurality, agreement_of

DONE = ("Submitted", "Approved", "Rejected")
LIVE_OR_DONE = ("Accepted", *DONE)
OVERRIDE = timedelta(days=30)


@dataclass
class Kind:
    """A HIT type."""

    id: str
    owner: int
    cents: int
    duration: int
    delay: int


@dataclass
class Work:
    """An assignment, of the HIT type that its worker saw."""

    id: str
    worker: int
    kind: Kind
    deadline: datetime
    status: str = "Accepted"
    answers: Answers = field(default_factory=dict)
    submitted_at: datetime | None = None
    due_at: datetime | None = None
    feedback: str = ""


@dataclass
class Hit:
    """A HIT, with all that was ever accepted of it, and what its policies found."""

    id: str
    owner: int
    kind: Kind
    maximum: int
    expires_at: datetime
    known: KnownAnswers | None = None
    plurality: Plurality | None = None
    is_expired: bool = False
    is_reviewing: bool = False
    is_disposed: bool = False
    work: list[Work] = field(default_factory=list)
    rewards: list[int] = field(default_factory=list)
    scores: dict[str, int] = field(default_factory=dict)
    agreements: list[int] = field(default_factory=list)

    def count(self, *statuses: str) -> int:
        """How many assignments are in these statuses."""
        return sum(work.status in statuses for work in self.work)

    @property
    def available(self) -> int:
        """How many places are left; an expired HIT keeps the number (§3.1)."""
        return self.maximum - self.count(*LIVE_OR_DONE)

    @property
    def status(self) -> str:
        """The HITStatus that the facts' table of states gives."""
        if self.is_disposed:
            return "Disposed"
        if self.available and not self.is_expired:
            return "Assignable"
        if self.count("Accepted"):
            return "Unassignable"
        return "Reviewing" if self.is_reviewing else "Reviewable"

    @property
    def shown(self) -> tuple[str, int, int, int, int]:
        """Status and counts as the API has them."""
        completed = self.count("Approved", "Rejected")
        return self.status, self.maximum, self.count("Accepted"), self.available, completed

    def settle(self, now: datetime) -> None:
        """Let become true what the clock brings."""
        with self._becoming_reviewable(now):
            self.is_expired = self.is_expired or self.expires_at <= now
            for work in self.work:
                if work.status == "Accepted" and work.deadline <= now:
                    work.status = "Abandoned"
            self._approve_due(now)

    def may_be_taken_by(self, worker: int) -> bool:
        """Whether the worker gets a place."""
        return self.status == "Assignable" and not self.has(worker)

    def has(self, worker: int) -> bool:
        """Whether the worker has the HIT in hand, or has done it."""
        return any(work.worker == worker and work.status in LIVE_OR_DONE for work in self.work)

    def accept(self, assignment_id: str, worker: int, now: datetime) -> None:
        """Give the worker a place."""
        deadline = now + timedelta(seconds=self.kind.duration)
        self.work.append(Work(assignment_id, worker, self.kind, deadline))

    def submit(self, work: Work, answers: Answers, now: datetime) -> str:
        """What becomes of an answer: late ones count while the HIT has a place for them."""
        if work.status in DONE:
            return "repeated"
        if work.status == "Returned":
            return "refused"
        if work.status == "Abandoned" and not self.may_be_taken_by(work.worker):
            return "too late"
        with self._becoming_reviewable(now):
            work.status, work.answers, work.submitted_at = "Submitted", answers, now
            work.due_at = now + timedelta(seconds=work.kind.delay)
            if self.known:
                self._score(work, self.known, now)
            self._approve_due(now)
        return "stored"

    def give_back(self, work: Work, now: datetime) -> None:
        """Free the place."""
        with self._becoming_reviewable(now):
            work.status = "Returned"

    def expire(self, now: datetime) -> None:
        """Give out no more places, whatever end was announced."""
        with self._becoming_reviewable(now):
            self.is_expired = True

    def approve(self, work: Work, feedback: str = "") -> None:
        """Approve, and pay what the type said under which the HIT was accepted."""
        work.status, work.feedback = "Approved", feedback
        if work.kind.cents:
            self.rewards.append(work.kind.cents)

    def reject(self, work: Work, feedback: str) -> None:
        """Reject, which opens no place."""
        work.status, work.feedback = "Rejected", feedback

    def refusal_of_approval(self, work: Work, now: datetime, *, overrides: bool) -> str:
        """The code with which approving is refused, if it is."""
        if work.status in ("Returned", "Abandoned"):
            return "AWS.MechanicalTurk.AssignmentDoesNotExist"
        if work.status == "Submitted":
            return ""
        is_open = work.submitted_at is not None and now <= work.submitted_at + OVERRIDE
        if work.status == "Rejected" and overrides and is_open and not self.is_disposed:
            return ""
        return "AWS.MechanicalTurk.InvalidAssignmentState"

    def refusal_of_more(self, count: int) -> str:
        """The code with which more places are refused, if they are."""
        if self.is_disposed:
            return "AWS.MechanicalTurk.InvalidHITState"
        if self.maximum < 10 <= self.maximum + count:
            return "AWS.MechanicalTurk.InvalidMaximumAssignmentsIncrease"
        return ""

    def extend(self, *, more: int = 0, until: datetime | None = None) -> None:
        """Add places or time; what is given out again is no longer in review."""
        self.maximum += more
        if until is not None:
            self.expires_at, self.is_expired = until, False
        if self.status == "Assignable":
            self.is_reviewing = False

    @contextmanager
    def _becoming_reviewable(self, now: datetime) -> Iterator[None]:
        """Compare the answers at the end if that makes the HIT Reviewable (§5.2)."""
        before = self.status
        yield
        if self.plurality and self.status == "Reviewable" != before:
            self._compare(self.plurality, now)

    def _approve_due(self, now: datetime) -> None:
        for work in self.work:
            if work.status == "Submitted" and work.due_at and work.due_at <= now:
                self.approve(work)

    def _score(self, work: Work, policy: KnownAnswers, now: datetime) -> None:
        """Look at one answer as it comes in (§5.1)."""
        self.scores[work.id] = percent = policy.score(work.answers)
        if policy.limits.extends(percent):
            self._extend_by(policy.limits, now)
        self._decide(work, policy.limits, percent, "Known to be wrong.")

    def _compare(self, policy: Plurality, now: datetime) -> None:
        """Look at all answers together (§5.2)."""
        least = policy.disregards_below or 0
        looked_at = [
            work
            for work in self.work
            if work.status in DONE
            and self.scores.get(work.id, least) >= least
            and not (policy.disregards_rejected and work.status == "Rejected")
        ]
        agreed = policy.agreed([work.answers for work in looked_at])
        percent = 100 * len(agreed) // 2
        self.agreements.append(percent)
        for work in looked_at:
            agreement = agreement_of(work.answers, agreed)
            if agreement is not None:
                self._decide(work, policy.limits, agreement, "Others say otherwise.")
        # What nobody took before the HIT's end needs no place more.
        if policy.limits.extends(percent) and not self.available:
            self._extend_by(policy.limits, now)

    def _decide(self, work: Work, limits: Limits, percent: int, reason: str) -> None:
        """Approve or reject what is open; what was decided stays so."""
        if work.status == "Submitted" and limits.approves(percent):
            self.approve(work)
        if work.status == "Submitted" and limits.rejects(percent):
            self.reject(work, reason)

    def _extend_by(self, limits: Limits, now: datetime) -> None:
        """Add a place, unless there are as many as shall be, or it would be the tenth."""
        if self.maximum >= limits.most or self.maximum == 9:
            return
        until = now + timedelta(seconds=limits.seconds or 0)
        is_longer = bool(limits.seconds) and (self.is_expired or until > self.expires_at)
        self.extend(more=1, until=until if is_longer else None)
