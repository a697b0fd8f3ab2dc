"""The threads in which a server does jobs, and what the clock brings."""

import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import close_old_connections, connection

from kempelen.domain import clock
from kempelen.domain.actions import (
    background,
    bulk_reviews,
    comparing,
    deliveries,
    exports,
    files,
    logins,
    overdue_tests,
    project_files,
    request_tokens,
    settling,
)
from kempelen.domain.trouble import state
from kempelen.jobs import counting, delivering, queue, working

log = logging.getLogger("kempelen.jobs")

# Jobs asked for in this server start at once; those of commands and other nodes are seen by looking.
_LOOK_SECONDS = 0.2
# Two, so that a small batch need not wait until a large one is published.
_DOERS = 2
# Two, so that a place that does not answer holds up no other.
_DELIVERERS = 2
# Who tells of events of other nodes need not hurry as much.
_LOOK_FOR_MESSAGES_SECONDS = 0.5
# A rehearsal moves the clock a hundred times a second: what is due is looked for less often.
_BETWEEN_MOVES_SECONDS = 0.1
_JOIN_SECONDS = 5
_RECOVERY_SECONDS = 5


@dataclass(frozen=True)
class Regular:
    """Something done again and again, as often as it should be by the world's clock and by the domain's."""

    every_seconds: float
    do: Callable[[], object]


class _LastTime:
    """When something was done last, by both clocks."""

    def __init__(self) -> None:
        self._monotonic, self._domain = time.monotonic(), clock.now()

    def is_over(self, seconds: float) -> bool:
        """Tell whether that is so long ago, by either: a sandbox's clock may run, be moved or stand still."""
        elapsed = (clock.now() - self._domain).total_seconds()
        return elapsed >= seconds or time.monotonic() - self._monotonic >= seconds


REGULARS = (
    # Whoever looks settles first, so this only has to keep up.
    Regular(10, settling.settle_due),
    Regular(10, overdue_tests.settle),
    Regular(2, counting.count_some),
    Regular(2, comparing.compare_some),
    Regular(3600, files.remove_left_over),
    Regular(3600, exports.remove_old),
    Regular(3600, project_files.remove_left_over),
    Regular(24 * 3600, SessionStore.clear_expired),
    Regular(24 * 3600, deliveries.forget_sent),
    Regular(24 * 3600, request_tokens.forget_old),
    Regular(3600, logins.forget_old),
    Regular(3600, bulk_reviews.forget_plans),
)
# What somebody asked another node for.
IN_SANDBOXES = (Regular(1, state.follow),)


def _regulars_here() -> tuple[Regular, ...]:
    return REGULARS + (IN_SANDBOXES if settings.KEMPELEN_MODE == "sandbox" else ())


class Jobs:
    """The threads that do a server's background work, from `start` to `stop`.

    `node` names the data folder: jobs that were taken under that name are let go of, since the folder is
    held by one server at a time and the one that took them is gone.
    """

    def __init__(self, node: str, regulars: tuple[Regular, ...] | None = None) -> None:
        self._node = node
        self._regulars = _regulars_here() if regulars is None else regulars
        self._is_stopping = threading.Event()
        self._threads = [
            threading.Thread(
                target=self._run, args=(self._do_jobs, number), name=f"jobs {number}", daemon=True
            )
            for number in range(_DOERS)
        ]
        self._threads += [
            threading.Thread(
                target=self._run, args=(self._deliver, number), name=f"deliveries {number}", daemon=True
            )
            for number in range(_DELIVERERS)
        ]
        self._threads.append(
            threading.Thread(target=self._run, args=(self._keep_time, 0), name="clock", daemon=True)
        )

    def start(self) -> None:
        """Let go of what a dead process held, and begin."""
        queue.let_go(f"{self._node}/")
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Begin nothing more; what is not done in some seconds is done after the next start."""
        self._is_stopping.set()
        background.asked.set()
        background.told.set()
        background.moved.set()
        give_up_at = time.monotonic() + _JOIN_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, give_up_at - time.monotonic()))

    def _run(self, rounds: Callable[[int], None], number: int) -> None:
        """Go round and round; a database that is away for a while ends nothing."""
        while not self._is_stopping.is_set():
            try:
                rounds(number)
            except Exception:  # a thread that ended would stop all background work
                log.exception("Background work failed; it goes on in a moment.")
                self._is_stopping.wait(_RECOVERY_SECONDS)
            finally:
                connection.close()

    def _do_jobs(self, number: int) -> None:
        taker = f"{self._node}/{os.getpid()}/{number}"
        while not self._is_stopping.is_set():
            close_old_connections()
            if working.do_next(taker):
                continue
            background.asked.wait(_LOOK_SECONDS)
            background.asked.clear()

    def _deliver(self, number: int) -> None:
        while not self._is_stopping.is_set():
            close_old_connections()
            if delivering.deliver_some():
                continue
            background.told.wait(_LOOK_FOR_MESSAGES_SECONDS)
            background.told.clear()

    def _keep_time(self, number: int) -> None:
        done: dict[Regular, _LastTime] = {}
        while not self._is_stopping.is_set():
            close_old_connections()
            if background.moved.is_set():
                background.moved.clear()
                background.asked.set()
                background.told.set()
            for regular in self._regulars:
                if regular not in done or done[regular].is_over(regular.every_seconds):
                    regular.do()
                    done[regular] = _LastTime()
            self._is_stopping.wait(_BETWEEN_MOVES_SECONDS)
            background.moved.wait(1)
