"""What a marketplace has to look like after whatever was done to it: the facts' rules, written once more.

Nothing here knows how Kempelen stores or settles things; the rules are those of mturk-api.md §3.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

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
    """An assignment."""

    id: str
    worker: int
    deadline: datetime
    status: str = "Accepted"
    submitted_at: datetime | None = None
    due_at: datetime | None = None


@dataclass
class Hit:
    """A HIT, with all that was ever accepted of it."""

    id: str
    owner: int
    kind: Kind
    maximum: int
    expires_at: datetime
    is_expired: bool = False
    is_reviewing: bool = False
    is_disposed: bool = False
    work: list[Work] = field(default_factory=list)
    rewards: list[int] = field(default_factory=list)

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
        self.is_expired = self.is_expired or self.expires_at <= now
        for work in self.work:
            if work.status == "Accepted" and work.deadline <= now:
                work.status = "Abandoned"
            if work.status == "Submitted" and work.due_at and work.due_at <= now:
                self.approve(work)

    def may_be_taken_by(self, worker: int) -> bool:
        """Whether the worker gets a place."""
        return self.status == "Assignable" and not self.has(worker)

    def has(self, worker: int) -> bool:
        """Whether the worker has the HIT in hand, or has done it."""
        return any(work.worker == worker and work.status in LIVE_OR_DONE for work in self.work)

    def submit(self, work: Work, now: datetime) -> str:
        """What becomes of an answer: late ones count while the HIT has a place for them."""
        if work.status in DONE:
            return "repeated"
        if work.status == "Returned":
            return "refused"
        if work.status == "Abandoned" and not self.may_be_taken_by(work.worker):
            return "too late"
        work.status, work.submitted_at = "Submitted", now
        work.due_at = now + timedelta(seconds=self.kind.delay)
        self.settle(now)
        return "stored"

    def approve(self, work: Work) -> None:
        """Approve, and pay what the HIT's type says now."""
        work.status = "Approved"
        if self.kind.cents:
            self.rewards.append(self.kind.cents)

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
