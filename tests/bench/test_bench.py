"""The measuring itself, at sizes that say nothing about speed."""

import json
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from bench.figures import Figure, Figures

from bench import plot, report, targets
from tests import databases

ROOT = Path(__file__).parents[2]


def a_figure(part: str, case: str, who: str, **values: float) -> Figure:
    """A figure of SQLite."""
    return Figure(part, case, who, "SQLite", **values)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the results of a tiny run of all parts on the database of this test run."""
    folder = tmp_path_factory.mktemp("bench")
    database = "postgresql" if databases.is_postgresql() else "sqlite"
    command = [sys.executable, "-m", "bench", "--tiny", "--database", database, "--out", folder]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (folder / "figures.json").exists(), done.stdout + done.stderr
    return folder


def test_every_part_is_measured_and_nothing_goes_wrong(run: Path) -> None:
    figures = json.loads((run / "figures.json").read_text())["figures"]
    assert {figure["part"].partition(":")[0] for figure in figures} == {
        "loop",
        "page",
        "submit",
        "home",
        "accept",
        "publish",
        "export",
        "API",
        "pages",
    }
    assert [figure["problems"] for figure in figures if figure["problems"]] == []
    assert [figure for figure in figures if figure["seconds"] <= 0] == []


def test_the_page_names_the_machine_and_shows_every_figure(run: Path) -> None:
    page = (run / "figures.md").read_text()
    document = json.loads((run / "figures.json").read_text())
    assert document["machine"]["processor"] in page
    assert page.count("\n| ") >= len(document["figures"]) + len(document["targets"])
    ElementTree.parse(run / "figures.svg")


def test_half_of_the_limit_meets_a_target_and_less_does_not() -> None:
    figures = Figures(
        [
            a_figure("export", "10,000 rows", "Kempelen", seconds=1, per_second=10_000),
            a_figure("export", "10,000 rows", "limit", seconds=0.5, per_second=20_000),
            a_figure("publish", "10,000 rows", "Kempelen", seconds=1, per_second=10_000),
            a_figure("publish", "10,000 rows", "limit", seconds=0.4, per_second=25_000),
        ]
    )
    verdicts = {verdict.what.partition(",")[0]: verdict for verdict in targets.verdicts(figures)}
    assert verdicts["export"].is_met
    assert not verdicts["publish"].is_met
    assert verdicts["publish"].measured == pytest.approx(0.4)
    assert plot.times_met(verdicts["publish"]) == pytest.approx(0.8)


def test_lost_work_fails_the_loop_however_fast_it_is() -> None:
    fast = a_figure("loop", "8 workers", "Kempelen", per_second=900)
    fast.problems = {"answer lost": 1}
    slow = a_figure("loop", "8 workers", "Turkle", per_second=10)
    speed, faults = targets.verdicts(Figures([fast, slow]))
    assert speed.is_met and not faults.is_met


def test_what_was_not_measured_is_not_judged() -> None:
    assert targets.verdicts(Figures([a_figure("loop", "8 workers", "Turkle", per_second=10)])) == []


def test_durations_are_shown_in_the_unit_that_fits() -> None:
    assert [report.duration(seconds) for seconds in (0.000_25, 0.012_34, 3.217)] == [
        "250 µs",
        "12.3 ms",
        "3.22 s",
    ]
