"""The life of HITs under several workers: whatever they do and however time passes, the rules hold."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from kempelen.domain import clock
from kempelen.domain.actions import (
    assignments,
    bulk_reviews,
    claims,
    decisions,
    prolonging,
    settling,
)
from kempelen.domain.errors import Refusal
from kempelen.domain.models import HIT, Assignment, Decision, HITGroup, Payment, QueueOrder, Worker
from tests import invariants
from tests.domain.quality.policies import known_answers, plurality
from tests.domain.queues import a_group
from tests.factories import a_requester, a_worker

WORKERS = 3
workers = st.integers(0, WORKERS - 1)
picks = st.integers(0, 1000)

# Everybody answers "yes", or at the end "all": the first policy extends each HIT, the second rejects too.
POLICIES = [
    None,
    None,
    {
        "Assignment": known_answers(
            AnswerKey={"a": ["no"]},
            ExtendIfKnownAnswerScoreIsLessThan="50",
            ExtendMaximumAssignments="3",
            ExtendMinimumTimeInSeconds="60",
        )
    },
    {
        "Assignment": known_answers(AnswerKey={"a": ["no"]}, RejectIfKnownAnswerScoreIsLessThan="50"),
        "HIT": plurality(
            QuestionIds=["a"],
            ExtendIfHITAgreementScoreIsLessThan="100",
            ExtendMaximumAssignments="3",
            ExtendMinimumTimeInSeconds="60",
            ApproveIfWorkerAgreementScoreIsAtLeast="100",
        ),
    },
]


class LifeOfHITs(RuleBasedStateMachine):
    """Workers and a requester do what they like, in any order, on a small queue."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.now, self.real_now = clock.now(), clock.now
        self.page, prolonging.PAGE = prolonging.PAGE, 2
        clock.now = lambda: self.now

    def teardown(self) -> None:
        try:
            self.nobody_starves()
        finally:
            clock.now, prolonging.PAGE = self.real_now, self.page
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    @initialize(
        order=st.sampled_from(QueueOrder.values),
        places=st.integers(1, 2),
        priorities=st.lists(st.integers(0, 2), min_size=2, max_size=5),
        delay=st.sampled_from([0, 400, 100_000]),
        policies=st.sampled_from(POLICIES),
    )
    def begin(
        self, order: str, places: int, priorities: list[int], delay: int, policies: dict[str, Any] | None
    ) -> None:
        if order != QueueOrder.PRIORITY:
            priorities = [0] * len(priorities)
        self.requester = a_requester()
        self.group = a_group(
            self.requester,
            hits=len(priorities),
            places=places,
            queue_order=order,
            priorities=priorities,
            auto_approval_delay_seconds=delay,
            duration_seconds=300,
            lifetime_seconds=5000,
        )
        HIT.objects.update(review_policies=policies)
        self.workers = [a_worker(f"worker{number}") for number in range(WORKERS)]

    def try_to(self, action: Any, *arguments: Any, **named: Any) -> None:
        try:
            with transaction.atomic():
                action(*arguments, **named)
        except Refusal:
            return

    def one_of(self, found: Any, pick: int) -> Any:
        rows = list(found.order_by("pk"))
        return rows[pick % len(rows)] if rows else None

    def assignment_of(self, worker: int, pick: int) -> Assignment | None:
        """Mostly one in hand, sometimes any that the worker ever had."""
        mine = Assignment.objects.filter(worker=self.workers[worker])
        return self.one_of(mine if pick % 4 == 0 else mine.filter(status="Accepted"), pick)

    @rule(worker=workers)
    def accept_next(self, worker: int) -> None:
        self.try_to(claims.accept_next, self.workers[worker], self.group)

    @rule(worker=workers)
    def do_the_next(self, worker: int) -> None:
        def do() -> None:
            assignment = claims.accept_next(self.workers[worker], self.group)
            assignments.submit(assignment.public_id, {"a": "yes"})

        self.try_to(do)

    @rule(worker=workers, pick=picks)
    def accept_by_name(self, worker: int, pick: int) -> None:
        self.try_to(claims.accept, self.workers[worker], self.one_of(HIT.objects, pick))

    @rule(worker=workers, pick=picks)
    def submit(self, worker: int, pick: int) -> None:
        if assignment := self.assignment_of(worker, pick):
            self.try_to(assignments.submit, assignment.public_id, {"a": "yes"})

    @rule(worker=workers, pick=picks)
    def give_back(self, worker: int, pick: int) -> None:
        if assignment := self.assignment_of(worker, pick):
            self.try_to(assignments.return_assignment, self.workers[worker], assignment.public_id)

    @rule(worker=workers, pick=picks)
    def put_off(self, worker: int, pick: int) -> None:
        self.try_to(claims.put_off, self.workers[worker], self.one_of(HIT.objects, pick))

    @rule(pick=picks, approves=st.booleans())
    def review(self, pick: int, approves: bool) -> None:
        assignment = self.one_of(Assignment.objects, pick)
        if assignment is None:
            return
        if approves:
            self.try_to(assignments.approve, self.requester, assignment.public_id, override_rejection=True)
        else:
            self.try_to(assignments.reject, self.requester, assignment.public_id, feedback="no")

    @rule(pick=picks, kind=st.sampled_from(Decision.Kind.values), overrides=st.booleans())
    def decide_on_the_web(self, pick: int, kind: str, overrides: bool) -> None:
        if assignment := self.one_of(Assignment.objects, pick):
            self.try_to(
                decisions.decide,
                self.requester,
                assignment.public_id,
                kind,
                reason="so",
                amount_cents=7,
                overrides=overrides,
            )

    @rule(pick=picks)
    def undo_a_decision(self, pick: int) -> None:
        if assignment := self.one_of(Assignment.objects.filter(decisions__state="done").distinct(), pick):
            self.try_to(decisions.undo, self.requester, assignment.public_id)

    @rule(kind=st.sampled_from(Decision.Kind.values), undone=st.booleans())
    def review_all_at_once(self, kind: str, undone: bool) -> None:
        review = bulk_reviews.plan(
            self.requester, self.group, kind, selection={}, reason="so", amount_cents=7
        )
        bulk_reviews.confirm(review)
        if undone:
            bulk_reviews.undo(review)

    @rule(seconds=st.sampled_from([1, 100, 299, 301]), settled=st.booleans())
    def time_passes(self, seconds: int, settled: bool) -> None:
        self.now += timedelta(seconds=seconds)
        if settled:
            settling.settle_due()

    @rule(pick=picks, really=st.sampled_from([False, False, False, True]))
    def expire_a_hit(self, pick: int, really: bool) -> None:
        # Seldom: most runs shall go on to something else.
        if not really:
            return
        self.try_to(settling.expire_hit, self.one_of(HIT.objects, pick).pk)

    @rule(more=st.integers(0, 2), seconds=st.sampled_from([None, 100, 6000]))
    def extend_all(self, more: int, seconds: int | None) -> None:
        ends_at = self.now + timedelta(seconds=seconds) if seconds else None
        self.try_to(prolonging.extend, self.group, ends_at=ends_at, more=more)

    @rule(really=st.sampled_from([False, False, False, True]))
    def expire_all(self, really: bool) -> None:
        if really:
            self.try_to(prolonging.expire, self.group)

    @rule()
    def a_page_of_all_is_changed(self) -> None:
        prolonging._change_page(self.group.pk)

    @rule(status=st.sampled_from(["open", "open", "open", "paused"]))
    def pause_or_resume(self, status: str) -> None:
        HITGroup.objects.filter(pk=self.group.pk).update(status=status)

    @invariant()
    def counts_equal_what_the_rows_say(self) -> None:
        if hasattr(self, "group"):
            invariants.counts_equal_what_the_rows_say()

    @invariant()
    def nobody_has_a_hit_twice(self) -> None:
        invariants.nobody_has_a_hit_twice()

    @invariant()
    def what_is_approved_is_paid_once(self) -> None:
        invariants.what_is_approved_is_paid_once()

    @invariant()
    def bonuses_are_those_that_stand(self) -> None:
        standing = Decision.objects.filter(kind="bonus", state="done").values_list("payment_pk", flat=True)
        paid = Payment.objects.filter(kind="bonus").values_list("pk", flat=True)
        assert sorted(standing) == sorted(paid)

    @invariant()
    def what_was_decided_last_is_how_the_answer_stands(self) -> None:
        for decision in Decision.objects.filter(state="done", kind="approve").select_related("assignment"):
            assert decision.assignment.status == "Approved"

    @invariant()
    def queue_positions_are_unique(self) -> None:
        positions = list(HIT.objects.values_list("priority", "seq"))
        shuffled = list(HIT.objects.values_list("priority", "shuffled_seq"))
        assert len(set(positions)) == len(positions)
        assert len(set(shuffled)) == len(shuffled)

    def nobody_starves(self) -> None:
        """Each worker who takes all there is ends with no open HIT that this worker could have done."""
        if not hasattr(self, "group"):
            return
        HITGroup.objects.filter(pk=self.group.pk).update(status="open")
        for worker in self.workers:
            before = transaction.savepoint()
            self.take_everything(worker)
            done = Assignment.objects.filter(worker=worker, status__in=Assignment.LIVE_OR_DONE)
            missed = HIT.objects.filter(status="Assignable", expires_at__gt=self.now)
            assert not missed.exclude(pk__in=done.values("hit")).exists()
            transaction.savepoint_rollback(before)

    def take_everything(self, worker: Worker) -> None:
        for _ in range(100):
            try:
                with transaction.atomic():
                    assignment = claims.accept_next(worker, self.group)
            except Refusal:
                return
            assignments.submit(assignment.public_id, {"a": "all"})
        pytest.fail("The queue gave out more HITs than there are.")


@pytest.mark.parametrize("examples", [40, pytest.param(3000, marks=pytest.mark.proof)])
def test_whatever_people_do_the_places_add_up_and_nobody_starves(db: None, examples: int) -> None:
    run_state_machine_as_test(
        LifeOfHITs, settings=settings(max_examples=examples, stateful_step_count=30, deadline=None)
    )
