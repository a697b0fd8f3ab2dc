"""The example pipeline and the page about testing one: their commands and tests, as they stand there."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from kempelen.rehearsal import server
from kempelen.rehearsal.remote_clock import RemoteClock
from tests.programs import path_with_ours
from tests.servers import clean_environment

pytestmark = pytest.mark.once
EXAMPLE = Path("examples/pipeline").absolute()
PAGE = Path("docs/how-to/test-a-pipeline.md").read_text(encoding="utf-8")
README = (EXAMPLE / "README.md").read_text(encoding="utf-8")
# Whoever copies the example has none of these.
ONLY_OURS = "-p no:django -p no:schemathesis -p no:hypothesispytest -p no:rerunfailures -p no:anyio"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the example, as somebody begins with it."""
    left_out = shutil.ignore_patterns("__pycache__", ".*")
    return Path(shutil.copytree(EXAMPLE, tmp_path / "pipeline", ignore=left_out))


def blocks(text: str, language: str) -> list[str]:
    """What a page's blocks of code in this language say."""
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def commands(text: str) -> list[str]:
    """The commands that a page says to type."""
    lines = [line for block in blocks(text, "console") for line in block.splitlines()]
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


def run(command: str, folder: Path, more: Mapping[str, str] | None = None) -> str:
    """What a command prints that succeeds."""
    environment = clean_environment() | {
        "PATH": path_with_ours(),
        "PYTEST_ADDOPTS": ONLY_OURS,
        **(more or {}),
    }
    done = subprocess.run(
        shlex.split(command), cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}:\n{done.stdout}{done.stderr}"
    return done.stdout


def test_the_examples_own_tests_pass(project: Path) -> None:
    assert "pytest" in commands(README)
    count = (project / "tests" / "test_pipeline.py").read_text(encoding="utf-8").count("\ndef test_")

    assert f"{count} passed" in run("pytest -n 2 --mturk-seed 2", project)
    assert "pytest -n 2 --mturk-seed 2" in commands(README)


def test_the_examples_commands_do_what_they_say(project: Path) -> None:
    said = [command for command in commands(README) if command.startswith("python ")]
    publish, wait, review, export = said
    with server.start() as mturk:
        there = mturk.environment()
        assert run(publish, project, there) == "12 HITs published\n"
        assert run(publish, project, there) == "0 HITs published\n"
        RemoteClock(mturk.url, mturk.admin_token).advance(timedelta(days=3))
        run(wait, project, there)
        assert run(review, project, there) == "0 answers approved, 0 rejected\n"
        assert run(export, project, there) == "0 of 12 rows have a label\n"
    assert (project / "labels.csv").read_text(encoding="utf-8").startswith("id,food,gold,label,answers")


def test_the_tests_on_the_page_pass(project: Path) -> None:
    (project / "tests" / "test_pipeline.py").unlink()
    tests = [block for block in blocks(PAGE, "python") if block.startswith("# tests/")]
    for block in tests:
        (project / block.splitlines()[0].removeprefix("# ")).write_text(block, encoding="utf-8")
    (ini,) = blocks(PAGE, "ini")
    (project / "pytest.ini").write_text(f"{ini}pythonpath = .\nfilterwarnings = error\n", encoding="utf-8")

    assert f"{len(tests)} passed" in run("pytest", project)


def test_the_program_without_pytest_runs(tmp_path: Path) -> None:
    (program,) = [block for block in blocks(PAGE, "python") if not block.startswith("# tests/")]

    assert run(f"{sys.executable} -c {shlex.quote(program)}", tmp_path) == "10000.00\n"


def test_the_workflow_keeps_what_is_prepared_and_runs_the_tests() -> None:
    (block,) = blocks(PAGE, "yaml")
    steps = yaml.safe_load(block)["jobs"]["test"]["steps"]

    assert [step["run"] for step in steps if "run" in step][-1] == "pytest -n 2"
    assert any(step.get("with", {}).get("path") == "~/.cache/kempelen" for step in steps)
