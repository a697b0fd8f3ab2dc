"""Commands run as a user runs them, on a data folder of their own."""

import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import databases
from tests.servers import KEMPELEN, clean_environment


class CommandLine:
    """A shell in which `kempelen` works on one data folder."""

    def __init__(self, folder: Path, *, database: str = "template1") -> None:
        self.folder = folder
        self.environment = clean_environment() | {"KEMPELEN_DATA_DIR": str(folder / "data")}
        if url := databases.new_database_url(template=database):
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


@pytest.fixture(scope="session")
def _home_of_ben(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """Made once: Ben owns a requester."""
    shell = CommandLine(tmp_path_factory.mktemp("ben"))
    shell.run("add-user", "ben")
    shell.run("add-requester", "Lab of Ben", "--owner", "ben")
    return shell


@pytest.fixture
def shell_of_ben(_home_of_ben: CommandLine, tmp_path: Path) -> CommandLine:
    """A shell on a data folder where Ben owns a requester."""
    database = urlsplit(_home_of_ben.environment.get("KEMPELEN_DATABASE_URL", "")).path.strip("/")
    shutil.copytree(_home_of_ben.folder / "data", tmp_path / "data")
    return CommandLine(tmp_path, database=database or "template1")
