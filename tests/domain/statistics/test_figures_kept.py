"""Whatever people do, the figures that are kept are those that counting everything gives."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from kempelen.domain.statistics import filling, marking
from tests.domain.statistics import from_scratch
from tests.properties.test_life_of_hits import LifeOfHITs


class KeptFigures(LifeOfHITs):
    """The life of HITs, with figures filled at any moment."""

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
        # Mostly not, so that much happens between two fillings.
        self.moments = getattr(self, "moments", 0) + 1
        if not hasattr(self, "group") or self.moments % 4:
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
