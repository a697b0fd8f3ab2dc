"""The processes of one server: a parent that looks after children, each with its own socket."""

import contextlib
import logging
import os
import signal
import threading
import time
from collections.abc import Callable

log = logging.getLogger("kempelen.serve")

_TOO_QUICK_SECONDS = 5
_TRIES = 5


class Family:
    """Forks `count` children and starts a new one where one has died, until it is told to stop."""

    def __init__(self, count: int, be_child: Callable[[int], None]) -> None:
        self._count = count
        self._be_child = be_child
        self._numbers: dict[int, int] = {}
        self._started_at: dict[int, float] = {}
        self._is_stopping = False
        self._died_young = 0
        # Nobody writes to it: children read its end when the parent has died, however that happened.
        self._life_read, self._life_write = os.pipe()

    def run(self) -> int:
        """Look after the children until all are gone; gives the exit status."""
        for stopping in (signal.SIGTERM, signal.SIGINT):
            signal.signal(stopping, self._on_signal)
        for number in range(self._count):
            self._start(number)
        while self._numbers:
            pid, status = os.waitpid(-1, 0)
            if pid in self._numbers:
                self._mourn(pid, status)
        return 1 if self._died_young >= _TRIES else 0

    def _start(self, number: int) -> None:
        pid = os.fork()
        if pid == 0:
            self._live(number)
        self._numbers[pid] = number
        self._started_at[pid] = time.monotonic()
        if self._is_stopping:
            os.kill(pid, signal.SIGTERM)

    def _live(self, number: int) -> None:
        """A child's whole life; it does not return."""
        status = 1
        try:
            # Ctrl-C reaches the whole terminal group; the parent passes it on, once.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            os.close(self._life_write)
            threading.Thread(target=self._end_with_parent, daemon=True).start()
            self._be_child(number)
            status = 0
        except Exception:  # a child must not return into its parent's code
            log.exception("A server process failed.")
        finally:
            os._exit(status)

    def _end_with_parent(self) -> None:
        os.read(self._life_read, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    def _mourn(self, pid: int, status: int) -> None:
        number = self._numbers.pop(pid)
        lived = time.monotonic() - self._started_at.pop(pid)
        if self._is_stopping:
            return
        code = os.waitstatus_to_exitcode(status)
        log.warning("Server process %s ended with status %s; starting another.", pid, code)
        self._died_young = self._died_young + 1 if lived < _TOO_QUICK_SECONDS else 0
        if self._died_young >= _TRIES:
            log.error("Server processes end as soon as they start; giving up. The lines above say why.")
            self._stop_all()
            return
        if self._died_young > 1:
            time.sleep(1)
        self._start(number)

    def _on_signal(self, number: int, frame: object) -> None:
        self._stop_all()

    def _stop_all(self) -> None:
        self._is_stopping = True
        for pid in list(self._numbers):
            # One that has just ended may still be listed: signals interrupt at any place.
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
