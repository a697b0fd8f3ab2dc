"""How a rehearsal's time passes: by a sandbox server's clock, set to each event, or by waiting for it."""

import time
from datetime import datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """A sandbox server's clock (`kempelen.rehearsal.remote_clock`)."""

    def now(self) -> datetime:
        """Give the server's time."""

    def set(self, at: datetime, /) -> object:
        """Set the server's time."""

    def run(self, factor: float) -> object:
        """Let the server's time pass so many times as fast; 0 lets it stand still."""


class Timepiece(Protocol):
    """What makes it a certain time."""

    def go_to(self, seconds: float) -> None:
        """Make it so many seconds after the beginning."""

    def end(self) -> None:
        """Let time pass as ever."""


class Moved:
    """The server's clock, set to each event: nobody waits, and whatever is due by then happens."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        # Between events it stands still: else it would pass the next one while this one happens, and time
        # does not go back.
        clock.run(0)
        # On a whole second, so that times in seconds come out alike in each run.
        self._began_at = clock.now().replace(microsecond=0) + timedelta(seconds=1)
        self._at = -1.0

    def go_to(self, seconds: float) -> None:
        """Set the clock, unless it stands there."""
        if seconds > self._at:
            self._clock.set(self._began_at + timedelta(seconds=seconds))
            self._at = seconds

    def end(self) -> None:
        """Let the clock run again, from where it stands."""
        self._clock.run(1)


class Waited:
    """Real time, so many times as quick: at 60 an hour takes a minute.  The server's own times stay real."""

    def __init__(self, factor: float = 1.0) -> None:
        self._factor = factor
        self._began_at = time.monotonic()

    def go_to(self, seconds: float) -> None:
        """Wait until then."""
        wait = self._began_at + seconds / self._factor - time.monotonic()
        if wait > 0:
            time.sleep(wait)

    def end(self) -> None:
        """There is nothing to undo."""
