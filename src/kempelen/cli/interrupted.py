"""What becomes of a command over the API that is told to end, by Ctrl-C or by SIGTERM."""

import signal
from collections.abc import Callable
from functools import wraps
from types import FrameType
from typing import NoReturn

import typer

from kempelen.toolkit import stopping


def heeding(command: Callable[..., None]) -> Callable[..., None]:
    """Give the command so that both signals end it alike: tidied up, and saying how to go on.

    Commands that know more to say end with a status of their own.
    """

    @wraps(command)
    def heeded(*arguments: object, **options: object) -> None:
        before = signal.signal(signal.SIGTERM, _end)
        try:
            command(*arguments, **options)
        except KeyboardInterrupt as stop:
            typer.echo("Stopped. The same command goes on, and does nothing twice.", err=True)
            raise typer.Exit(stopping.status_of(stop)) from None
        finally:
            signal.signal(signal.SIGTERM, before)

    return heeded


def _end(number: int, frame: FrameType | None) -> NoReturn:
    # Once is enough: what was begun is being ended.
    signal.signal(number, signal.SIG_IGN)
    raise stopping.Stopped(number)
