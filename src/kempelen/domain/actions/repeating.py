"""Asking again for what a batch did not get: its unfinished rows become a new batch, to be looked over.

Each row asks for as many assignments as are missing.  The new batch takes the project's template and
properties of now; whoever worked on a row before may do so again, since it is a new HIT.
"""

import csv
import io
import tempfile
from collections.abc import Iterator
from typing import IO, Any

from django.core.files.base import File
from django.db.models import Count, F, Q, QuerySet, Sum

from kempelen.domain import clock
from kempelen.domain.actions import batches, uploads
from kempelen.domain.batches import typed_cells
from kempelen.domain.batches.csv_files import JSON_LINES
from kempelen.domain.errors import WrongState
from kempelen.domain.models import HIT, Assignment, Batch, User

ASKED_COLUMN = "assignments asked for"


def is_over(batch: Batch) -> bool:
    """Whether no HIT of the batch is given out any more, and none of its rows is still to come."""
    if batch.state != Batch.State.PUBLISHED or batch.additions.filter(state=Batch.State.PUBLISHING).exists():
        return False
    return bool(batch.cancelled_at) or not _hits(batch).filter(status=HIT.Status.ASSIGNABLE).exists()


def missing(batch: Batch, *, with_rejected: bool) -> tuple[int, int]:
    """Give how many of its HITs lack assignments, and how many; rejected ones count as lacking or not."""
    found = _unfinished(batch, with_rejected=False).aggregate(hits=Count("pk"), asked=Sum("lacking"))
    hits, asked = found["hits"], found["asked"] or 0
    if with_rejected:
        # Through the index of what is rejected: joined with all HITs it takes five times as long.
        rejected = Assignment.objects.filter(group=batch.hit_group_id, status=Assignment.Status.REJECTED)
        full = Count("hit", distinct=True, filter=Q(hit__places_left=0))
        more = rejected.aggregate(hits=full, asked=Count("pk"))
        hits, asked = hits + more["hits"], asked + more["asked"]
    return hits, asked


def repeat(batch: Batch, *, with_rejected: bool, name: str = "", by: User | None = None) -> Batch:
    """Make an upload of the batch's unfinished rows; refuses while it is given out, or if it has none."""
    if not is_over(batch):
        raise WrongState(f"Batch “{batch.name}” is still given out: let it end first, or expire it.")
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
        batches.number_and_save(again)
    except BaseException:
        again.csv_file.delete(save=False)
        raise
    return again


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
