"""`kempelen examples` lists the examples and writes one, ready to be published."""

import subprocess
from pathlib import Path

import pytest

from kempelen import examples
from tests.servers import KEMPELEN, clean_environment

pytestmark = pytest.mark.once


def run(folder: Path, *arguments: str | Path, status: int = 0) -> subprocess.CompletedProcess[str]:
    environment = clean_environment() | {"KEMPELEN_DATA_DIR": str(folder / "data")}
    command = [KEMPELEN, *arguments]
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr
    return done


def test_all_are_listed_and_nothing_is_made(tmp_path: Path) -> None:
    listed = run(tmp_path, "examples").stdout

    assert all(f"  {example.slug} " in listed for example in examples.catalogue())
    assert "Draw a box around every person, car and bicycle." in listed
    assert not list(tmp_path.iterdir())


def test_one_is_written_and_can_be_published(tmp_path: Path) -> None:
    done = run(tmp_path, "examples", "tabular-data")
    assert done.stdout.split() == ["tabular-data/template.html", "tabular-data/rows.csv"]
    assert done.stderr.startswith("Publish it with: kempelen publish-hits tabular-data/template.html")
    assert (tmp_path / "tabular-data/template.html").read_text() == examples.example("tabular-data").html

    published = run(tmp_path, "publish-hits", *done.stdout.split())
    assert "4 HITs" in published.stdout + published.stderr


def test_what_is_there_is_overwritten_on_request_only(tmp_path: Path) -> None:
    mine = tmp_path / "here" / "template.html"
    mine.parent.mkdir()
    mine.write_text("Mine.")
    refused = run(tmp_path, "examples", "survey", "here", status=1)
    assert "here/template.html is there already" in refused.stderr
    assert mine.read_text() == "Mine."
    assert not mine.with_name("rows.csv").exists()

    run(tmp_path, "examples", "survey", "here", "--force")
    assert mine.read_text() == examples.example("survey").html


def test_a_name_that_is_none_is_refused(tmp_path: Path) -> None:
    assert "No example is called chess" in run(tmp_path, "examples", "chess", status=1).stderr
