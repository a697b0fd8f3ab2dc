"""Publishing a batch."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile

from kempelen.domain.actions import batches, cancelling, claims, publishing, row_hits
from kempelen.domain.errors import FileRefused, HITNotAvailable, WrongState
from kempelen.domain.models import HIT, Batch, Event, HITGroup, Job, QueueOrder, Worker
from kempelen.domain.queries import home
from tests.factories import a_batch, a_project, an_upload, hits_of

ROWS = [{"text": f"row {number}"} for number in range(1, 8)]
HTML = "<p>${text}</p><input name='answer'>"


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_hits, "PAGE", 2)


def test_every_row_becomes_a_hit_with_the_projects_properties(db: None) -> None:
    project = a_project(html=HTML, places=3, reward_cents=7, lifetime_seconds=60)
    batch = a_batch(project, rows=ROWS)
    hits = hits_of(batch)
    assert [hit.inputs for hit in hits] == ROWS
    assert {(hit.max_assignments, hit.places_left, hit.status) for hit in hits} == {(3, 3, "Assignable")}
    assert hits[0].hit_type.reward_cents == 7
    assert [hit.seq for hit in hits] == list(range(1, 8))
    assert hits[0].requester_annotation == "BatchId:1;OriginalHitTemplateId:1;"
    assert batch.state == "published"
    assert Event.objects.get(kind="BatchPublished").data == {"hits": 7}


def test_a_queue_in_random_order_is_shuffled(db: None) -> None:
    rows = [{"text": str(number)} for number in range(30)]
    hits = hits_of(a_batch(a_project(html=HTML, queue_order=QueueOrder.RANDOM), rows=rows))
    shuffled = [hit.shuffled_seq for hit in hits]
    assert [hit.seq for hit in hits] == sorted(shuffled) == list(range(1, 31))
    assert shuffled != sorted(shuffled)


def test_ids_ascend_with_the_rows_so_that_they_are_written_side_by_side(db: None) -> None:
    ids = [hit.public_id for hit in hits_of(a_batch(a_project(html=HTML), rows=ROWS))]
    lowest = ids.index(min(ids))
    assert ids[lowest:] + ids[:lowest] == sorted(ids)


def test_nothing_is_seen_before_the_last_page(db: None, cleo: Worker) -> None:
    batch = an_upload(a_project(html=HTML), rows=ROWS)
    batches.publish(batch)
    group = HITGroup.objects.get()
    seen = []

    def look(done: int, total: int) -> None:
        seen.append((done, total, home.listing(cleo, is_logged_in=True).exists()))
        with pytest.raises(HITNotAvailable):
            claims.accept_next(cleo, group)

    publishing.publish_now(batch.pk, on_progress=look)
    assert seen == [(2, 7, False), (4, 7, False), (6, 7, False), (7, 7, False)]
    assert claims.accept_next(cleo, group)


def test_a_killed_publisher_is_followed_by_one_that_goes_on(db: None) -> None:
    batch = an_upload(a_project(html=HTML, queue_order=QueueOrder.RANDOM), rows=ROWS)
    batches.publish(batch)

    def die(done: int, total: int) -> None:
        if done >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publishing.publish_now(batch.pk, on_progress=die)
    assert publishing.publish_now(batch.pk).state == "published"
    assert [hit.inputs for hit in hits_of(batch)] == ROWS
    assert sorted(HIT.objects.values_list("shuffled_seq", flat=True)) == list(range(1, 8))


def test_where_values_are_long_fewer_rows_are_written_at_once(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_hits, "PAGE", 5)
    monkeypatch.setattr(row_hits, "_LOOK_AT", 1)
    monkeypatch.setattr(row_hits, "PAGE_CHARACTERS", 1_000)
    rows = [{"text": text} for text in (*"abcdef", "g" * 999, *"hi")]
    batch = an_upload(a_project(html=HTML), rows=rows)
    batches.publish(batch)
    pages = []
    publishing.publish_now(batch.pk, on_progress=lambda done, total: pages.append(done))
    assert pages == [5, 7, 9]
    assert [hit.inputs for hit in hits_of(batch)] == rows


def test_a_file_that_changed_meanwhile_leaves_nothing(db: None) -> None:
    batch = an_upload(a_project(html=HTML), rows=ROWS)
    batches.publish(batch)
    with Path(batch.csv_file.path).open("a") as file:
        file.write('"never closed')
    with pytest.raises(FileRefused):
        publishing.publish_now(batch.pk)
    failed = Batch.objects.get()
    assert (failed.state, failed.published_count) == ("failed", 0)
    assert failed.problem
    assert not HIT.objects.exists()
    assert not HITGroup.objects.exists()


def test_a_batch_is_published_once(db: None) -> None:
    batch = an_upload(a_project(html=HTML), rows=ROWS)
    batches.publish(batch)
    with pytest.raises(WrongState):
        batches.publish(batch)
    publishing.publish_now(batch.pk)
    publishing.publish_now(batch.pk)
    assert HIT.objects.count() == 7
    assert Job.objects.count() == 1


def test_a_refused_file_leaves_nothing(db: None) -> None:
    project = a_project(html=HTML)
    kept = set(Path(batch_folder()).glob("*"))
    with pytest.raises(FileRefused, match=r"rows\.csv, row 3"):
        batches.upload(project, ContentFile(b"text,more\na,b\nc\n"), file_name="C:\\data\\rows.csv")
    assert not Batch.objects.exists()
    assert set(Path(batch_folder()).glob("*")) == kept


def test_a_template_variable_without_a_column_is_refused(db: None) -> None:
    with pytest.raises(FileRefused, match="text"):
        batches.upload(a_project(html=HTML), ContentFile(b"other\n1\n"), file_name="rows.csv")


def test_priorities_come_from_the_column(db: None, cleo: Worker) -> None:
    rows = [{"text": "later", "Priority": "1"}, {"text": "first", "Priority": "9"}]
    batch = a_batch(a_project(html=HTML, queue_order=QueueOrder.PRIORITY), rows=rows)
    assert batch.hit_group
    assert batch.hit_group.priorities == [9, 1]
    assert claims.accept_next(cleo, batch.hit_group).hit.inputs == rows[1]


def test_a_paused_batch_is_not_given_out_and_stays_assignable(db: None, cleo: Worker) -> None:
    batch = a_batch(a_project(html=HTML), rows=ROWS)
    assert batch.hit_group
    batches.pause(batch)
    assert set(HIT.objects.values_list("status", flat=True)) == {"Assignable"}
    with pytest.raises(HITNotAvailable):
        claims.accept_next(cleo, batch.hit_group)
    batches.resume(batch)
    assert claims.accept_next(cleo, batch.hit_group)


def test_cancelling_withdraws_what_nobody_has_begun(db: None, cleo: Worker, dan: Worker) -> None:
    batch = a_batch(a_project(html=HTML, places=2), rows=ROWS)
    assert batch.hit_group
    claims.accept_next(cleo, batch.hit_group)
    batches.cancel_rest(batch)
    with pytest.raises(HITNotAvailable):
        claims.accept_next(dan, batch.hit_group)
    assert cancelling.cancel_now(batch.pk) == 7
    statuses = HIT.objects.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == ["Unassignable"] + ["Reviewable"] * 6


def test_a_discarded_upload_is_gone_with_its_file(db: None) -> None:
    batch = an_upload(a_project(html=HTML), rows=ROWS)
    path = Path(batch.csv_file.path)
    batches.discard(batch)
    assert not path.exists()
    assert not Batch.objects.exists()


def batch_folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "batches"
