"""The commands that pages show, typed into a real shell on a real terminal, as a reader would."""

import os
import pty
import re
import select
import subprocess
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 120
_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass(frozen=True)
class Shown:
    """A command on a page, and in which line it stands."""

    page: str
    line: int
    text: str


def commands_of(page: str) -> Iterator[Shown]:
    """Give the commands of a page in order; a backslash at a line's end goes on with the next."""
    text = (ROOT / page).read_text(encoding="utf-8")
    for block in _BLOCK.finditer(text):
        first = text.count("\n", 0, block.start(1)) + 1
        begun = ""
        for number, line in enumerate(block[1].splitlines(), first):
            begun += line
            if line.endswith("\\"):
                begun += "\n"
            elif begun.strip() and not begun.startswith("#"):
                yield Shown(page, number, begun)
                begun = ""
            else:
                begun = ""


class Shell:
    """A shell on a terminal, which keeps what is set in it."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._master, slave = pty.openpty()
        termios.tcsetwinsize(slave, (50, 250))
        attributes = termios.tcgetattr(slave)
        attributes[3] &= ~termios.ECHO
        termios.tcsetattr(slave, termios.TCSANOW, attributes)
        self._process = subprocess.Popen(
            ["setsid", "--ctty", "bash", "--norc", "--noprofile", "--noediting", "-i"],
            cwd=folder,
            env={**environment, "PS1": "", "PS2": "", "TERM": "xterm", "HISTFILE": ""},
            stdin=slave,
            stdout=slave,
            stderr=slave,
        )
        os.close(slave)

    def run(self, command: str, *, typed: Sequence[tuple[str, str]] = ()) -> tuple[int, str]:
        """Run a command, typing answers when they are asked for; gives the status and what was said."""
        os.write(self._master, f'{{\n{command}\n}}; echo "::$?::"\n'.encode())
        said = ""
        for question, answer in typed:
            said += self._read_until(re.compile(re.escape(question)))
            if not answer.endswith("\n"):
                self._wait_for_single_keys()
            os.write(self._master, answer.encode())
        said += self._read_until(re.compile(r"::(\d+)::"))
        ended = re.search(r"::(\d+)::", said)
        assert ended
        return int(ended[1]), _CONTROL.sub("", said[: ended.start()]).replace("\r", "")

    def close(self) -> None:
        """Leave."""
        self._process.kill()
        self._process.wait()
        os.close(self._master)

    def _wait_for_single_keys(self) -> None:
        """Wait until the program reads keys; those that were pressed before do not count."""
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while termios.tcgetattr(self._master)[3] & termios.ICANON:
            assert time.monotonic() < give_up_at
            select.select([], [], [], 0.02)

    def _read_until(self, wanted: re.Pattern[str]) -> str:
        seen, give_up_at = b"", time.monotonic() + PATIENCE_SECONDS
        while not wanted.search(seen.decode(errors="replace")):
            assert time.monotonic() < give_up_at, seen.decode(errors="replace")
            if select.select([self._master], [], [], 1)[0]:
                seen += os.read(self._master, 65_536)
        return seen.decode(errors="replace")
