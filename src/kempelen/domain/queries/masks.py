"""The masks of segmentations as files: of all answers that are in, with a list that joins them to results."""

import csv
import io
import json
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import Contains

from kempelen.domain import clock, file_names
from kempelen.domain.batches import masks
from kempelen.domain.batches.masks import MaskText, NotAMask
from kempelen.domain.models import Assignment
from kempelen.domain.zip_stream import Entry

INDEX = "index.csv"
COLUMNS = ["HITId", "AssignmentId", "WorkerId", "Answer", "File", "Width", "Height", "Labels", "Skipped"]
# Answers with masks are long: few of them are in memory at once.
_PAGE = 8
_LOOKED_AT = 20
_LONGEST_NAME_BYTES = 100
_INDEX_IN_MEMORY = 2**20
_CHUNK = 2**16
_TEXT = Cast("answers", TextField())


def has_any(group_pk: int) -> bool:
    """Tell whether the group has masks, by its first answers: one task asks all its workers alike."""
    first = _answers_of(group_pk).values_list(_TEXT, flat=True)[:_LOOKED_AT]
    return any(masks.MARK in text for text in first.iterator(chunk_size=1))


def entries(group_pks: Sequence[int]) -> Iterator[Entry]:
    """Give the files of an archive: `<AssignmentId>-<answer's name>.png`, and `index.csv` with a line each.

    What is no PNG is not among them; its line in the index says what is wrong with it.
    """
    with tempfile.SpooledTemporaryFile(_INDEX_IN_MEMORY) as index:
        index.write(_line(COLUMNS))
        for group_pk in group_pks:
            for assignment in _with_masks(group_pk):
                yield from _files_of(assignment, index)
        index.seek(0)
        yield Entry(INDEX, clock.now(), iter(lambda: index.read(_CHUNK), b""))


def _files_of(assignment: Assignment, index: "tempfile.SpooledTemporaryFile[bytes]") -> Iterator[Entry]:
    taken: set[str] = set()
    made_at = assignment.corrected_at or assignment.submitted_at or clock.now()
    for mask in masks.masks_in(assignment.answers or {}):
        ids = [assignment.hit.public_id, assignment.public_id, assignment.worker.public_id, mask.name]
        try:
            entry, size = _file_of(mask, assignment.public_id, made_at, taken)
        except NotAMask as why:
            index.write(_line([*ids, "", "", "", _labels(mask), str(why)]))
            continue
        index.write(_line([*ids, entry.name, *size, _labels(mask), ""]))
        yield entry


def _file_of(
    mask: MaskText, assignment_id: str, made_at: datetime, taken: set[str]
) -> tuple[Entry, tuple[int, int]]:
    picture = masks.picture_in(mask.text)
    safe = file_names.in_archive(mask.name, longest_bytes=_LONGEST_NAME_BYTES)
    name = file_names.unused(f"{assignment_id}-{safe}.png", taken)
    taken.add(name.lower())
    return Entry(name, made_at, [picture.content]), (picture.width, picture.height)


def _with_masks(group_pk: int) -> Iterator[Assignment]:
    found = _answers_of(group_pk).filter(Contains(_TEXT, masks.MARK)).select_related("hit", "worker")
    pages = found.only(
        "public_id", "submitted_at", "corrected_at", "answers", "hit__public_id", "worker__public_id"
    )
    later = Q()
    while page := list(pages.filter(later)[:_PAGE]):
        yield from page
        last = page[-1]
        later = Q(hit__gte=last.hit_id) & (Q(hit__gt=last.hit_id) | Q(pk__gt=last.pk))


def _answers_of(group_pk: int) -> QuerySet[Assignment]:
    done = Assignment.objects.filter(group=group_pk, status__in=Assignment.DONE)
    return done.order_by("hit", "pk")


def _labels(mask: MaskText) -> str:
    return json.dumps(mask.labels, ensure_ascii=False)


def _line(cells: Sequence[object]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerow(cells)
    return text.getvalue().encode("utf-8", "replace")
