"""`kempelen rehearse`, as a requester types it."""

import json
import signal

import pytest
import typer

from kempelen.cli.mturk import rehearse
from kempelen.domain.actions import api_tokens
from kempelen.domain.models import ApiToken
from kempelen.toolkit import stopping
from tests.contract.toolkit.conftest import Toolkit
from tests.web.sandbox.asking import an_administrator

pytestmark = pytest.mark.once
LABEL = """<p>${name}</p><label><input type=radio name=who value=poet required> Poet</label>
<label><input type=radio name=who value=pilot> Pilot</label>"""
PLAN = "workers: 4\nspan: 10min\nlooks: 10\nkinds:\n  diligent: {tasks: 99, abandons: 0}\n"
WORK = ("--title", "Who was it", "--reward", "0.05", "--assignments", "2")


@pytest.fixture
def label(toolkit: Toolkit) -> Toolkit:
    (toolkit.folder / "label.html").write_text(LABEL)
    (toolkit.folder / "crowd.yaml").write_text(PLAN)
    return toolkit


def test_a_batch_is_rehearsed_on_a_server_of_its_own(label: Toolkit) -> None:
    rules = ("--rule", "majority:who", "--rule", "time:1s")
    words = ("rehearse", "label.html", "people.csv", *WORK, "--plan", "crowd.yaml", *rules)
    said = json.loads(label.run(*words, "--report", "report.html", "--json"))
    assert (said["hits"], said["places"], said["answers"]) == (3, 6, 6)
    assert said["quality"]["is_known"] is False
    assert [one["rule"] for one in said["rules"]] == ["majority:who", "time:1s", "all together"]
    assert "Rehearsal of “people”" in (label.folder / "report.html").read_text()
    # Nothing of it is left but the report.
    assert not list(label.folder.glob("*.hits.jsonl"))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("label.html", "people.csv", *WORK, "--plan", "bad.yaml"), "bad.yaml, workers: 'many'"),
        (("label.html", "people.csv", *WORK, "--truth", "who=born?"), "the data have no column 'born?'"),
        (("label.html", "people.csv"), "What is the work called?"),
        (("label.html", "people.csv", *WORK, "--rule", "guess"), "'guess' is no rule"),
        (("label.html", "people.csv", *WORK, "--report", "r.pdf"), "a report is written as .html or .md"),
        (("label.html", "people.csv", *WORK, "--report", "none/r.md"), "none/r.md cannot be written"),
        (("label.html", "people.csv", *WORK, "--until", "soon"), "--until: 'soon' is no span of time"),
        (("label.html", "people.csv", *WORK, "--fair", "much"), "--fair: 'much' is no sum of money"),
        (("--batch", "people"), "say --join"),
        ((), "What is to be rehearsed?"),
        (("--join", "--batch", "people"), "needs an administrator’s token"),
    ],
)
def test_what_cannot_be_rehearsed_is_refused_with_what_to_do(
    label: Toolkit, words: tuple[str, ...], told: str
) -> None:
    (label.folder / "bad.yaml").write_text("workers: many\n")
    assert told in label.run("rehearse", *words, status=1)


def test_nothing_is_published_where_no_crowd_can_come(label: Toolkit) -> None:
    label.environment["KEMPELEN_ADMIN_TOKEN"] = "kempelen_of-another-server"
    label.run("rehearse", "--join", "label.html", "people.csv", *WORK, status=1)
    # Neither HITs nor the batch's file.
    assert "no batch" in label.run("status", "people", status=1).lower()
    assert not list(label.folder.glob("*.hits.jsonl"))


def test_who_stops_a_rehearsal_is_told_that_nothing_of_it_is_left(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as ended, rehearse._throwaway() as server:
        folder = server.data_dir
        raise stopping.Stopped(signal.SIGTERM)
    assert ended.value.exit_code == 143
    assert "the same command begins anew" in capsys.readouterr().err
    assert folder
    assert not folder.exists()


def test_a_crowd_comes_to_a_sandbox_that_runs_already(label: Toolkit) -> None:
    label.run("publish", "label.html", "people.csv", *WORK)
    token = api_tokens.create(an_administrator(), scope=ApiToken.Scope.ADMINISTRATOR)[1]
    label.environment["KEMPELEN_ADMIN_TOKEN"] = token
    words = ("rehearse", "--join", "--batch", "people", "--plan", "crowd.yaml", "--rule", "majority:who")
    assert label.json(*words)["answers"] == 6
    # Rules are only looked at there.
    assert label.json("status", "people")["to_review"] == 6
    assert "All places of “people” are taken" in label.run(*words, status=1)
