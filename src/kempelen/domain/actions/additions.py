"""Adding rows to a published batch: checked as its file was, then made into HITs behind the others.

They appear page by page while the batch is given out; a job makes them, and goes on where a killed server
stopped.  They ask for as many assignments as the batch, and live as long from then on.
"""

from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import F, Max

from kempelen.domain import batch_events, clock, events, file_names
from kempelen.domain.actions import background, bulk_hits, places, row_hits, uploads
from kempelen.domain.batches.csv_files import CSV
from kempelen.domain.batches.csv_problems import CsvProblems
from kempelen.domain.batches.wording import shown
from kempelen.domain.errors import FileRefused, NotFound, WrongState
from kempelen.domain.models import Addition, Batch, HITGroup, Job, User

ADD_ROWS = "add_rows"
State = Batch.State
_CANCELLED = "The batch was cancelled before all rows were there."


def upload(batch: Batch, content: "File[Any]", *, file_name: str, by: User | None = None) -> Addition:
    """Keep and check a CSV, or JSON Lines, with more rows for the batch; nothing is published by this.

    Its columns must be the batch's.  Refuses with `FileRefused`, which lists every problem found with its
    place, and with `WrongState` where the batch takes no rows; then nothing is kept.
    """
    _check_takes_rows(batch)
    file_name = file_names.of_path(file_name)
    addition = Addition(batch=batch, file_name=file_name, created_by=by, created_at=clock.now())
    addition.csv_file.save(file_name, content, save=False)
    try:
        uploads.check(addition, batch.template_version)
        _check_columns(batch, addition)
        _number_and_save(addition)
    except BaseException:
        addition.csv_file.delete(save=False)
        raise
    return addition


@transaction.atomic
def publish(addition: Addition, *, by: User | None = None) -> Job:
    """Begin to make the HITs of the rows; a job does so, one addition of a batch after the other."""
    batch = Batch.objects.select_for_update().get(pk=addition.batch_id)
    _check_takes_rows(batch)
    if batch.additions.filter(state=State.PUBLISHING).exists():
        raise WrongState(f"Rows are being added to batch “{batch.name}”; wait until they are there.")
    begun = Addition.objects.filter(pk=addition.pk, state=State.UPLOADED).update(
        state=State.PUBLISHING, rows_before=batch.row_count
    )
    if not begun:
        raise WrongState(f"These rows were added to batch “{batch.name}” already.")
    Batch.objects.filter(pk=batch.pk).update(
        row_count=F("row_count") + addition.row_count,
        columns=[*batch.columns, *(name for name in addition.columns if name not in batch.columns)],
    )
    return background.ask_for(ADD_ROWS, addition=addition.pk, by=by.pk if by else None)


def add_now(addition_pk: int, *, by_pk: int | None = None) -> Addition:
    """Make the HITs of rows whose publishing has begun, page by page; gives the addition.

    When the file cannot be read any more, what was made of it stays, and the addition says why.
    """
    addition = Addition.objects.select_related("batch__hit_group", "batch__project").get(pk=addition_pk)
    if addition.state != State.PUBLISHING:
        return addition
    group = addition.batch.hit_group
    assert group is not None  # of a published batch
    made = row_hits.RowHITs(addition, group, is_whole_queue=False)
    done = addition.published_count
    try:
        with bulk_hits.many_pages():
            for page in made.pages(start=done):
                if not _write_page(addition, made, page, done):
                    return _end(addition_pk, State.FAILED, problem=_CANCELLED)
                done += len(page)
    except (CsvProblems, OSError) as problem:
        give_up(addition_pk, str(problem))
        raise FileRefused([str(problem)]) from problem
    return _end(addition_pk, State.PUBLISHED, by_pk=by_pk)


def give_up(addition_pk: int, problem: str) -> None:
    """Say that adding failed for good; HITs that appeared may be worked on, and stay."""
    _end(addition_pk, State.FAILED, problem=problem)


def discard(addition: Addition) -> None:
    """Delete an upload of rows that nobody published."""
    deleted, _ = Addition.objects.filter(pk=addition.pk, state=State.UPLOADED).delete()
    if not deleted:
        raise WrongState(f"These rows were added to batch “{addition.batch.name}” already.")
    addition.csv_file.delete(save=False)


