"""The life of requests for a qualification with a test: begun, taken, late, scored, answered, begun again.

The rules of mturk-api.md §3.3 and question-schemas.md §6, written once more.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from kempelen.domain import clock
from kempelen.domain.actions import overdue_tests, qualification_tests, qualification_types, qualifications
from kempelen.domain.errors import AnswersRefused, Refusal
from kempelen.domain.models import Qualification, QualificationRequest
from kempelen.domain.queries import qualifications as queries
from tests.domain.qualification_tests import BY_PERCENTAGE, BY_RANGES, BY_SCALE, TEST, a_tested_type, ticked
from tests.factories import a_requester, a_worker

WORKERS = 2
workers = st.integers(0, WORKERS - 1)
picks = st.integers(0, 1000)
TESTS = [TEST, TEST.replace("Tick", "Mark"), TEST.replace("Slovenia", "Croatia")]
# What "n2 and n7, lj" and "n2" are worth by each key: worked out in question-schemas.md §6.3 and by hand.
KEYS: dict[str, tuple[int, int] | None] = {
    "": None,
    BY_PERCENTAGE: (100, 25),
    BY_SCALE: (13, 0),
    BY_RANGES: (90, 10),
}
FULL, HALF = ticked("n2", "n7", capital="lj"), ticked("n2")


@dataclass
class Attempt:
    """A worker's request, as it must be."""

    id: str
    worker: int
    test: str
    asked_at: datetime
    deadline_at: datetime
    status: str = "TakingTest"

    def is_over(self, now: datetime) -> bool:
        return self.status == "TakingTest" and self.deadline_at <= now


