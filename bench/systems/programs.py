"""Starting programs and talking to them."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_PATIENCE_SECONDS = 60


class Inside:
    """A program of `bench.inside`, run by the measured system's own Python."""

    def __init__(self, python: Path, module: str, environment: Mapping[str, str], folder: Path) -> None:
        self._process = subprocess.Popen(
            [python, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=folder,
            env={**environment, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"},
        )
        self.pid = self._process.pid

    def ask(self, verb: str, **arguments: Any) -> Any:
        """Have something done, and give what it answers."""
        assert self._process.stdin and self._process.stdout
        print(json.dumps({"do": verb, "with": arguments}), file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"The program inside ended at “{verb}”: see its words above.")
        return json.loads(answer)

    def stop(self) -> None:
        """Let it end."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait(_PATIENCE_SECONDS)
        self._process.stdout.close()


class Program:
    """A server, started and looked at until it answers."""

    def __init__(
        self, command: Sequence[str | Path], *, url: str, folder: Path, environment: Mapping[str, str]
    ) -> None:
        self.url = url
        self.log = folder / "server.log"
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                list(command),
                cwd=folder,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.pid = self._process.pid
        self._wait()

    def stop(self) -> None:
        """Ask it to stop, and see that it does."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.pid, signal.SIGKILL)
            self._process.wait()

    def _wait(self) -> None:
        give_up_at = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < give_up_at and self._process.poll() is None:
            try:
                with urllib.request.urlopen(self.url, timeout=_PATIENCE_SECONDS):
                    return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"No answer at {self.url}:\n{self.log.read_text(errors='replace')[-3000:]}")


def clean_environment() -> dict[str, str]:
    """This environment, less what it says of Kempelen, Django or Python."""
    named = ("KEMPELEN_", "DJANGO_", "PYTHON")
    return {name: value for name, value in os.environ.items() if not name.startswith(named)}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def own_python() -> Path:
    """The Python that Kempelen runs on."""
    return Path(sys.executable)
