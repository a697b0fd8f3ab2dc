"""Asking again for what a batch did not get: its unfinished rows become a new batch, to be looked over.

Each row asks for as many assignments as are missing.  The new batch takes the project's template and
properties of now; whoever worked on a row before may do so again, since it is a new HIT.
"""

import csv
import io
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet, Sum

from kempelen.domain import clock
from kempelen.domain.actions import background, batches, uploads
from kempelen.domain.batches import typed_cells
from kempelen.domain.batches.csv_files import JSON_LINES
from kempelen.domain.errors import WrongState
from kempelen.domain.models import HIT, Assignment, Batch, Job, User
from kempelen.domain.queries import progress

ASKED_COLUMN = "assignments asked for"
REPEAT_BATCH = "repeat_batch"
# Of so many rows it is done before the caller hears; as many HITs are counted at once.
AT_ONCE = 1_000
# More rejected assignments are not counted.
MOST_COUNTED = 10_000
_MADE = "made"


@dataclass(frozen=True)
class Shortfall:
    """How many HITs lack assignments, and how many; and how many assignments were rejected."""

    hits: int
    asked: int
    rejected: int
    has_more_rejected: bool = False


def is_over(batch: Batch) -> bool:
    """Whether no HIT of the batch is given out any more, and none of its rows is still to come."""
    if batch.state != Batch.State.PUBLISHED or batch.additions.filter(state=Batch.State.PUBLISHING).exists():
        return False
    return bool(batch.cancelled_at) or not _hits(batch).filter(status=HIT.Status.ASSIGNABLE).exists()


def shortfall(batch: Batch) -> Shortfall:
    """Give what the batch did not get, in bounded time: of a large one as it was counted a moment ago."""
    if batch.row_count > AT_ONCE:
        figures = progress.of_batch(batch)
        hits, asked = figures.hits_expired, figures.places - figures.pending - figures.submitted
    else:
        found = _unfinished(batch, with_rejected=False).aggregate(hits=Count("pk"), asked=Sum("lacking"))
        hits, asked = found["hits"], found["asked"] or 0
    rejected = Assignment.objects.filter(group=batch.hit_group_id, status=Assignment.Status.REJECTED)
    count = rejected.order_by()[: MOST_COUNTED + 1].count()
    return Shortfall(hits, max(0, asked), min(count, MOST_COUNTED), count > MOST_COUNTED)


def ask_for(batch: Batch, *, with_rejected: bool, name: str = "", by: User | None = None) -> Job | Batch:
    """Make an upload of the batch's unfinished rows, or leave it to a job if the batch has many rows.

    Refuses as `repeat` does, and while another one is being made of the batch.
    """
    if batch.row_count <= AT_ONCE:
        return repeat(batch, with_rejected=with_rejected, name=name, by=by)
    _check_is_over(batch)
    with transaction.atomic():
        # Two who ask at once ask one after the other.
        Batch.objects.select_for_update().get(pk=batch.pk)
        if being_made(batch):
            raise WrongState(f"A batch of what “{batch.name}” did not get is being made already.")
        return background.ask_for(
            REPEAT_BATCH,
            batch=batch.pk,
            with_rejected=with_rejected,
            name=name,
            by=by.pk if by else None,
        )


def being_made(batch: Batch) -> Job | None:
    """Give the job that makes an upload of the batch's unfinished rows just now."""
    unfinished = Job.objects.filter(kind=REPEAT_BATCH, finished_at__isnull=True)
    return unfinished.filter(arguments__batch=batch.pk).first()


def made_by(batch: Batch, job_pk: int) -> Batch | None:
    """Give the upload that a job of this batch made."""
    job = Job.objects.filter(pk=job_pk, kind=REPEAT_BATCH, arguments__batch=batch.pk).first()
    made = job.arguments.get(_MADE) if job is not None else None
    return Batch.objects.filter(pk=made, requester=batch.requester_id).first() if made else None


def repeat_now(job: Job) -> None:
    """Make the upload that was asked for, once however often the job is done."""
    asked = job.arguments
    if _MADE in Job.objects.values_list("arguments", flat=True).get(pk=job.pk):
        return
    batch = Batch.objects.select_related("project", "hit_group").get(pk=asked["batch"])
    by = User.objects.filter(pk=asked["by"]).first() if asked["by"] else None
    repeat(batch, with_rejected=asked["with_rejected"], name=asked["name"], by=by, job=job)