class LifeOfTests(RuleBasedStateMachine):
    """Two workers and the requester of one type, in any order, as time passes."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.now, self.real_now = clock.now(), clock.now
        clock.now = lambda: self.now
        self.attempts: list[Attempt] = []
        self.scores: dict[int, int] = {}
        self.replaced: dict[str, str] = {}

    def teardown(self) -> None:
        clock.now = self.real_now
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize(delay=st.sampled_from([None, 0, 200]), key=st.sampled_from(list(KEYS)))
    def begin(self, delay: int | None, key: str) -> None:
        self.requester = a_requester()
        self.workers = [a_worker(f"worker{number}") for number in range(WORKERS)]
        self.test, self.key, self.delay, self.seconds, self.is_open = TEST, key, delay, 100, True
        kind = a_tested_type(
            self.requester, answer_key=key, test_duration_seconds=100, retry_delay_seconds=delay
        )
        self.type_id = kind.public_id

    def last_of(self, worker: int) -> Attempt | None:
        mine = [attempt for attempt in self.attempts if attempt.worker == worker]
        return mine[-1] if mine else None

    def settle(self, *settled: int) -> None:
        for attempt in self.attempts:
            if attempt.worker in settled and attempt.is_over(self.now):
                attempt.status = "Abandoned"

    def may_begin(self, last: Attempt | None) -> bool:
        if not self.is_open or last is None:
            return self.is_open
        if last.status == "Pending" or self.delay is None:
            return False
        return last.asked_at + timedelta(seconds=self.delay) <= self.now

    @rule(worker=workers)
    def ask(self, worker: int) -> None:
        self.settle(worker)
        last = self.last_of(worker)
        goes_on = last is not None and last.status == "TakingTest" and self.is_open
        may = goes_on or self.may_begin(last)
        try:
            asked = qualifications.request(self.workers[worker], self.type_id)
        except Refusal:
            assert not may
            return
        assert may
        if goes_on:
            assert last is not None
            assert asked.public_id == last.id
            return
        deadline_at = self.now + timedelta(seconds=self.seconds)
        self.attempts.append(Attempt(asked.public_id, worker, self.test, self.now, deadline_at))

    @rule(pick=picks, is_full=st.booleans(), is_mine=st.sampled_from([True, True, True, False]))
    def submit(self, pick: int, is_full: bool, is_mine: bool) -> None:
        if not (attempt := self.an_attempt(pick)):
            return
        worker = self.workers[attempt.worker if is_mine else attempt.worker - 1]
        try:
            qualification_tests.submit(worker, attempt.id, FULL if is_full else HALF)
        except Refusal:
            assert not is_mine
            return
        assert is_mine
        if attempt.status == "TakingTest" and not attempt.is_over(self.now):
            self.scored(attempt, is_full=is_full)
        elif attempt.is_over(self.now):
            attempt.status = "Abandoned"

    def scored(self, attempt: Attempt, *, is_full: bool) -> None:
        worth = KEYS[self.key if attempt.test == self.test else self.replaced[attempt.test]]
        attempt.status = "Pending" if worth is None else "Granted"
        if worth is not None:
            self.scores[attempt.worker] = worth[0 if is_full else 1]

    @rule(pick=picks)
    def submit_nonsense(self, pick: int) -> None:
        attempt = self.an_attempt(pick)
        if attempt is None or attempt.status != "TakingTest" or attempt.is_over(self.now):
            return
        with pytest.raises(AnswersRefused):
            qualification_tests.submit(self.workers[attempt.worker], attempt.id, ticked(capital="lj"))

    @rule(pick=picks, value=st.sampled_from([-1, 5]), is_accepted=st.booleans())
    def answer(self, pick: int, value: int, is_accepted: bool) -> None:
        if not (attempt := self.an_attempt(pick)):
            return
        try:
            if is_accepted:
                qualifications.accept_request(self.requester, attempt.id, value=value)
            else:
                qualifications.reject_request(self.requester, attempt.id, reason="No.")
        except Refusal:
            assert attempt.status != "Pending"
            return
        assert attempt.status == "Pending"
        attempt.status = "Granted" if is_accepted else "Rejected"
        if is_accepted:
            self.scores[attempt.worker] = value

    @rule(test=st.sampled_from([None, *TESTS]), key=st.sampled_from([None, *KEYS]))
    def change(self, test: str | None, key: str | None) -> None:
        changes: dict[str, Any] = {} if test is None else {"test": test}
        changes |= {} if key is None else {"answer_key": key}
        qualification_types.update(self.requester, self.type_id, changes)  # type: ignore[arg-type]
        if test is not None and test != self.test:
            self.replaced[self.test], self.test = self.key, test
        # A test without a key has none from then on.
        self.key = key if key is not None else "" if test is not None else self.key

    @rule(seconds=st.sampled_from([50, 150]))
    def change_time_allowed(self, seconds: int) -> None:
        qualification_types.update(self.requester, self.type_id, {"test_duration_seconds": seconds})
        self.seconds = seconds

    @rule(status=st.sampled_from(["Active", "Active", "Inactive"]))
    def open_or_close(self, status: str) -> None:
        qualification_types.update(self.requester, self.type_id, {"status": status})
        self.is_open = status == "Active"

    @rule(seconds=st.sampled_from([1, 49, 100, 199]))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def the_clock_settles(self) -> None:
        self.settle()
        overdue_tests.settle()
        assert not QualificationRequest.objects.filter(
            status="TakingTest", deadline_at__lte=self.now
        ).exists()

    @rule(pick=picks)
    def look(self, pick: int) -> None:
        if attempt := self.an_attempt(pick):
            asked = qualification_tests.request_of(self.workers[attempt.worker], attempt.id)
            attempt.status = "Abandoned" if attempt.is_over(self.now) else attempt.status
            assert (asked.status, asked.test) == (attempt.status, attempt.test)

    def an_attempt(self, pick: int) -> Attempt | None:
        return self.attempts[-1 - pick % len(self.attempts)] if self.attempts else None

    @invariant()
    def everything_is_as_foreseen(self) -> None:
        if not hasattr(self, "type_id"):
            return
        # What ran out may have been noticed or not; nobody takes it for anything else.
        stored = dict(QualificationRequest.objects.values_list("public_id", "status"))
        for attempt in self.attempts:
            seen = stored[attempt.id]
            assert seen == attempt.status or (seen == "Abandoned" and attempt.is_over(self.now))
        assert len(stored) == len(self.attempts)
        pending = queries.pending_requests(self.requester, None, after=None, size=100)
        waiting = {attempt.id for attempt in self.attempts if attempt.status == "Pending"}
        assert {asked.public_id for asked in pending} == waiting
        assert all(asked.answers for asked in pending)
        held = Qualification.objects.values_list("worker", "value")
        assert dict(held) == {self.workers[worker].pk: value for worker, value in self.scores.items()}


@pytest.mark.parametrize("examples", [60, pytest.param(5000, marks=pytest.mark.proof)])
def test_whatever_happens_to_tests_their_requests_and_scores_are_as_foreseen(db: None, examples: int) -> None:
    run_state_machine_as_test(
        LifeOfTests, settings=settings(max_examples=examples, stateful_step_count=30, deadline=None)
    )
