"""Publishing only the unfinished again."""

import json

import pytest
from django.core.files.base import ContentFile

from kempelen.domain.actions import (
    assignments,
    batches,
    cancelling,
    failed_jobs,
    projects,
    prolonging,
    publishing,
    repeating,
)
from kempelen.domain.batches import typed_cells
from kempelen.domain.errors import WrongState
from kempelen.domain.models import Batch, GroupProgress, Job, TemplateLanguage
from kempelen.jobs import working
from kempelen.jobs.kinds import KINDS
from tests.factories import a_batch, a_project, a_submitted_assignment, a_worker, group_of, hits_of


def ended(batch: Batch) -> Batch:
    prolonging.expire(group_of(batch))
    prolonging.change_now(group_of(batch).pk)
    return batch


def published(batch: Batch) -> Batch:
    batches.publish(batch)
    return publishing.publish_now(batch.pk)


def asked(batch: Batch) -> list[tuple[str, int, int]]:
    return [(hit.inputs["text"], hit.max_assignments, hit.places_left) for hit in hits_of(batch)]


def test_each_row_asks_for_what_it_lacks(db: None) -> None:
    batch = a_batch(a_project(places=2))
    one, two, _ = hits_of(batch)
    for hit in (one, one, two):
        a_submitted_assignment(a_worker(), hit)
    again = repeating.repeat(ended(batch), with_rejected=False)
    assert (again.state, again.row_count, again.columns, again.repeats) == ("uploaded", 2, ["text"], batch)
    assert again.name == "rows, again"
    assert not again.csv_facts["warnings"]
    assert asked(published(again)) == [("two", 1, 1), ("three", 2, 2)]


def test_rejected_work_counts_as_lacking_if_asked(db: None) -> None:
    batch = a_batch(a_project(places=1))
    for hit in hits_of(batch):
        given = a_submitted_assignment(a_worker(), hit)
    assignments.reject(batch.requester, given.public_id, feedback="no")
    assert repeating.shortfall(batch) == repeating.Shortfall(hits=0, asked=0, rejected=1)
    with pytest.raises(WrongState, match="no unfinished"):
        repeating.repeat(batch, with_rejected=False)
    assert asked(published(repeating.repeat(batch, with_rejected=True))) == [("three", 1, 1)]


def test_a_batch_that_is_given_out_is_not_repeated(db: None) -> None:
    batch = a_batch()
    with pytest.raises(WrongState, match="still given out"):
        repeating.repeat(batch, with_rejected=False)
    batches.cancel_rest(batch)
    cancelling.cancel_now(batch.pk)
    batch.refresh_from_db()
    assert repeating.repeat(batch, with_rejected=False).row_count == 3


def test_values_come_back_as_they_were(db: None) -> None:
    rows = [{"text": 'a "b",\r\n c', "n": " 1 "}, {"text": "=1+1", "n": ""}, {"text": "ü☃", "n": "\t"}]
    batch = ended(a_batch(a_project(html="<p>${text} ${n}</p><input name=a>"), rows=rows))
    again = published(repeating.repeat(batch, with_rejected=False))
    assert [hit.inputs for hit in hits_of(again)] == [hit.inputs for hit in hits_of(batch)]


def test_json_lines_keep_their_types(db: None) -> None:
    html = "<p>{{ task.input.source }} {{ task.input.labels[0] }}</p><crowd-input name=a></crowd-input>"
    project = a_project(html=html, language=TemplateLanguage.LIQUID)
    lines = [{"source": "{x}", "labels": ["Cat"], "n": 3}, {"source": "two", "labels": None}]
    content = ContentFile("\n".join(map(json.dumps, lines)).encode())
    batch = ended(published(batches.upload(project, content, file_name="rows.jsonl")))
    again = published(repeating.repeat(batch, with_rejected=False))
    first, second = (typed_cells.values_of(hit.inputs) for hit in hits_of(again))
    assert (first["source"], first["labels"], first["n"]) == ("{x}", ["Cat"], 3)
    assert (second["source"], second["labels"]) == ("two", None)
    assert again.columns == batch.columns


def test_a_file_with_such_a_column_keeps_it(db: None) -> None:
    rows = [{"text": "one", repeating.ASKED_COLUMN: "x"}]
    again = published(repeating.repeat(ended(a_batch(rows=rows)), with_rejected=False))
    assert [hit.inputs for hit in hits_of(again)] == rows
    assert asked(again) == [("one", 1, 1)]


@pytest.fixture
def large(db: None, monkeypatch: pytest.MonkeyPatch) -> Batch:
    """A batch of three rows that ended, and counts as large."""
    monkeypatch.setattr(repeating, "AT_ONCE", 2)
    return ended(a_batch(a_project(places=2)))


def test_a_large_batch_is_repeated_in_the_background_and_once(large: Batch) -> None:
    job = repeating.ask_for(large, with_rejected=False, name="Again")
    assert isinstance(job, Job)
    assert repeating.being_made(large) == job
    with pytest.raises(WrongState, match="being made already"):
        repeating.ask_for(large, with_rejected=False)
    KINDS[job.kind](job)
    KINDS[job.kind](job)  # a process that died before it could say that it was done
    (again,) = large.repeated_by.all()
    assert (again.name, again.row_count, repeating.made_by(large, job.pk)) == ("Again", 3, again)
    assert repeating.made_by(again, job.pk) is None


def test_a_large_batch_says_what_it_lacks_without_counting_its_hits(large: Batch) -> None:
    counted = {"hits": 3, "hits_expired": 2, "places": 6, "unreviewed": 1}
    assert repeating.shortfall(large) == repeating.Shortfall(hits=3, asked=6, rejected=0)
    GroupProgress.objects.update_or_create(
        group=group_of(large), defaults={**counted, "hits": 2_000, "due_at": large.created_at}
    )
    assert repeating.shortfall(large) == repeating.Shortfall(hits=2, asked=5, rejected=0)


def test_what_cannot_be_made_is_told_at_the_batch(large: Batch) -> None:
    job = repeating.ask_for(large, with_rejected=False)
    Job.objects.exclude(pk=job.pk).delete()
    projects.update_project(large.project, html="<p>${other}</p><input name=a>")
    assert working.do_next("me")
    (failed,) = failed_jobs.of(large)
    assert failed == job
    assert "other" in failed_jobs.reason_of(failed.problem)
