"""What becomes of a command over the API that is told to end, by Ctrl-C or by SIGTERM."""

import signal
from collections.abc import Callable
from functools import wraps
from types import FrameType
from typing import NoReturn

import typer

# As shells give them: 128 and the signal's number.
BY_CTRL_C, BY_SIGTERM = 130, 143


def heeding(command: Callable[..., None]) -> Callable[..., None]:
    """Give the command so that both signals end it alike: tidied up, and saying how to go on.

    Commands that know more to say end with `BY_CTRL_C` by themselves.
    """

    @wraps(command)
    def heeded(*arguments: object, **options: object) -> None:
        told: list[int] = []

        def end(number: int, frame: FrameType | None) -> NoReturn:
            told.append(number)
            # Once is enough: what was begun is being ended.
            signal.signal(number, signal.SIG_IGN)
            raise KeyboardInterrupt

        before = signal.signal(signal.SIGTERM, end)
        try:
            command(*arguments, **options)
        except KeyboardInterrupt:
            typer.echo("Stopped. The same command goes on, and does nothing twice.", err=True)
            raise typer.Exit(BY_SIGTERM if told else BY_CTRL_C) from None
        except typer.Exit as ended:
            if told and ended.exit_code == BY_CTRL_C:
                raise typer.Exit(BY_SIGTERM) from None
            raise
        finally:
            signal.signal(signal.SIGTERM, before)

    return heeded
