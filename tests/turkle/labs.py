"""Databases that Turkle itself makes, once per process of the run; tests get copies."""

import json
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tests import databases, programs

ROOT = Path(__file__).parents[2]
PASSWORD = "tall-Ship-42"


@dataclass(frozen=True)
class Lab:
    """A Turkle database and what its making told."""

    place: str
    told: dict[str, Any] = field(default_factory=dict)
    is_old: bool = False

    def goes_on(self) -> None:
        """Let things happen in Turkle that come after an import."""
        _inside(self.place, "later", is_old=self.is_old)


def lab(folder: Path, *, is_old: bool = False, on_sqlite: bool = False) -> Lab:
    """A copy of the lab, on the database that this run uses."""
    made = _made(is_old=is_old, on_sqlite=on_sqlite or not databases.is_postgresql())
    if made.place.startswith("postgresql:"):
        name = made.place.rpartition("/")[2]
        return Lab(databases.new_database_url(template=name), made.told, is_old)
    path = folder / "turkle.sqlite3"
    shutil.copyfile(made.place.removeprefix("sqlite://"), path)
    return Lab(f"sqlite://{path}", made.told, is_old)


def lab_with_many(folder: Path, count: int) -> Lab:
    """A lab with one batch of so many tasks."""
    place = databases.new_database_url() or f"sqlite://{folder / 'many.sqlite3'}"
    return Lab(place, _inside(place, "many", str(count)))


@cache
def _made(*, is_old: bool, on_sqlite: bool) -> Lab:
    folder = tempfile.mkdtemp(dir=os.environ["KEMPELEN_DATA_DIR"])
    place = f"sqlite://{folder}/turkle.sqlite3" if on_sqlite else databases.new_database_url()
    return Lab(place, _inside(place, "lab", is_old=is_old), is_old)


def _inside(place: str, *words: str, is_old: bool = False) -> dict[str, Any]:
    """Have Turkle's own Python do something to the database."""
    python = programs.turkle()
    assert python, "Turkle is missing: `make test` installs it, as does python -m tools.prepare_tests"
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "tests.turkle.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), *([str(programs.OLDER_TURKLE)] if is_old else [])]),
        "PYTHONWARNINGS": "ignore",
        "TURKLE_DATABASE_URL": place,
    }
    command = [python, "-m", "tests.turkle.inside", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told
