"""`/kempelen/sandbox/clock`: the clock, looked at and moved."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

from kempelen.domain import clock
from kempelen.domain.actions import clock_moves
from kempelen.domain.errors import InvalidValue
from kempelen.domain.spans import span
from kempelen.web.sandbox.access import arguments_of, for_administrators


@for_administrators
def show(request: HttpRequest) -> dict[str, Any]:
    """Give how the clock stands; a POST moves it first, by one of `advance`, `set`, `run` and `reset`.

    When a POST is answered, all processes of this node follow.
    """
    if request.method == "POST":
        _move(arguments_of(request))
    real, now, course = clock.real_now(), clock.now(), clock.course()
    return {
        "now": now.isoformat(),
        "factor": course.factor if course else 1.0,
        "offset": (now - real).total_seconds() if course else 0.0,
    }


def _move(arguments: dict[str, Any]) -> None:
    how, *others = [name for name in arguments if name in _MOVES] or [""]
    if not how or others or len(arguments) > 1:
        raise InvalidValue("body", f'Send one of {", ".join(_MOVES)}, such as {{"advance": "3d"}}.')
    _MOVES[how](arguments[how])


def _advance(by: Any) -> None:
    """Take `3d`, or seconds."""
    try:
        seconds = span(by) if isinstance(by, str) else _number("advance", by)
        forward = timedelta(seconds=seconds)
    except OverflowError as error:
        raise InvalidValue("advance", "The clock does not go so far.") from error
    except ValueError as error:
        raise InvalidValue("advance", f"advance: {error}") from error
    clock_moves.advance(forward)


def _set(to: Any) -> None:
    try:
        moment = datetime.fromisoformat(to)
    except (TypeError, ValueError) as error:
        raise InvalidValue("set", "set: write a time such as 2027-01-01T09:00Z.") from error
    clock_moves.set_to(moment)


def _run(factor: Any) -> None:
    clock_moves.run(_number("run", factor))


def _reset(wanted: Any) -> None:
    if wanted is not True:
        raise InvalidValue("reset", "reset: send true.")
    clock_moves.reset()


def _number(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidValue(name, f"{name}: send a number.")
    try:
        return float(value)
    except OverflowError as error:
        raise InvalidValue(name, f"{name}: this is too much.") from error


_MOVES = {"advance": _advance, "set": _set, "run": _run, "reset": _reset}
