"""`kempelen clock`."""

import json as json_format
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum
from typing import Annotated

import typer

from kempelen.cli import sandboxes, start
from kempelen.cli.mturk.options import AsJson
from kempelen.cli.options import DataDir
from kempelen.cli.sandboxes import EndpointUrl, ProfileName
from kempelen.domain import clock as domain_clock
from kempelen.domain.actions import clock_moves
from kempelen.domain.clock_file import MOST_FACTOR
from kempelen.domain.spans import span
from kempelen.rehearsal.remote_clock import ClockStands, RemoteClock


class Verb(Enum):
    """What is done with the clock."""

    SHOW = "show"
    ADVANCE = "advance"
    SET = "set"
    RUN = "run"
    RESET = "reset"


What = Annotated[
    Verb,
    typer.Argument(
        metavar="VERB",
        help="show: what it shows. advance: move it forward. set: let it show a time. run: let it run so "
        "many times as fast, x0 to stand still. reset: the world’s time again.",
    ),
]
How = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[HOW]",
        help="To advance: a span such as 3d or 1h 30min. To set: a time such as 2027-01-01T09:00Z, UTC "
        "unless it says otherwise. To run: such as x100.",
        show_default=False,
    ),
]


def clock(
    verb: What,
    how: How = None,
    as_json: AsJson = False,
    profile: ProfileName = "",
    endpoint_url: EndpointUrl = "",
    data_dir: DataDir = None,
) -> None:
    """Look at the clock of a sandbox, and move it: what is due by the new time happens.

    Of the data folder here, or of a server elsewhere, for which KEMPELEN_ADMIN_TOKEN has the token of an
    administrator.

    Examples:

        kempelen clock advance 3d

        kempelen clock set 2027-01-01T09:00Z

        kempelen clock run x100

        kempelen --profile lab clock show --json
    """
    move = _move(verb, " ".join(how or []))
    there = sandboxes.elsewhere(profile, endpoint_url)
    stands = move(RemoteClock(*there)) if there else _here(move)
    if as_json:
        said = {"now": stands.now.isoformat(), "factor": stands.factor}
        typer.echo(json_format.dumps(said | {"offset": stands.offset.total_seconds()}, indent=2))
    else:
        typer.echo(_words(stands))


class _Here:
    """The clock of the data folder here, moved as one elsewhere is."""

    def stands(self) -> ClockStands:
        """Give all that it shows."""
        real, now, course = domain_clock.real_now(), domain_clock.now(), domain_clock.course()
        return ClockStands(now, course.factor if course else 1.0, now - real if course else timedelta())

    advance = staticmethod(clock_moves.advance)
    set = staticmethod(clock_moves.set_to)
    run = staticmethod(clock_moves.run)
    reset = staticmethod(clock_moves.reset)


_Clock = RemoteClock | _Here
_Move = Callable[[_Clock], ClockStands]


def _here(move: _Move) -> ClockStands:
    start.sandbox()
    return move(_Here())


def _move(verb: Verb, how: str) -> _Move:
    """Give what does as the verb says, or refuse what it cannot mean."""
    if verb in (Verb.SHOW, Verb.RESET):
        if how:
            raise typer.BadParameter(f"kempelen clock {verb.value} takes nothing more.")
        return _then(lambda one: one.reset() if verb is Verb.RESET else None)
    if verb is Verb.ADVANCE:
        by = _span(how)
        return _then(lambda one: one.advance(by))
    if verb is Verb.SET:
        at = _moment(how)
        return _then(lambda one: one.set(at))
    factor = _factor(how)
    return _then(lambda one: one.run(factor))


def _then(act: Callable[[_Clock], object]) -> _Move:
    def move(one: _Clock) -> ClockStands:
        act(one)
        return one.stands()

    return move


def _span(text: str) -> timedelta:
    try:
        return timedelta(seconds=span(text))
    except OverflowError as error:
        raise typer.BadParameter("The clock does not go so far.") from error
    except ValueError as error:
        raise typer.BadParameter(f"{error} For example: kempelen clock advance 3d") from error


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(
            f"{text!r} is no time. For example: kempelen clock set 2027-01-01T09:00Z"
        ) from error


def _factor(text: str) -> float:
    try:
        factor = float(text.removeprefix("x"))
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no speed. For example: kempelen clock run x100") from error
    if not 0 <= factor <= MOST_FACTOR:  # nor is NaN
        raise typer.BadParameter(f"The clock runs 0 to {MOST_FACTOR:,} times as fast, not {text}.")
    return factor


def _words(stands: ClockStands) -> str:
    where = ""
    if stands.offset:
        apart = timedelta(seconds=round(abs(stands.offset).total_seconds()))
        where = f", {apart} {'ahead of' if stands.offset > timedelta() else 'behind'} the world’s"
    speed = {0.0: " It stands still.", 1.0: ""}.get(
        stands.factor, f" It runs {stands.factor:g} times as fast."
    )
    return f"The clock shows {stands.now:%Y-%m-%d %H:%M:%S} UTC{where}.{speed}"