def addition_of(batch: Batch, number: int) -> Addition:
    """Give an upload of more rows for the batch by its number, or refuse with `NotFound`."""
    found = Addition.objects.filter(batch=batch, number=number).first()
    if found is None:
        raise NotFound("upload", number)
    found.batch = batch
    return found


@transaction.atomic
def _write_page(addition: Addition, made: row_hits.RowHITs, page: list[list[str]], done: int) -> bool:
    """Write one page, unless somebody else got there first; then stop this one.

    Gives false where the batch was cancelled: what withdraws its HITs would not see those that come after.
    """
    group_pk = addition.batch.hit_group_id
    assert group_pk is not None
    # The group's row stays locked until the commit, so that positions appear in their order.
    first_seq = places.take_positions(group_pk, len(page))
    group = HITGroup.objects.get(pk=group_pk)
    if group.status == HITGroup.Status.CLOSED:
        return False
    batch = Batch.objects.select_for_update(of=("self",)).select_related("project").get(pk=addition.batch_id)
    locked = Addition.objects.select_for_update().get(pk=addition.pk)
    if locked.state != State.PUBLISHING or locked.published_count != done:
        raise WrongState(f"The rows are being added to batch “{batch.name}” by another process.")
    first_row = locked.rows_before + done + 1
    hits = made.make(page, done, first_row=first_row, first_seq=first_seq)
    same = row_hits.same_for_all(batch, group, clock.now())
    bulk_hits.insert(same, hits)
    known = set(group.priorities)
    if new := set(hits.priorities) - known:
        group.priorities = sorted(known | new, reverse=True)
        group.save(update_fields=["priorities"])
    locked.published_count = done + len(page)
    locked.save(update_fields=["published_count"])
    batch.published_count += len(page)
    batch.ends_at = max(batch.ends_at or same.expires_at, same.expires_at)
    batch.save(update_fields=["published_count", "ends_at"])
    return True


@transaction.atomic
def _end(addition_pk: int, state: str, *, problem: str = "", by_pk: int | None = None) -> Addition:
    batch_pk = Addition.objects.values_list("batch", flat=True).get(pk=addition_pk)
    batch = Batch.objects.select_for_update().get(pk=batch_pk)
    addition = Addition.objects.select_for_update().get(pk=addition_pk)
    if addition.state != State.PUBLISHING:
        return addition
    addition.state, addition.problem = state, problem
    addition.published_at = clock.now() if state == State.PUBLISHED else None
    addition.save(update_fields=["state", "problem", "published_at"])
    # Rows that did not come leave no gap behind them.
    batch.row_count = addition.rows_before + addition.published_count
    batch.save(update_fields=["row_count"])
    by = User.objects.filter(pk=by_pk).first() if by_pk is not None else None
    data = {"hits": addition.published_count, "file": addition.file_name}
    if state == State.FAILED:
        events.record(batch_events.BatchRowsFailed(batch, data={**data, "problem": problem}))
    else:
        events.record(batch_events.BatchRowsAdded(batch, by=by, data=data))
    return addition


def _check_takes_rows(batch: Batch) -> None:
    if batch.state != State.PUBLISHED:
        raise WrongState(f"Batch “{batch.name}” is not published yet.")
    if batch.cancelled_at is not None:
        raise WrongState(f"Batch “{batch.name}” was cancelled; publish a new one.")


def _check_columns(batch: Batch, addition: Addition) -> None:
    """Refuse a CSV with other columns: most likely it is another project's, or a column has a new name.

    The lines of JSON Lines have keys of their own, each.
    """
    if addition.csv_facts["form"] != CSV:
        return
    name = addition.file_name
    lacking = [
        f"{name}: the batch has a column “{shown(one)}”, and this file does not"
        for one in batch.columns
        if one not in addition.columns
    ]
    new = [
        f"{name}: there is a column “{shown(one)}”, which the batch does not have; publish a new batch"
        for one in addition.columns
        if one not in batch.columns
    ]
    if lacking or new:
        raise FileRefused([*lacking, *new])


@transaction.atomic
def _number_and_save(addition: Addition) -> None:
    Batch.objects.select_for_update().get(pk=addition.batch_id)
    last = Addition.objects.filter(batch=addition.batch_id).aggregate(last=Max("number"))["last"]
    addition.number = (last or 0) + 1
    addition.save()
