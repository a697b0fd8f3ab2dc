"""The tutorial for programs, with the very programs that it shows."""

import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kempelen.domain.models import Assignment, Payment
from tests.contract.api.crowd import CrowdWorker, crowd, here
from tests.contract.api.programs import shell

__all__ = ["crowd", "here", "shell"]

pytestmark = pytest.mark.once
TEXT = Path("docs/start/first-api-hits.md").read_text(encoding="utf-8")


def save(folder: Path, name: str, language: str) -> None:
    """Save what the tutorial says to save under this name."""
    found = re.search(rf"Save this as `{name}`:|And this as `{name}`:", TEXT)
    assert found, name
    block = re.compile(rf"```{language}\n(.*?)```", re.DOTALL).search(TEXT, found.end())
    assert block
    (folder / name).write_text(block[1], encoding="utf-8")


def run(folder: Path, name: str, shell: Mapping[str, str]) -> str:
    """Run a program of the tutorial in its shell; gives what it prints."""
    assert f"`python {name}`" in TEXT
    command = [sys.executable, name]
    done = subprocess.run(command, cwd=folder, env=shell, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_programs_of_the_tutorial_publish_and_review(
    shell: dict[str, str], crowd: Callable[..., CrowdWorker], tmp_path: Path
) -> None:
    for name, language in (("question.xml", "xml"), ("publish.py", "python"), ("review.py", "python")):
        save(tmp_path, name, language)
    published = run(tmp_path, "publish.py", shell)
    assert "Balance: 10000.00" in published

    cleo = crowd("Cleo")
    place = re.search(r"Work on it: http://[^/]+(/mturk/preview\S+)", published)
    assert place
    assert cleo.look(place[1]).status in {200, 302}
    cleo.answer((tmp_path / "hit.txt").read_text(), {"sight": "A tower, and a crow"})

    reviewed = run(tmp_path, "review.py", shell)
    assert f"{cleo.id}, sight: A tower, and a crow" in reviewed
    assert "The HIT is Reviewable" in reviewed
    assert Assignment.objects.get().status == "Approved"
    assert sorted(Payment.objects.values_list("amount_cents", flat=True)) == [5, 15]
