"""`/kempelen/sandbox/clock`, as programs use it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kempelen.domain import clock
from kempelen.domain.models import MovedClock
from tests.factories import a_batch
from tests.web.sandbox.asking import Program

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox_clock")]
TWO_DAYS = timedelta(days=2)


def ahead() -> timedelta:
    """How far the domain's clock is ahead of the world's."""
    return clock.now() - clock.real_now()


def near(found: timedelta, wanted: timedelta) -> bool:
    """Whether two spans are the same but for the time that a slow machine takes."""
    return abs(found - wanted) < timedelta(minutes=1)


def test_a_clock_that_nobody_moved_shows_the_worlds_time(program: Program) -> None:
    told = program.look()

    assert (told["factor"], told["offset"]) == (1, 0)
    assert near(datetime.fromisoformat(told["now"]) - clock.real_now(), timedelta())


@pytest.mark.parametrize("by", ["2d", "47h 60min", "172800", 172_800, 172_800.0])
def test_it_advances_by_a_span(program: Program, by: Any) -> None:
    told = program.ask({"advance": by})

    assert near(timedelta(seconds=told["offset"]), TWO_DAYS)
    assert near(ahead(), TWO_DAYS)
    assert program.look()["factor"] == 1
    program.ask({"advance": by})
    assert near(ahead(), 2 * TWO_DAYS)


@pytest.mark.parametrize("text", ["2100-01-01T09:00Z", "2100-01-01T10:00+01:00", "2100-01-01T09:00"])
def test_it_is_set_to_a_time_which_is_utc_unless_it_says_otherwise(program: Program, text: str) -> None:
    program.ask({"run": 0})

    told = program.ask({"set": text})

    assert told["now"] == "2100-01-01T09:00:00+00:00"
    assert clock.now() == datetime(2100, 1, 1, 9, tzinfo=UTC)


def test_it_stands_still_and_runs_at_any_speed(program: Program) -> None:
    program.ask({"run": 0})
    stands = clock.now()
    assert clock.now() == stands

    assert program.ask({"run": 100_000})["factor"] == 100_000
    while clock.now() < stands + timedelta(seconds=100):
        pass
    assert program.ask({"advance": "1d"})["factor"] == 100_000


def test_it_goes_back_to_the_worlds_time_unless_something_has_happened_since(program: Program) -> None:
    program.ask({"advance": "2d"})

    assert program.ask({"reset": True})["offset"] == 0
    assert clock.course() is None

    program.ask({"advance": "2d"})
    a_batch()
    for back in ({"reset": True}, {"set": clock.real_now().isoformat()}):
        told = program.ask(back, status=400)
        assert (told["code"], "does not go back" in told["message"]) == ("InvalidState", True)
    assert near(ahead(), TWO_DAYS)


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        [],
        "3d",
        None,
        {"advance": "3d", "run": 2},
        {"advance": "3d", "hurry": True},
        {"leap": 1},
        {"advance": "soon"},
        {"advance": ""},
        {"advance": "-1d"},
        {"advance": -1},
        {"advance": None},
        {"advance": True},
        {"advance": "9" * 400 + "d"},
        {"advance": "9" * 5000 + "d"},
        {"advance": 1e300},
        {"advance": 10**400},
        {"advance": "200000d"},
        {"set": "tomorrow"},
        {"set": 5},
        {"set": "9999-12-31T23:59:59Z"},
        {"set": "0001-01-01T00:00:00+14:00"},
        {"set": "2200-01-02"},
        {"run": -1},
        {"run": 1e9},
        {"run": "x100"},
        {"run": True},
        {"run": 10**400},
        {"reset": False},
        {"reset": 1},
    ],
    ids=lambda arguments: str(arguments)[:40],
)
def test_what_cannot_be_meant_is_refused_and_moves_nothing(program: Program, arguments: Any) -> None:
    assert program.ask(arguments, status=400)["message"]
    assert not MovedClock.objects.exists()


@pytest.mark.parametrize(
    "body", ["", "{", "[" * 100_000, '{"run": NaN}', '{"run": Infinity}', '{"run": 1e999}']
)
def test_what_is_no_json_is_refused(program: Program, body: str) -> None:
    assert program.ask(body, status=400)["message"]
    assert program.ask(b"\xff\x00", status=400)["message"]


def test_a_clock_that_ran_to_its_end_stands_there(program: Program) -> None:
    program.ask({"set": "2199-12-31T23:59:59Z"})
    program.ask({"run": 1_000_000})
    while clock.now() < datetime(2200, 1, 1, tzinfo=UTC):
        pass
    assert program.look()["now"] == "2200-01-01T00:00:00+00:00"
    program.ask({"advance": "1s"}, status=400)
