"""What a server does once, in a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from kempelen.cli.serving.apart import done_apart
from tests.servers import clean_environment

pytestmark = pytest.mark.once

START = """
import sys
from kempelen.cli import start
start.django("kempelen.config.serving", ["serve"])
from kempelen.cli.serving import server
from kempelen.config import application, schema
server.make_ready(start.folder())
assert schema.exists()
loaded = set(sys.modules)
application.make()
from django.urls import get_resolver
assert get_resolver().url_patterns
print(*sorted(name for name in {*loaded, *sys.modules} if name.startswith(("boto", "kempelen.domain.migr"))))
"""


def test_what_is_done_apart_is_done_once_and_leaves_nothing_here(tmp_path: Path) -> None:
    done, here = tmp_path / "done", []

    def work() -> None:
        here.append(1)
        with done.open("a") as file:
            file.write("done\n")

    done_apart(work)
    assert done.read_text() == "done\n"
    assert not here


def test_what_fails_apart_is_told_here(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        done_apart((tmp_path / "nothing").read_text)


def test_a_started_server_has_neither_migrations_nor_amazons_library_in_memory(tmp_path: Path) -> None:
    environment = clean_environment() | {"KEMPELEN_DATA_DIR": str(tmp_path / "data")}
    started = subprocess.run(
        [sys.executable, "-c", START], env=environment, capture_output=True, text=True, check=False
    )
    assert (started.returncode, started.stdout.strip()) == (0, ""), started.stderr
    assert (tmp_path / "data" / "kempelen.sqlite3").exists()
