"""Adding rows to a batch that is published."""

import pytest
from django.core.files.base import ContentFile

from kempelen.domain.actions import additions, batches, cancelling, claims, prolonging, row_hits
from kempelen.domain.errors import FileRefused, WrongState
from kempelen.domain.models import HIT, Addition, Batch, Event, QueueOrder, Worker
from tests.factories import a_batch, a_project, a_worker, csv_of, group_of, hits_of

MORE = [{"text": f"more {number}"} for number in range(1, 6)]


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_hits, "PAGE", 2)


@pytest.fixture
def batch(db: None) -> Batch:
    return a_batch(a_project(places=2, reward_cents=3))


def uploaded(batch: Batch, rows: list[dict[str, str]] = MORE) -> Addition:
    return additions.upload(batch, ContentFile(csv_of(rows).encode()), file_name="more.csv")


def added(batch: Batch, rows: list[dict[str, str]] = MORE) -> Batch:
    addition = uploaded(batch, rows)
    additions.publish(addition)
    additions.add_now(addition.pk)
    return Batch.objects.get(pk=batch.pk)


def test_rows_stand_behind_those_that_were_there(batch: Batch) -> None:
    batch = added(batch)
    hits = hits_of(batch)
    assert [hit.inputs["text"] for hit in hits] == ["one", "two", "three", *(row["text"] for row in MORE)]
    assert [hit.row_number for hit in hits] == [hit.seq for hit in hits] == list(range(1, 9))
    assert {(hit.max_assignments, hit.places_left, hit.hit_type.reward_cents) for hit in hits} == {(2, 2, 3)}
    assert (batch.row_count, batch.published_count) == (8, 8)
    assert batch.ends_at == hits[-1].expires_at > hits[0].expires_at
    assert Event.objects.get(kind="BatchRowsAdded").data == {"hits": 5, "file": "more.csv"}


def test_who_had_done_all_gets_the_new_rows(batch: Batch, cleo: Worker) -> None:
    had = [claims.accept_next(cleo, group_of(batch)).hit.row_number for _ in range(3)]
    batch = added(batch)
    assert had == [1, 2, 3]
    assert claims.accept_next(cleo, group_of(batch)).hit.row_number == 4


@pytest.mark.parametrize("order", [QueueOrder.RANDOM, QueueOrder.PRIORITY])
def test_every_worker_gets_each_row_once_whatever_the_order(db: None, order: str) -> None:
    project = a_project(html="<p>${text}</p><input name=a>", queue_order=order)
    batch = a_batch(project, rows=[{"text": "old", "priority": "3"}])
    batch = added(batch, [{"text": str(number), "priority": str(number % 3)} for number in range(5)])
    cleo, group = a_worker(), group_of(batch)
    group.refresh_from_db()
    got = [claims.accept_next(cleo, group).hit for _ in range(6)]
    assert sorted(hit.row_number for hit in got) == list(range(1, 7))
    if order == QueueOrder.PRIORITY:
        assert [hit.priority for hit in got] == [3, 2, 1, 1, 0, 0]


def test_a_killed_server_goes_on_where_it_stopped(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    addition = uploaded(batch)
    additions.publish(addition)
    write, written = additions._write_page, []

    def die_after_one(*arguments: object) -> bool:
        if written:
            raise KeyboardInterrupt
        written.append(write(*arguments))
        return True

    monkeypatch.setattr(additions, "_write_page", die_after_one)
    with pytest.raises(KeyboardInterrupt):
        additions.add_now(addition.pk)
    assert HIT.objects.count() == 5
    monkeypatch.setattr(additions, "_write_page", write)
    assert additions.add_now(addition.pk).state == additions.add_now(addition.pk).state == "published"
    assert [hit.row_number for hit in hits_of(batch)] == list(range(1, 9))


def test_a_file_that_is_gone_leaves_no_gap(batch: Batch) -> None:
    addition = uploaded(batch)
    additions.publish(addition)
    addition.csv_file.storage.delete(addition.csv_file.name)
    with pytest.raises(FileRefused):
        additions.add_now(addition.pk)
    addition.refresh_from_db()
    batch.refresh_from_db()
    assert (addition.state, batch.row_count) == ("failed", 3)
    assert addition.problem
    assert added(batch).row_count == 8


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"word": "x"}, "text"),
        ({"text": "x", "price": "3"}, "there is a column “price”, which the batch does not have"),
    ],
)
def test_other_columns_are_refused_and_nothing_is_kept(batch: Batch, row: dict[str, str], said: str) -> None:
    with pytest.raises(FileRefused, match=said):
        uploaded(batch, [row])
    assert not Addition.objects.exists()


def test_one_after_the_other(batch: Batch) -> None:
    first, second = uploaded(batch), uploaded(batch)
    assert (first.number, second.number) == (1, 2)
    additions.publish(first)
    with pytest.raises(WrongState, match="being added"):
        additions.publish(second)
    with pytest.raises(WrongState, match="already"):
        additions.discard(first)
    additions.discard(second)
    assert Addition.objects.get() == first


def test_a_cancelled_batch_takes_no_rows(batch: Batch) -> None:
    addition = uploaded(batch)
    batches.cancel_rest(batch)
    batch.refresh_from_db()
    with pytest.raises(WrongState, match="cancelled"):
        uploaded(batch)
    with pytest.raises(WrongState, match="cancelled"):
        additions.publish(addition)


def test_a_batch_that_is_cancelled_meanwhile_gets_no_more_rows(
    batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    addition = uploaded(batch)
    additions.publish(addition)
    write = additions._write_page

    def cancel_after_it(*arguments: object) -> bool:
        is_written = write(*arguments)
        batches.cancel_rest(Batch.objects.get(pk=batch.pk))
        cancelling.cancel_now(batch.pk)
        return is_written

    monkeypatch.setattr(additions, "_write_page", cancel_after_it)
    assert additions.add_now(addition.pk).state == "failed"
    batch.refresh_from_db()
    assert (batch.row_count, batch.published_count) == (5, 5)
    assert {hit.status for hit in hits_of(batch)} == {"Reviewable"}


def test_rows_that_are_still_to_come_keep_the_others_from_being_ended_or_extended(batch: Batch) -> None:
    addition = uploaded(batch)
    additions.publish(addition)
    with pytest.raises(WrongState, match="being added"):
        prolonging.expire(group_of(batch))
    with pytest.raises(WrongState, match="being added"):
        prolonging.extend(group_of(batch), more=1)
    additions.add_now(addition.pk)
    prolonging.expire(group_of(batch))
    assert prolonging.change_now(group_of(batch).pk) == 8
    assert {hit.status for hit in hits_of(batch)} == {"Reviewable"}
