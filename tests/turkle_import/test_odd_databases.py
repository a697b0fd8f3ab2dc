"""Databases that are no Turkle's, of an unknown version, or with what Turkle should not have let in."""

import hashlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from kempelen.domain.errors import Refusal
from kempelen.domain.models import HIT, Assignment, EarlierAnswer, Requester
from kempelen.turkle_import import importing
from kempelen.turkle_import.report import Report
from tests.turkle.labs import lab

Change = Callable[[str], None]
INSERT = (
    "INSERT INTO turkle_taskassignment "
    "(answers, completed, created_at, expires_at, assigned_to_id, task_id, updated_at)"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return Path(lab(tmp_path, on_sqlite=True).place.removeprefix("sqlite://"))


@pytest.fixture
def change(file: Path) -> Change:
    def run(script: str) -> None:
        with sqlite3.connect(file) as connection:
            connection.executescript(script)
        connection.close()

    return run


def notes(report: Report) -> str:
    return "\n".join(report.lines())


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("nowhere.sqlite3", "There is no file"),
        ("mysql://turkle@db/turkle", "dumpdata"),
        ("ftp://db/turkle", "unknown"),
        ("postgresql://turkle:hunter2@127.0.0.1:1/turkle", "does not let us in"),
    ],
)
def test_what_cannot_be_opened_is_refused_with_what_to_write(ada: Requester, place: str, said: str) -> None:
    with pytest.raises(Refusal, match=said) as refused:
        importing.bring(place, ada)
    assert "hunter2" not in str(refused.value)


def test_other_files_and_databases_are_refused(ada: Requester, tmp_path: Path) -> None:
    text = tmp_path / "text"
    text.write_text("no database, but long enough to be looked at " * 50)
    with pytest.raises(Refusal, match="no SQLite file"):
        importing.bring(str(text), ada)
    other = tmp_path / "other.sqlite3"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE things (id integer)")
    connection.close()
    with pytest.raises(Refusal, match="no Turkle database"):
        importing.bring(str(other), ada)


def test_a_version_that_is_not_known_is_refused_and_newer_things_are_told(
    ada: Requester, file: Path, change: Change
) -> None:
    change("ALTER TABLE turkle_task ADD COLUMN weight integer; CREATE TABLE turkle_bookmark (id integer)")
    told = notes(importing.bring(str(file), ada, is_trial=True))
    assert "turkle_task.weight, turkle_bookmark" in told
    change("ALTER TABLE turkle_taskassignment RENAME COLUMN answers TO replies")
    with pytest.raises(Refusal, match=r"lacks turkle_taskassignment\.answers"):
        importing.bring(str(file), ada)


def test_an_early_turkle_2_lacks_columns_that_came_later(ada: Requester, file: Path, change: Change) -> None:
    change(
        """
        DROP INDEX IF EXISTS turkle_batch_published_74f1fd1c;
        UPDATE turkle_batch SET completed = 0;
        ALTER TABLE turkle_batch DROP COLUMN completed;
        ALTER TABLE turkle_batch DROP COLUMN custom_permissions;
        ALTER TABLE turkle_project DROP COLUMN allotted_assignment_time;
        DROP TABLE authtoken_token;
        """
    )
    report = importing.bring(str(file), ada)
    assert (report.brought["answers"], report.brought["tokens"]) == (5, 0)
    # A batch without permissions of its own has its project's.
    closed = HIT.objects.get(group__batch__name="For pilots").group
    assert closed.audience == "groups"
    assert closed.worker_groups.filter(name="pilots").exists()


def test_the_database_is_only_read(ada: Requester, file: Path) -> None:
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    importing.bring(str(file), ada)
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before


def test_a_workers_second_answer_to_a_task_is_kept_beside_the_first(
    ada: Requester, file: Path, change: Change
) -> None:
    change(
        INSERT + """ SELECT '{"mood": "again"}', 1, created_at, expires_at, assigned_to_id, task_id,"""
        " '2026-11-22 12:00:00' FROM turkle_taskassignment WHERE id = 1"
    )
    report = importing.bring(str(file), ada)
    assert report.brought["answers"] == 6
    earlier = EarlierAnswer.objects.get()
    assert earlier.answers["mood"] == "good"
    assert earlier.assignment.answers == {"mood": "again"}
    assert importing.bring(str(file), ada).known["answers"] == 6


def test_more_answers_than_were_asked_for_are_all_kept(ada: Requester, file: Path, change: Change) -> None:
    change(
        INSERT + """ SELECT '{"why": "another"}', 1, created_at, expires_at, NULL, task_id, updated_at"""
        " FROM turkle_taskassignment WHERE assigned_to_id IS NULL;"
        "UPDATE turkle_batch SET assignments_per_task = -1 WHERE name = 'Anyone'"
    )
    told = notes(importing.bring(str(file), ada))
    hit = HIT.objects.get(inputs={"text": "p"})
    assert (hit.max_assignments, hit.places_left, hit.assignments.count()) == (2, 0, 2)
    # One visitor cannot have done a task twice.
    assert len({assignment.worker_id for assignment in hit.assignments.all()}) == 2
    assert "more answers than it asked for" in told
    assert "less than one assignment per task" in told


@pytest.mark.parametrize(
    ("stored", "kept"),
    [
        ("", {}),
        ('"a text"', {"answer": "a text"}),
        ("{broken", {"answer": "{broken"}),
        ('{"n": 3, "none": null, "csrfmiddlewaretoken": "t", "assignmentId": "7"}', {"n": "3", "none": ""}),
        ('{"nul": "a\\u0000b", "half": "\\ud800"}', {"nul": "a\ufffdb", "half": "\ufffd"}),
    ],
)
def test_whatever_was_stored_as_an_answer_is_kept(
    ada: Requester, file: Path, change: Change, stored: str, kept: dict[str, str]
) -> None:
    quoted = stored.replace("'", "''")
    change(f"UPDATE turkle_taskassignment SET answers = '{quoted}' WHERE id = 5")
    importing.bring(str(file), ada)
    assert Assignment.objects.get(hit__group__batch__name="For pilots").answers == kept


@pytest.mark.parametrize("html", ["", "   "])
def test_a_project_that_cannot_be_made_is_left_out_with_its_batches(
    ada: Requester, file: Path, change: Change, html: str
) -> None:
    change(f"UPDATE turkle_project SET html_template = '{html}' WHERE name = 'Moods'")
    report = importing.bring(str(file), ada)
    assert (report.left_out["projects"], report.left_out["batches"]) == (1, 3)
    trial = importing.bring(str(file), ada, is_trial=True)
    assert (trial.left_out["projects"], trial.known["tasks"]) == (1, 4)
