"""`kempelen crowd-elements` prints the file, wherever one is."""

import subprocess
from pathlib import Path

import pytest

from kempelen.crowd.bundle import bundle
from tests.servers import KEMPELEN, clean_environment

pytestmark = pytest.mark.once


def test_the_file_is_printed_and_nothing_else_is_made(tmp_path: Path) -> None:
    environment = clean_environment() | {"KEMPELEN_DATA_DIR": str(tmp_path / "data")}
    command = [KEMPELEN, "crowd-elements"]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, check=True)

    assert done.stdout.decode() == bundle()
    assert not done.stderr
    assert not list(tmp_path.iterdir())
