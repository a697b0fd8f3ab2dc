"""Requesters and workers do what they like with HITs, in any order; boto3 sees what the facts foresee.

The expectation is computed beside it by `marketplace`, whose rules are those of mturk-api.md §3.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule, run_state_machine_as_test

from kempelen.domain.actions import assignments, claims
from kempelen.domain.errors import Refusal
from kempelen.domain.models import HIT, Payment
from tests.contract.api.every_operation import PROPERTIES
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
from tests.domain.api_hits import html_question

WRONG = "AWS.MechanicalTurk.Invalid{}State"
REPEATED = "AWS.MechanicalTurk.RequestAlreadyProcessed"
YEAR = 31_536_000


class LifeOfHITs(SeveralRequesters):
    """HITs, their work and their money."""

    def __init__(self) -> None:
        super().__init__()
        self.hits: list[Hit] = []
        self.kinds: list[Kind] = []
        self.tokens: dict[tuple[int, str, str], datetime] = {}
        self.bonuses: list[tuple[str, str]] = []
        self.walks: list[Walk] = []

    @initialize(
        cents=st.sampled_from([0, 5]), delay=st.sampled_from([0, 400, 100_000]), places=st.integers(1, 3)
    )
    def begin(self, cents: int, delay: int, places: int) -> None:
        """Two of the requesters have HITs, and workers are at them."""
        for who in (0, 0, 1):
            self.create_hit_type(who, cents, delay)
            self.create_hit(len(self.kinds) - 1, 0, places, "")
        for worker in range(len(self.workers)):
            self.accept(worker, worker)
            self.accept(0, worker)
        self.submit(0)

    # What requesters do.

    @rule(who=picks, cents=st.sampled_from([0, 5]), delay=st.sampled_from([0, 400, 100_000]))
    def create_hit_type(self, who: int, cents: int, delay: int) -> None:
        properties = {**PROPERTIES, "Reward": f"0.{cents:02}", "AutoApprovalDelayInSeconds": delay}
        made = self.ask(who, "CreateHITType", **{**properties, "AssignmentDurationInSeconds": 300})[
            "HITTypeId"
        ]
        owner = who % REQUESTERS
        known = [kind for kind in self.kinds if kind.id == made]
        alike = [kind for kind in self.kinds if (kind.owner, kind.cents, kind.delay) == (owner, cents, delay)]
        assert known == alike
        if not known:
            self.kinds.append(Kind(made, owner, cents, 300, delay))

    @rule(pick=picks, stranger=strangers, places=st.integers(1, 3), token=st.sampled_from(["", "", "once"]))
    def create_hit(self, pick: int, stranger: int, places: int, token: str) -> None:
        if not self.kinds:
            return
        kind = self.kinds[pick % len(self.kinds)]
        who = (kind.owner + stranger) % REQUESTERS
        refusal = "ParameterValidationError" if stranger else ""
        refusal = refusal or self.repeats(
            who, "CreateHITWithHITType", token, "AWS.MechanicalTurk.HitAlreadyExists"
        )
        given: dict[str, Any] = {"HITTypeId": kind.id, "MaxAssignments": places, "LifetimeInSeconds": 3000}
        given |= {"Question": html_question()} | ({"UniqueRequestToken": token} if token else {})
        made = self.ask(who, "CreateHITWithHITType", refusal, **given)
        if not refusal:
            hit = made["HIT"]
            assert hit["Expiration"] - hit["CreationTime"] == timedelta(seconds=3000)
            self.hits.append(Hit(hit["HITId"], who, kind, places, self.now + timedelta(seconds=3000)))

    @rule(pick=picks, stranger=strangers, more=st.sampled_from([1, 2, 8]))
    def create_additional_assignments(self, pick: int, stranger: int, more: int) -> None:
        if hit := self.a_hit(pick):
            refusal = self.missing_hit(stranger) or hit.refusal_of_more(more)
            given = {"HITId": hit.id, "NumberOfAdditionalAssignments": more}
            self.ask(hit.owner + stranger, "CreateAdditionalAssignmentsForHIT", refusal, **given)
            if not refusal:
                hit.extend(more=more)

    @rule(pick=picks, stranger=strangers, seconds=st.sampled_from([-100, 0, 59, 60, 61, 5000, YEAR + 2]))
    def update_expiration(self, pick: int, stranger: int, seconds: int) -> None:
        if not (hit := self.a_hit(pick)):
            return
        start = (self.now if hit.is_expired else hit.expires_at).replace(microsecond=0)
        at = start + timedelta(seconds=seconds)
        refusal = self.missing_hit(stranger) or (WRONG.format("HIT") if hit.is_disposed else "")
        key = (hit.owner, "UpdateExpirationForHIT", f"{hit.id}{at}")
        refusal = refusal or self.repeats(*key, REPEATED, keeps=False)
        if not refusal and at > self.now and not 60 <= seconds <= YEAR:
            refusal = "ParameterValidationError"
        self.ask(hit.owner + stranger, "UpdateExpirationForHIT", refusal, HITId=hit.id, ExpireAt=at)
        if refusal:
            return
        self.tokens[key] = self.now
        if at <= self.now:
            hit.is_expired = True
        else:
            hit.extend(until=at)

    @rule(pick=picks, stranger=strangers, revert=st.booleans())
    def update_review_status(self, pick: int, stranger: int, revert: bool) -> None:
        if hit := self.a_hit(pick):
            wrong = hit.status != ("Reviewing" if revert else "Reviewable")
            refusal = self.missing_hit(stranger) or (WRONG.format("HIT") if wrong else "")
            self.ask(hit.owner + stranger, "UpdateHITReviewStatus", refusal, HITId=hit.id, Revert=revert)
            if not refusal:
                hit.is_reviewing = not revert

    @rule(pick=picks, kind=picks, stranger=strangers)
    def update_hit_type(self, pick: int, kind: int, stranger: int) -> None:
        hit = self.a_hit(pick)
        if not hit or not self.kinds:
            return
        to = self.kinds[kind % len(self.kinds)]
        who = (hit.owner + stranger) % REQUESTERS
        refusal = "ParameterValidationError" if to.owner != who else self.missing_hit(stranger)
        refusal = refusal or (WRONG.format("HIT") if hit.is_disposed else "")
        self.ask(who, "UpdateHITTypeOfHIT", refusal, HITId=hit.id, HITTypeId=to.id)
        if not refusal:
            hit.kind = to

    @rule(pick=picks, stranger=strangers)
    def delete_hit(self, pick: int, stranger: int) -> None:
        if hit := self.a_hit(pick):
            wrong = hit.status not in ("Reviewable", "Reviewing") or hit.count("Submitted")
            refusal = self.missing_hit(stranger) or (WRONG.format("HIT") if wrong else "")
            self.ask(hit.owner + stranger, "DeleteHIT", refusal, HITId=hit.id)
            hit.is_disposed = hit.is_disposed or not refusal

    @rule(pick=picks, stranger=strangers, overrides=st.booleans())
    def approve(self, pick: int, stranger: int, overrides: bool) -> None:
        if found := self.some_work(pick, "Submitted", "Rejected"):
            hit, work = found
            refusal = self.missing(stranger, "Assignment")
            refusal = refusal or hit.refusal_of_approval(work, self.now, overrides=overrides)
            given = {"AssignmentId": work.id, "OverrideRejection": overrides}
            self.ask(hit.owner + stranger, "ApproveAssignment", refusal, **given)
            if not refusal:
                hit.approve(work)

    @rule(pick=picks, stranger=strangers)
    def reject(self, pick: int, stranger: int) -> None:
        if found := self.some_work(pick, "Submitted"):
            hit, work = found
            refusal = self.missing(stranger, "Assignment")
            refusal = refusal or hit.refusal_of_approval(work, self.now, overrides=False)
            given = {"AssignmentId": work.id, "RequesterFeedback": "No."}
            self.ask(hit.owner + stranger, "RejectAssignment", refusal, **given)
            if not refusal:
                work.status = "Rejected"

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
        hit.work.append(Work(got.public_id, worker, self.now + timedelta(seconds=hit.kind.duration)))

    @rule(pick=picks)
    def submit(self, pick: int) -> None:
        if found := self.some_work(pick, "Accepted"):
            hit, work = found
            foreseen = hit.submit(work, self.now)
            try:
                assert assignments.submit(work.id, {"a": "yes"}).outcome.value == foreseen
            except Refusal:
                assert foreseen == "refused"

    @rule(pick=picks)
    def give_back(self, pick: int) -> None:
        found = self.some_work(pick, "Accepted")
        if found and found[1].status == "Accepted":
            assignments.return_assignment(self.workers[found[1].worker], found[1].id)
            found[1].status = "Returned"

    @precondition(lambda self: self.is_in_process)
    @rule(seconds=st.sampled_from([1, 100, 299, 301, 401, 4000, 100_000, 3_000_000]))
    def time_passes(self, seconds: int) -> None:
        self.forward(seconds)
        for hit in self.hits:
            hit.settle(self.now)

    # What is seen.

    @rule(who=picks, size=st.integers(1, 2), status=st.sampled_from([None, "Reviewable", "Reviewing"]))
    def begin_to_page(self, who: int, size: int, status: str | None) -> None:
        operation = "ListReviewableHITs" if status else "ListHITs"
        given = {"MaxResults": size} | ({"Status": status} if status else {})
        self.walks.append(
            Walk(who % REQUESTERS, operation, given, {hit.id for hit in self.listed(who, status)})
        )

    @rule(pick=picks)
    def turn_a_page(self, pick: int) -> None:
        if self.walks:
            walk = self.walks[pick % len(self.walks)]
            if walk.go_on(self.ask(walk.who, walk.operation, **walk.given)):
                self.walks.remove(walk)

    @invariant()
    def what_one_requester_sees_is_what_happened(self) -> None:
        self.turn += 1
        for walk in self.walks:
            walk.must &= {hit.id for hit in self.listed(walk.who, walk.given.get("Status"))}
        self.look_at(self.turn % REQUESTERS)
        if hit := self.a_hit(self.turn):
            self.look_at_one(hit)

    def look_at_everything(self) -> None:
        for who in range(REQUESTERS):
            self.look_at(who)
        for hit in self.hits:
            self.look_at_one(hit)

    def look_at(self, who: int) -> None:
        shown = self.all_of(who, "ListHITs", "HITs")
        mine = self.listed(who, None)
        assert [hit["HITId"] for hit in shown] == [hit.id for hit in reversed(mine)]
        assert [counts_of(hit) for hit in shown] == [hit.shown for hit in reversed(mine)]
        for status in ("Reviewable", "Reviewing"):
            found = self.all_of(who, "ListReviewableHITs", "HITs", Status=status)
            assert found == [{"HITId": hit.id} for hit in self.listed(who, status)]
        paid = Payment.objects.filter(requester=self.requesters[who])
        rewards = [cents for hit in self.hits if hit.owner == who for cents in hit.rewards]
        assert sorted(paid.filter(kind="reward").values_list("amount_cents", flat=True)) == sorted(rewards)

    def look_at_one(self, hit: Hit) -> None:
        stranger = hit.owner + 1
        shown = self.ask(hit.owner, "GetHIT", HITId=hit.id)["HIT"]
        assert counts_of(shown) == hit.shown
        assert shown["Expiration"] == hit.expires_at.astimezone(UTC).replace(microsecond=0)
        assert shown["HITTypeId"] == hit.kind.id
        done = [work for work in hit.work if work.status in DONE]
        found = self.all_of(hit.owner, "ListAssignmentsForHIT", "Assignments", HITId=hit.id)
        seen = sorted((one["AssignmentId"], one["AssignmentStatus"]) for one in found)
        assert seen == sorted((work.id, work.status) for work in done)
        assert [one["SubmitTime"] for one in found] == sorted(one["SubmitTime"] for one in found)
        assert all(one["HITId"] == hit.id for one in found)
        paid = self.all_of(hit.owner, "ListBonusPayments", "BonusPayments", HITId=hit.id)
        assert [one["AssignmentId"] for one in paid] == [
            work for hit_id, work in self.bonuses if hit_id == hit.id
        ]
        for operation in ("GetHIT", "ListAssignmentsForHIT", "ListBonusPayments"):
            self.ask(stranger, operation, MISSING.format("HIT"), HITId=hit.id)
        for one in found[:1]:
            whole = self.ask(hit.owner, "GetAssignment", AssignmentId=one["AssignmentId"])
            assert whole == {"Assignment": one, "HIT": shown}
            self.ask(
                stranger, "GetAssignment", MISSING.format("Assignment"), AssignmentId=one["AssignmentId"]
            )

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

    def missing_hit(self, stranger: int) -> str:
        return self.missing(stranger, "HIT")

    def missing(self, stranger: int, what: str) -> str:
        return MISSING.format(what) if stranger else ""

    def repeats(self, who: int, operation: str, token: str, code: str, *, keeps: bool = True) -> str:
        """The code with which a token is refused within a day of its first use."""
        used = self.tokens.get((who, operation, token))
        if token and used and self.now - used < timedelta(hours=24):
            return code
        if token and keeps:
            self.tokens[who, operation, token] = self.now
        return ""


def counts_of(hit: dict[str, Any]) -> tuple[str, int, int, int, int]:
    """Status and counts as the API shows them, which add up to at most the maximum."""
    pending, available, completed = (
        hit[f"NumberOfAssignments{name}"] for name in ("Pending", "Available", "Completed")
    )
    assert min(pending, available, completed, hit["MaxAssignments"] - pending - available - completed) >= 0
    return hit["HITStatus"], hit["MaxAssignments"], pending, available, completed


@pytest.mark.parametrize("examples", [10, pytest.param(1000, marks=pytest.mark.proof)])
def test_whatever_is_done_with_hits_boto3_sees_what_the_facts_foresee(db: None, examples: int) -> None:
    run_state_machine_as_test(
        LifeOfHITs, settings=settings(max_examples=examples, stateful_step_count=30, deadline=None)
    )


def test_a_started_server_shows_the_same(site: Any, mturk_of: Any) -> None:
    class OverHTTP(LifeOfHITs):
        make_client = staticmethod(mturk_of)
        is_in_process = False

    run_state_machine_as_test(
        OverHTTP, settings=settings(max_examples=3, stateful_step_count=15, deadline=None)
    )
