"""Asking the processes that fill Liquid templates (`liquid_worker`): a few for each process of the server.

They are started when first needed and kept.  One that a template has brought down is replaced.  A template
that takes too long several times in a row is not tried again for a while, so that its views cost nothing.
"""

import atexit
import os
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from contextlib import suppress

import msgspec

from kempelen.domain.batches.liquid_messages import TOO_LONG, Asked, Told, read_message, write_message

MOST_PROCESSES = 2
MOST_LATE, LATE_SECONDS = 3, 60.0
_MOST_REMEMBERED = 256
_COMMAND = [sys.executable, "-P", "-m", "kempelen.domain.batches.liquid_worker"]
# The server's secrets are in its environment; a process that runs templates gets none of it.
_KEPT = ("PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "LANG", "LC_ALL")

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Told).decode


class _Gone(Exception):
    """The process ended before it answered."""


class _Worker:
    def __init__(self) -> None:
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        self._process = subprocess.Popen(  # a session of its own: Ctrl+C is the server's to answer
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )

    def ask(self, message: bytes) -> bytes:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            write_message(self._process.stdin, message)
            answer = read_message(self._process.stdout)
        except (OSError, ValueError) as error:
            raise _Gone from error
        if answer is None:
            raise _Gone
        return answer

    def end(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        with suppress(OSError):
            self._process.kill()
        self._process.wait()


class _Workers:
    """So many at most, each with one question at a time."""

    def __init__(self) -> None:
        self._free = threading.BoundedSemaphore(MOST_PROCESSES)
        self._idle: list[_Worker] = []

    def ask(self, message: bytes) -> bytes:
        with self._free:
            worker, is_new = self._take()
            try:
                answer = worker.ask(message)
            except _Gone:
                worker.end()
                if is_new:
                    raise
                # It may have been ended by somebody else while it was idle.
                worker = _Worker()
                try:
                    answer = worker.ask(message)
                except _Gone:
                    worker.end()
                    raise
            self._idle.append(worker)
            return answer

    def _take(self) -> tuple[_Worker, bool]:
        try:
            return self._idle.pop(), False
        except IndexError:
            return _Worker(), True

    def end(self) -> None:
        while self._idle:
            self._idle.pop().end()


class _Late:
    """Which templates have lately taken too long, and how often in a row."""

    def __init__(self) -> None:
        self._counts: OrderedDict[int, tuple[int, float]] = OrderedDict()

    def is_left_alone(self, html: str) -> bool:
        count, at = self._counts.get(hash(html), (0, 0.0))
        return count >= MOST_LATE and time.monotonic() < at + LATE_SECONDS

    def note(self, html: str, *, was_late: bool) -> None:
        key = hash(html)
        count, _ = self._counts.pop(key, (0, 0.0))
        if was_late:
            self._counts[key] = (count + 1, time.monotonic())
            while len(self._counts) > _MOST_REMEMBERED:
                with suppress(KeyError):
                    self._counts.popitem(last=False)


_workers, _late = _Workers(), _Late()


def ask(asked: Asked) -> Told:
    """Have a template filled or looked through; whatever it holds, an answer comes."""
    if _late.is_left_alone(asked.html):
        return Told(trouble=TOO_LONG)
    try:
        told = _decode(_workers.ask(_encode(asked)))
    except _Gone:
        told = Told(trouble=TOO_LONG)
    _late.note(asked.html, was_late=told.trouble == TOO_LONG)
    return told


def end() -> None:
    """End the processes that wait for questions."""
    _workers.end()


def _begin_anew() -> None:
    """Leave the processes to the parent: two who ask the same one would get each other's answers."""
    global _workers
    _workers = _Workers()


atexit.register(end)
os.register_at_fork(after_in_child=_begin_anew)
