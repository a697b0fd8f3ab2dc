"""Commands run as a user runs them, on a data folder of their own."""

import os
import subprocess
from pathlib import Path

import pytest

from tests import databases
from tests.servers import KEMPELEN


class CommandLine:
    """A shell in which `kempelen` works on one data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        clean = {name: value for name, value in os.environ.items() if not name.startswith("KEMPELEN_")}
        self.environment = clean | {"KEMPELEN_DATA_DIR": str(folder / "data")}
        if url := databases.new_database_url():
            self.environment["KEMPELEN_DATABASE_URL"] = url

    def run(self, *words: str | Path, status: int = 0) -> subprocess.CompletedProcess[str]:
        """What the command said; it must end with this status."""
        done = subprocess.run(
            [KEMPELEN, *words],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done


@pytest.fixture
def shell(tmp_path: Path) -> CommandLine:
    """A shell whose data folder is still to be made."""
    return CommandLine(tmp_path)


@pytest.fixture
def shell_of_ben(shell: CommandLine) -> CommandLine:
    """A shell on a data folder where Ben owns a requester."""
    shell.run("add-user", "ben")
    shell.run("add-requester", "Lab of Ben", "--owner", "ben")
    return shell
