"""Being told to stop, by Ctrl-C or by SIGTERM, in the midst of calls that several threads make.

Python raises `KeyboardInterrupt` wherever the main thread is, also while it holds locks that the threads
wait for, and then nothing ends any more.  So here signals are only noted, and looked for between calls.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

SIGNALS = (signal.SIGINT, signal.SIGTERM)
# How long a wait for calls lasts before it is looked whether somebody said stop.
LOOK_SECONDS = 0.1


class Stopped(KeyboardInterrupt):
    """A signal has said that it is to end; `number` is the signal's."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


class Stop:
    """Whether somebody said stop: `number` is the signal's, or 0."""

    number = 0

    def check(self) -> None:
        """Raise `Stopped` if somebody did."""
        if self.number:
            raise Stopped(self.number)


@contextmanager
def noted() -> Iterator[Stop]:
    """Note the signals until the end of the block; who says it twice is impatient, and is heard at once."""
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def note(number: int, frame: FrameType | None) -> None:
        if stop.number:
            raise Stopped(number)
        stop.number = number

    before: dict[int, Any] = {number: signal.getsignal(number) for number in SIGNALS}
    heard = [number for number in SIGNALS if before[number] is not signal.SIG_IGN]
    for number in heard:
        signal.signal(number, note)
    try:
        yield stop
    finally:
        for number in heard:
            signal.signal(number, before[number])


def status_of(stop: KeyboardInterrupt) -> int:
    """Give the exit status as shells have it: 130 after Ctrl-C, 143 after SIGTERM."""
    return 128 + (stop.number if isinstance(stop, Stopped) else signal.SIGINT)
