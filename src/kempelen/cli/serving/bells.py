"""Waking who does jobs, across the processes of one server: else they would see new work only by looking."""

import contextlib
import os
import threading

from kempelen.domain.actions import background

_MOST_READ = 4096


class Bells:
    """A pipe that all processes of a server have; made before they are forked."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()
        # Whoever rings must never wait: a full pipe has rung often enough.
        os.set_blocking(self._write, False)

    def ring_elsewhere(self) -> None:
        """In a process without jobs: let what is asked for and told here be heard in the one with them."""
        background.asked = _Bell(self._write, b"a")
        background.told = _Bell(self._write, b"t")
        background.moved = _Bell(self._write, b"m")

    def hear(self) -> None:
        """In the process with jobs: wake its threads for what other processes ask for and tell."""
        threading.Thread(target=self._hear, name="bells", daemon=True).start()

    def _hear(self) -> None:
        while rung := os.read(self._read, _MOST_READ):
            if b"a" in rung:
                background.asked.set()
            if b"t" in rung:
                background.told.set()
            if b"m" in rung:
                background.moved.set()


class _Bell(threading.Event):
    """An event that is set in another process too."""

    def __init__(self, pipe: int, sign: bytes) -> None:
        super().__init__()
        self._pipe = pipe
        self._sign = sign

    def set(self) -> None:
        """Set it here, and ring."""
        super().set()
        with contextlib.suppress(BlockingIOError):
            os.write(self._pipe, self._sign)
