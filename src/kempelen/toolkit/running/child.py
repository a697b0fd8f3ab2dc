"""A program as a child of ours: signals go on to it, and its end is ours."""

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

NOT_FOUND = 127
NOT_RUNNABLE = 126
_PASSED_ON = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2)
# A terminal sends these to all of its programs by itself; twice would be once too often.
_BY_THE_TERMINAL = (signal.SIGINT, signal.SIGQUIT)


def run(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run the program to its end; gives its status as a shell has it, 128 and the signal that ended it.

    Raises `OSError` where it cannot be run.
    """
    with _signals_kept() as kept:
        child = subprocess.Popen(command, env=dict(environment))
        kept.send_to(child)
        status = child.wait()
    return 128 - status if status < 0 else status


class _Kept:
    """Signals that came, for a child that may not be there yet."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._waiting: list[int] = []

    def came(self, number: int, frame: FrameType | None) -> None:
        if self._child is None:
            self._waiting.append(number)
        elif number not in _BY_THE_TERMINAL or not _has_terminal():
            self._child.send_signal(number)

    def send_to(self, child: subprocess.Popen[bytes]) -> None:
        self._child = child
        for number in self._waiting:
            child.send_signal(number)


@contextmanager
def _signals_kept() -> Iterator[_Kept]:
    kept = _Kept()
    before: dict[int, Any] = {number: signal.getsignal(number) for number in _PASSED_ON}
    # What was ignored, as by nohup, stays so, here and in the child.
    heard = [number for number in _PASSED_ON if before[number] is not signal.SIG_IGN]
    for number in heard:
        signal.signal(number, kept.came)
    try:
        yield kept
    finally:
        for number in heard:
            signal.signal(number, before[number])


def _has_terminal() -> bool:
    """Whether we are in front on a terminal, whose keys reach the child as they reach us."""
    with suppress(OSError):
        terminal = os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY)
        try:
            return os.tcgetpgrp(terminal) == os.getpgrp()
        finally:
            os.close(terminal)
    return False
