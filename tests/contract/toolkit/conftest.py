"""`kempelen publish`, `results` and the like, run as a requester's shell runs them, against a real server."""

import json
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.contract.api.conftest import aws_session, client, endpoint, mturk
from tests.contract.api.crowd import crowd, here
from tests.contract.api.programs import shell

__all__ = ["aws_session", "client", "crowd", "endpoint", "here", "mturk", "shell"]

PROGRAM = Path(sys.executable).with_name("kempelen")
TEMPLATE = "<p>Who was ${name}?</p><input name=who required>"
PEOPLE = "name,born\nAda,1815\nGrace,1906\nAlan,1912\n"
TITLE = ("--title", "Who was it", "--reward", "0.05")


class Toolkit:
    """Somebody's shell, in a folder with a template and rows."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.environment = dict(environment)
        (folder / "who.html").write_text(TEMPLATE)
        (folder / "people.csv").write_text(PEOPLE)

    def run(self, *words: str, said: str = "", status: int = 0) -> str:
        """Run `kempelen …`; gives what it prints, or what it complains of where it has to end otherwise."""
        done = subprocess.run(
            [PROGRAM, *words],
            cwd=self.folder,
            env=self.environment,
            input=said,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout if status == 0 else done.stdout + done.stderr

    def json(self, *words: str, status: int = 0) -> Any:
        """Run `kempelen … --json`; gives what it says."""
        done = self.run(*words, "--json", status=status)
        return json.loads(done)

    def start(self, *words: str, environment: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Start `kempelen …`, to be interrupted."""
        return subprocess.Popen(
            [PROGRAM, *words],
            cwd=self.folder,
            env=environment or self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )

    def publish_people(self) -> list[str]:
        """Publish a HIT for each of three people; gives their ids by row."""
        self.run("publish", "who.html", "people.csv", *TITLE)
        return self.hit_ids("people")

    def hit_ids(self, batch: str) -> list[str]:
        """Give the HITs of a batch by row, as its file has them."""
        lines = (self.folder / f"{batch}.hits.jsonl").read_text().splitlines()[1:]
        rows = {line["row"]: line["hit_id"] for line in map(json.loads, lines)}
        return [rows[number] for number in sorted(rows)]


@pytest.fixture
def toolkit(shell: dict[str, str], tmp_path: Path) -> Toolkit:
    """Ada's shell."""
    return Toolkit(tmp_path, shell | {"KEMPELEN_PROFILES": str(tmp_path / "profiles.toml")})
