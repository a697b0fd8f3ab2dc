"""Whatever people do, the figures that are kept are those that counting everything gives."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from kempelen.domain.actions import payments
from kempelen.domain.statistics import filling, marking
from tests.domain.statistics import from_scratch
from tests.properties.test_life_of_hits import LifeOfHITs, picks


class KeptFigures(LifeOfHITs):
    """The life of HITs, with bonuses, and with figures filled at any moment."""

    @rule(pick=picks, cents=st.integers(1, 500))
    def pay_a_bonus(self, pick: int, cents: int) -> None:
        if assignment := self.assignment_of(pick % 3, 4 * pick):
            self.try_to(
                payments.send_bonus,
                self.requester,
                assignment.public_id,
                worker_id=assignment.worker.public_id,
                amount_cents=cents,
                reason="Well done.",
            )

    @rule()
    def fill_a_little(self) -> None:
        filling.step()

    @rule(really=st.sampled_from([False, False, True]))
    def begin_anew(self, really: bool) -> None:
        if really:
            marking.forget_all()

    @rule(really=st.sampled_from([False, True]))
    def look_at_everything_again(self, really: bool) -> None:
        if really:
            marking.assignments_were_written()

    @invariant()
    def figures_are_what_counting_gives(self) -> None:
        if not hasattr(self, "group") or self.real_now().microsecond % 2:
            return
        filling.fill_all()
        assert_figures_are_right()

    def teardown(self) -> None:
        if hasattr(self, "group"):
            filling.fill_all()
            assert_figures_are_right()
        super().teardown()

    def nobody_starves(self) -> None:
        """That is another test's."""


def assert_figures_are_right() -> None:
    assert from_scratch.kept_hours() == from_scratch.hours()
    assert from_scratch.kept_workers() == from_scratch.workers()
    assert from_scratch.kept_times() == from_scratch.times()


@pytest.mark.parametrize("examples", [25, pytest.param(2000, marks=pytest.mark.proof)])
def test_whatever_people_do_figures_are_what_counting_gives(db: None, examples: int) -> None:
    run_state_machine_as_test(
        KeptFigures, settings=settings(max_examples=examples, stateful_step_count=30, deadline=None)
    )
