"""Rows of a file on the requester's own machine, to see a template with before anything is uploaded."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files import File
from django.http import JsonResponse
from django.views.decorators.http import require_POST

from kempelen.domain.batches import batch_files
from kempelen.domain.batches.csv_problems import CsvProblems
from kempelen.domain.models import Membership
from kempelen.web.requester import editor
from kempelen.web.requester.access import RequesterRequest, requester_required

# Read whole to be understood; larger ones are looked at where they are published.
MOST_BYTES = 5_000_000


@require_POST
@requester_required(Membership.Role.EDITOR)
def read(request: RequesterRequest) -> JsonResponse:
    """Give the first rows of `file`, a CSV or JSON Lines, which is not kept; else what is wrong with it."""
    file = request.FILES.get("file")
    if file is None:
        return _wrong("Choose a file.")
    if (file.size or 0) > MOST_BYTES:
        return _wrong(
            f"At most {MOST_BYTES // 10**6} MB here: take a part, or publish the file and see its rows."
        )
    name = (file.name or "")[-255:]
    try:
        with _on_disk(file, name) as path:
            checked = batch_files.check(path, file_name=name)
            found = islice(batch_files.rows(path, checked), editor.MOST_SAMPLES)
            rows = [batch_files.named(checked, row) for row in found]
    except CsvProblems as problems:
        return _wrong(str(problems).splitlines()[0])
    return JsonResponse({"source": name, "rows": editor.small(rows)})


def _wrong(message: str) -> JsonResponse:
    return JsonResponse({"message": message}, status=422)


@contextmanager
def _on_disk(file: "File[bytes]", name: str) -> Iterator[Path]:
    """Have the file's bytes at a path for the block, with the ending by which its form is told."""
    ending = Path(name).suffix[:20]
    with NamedTemporaryFile(suffix=ending if ending.isascii() else "") as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        yield Path(copy.name)