def repeat(
    batch: Batch, *, with_rejected: bool, name: str = "", by: User | None = None, job: Job | None = None
) -> Batch:
    """Make an upload of the batch's unfinished rows; refuses while it is given out, or if it has none."""
    _check_is_over(batch)
    version = batch.project.template.current_version
    again = Batch(
        requester_id=batch.requester_id,
        project=batch.project,
        template_version=version,
        repeats=batch,
        name=(name.strip() or f"{batch.name}, again")[:200],
        file_name=batch.file_name,
        created_by=by,
        created_at=clock.now(),
    )
    asked_column = _unused_name(batch.columns)
    with tempfile.TemporaryFile() as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        is_json = _is_json(batch)
        write = _write_json if is_json else _write_csv
        total = write(text, batch, _rows(batch, with_rejected=with_rejected), asked_column)
        if not total:
            raise WrongState(f"Batch “{batch.name}” has no unfinished HITs.")
        text.detach()
        again.csv_file.save("rows", File(file), save=False)
    try:
        _check(again, "rows.jsonl" if is_json else "rows.csv", asked_column)
        again.csv_facts["asked_total"] = total
        with transaction.atomic():
            batches.number_and_save(again)
            if job is not None:
                Job.objects.filter(pk=job.pk).update(arguments={**job.arguments, _MADE: again.pk})
    except BaseException:
        again.csv_file.delete(save=False)
        raise
    return again


def _check_is_over(batch: Batch) -> None:
    if not is_over(batch):
        raise WrongState(f"Batch “{batch.name}” is still given out: let it end first, or expire it.")


def _check(again: Batch, form_name: str, asked_column: str) -> None:
    """Check the rows against the template, as any upload; the column of ours is none of theirs."""
    shown_name, again.file_name = again.file_name, form_name
    uploads.check(again, again.template_version)
    again.file_name = shown_name
    again.csv_facts["asked_column"] = asked_column
    again.csv_facts["warnings"] = [
        warning for warning in again.csv_facts["warnings"] if asked_column not in warning
    ]
    again.columns.remove(asked_column)


def _hits(batch: Batch) -> QuerySet[HIT]:
    return HIT.objects.filter(group=batch.hit_group_id)


def _unfinished(batch: Batch, *, with_rejected: bool) -> QuerySet[Any]:
    hits = _hits(batch)
    if with_rejected:
        rejected = Count("assignments", filter=Q(assignments__status=Assignment.Status.REJECTED))
        return hits.annotate(lacking=F("places_left") + rejected).filter(lacking__gt=0)
    return hits.annotate(lacking=F("places_left")).filter(places_left__gt=0)


def _rows(batch: Batch, *, with_rejected: bool) -> Iterator[tuple[dict[str, str], int]]:
    """Give the inputs of each unfinished HIT, in the order of the rows, and how many assignments it lacks."""
    found = _unfinished(batch, with_rejected=with_rejected).order_by("pk").values_list("inputs", "lacking")
    yield from found.iterator(chunk_size=2_000)


def _write_csv(
    to: IO[str], batch: Batch, rows: Iterator[tuple[dict[str, str], int]], asked_column: str
) -> int:
    writer, total = csv.writer(to), 0
    writer.writerow([*batch.columns, asked_column])
    for inputs, asked in rows:
        writer.writerow([*(inputs.get(column, "") for column in batch.columns), asked])
        total += asked
    return total


def _write_json(
    to: IO[str], batch: Batch, rows: Iterator[tuple[dict[str, str], int]], asked_column: str
) -> int:
    total = 0
    for inputs, asked in rows:
        # Some databases keep the values in an order of their own.
        names = [name for name in (*batch.columns, typed_cells.TYPES) if name in inputs]
        row = {**{name: inputs[name] for name in names}, asked_column: str(asked)}
        to.write(typed_cells.json_line(row) + "\n")
        total += asked
    return total


def _is_json(batch: Batch) -> bool:
    facts = [batch.csv_facts, *batch.additions.values_list("csv_facts", flat=True)]
    return any(one.get("form") == JSON_LINES for one in facts)


def _unused_name(columns: list[str]) -> str:
    name = ASKED_COLUMN
    while name in columns:
        name += "_"
    return name
