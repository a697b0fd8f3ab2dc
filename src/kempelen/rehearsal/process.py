"""The process of a throw-away server: its order, its answer, its log and its end.

Servers are forked by a process with the program read in, one for each process that rehearses
(`kempelen.cli.serving.nursery`).  All of them end when that one ends.
"""

import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

_PROGRAM = "kempelen.cli.serving.nursery"
# A loaded machine is slow; one that takes longer than this hangs.
_PATIENCE_SECONDS = 120
_TOLD_OF_LOG = 4000
# What a developer's shell says of other servers, of Amazon and of their own code is not for this one.
_NOT_PASSED_ON = ("KEMPELEN_", "DJANGO_", "AWS_", "PYTHONWARNINGS")
_FINISH = b"finish\n"


class NotStarted(Exception):
    """There is no server to rehearse against; `str()` says why and what to do, with the server's log."""


class Process:
    """A server's process, which does as ordered until it is ended, or until this process ends."""

    pid = 0

    def __init__(self, order: Mapping[str, Any], log: Path) -> None:
        line = json.dumps({**order, "folder": _current_folder()}).encode() + b"\n"
        self._log = log
        self._talk, theirs = socket.socketpair()
        self._talk.settimeout(_PATIENCE_SECONDS)
        _running.add(self)
        self._nursery = _nursery()
        # One that has died meanwhile is told by there being no answer.
        with theirs, log.open("ab") as written, contextlib.suppress(OSError):
            self._nursery.have_child(theirs, written)
            self._talk.sendall(line)

    def answer(self) -> dict[str, Any]:
        """Wait until it has done what was ordered, and give what it says of it; or raise `NotStarted`."""
        try:
            with self._talk.makefile("r", encoding="utf-8") as said:
                line = said.readline()
        except OSError:
            line = ""
        except BaseException:  # such as Ctrl-C
            self.end(at_once=True)
            raise
        if not line:
            self.end(at_once=True)
            said_there = f"{self._nursery.log()}{self.log()}"[-_TOLD_OF_LOG:].strip() or "It is empty."
            raise NotStarted(f"The throw-away server did not start. Its log:\n{said_there}")
        answer: dict[str, Any] = json.loads(line)
        self.pid = answer.pop("process_id")
        return answer

    def end(self, *, at_once: bool) -> None:
        """Have it end: at once, or when it has answered whoever waits."""
        _running.discard(self)
        with contextlib.suppress(OSError):
            if not at_once:
                self._talk.sendall(_FINISH)
            else:
                self._talk.shutdown(socket.SHUT_WR)
            # It says nothing more: this is its end.
            if not _ends(self._talk) and self.pid:
                os.kill(self.pid, signal.SIGKILL)
        self._talk.close()

    def log(self) -> str:
        """Give what it printed."""
        return self._log.read_text(encoding="utf-8", errors="replace") if self._log.exists() else ""


class _Nursery:
    """The process that forks servers, as seen from here."""

    def __init__(self) -> None:
        self._log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (kept open as long as the process)
        self._asking, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                # What lies in the current folder must not stand in for what the program imports.
                [sys.executable, "-P", "-m", _PROGRAM],
                env=_environment(),
                stdin=theirs.fileno(),
                stdout=self._log,
                stderr=self._log,
                start_new_session=True,  # Ctrl-C is for whoever rehearses, who then ends it
            )
        self._owner = os.getpid()
        atexit.register(self.close)

    def is_usable(self) -> bool:
        """Whether it lives, and is this process's own and not that of the one it was forked from."""
        return self._owner == os.getpid() and self._process.poll() is None

    def have_child(self, talk: socket.socket, log: IO[bytes]) -> None:
        """Have it fork a server that has these."""
        socket.send_fds(self._asking, [b"+"], [talk.fileno(), log.fileno()])

    def close(self) -> None:
        """Let it go with this process, and all servers with it."""
        if self._owner == os.getpid():
            for process in list(_running):
                process.end(at_once=True)
            self._process.kill()
            self._process.wait()
            self._asking.close()
            self._log.close()

    def log(self) -> str:
        """Give what it printed."""
        size = os.fstat(self._log.fileno()).st_size
        return os.pread(self._log.fileno(), size, 0).decode(errors="replace")


_theirs: list[_Nursery] = []
# A program that keeps no more than a client of its server keeps the server all the same.
_running: set[Process] = set()
_lock = threading.Lock()


def _nursery() -> _Nursery:
    with _lock:
        if not _theirs or not _theirs[0].is_usable():
            _theirs[:] = [_Nursery()]
        return _theirs[0]


def _current_folder() -> str:
    """Give the folder from which settings' paths count; the root where it has been removed, as tests do."""
    try:
        return str(Path.cwd())
    except FileNotFoundError:
        return "/"


def _ends(talk: socket.socket) -> bool:
    """Whether the other end closes in time."""
    try:
        while talk.recv(4096):
            pass
    except TimeoutError:
        return False
    return True


def _environment() -> dict[str, str]:
    passed_on = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_PASSED_ON)}
    # Else boto3 looks for a machine's role, in a network that may not be there.
    return {**passed_on, "AWS_EC2_METADATA_DISABLED": "true", "PYTHONUNBUFFERED": "1"}
