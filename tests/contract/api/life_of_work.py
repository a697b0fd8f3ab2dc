"""Workers take HITs, and requesters review and pay: the part of a state machine that is about assignments.

The expectation is computed beside it by `marketplace`, whose rules are those of mturk-api.md §3.
"""

from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from kempelen.domain.actions import assignments, claims, settling
from kempelen.domain.errors import Refusal
from kempelen.domain.models import HIT
from tests.contract.api.marketplace import DONE, Hit, Kind, Work
from tests.contract.api.several_requesters import (
    MISSING,
    REQUESTERS,
    SeveralRequesters,
    picks,
    strangers,
    workers,
)
from tests.contract.api.walks import Walk

REPEATED = "AWS.MechanicalTurk.RequestAlreadyProcessed"
NO_WORK_DONE = "Cannot send a notification to a worker who has not done any work for you"
answers = st.fixed_dictionaries(
    {"a": st.sampled_from(["yes", "yes", "no"]), "b": st.sampled_from(["left", "right"])}
)


class LifeOfWork(SeveralRequesters):
    """HITs, their work and their money."""

    def __init__(self) -> None:
        super().__init__()
        self.hits: list[Hit] = []
        self.kinds: list[Kind] = []
        self.tokens: dict[tuple[int, str, str], datetime] = {}
        self.bonuses: list[tuple[str, str]] = []
        self.walks: list[Walk] = []

    # What requesters do.

    @rule(pick=picks, stranger=strangers, overrides=st.booleans(), feedback=st.sampled_from(["", "Good."]))
    def approve(self, pick: int, stranger: int, overrides: bool, feedback: str) -> None:
        if found := self.some_work(pick, "Submitted", "Rejected"):
            hit, work = found
            refusal = self.missing(stranger, "Assignment")
            refusal = refusal or hit.refusal_of_approval(work, self.now, overrides=overrides)
            given = {"AssignmentId": work.id, "OverrideRejection": overrides}
            given |= {"RequesterFeedback": feedback} if feedback else {}
            self.ask(hit.owner + stranger, "ApproveAssignment", refusal, **given)
            if not refusal:
                hit.approve(work, feedback)

    @rule(pick=picks, stranger=strangers)
    def reject(self, pick: int, stranger: int) -> None:
        if found := self.some_work(pick, "Submitted"):
            hit, work = found
            refusal = self.missing(stranger, "Assignment")
            refusal = refusal or hit.refusal_of_approval(work, self.now, overrides=False)
            given = {"AssignmentId": work.id, "RequesterFeedback": "No."}
            self.ask(hit.owner + stranger, "RejectAssignment", refusal, **given)
            if not refusal:
                hit.reject(work, "No.")

    @rule(
        pick=picks,
        stranger=strangers,
        other=st.sampled_from([0, 0, 0, 1]),
        token=st.sampled_from(["", "one"]),
    )
    def send_bonus(self, pick: int, stranger: int, other: int, token: str) -> None:
        if not (found := self.some_work(pick, *DONE)):
            return
        hit, work = found
        refusal = MISSING.format("Assignment") if stranger or other or work.status not in DONE else ""
        refusal = refusal or self.repeats(hit.owner, "SendBonus", token, REPEATED)
        worker = self.workers[(work.worker + other) % len(self.workers)].public_id
        given = {"WorkerId": worker, "AssignmentId": work.id, "BonusAmount": "1.5", "Reason": "Good."}
        given |= {"UniqueRequestToken": token} if token else {}
        self.ask(hit.owner + stranger, "SendBonus", refusal, **given)
        if not refusal:
            self.bonuses.append((hit.id, work.id))

    @rule(who=picks)
    def notify_workers(self, who: int) -> None:
        everybody = [worker.public_id for worker in self.workers]
        given = {"WorkerIds": [*everybody, "A1NOBODY"], "Subject": "News", "MessageText": "There are more."}
        failed = self.ask(who, "NotifyWorkers", **given)["NotifyWorkersFailureStatuses"]
        reviewed = {
            self.workers[work.worker].public_id
            for hit in self.hits
            for work in hit.work
            if hit.owner == who % REQUESTERS and work.status in ("Approved", "Rejected")
        }
        unreached = [public_id for public_id in given["WorkerIds"] if public_id not in reviewed]
        assert [(one["WorkerId"], one["NotifyWorkersFailureMessage"]) for one in failed] == [
            (public_id, NO_WORK_DONE) for public_id in unreached
        ]

    # What workers do.

    @rule(pick=picks, worker=workers)
    def accept(self, pick: int, worker: int) -> None:
        if not (hit := self.a_hit(pick)) or hit.has(worker):
            return
        may = hit.may_be_taken_by(worker)
        try:
            got = claims.accept(self.workers[worker], HIT.objects.get(public_id=hit.id))
        except Refusal:
            assert not may
            return
        assert may
        hit.accept(got.public_id, worker, self.now)

    @rule(pick=picks, given=answers)
    def submit(self, pick: int, given: dict[str, str]) -> None:
        if found := self.some_work(pick, "Accepted"):
            hit, work = found
            foreseen = hit.submit(work, given, self.now)
            try:
                assert assignments.submit(work.id, given).outcome.value == foreseen
            except Refusal:
                assert foreseen == "refused"

    @rule(pick=picks)
    def give_back(self, pick: int) -> None:
        found = self.some_work(pick, "Accepted")
        if found and found[1].status == "Accepted":
            hit, work = found
            assignments.return_assignment(self.workers[work.worker], work.id)
            hit.give_back(work, self.now)

    @precondition(lambda self: self.is_in_process)
    @rule(seconds=st.sampled_from([1, 100, 299, 301, 401, 4000, 100_000, 3_000_000]))
    def time_passes(self, seconds: int) -> None:
        self.forward(seconds)
        for hit in self.hits:
            hit.settle(self.now)
        # When answers are compared a HIT may be extended from then on: by the server's jobs, each second.
        if any(hit.plurality for hit in self.hits):
            settling.settle_due()

    # What there is.

    def a_hit(self, pick: int) -> Hit | None:
        return self.hits[pick % len(self.hits)] if self.hits else None

    def some_work(self, pick: int, *wanted: str) -> tuple[Hit, Work] | None:
        """Mostly what is in one of these statuses, sometimes any that there ever was."""
        every = [(hit, work) for hit in self.hits for work in hit.work]
        found = [(hit, work) for hit, work in every if work.status in wanted and pick % 4] or every
        return found[pick % len(found)] if found else None

    def listed(self, who: int, status: str | None) -> list[Hit]:
        mine = [hit for hit in self.hits if hit.owner == who % REQUESTERS and not hit.is_disposed]
        return [hit for hit in mine if status in (None, hit.status)]

    def missing(self, stranger: int, what: str) -> str:
        return MISSING.format(what) if stranger else ""

    def missing_hit(self, stranger: int) -> str:
        return self.missing(stranger, "HIT")

    def repeats(self, who: int, operation: str, token: str, code: str, *, keeps: bool = True) -> str:
        """The code with which a token is refused within a day of its first use."""
        used = self.tokens.get((who, operation, token))
        if token and used and self.now - used < timedelta(hours=24):
            return code
        if token and keeps:
            self.tokens[who, operation, token] = self.now
        return ""
