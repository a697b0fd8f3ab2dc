"""The work of `kempelen dump-results`: whose results, and files that are whole or not there."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from kempelen.domain.batches.results import csv_lines
from kempelen.domain.errors import NotFound
from kempelen.domain.models import Requester, Template
from kempelen.domain.queries import results

ALL = "*"
STDOUT = "-"


def template_of_file(requester: Requester, path: Path) -> Template:
    """The template that was published from this very file."""
    found = Template.objects.filter(requester=requester, source_path=str(path)).first()
    if found is None:
        known = Template.objects.filter(requester=requester, source_path__isnull=False).order_by("-pk")[:5]
        hint = f" Published were: {', '.join(str(each.source_path) for each in known)}." if known else ""
        raise NotFound("template that was published from", f"{path}.{hint}".rstrip("."))
    return found


def every_template(requester: Requester, prefix: str) -> Iterator[tuple[Template, str]]:
    """All templates of the requester, each with the file that its results go to."""
    taken: set[str] = set()
    for template in Template.objects.filter(requester=requester).order_by("pk"):
        stem = Path(template.source_path).stem if template.source_path else template.name
        plain = re.sub(r"[^\w.-]+", "-", stem).strip("-.") or "template"
        name = plain if plain not in taken else f"{plain}-{template.pk}"
        taken.add(name)
        yield template, f"{prefix}{name}.csv"


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


@contextmanager
def _whole(out: str) -> Iterator[TextIO]:
    """A file that appears under its name when all is written."""
    path = Path(out)
    if out == STDOUT:
        yield sys.stdout
    elif path.exists() and not path.is_file():
        with path.open("w", encoding="utf-8", newline="") as file:
            yield file
    else:
        part = path.with_name(f"{path.name}.part")
        with part.open("w", encoding="utf-8", newline="") as file:
            yield file
        part.replace(path)
