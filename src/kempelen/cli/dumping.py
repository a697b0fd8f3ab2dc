"""The work of `kempelen dump-results`: whose results, and files that are whole or not there."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from kempelen.cli import template_files
from kempelen.domain import zip_stream
from kempelen.domain.batches.results import csv_lines
from kempelen.domain.errors import InvalidValue, NotFound
from kempelen.domain.models import Requester, Template
from kempelen.domain.queries import masks, results

ALL = "*"
STDOUT = "-"


def template_of_file(requester: Requester, path: Path) -> Template:
    """The template that was published from this very file."""
    source_path = template_files.identity(path)
    found = Template.objects.filter(requester=requester, source_path=source_path).first()
    if found is None:
        known = Template.objects.filter(requester=requester, source_path__isnull=False).order_by("-pk")[:5]
        hint = f" Published were: {', '.join(str(each.source_path) for each in known)}." if known else ""
        raise NotFound("template that was published from", f"{source_path}.{hint}".rstrip("."))
    return found


def every_template(requester: Requester, prefix: str) -> Iterator[tuple[Template, str]]:
    """All templates of the requester, each with the file that its results go to, in a folder that is there.

    A template keeps its file's name when others follow it.
    """
    taken: set[str] = set()
    for template in Template.objects.filter(requester=requester).order_by("pk"):
        stem = Path(template.source_path).stem if template.source_path else template.name
        name = _name_beside(taken, re.sub(r"[^\w.-]+", "-", stem)[:60].strip("-.") or "template")
        out = Path(f"{prefix}{name}.csv")
        out.parent.mkdir(parents=True, exist_ok=True)
        yield template, str(out)


def _name_beside(taken: set[str], name: str) -> str:
    """The name, or with a number if it is taken; some file systems do not tell `A` from `a`."""
    free, number = name, 1
    while free.casefold() in taken:
        number += 1
        free = f"{name}-{number}"
    taken.add(free.casefold())
    return free


def dump(template: Template, out: str, *, spreadsheet_safe: bool) -> int:
    """Write the answers to all batches of the template; gives how many batches there are."""
    batches = results.batches_with_results(template)
    groups = [batch.hit_group_id for batch in batches if batch.hit_group_id is not None]
    rows = results.rows_of(groups, requester=template.requester)
    names = results.answer_names(groups)
    with _whole(out) as file:
        file.writelines(
            csv_lines(rows, results.columns_of(batches), names, spreadsheet_safe=spreadsheet_safe)
        )
    return len(batches)


def dump_masks(template: Template, out: str) -> Path:
    """Write the masks in the template's answers into an archive beside the CSV; gives its name."""
    if out == STDOUT:
        raise InvalidValue("OUT", "Masks need a file beside which they can be; write a name instead of -.")
    batches = results.batches_with_results(template)
    groups = [batch.hit_group_id for batch in batches if batch.hit_group_id is not None]
    path = Path(out)
    archive = path.with_name(f"{path.stem}-masks.zip")
    part = archive.with_name(f"{archive.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.writelines(zip_stream.pieces(masks.entries(groups)))
        part.replace(archive)
    finally:
        part.unlink(missing_ok=True)
    return archive


@contextmanager
def _whole(out: str) -> Iterator[TextIO]:
    """A file that appears under its name when all is written."""
    path = Path(out)
    if out == STDOUT:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        yield sys.stdout
    elif path.exists() and not path.is_file():
        with path.open("w", encoding="utf-8", newline="") as file:
            yield file
    else:
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            with part.open("w", encoding="utf-8", newline="") as file:
                yield file
            part.replace(path)
        except OSError as error:
            error.filename = out  # who reads of it does not know of the part
            raise
        finally:
            part.unlink(missing_ok=True)
