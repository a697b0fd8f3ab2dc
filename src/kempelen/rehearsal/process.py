"""The process of a throw-away server: its order, its answer, its log and its end."""

import contextlib
import json
import os
import select
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_PROGRAM = "kempelen.cli.serving.throwaway"
# A loaded machine is slow; one that takes longer than this hangs.
_PATIENCE_SECONDS = 120
_TOLD_OF_LOG = 4000
# What a developer's shell says of other servers, and of Amazon, is not for this one.
_NOT_PASSED_ON = ("KEMPELEN_", "DJANGO_", "AWS_")


class NotStarted(Exception):
    """There is no server to rehearse against; `str()` says why and what to do, with the server's log."""


class Process:
    """A child that does as ordered, and ends when this process ends."""

    def __init__(self, order: Mapping[str, Any], log: Path) -> None:
        self._log = log
        with log.open("ab") as written:
            self._child = subprocess.Popen(
                [sys.executable, "-m", _PROGRAM],
                env=_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=written,
                start_new_session=True,  # Ctrl-C is for whoever rehearses, who then ends it
            )
        assert self._child.stdin
        with contextlib.suppress(BrokenPipeError):
            self._child.stdin.write(json.dumps({**order, "parent": os.getpid()}).encode() + b"\n")
            self._child.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """Wait for the server, and give where it is and its keys; or raise `NotStarted`."""
        stdout = self._child.stdout
        assert stdout
        is_there = select.select([stdout], [], [], _PATIENCE_SECONDS)[0]
        line = stdout.readline() if is_there else b""
        if not line:
            raise self._not_started("did not start")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def wait(self) -> None:
        """Wait until it has done what was ordered, or raise `NotStarted`."""
        try:
            status = self._child.wait(_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            status = -1
        if status:
            raise self._not_started("could not make its tables")
        self._close()

    def end(self, *, at_once: bool) -> None:
        """Have it end: at once, or when it has answered whoever waits."""
        if at_once:
            self._child.kill()
        else:
            self._child.terminate()
        try:
            self._child.wait(_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._close()

    @property
    def pid(self) -> int:
        """Give the number of the child."""
        return self._child.pid

    def log(self) -> str:
        """Give what it printed."""
        return self._log.read_text(encoding="utf-8", errors="replace") if self._log.exists() else ""

    def _not_started(self, what: str) -> NotStarted:
        self.end(at_once=True)
        said = self.log()[-_TOLD_OF_LOG:].strip() or "It said nothing."
        return NotStarted(f"The throw-away server {what} (status {self._child.returncode}). Its log:\n{said}")

    def _close(self) -> None:
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()


def _environment() -> dict[str, str]:
    passed_on = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_PASSED_ON)}
    # Else boto3 looks for a machine's role, in a network that may not be there.
    return {**passed_on, "AWS_EC2_METADATA_DISABLED": "true", "PYTHONUNBUFFERED": "1"}
