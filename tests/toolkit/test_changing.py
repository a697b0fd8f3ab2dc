"""Many calls, of which some fail, are interrupted or find nobody."""

import signal
from collections.abc import Iterator

import pytest

from kempelen.toolkit import changing, stopping
from kempelen.toolkit.changing import ALREADY, DONE
from kempelen.toolkit.troubles import Refused, Unreachable

pytestmark = pytest.mark.once


def refused() -> str:
    raise Refused("AWS.MechanicalTurk.HITDoesNotExist", "It is not there.")


def unreachable() -> str:
    raise Unreachable("Nobody answers.")


def interrupted(count: int) -> None:
    if count == 1:
        signal.raise_signal(signal.SIGINT)


def test_a_refused_one_does_not_stop_the_others() -> None:
    summary = changing.each([("a", refused), ("b", lambda: DONE), ("c", lambda: ALREADY)])
    assert summary.as_json() == {"done": ["b"], "already": ["c"], "failed": {"a": "It is not there."}}


def test_a_server_that_is_gone_ends_all_and_what_was_done_is_told() -> None:
    jobs = [("a", lambda: DONE), ("b", unreachable), *((str(n), lambda: DONE) for n in range(1000))]
    summary = changing.each(jobs, at_once=1)
    assert "a" in summary.done and len(summary.done) < 1000
    assert (summary.ended, summary.failed["b"]) == ("Nobody answers.", "Nobody answers.")
    assert not summary.ended_by


@pytest.fixture
def hears_ctrl_c() -> Iterator[None]:
    """What a terminal's programs do; who runs in a shell's background is born deaf to Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("hears_ctrl_c")
def test_ctrl_c_ends_after_the_calls_under_way_and_what_was_done_is_told() -> None:
    jobs = [(str(n), lambda: DONE) for n in range(1000)]
    summary = changing.each(jobs, at_once=2, on_done=interrupted)
    assert (summary.ended, summary.ended_by) == ("Stopped.", signal.SIGINT)
    assert 1 <= len(summary.done) <= 4


@pytest.mark.usefixtures("hears_ctrl_c")
def test_who_says_stop_twice_is_heard_at_once() -> None:
    with pytest.raises(stopping.Stopped) as stopped, stopping.noted() as stop:
        signal.raise_signal(signal.SIGINT)
        assert stop.number == signal.SIGINT
        signal.raise_signal(signal.SIGTERM)
    assert stopping.status_of(stopped.value) == 143
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
