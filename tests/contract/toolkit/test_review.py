"""Reviewing by single keys, in a real terminal."""

import os
import pty
import select
import subprocess
import termios
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.contract.api.crowd import CrowdWorker
from tests.contract.toolkit.conftest import PROGRAM, Toolkit

pytestmark = pytest.mark.once

PATIENCE_SECONDS = 120


class Terminal:
    """A terminal in which a command runs."""

    def __init__(self, toolkit: Toolkit, *words: str) -> None:
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [PROGRAM, *words],
            cwd=toolkit.folder,
            env=toolkit.environment,
            stdin=slave,
            stdout=slave,
            stderr=slave,
        )
        os.close(slave)
        self.shown = ""

    def wait_for(self, text: str) -> None:
        """Read until this is shown, after what was read before."""
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        seen = ""
        while text not in seen:
            assert time.monotonic() < give_up_at, self.shown
            if select.select([self.master], [], [], 1)[0]:
                seen += (piece := os.read(self.master, 4096).decode(errors="replace"))
                self.shown += piece

    def press(self, key: str) -> None:
        """Press a key as soon as the program takes single ones."""
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while termios.tcgetattr(self.master)[3] & termios.ICANON:
            assert time.monotonic() < give_up_at, self.shown
            select.select([], [], [], 0.02)
        os.write(self.master, key.encode())

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.master)


@pytest.fixture
def terminal(toolkit: Toolkit) -> Iterator[Callable[..., Terminal]]:
    opened: list[Terminal] = []

    def start(*words: str) -> Terminal:
        opened.append(Terminal(toolkit, *words))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


def test_answers_are_approved_rejected_and_left_by_single_keys(
    toolkit: Toolkit, crowd: Callable[..., CrowdWorker], terminal: Callable[..., Terminal], mturk: Any
) -> None:
    cleo = crowd("Cleo")
    work = [cleo.answer(hit_id, {"who": "some\x1b[2Jbody"}) for hit_id in toolkit.publish_people()]
    shell = terminal("review", "people")
    shell.wait_for("[q]uit")
    assert "name: Ada" in shell.shown and "[2Jbody" in shell.shown and "\x1b" not in shell.shown
    shell.press("a")
    shell.wait_for("[q]uit")
    shell.press("r")
    shell.wait_for("not rejected)")
    os.write(shell.master, b"That is nobody.\n")
    shell.wait_for("[q]uit")
    shell.press("q")
    shell.wait_for("2 reviewed.")
    assert shell.process.wait(PATIENCE_SECONDS) == 0
    found = [mturk.get_assignment(AssignmentId=one)["Assignment"] for one in work]
    assert [one["AssignmentStatus"] for one in found] == ["Approved", "Rejected", "Submitted"]
    assert found[1]["RequesterFeedback"] == "That is nobody."


def test_without_a_terminal_nothing_is_reviewed(toolkit: Toolkit) -> None:
    toolkit.publish_people()
    assert "needs a terminal" in toolkit.run("review", "people", status=1)
