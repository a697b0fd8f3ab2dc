"""What stands beside a template while it is written: findings, variables, and rows to fill it with."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import islice

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from kempelen.domain.actions import project_files, uploads
from kempelen.domain.batches import filling, lint, liquid_templates, templates
from kempelen.domain.batches.csv_problems import CsvProblems
from kempelen.domain.models import Batch, Membership, Project
from kempelen.domain.models.projects import RowsFile
from kempelen.web.received import row_in, whole_number
from kempelen.web.requester.access import RequesterRequest, requester_required

MOST_SAMPLES = 20
# Rows are sent with the page; one with a whole novel in it is no good sample anyhow.
MOST_SAMPLE_CHARACTERS = 100_000
_STARTER_ROWS = [
    {"question": "Is this sentence about food?", "text": "The soup was cold, but nobody minded."},
    {"question": "Is this sentence about food?", "text": "The train leaves at a quarter past seven."},
]


@dataclass(frozen=True)
class Samples:
    """Rows to show a template with, and where they are from."""

    source: str = ""
    rows: list[dict[str, str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.rows)


@dataclass(frozen=True)
class Checks:
    """What there is to say about a template, and the row that it is shown with."""

    findings: list[lint.Finding]
    variables: list[templates.Use]
    values: str
    language: str = filling.MTURK
    # Whether the author most likely meant it so, though it is not filled as such.
    looks_like_liquid: bool = False

    @property
    def error_count(self) -> int:
        """How many findings keep the template from being published."""
        return sum(finding.level == "error" for finding in self.findings)

    @property
    def warning_count(self) -> int:
        """How many findings may or may not matter."""
        return sum(finding.level == "warning" for finding in self.findings)


@require_POST
@requester_required(Membership.Role.EDITOR)
def check(request: RequesterRequest) -> HttpResponse:
    """Answer the editor as people type, with the part that lists findings and variables."""
    language = request.POST.get("language", filling.MTURK)
    number = whole_number(request.POST.get("project", ""), default=0)
    project = Project.objects.filter(requester=request.requester, number=number).first()
    values, files = typed_values(request) or {}, files_of(project)
    found = checks(request.POST.get("html", ""), values, language=language, files=files)
    return render(request, "requester/editor/_checks.html", {"checks": found, "offers": True})


def files_of(project: Project | None) -> Collection[str]:
    """Give the paths of the project's files; one that is still to be made has none."""
    return project_files.paths_of(project) if project else ()


def checks(
    html: str,
    values: dict[str, str],
    *,
    language: str = filling.MTURK,
    has_seeds: bool = False,
    files: Collection[str] | None = None,
) -> Checks:
    """Look through a template; each variable gets a value: with `has_seeds` its name, else an empty one.

    Relative addresses are looked for among `files`, if these are given.
    """
    is_liquid = language == filling.LIQUID
    used = [_as_in_row(use, values) if is_liquid else use for use in filling.used_columns(html, language)]
    seeds = {use.name: f"{use.name} 1" if has_seeds else "" for use in used}
    return Checks(
        findings=list(lint.lint(html, language=language, files=files)) if html.strip() else [],
        variables=used,
        values=json.dumps(seeds | values, ensure_ascii=False, indent=2),
        language=language,
        looks_like_liquid=not is_liquid and liquid_templates.looks_like_liquid(html),
    )


def typed_values(request: RequesterRequest) -> dict[str, str] | None:
    """Give the row that was typed in (`values`, a JSON object), or None if that is no such thing."""
    return row_in(request.POST.get("values", ""))


def sample_rows(project: Project | None) -> Samples:
    """Give the first rows of the project's last batch, if there is one and its file can still be read."""
    if project is None:
        return Samples("the starting template", _STARTER_ROWS)
    batch = Batch.objects.filter(project=project).exclude(csv_file="").order_by("-number").first()
    if batch is None:
        return Samples()
    rows = first_rows(batch, MOST_SAMPLES)
    return Samples(batch.file_name or batch.name, small(rows))


def small(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Give so many of the rows as can be sent with a page."""
    sizes = [sum(map(len, row.values())) for row in rows]
    return [row for index, row in enumerate(rows) if sum(sizes[: index + 1]) <= MOST_SAMPLE_CHARACTERS]


def first_rows(source: RowsFile, count: int, *, start: int = 0) -> list[dict[str, str]]:
    """Give rows of a file, from the one after the first `start`; none if it is gone."""
    try:
        return list(islice(uploads.rows_of(source, uploads.checked_of(source), start=start), count))
    except (OSError, CsvProblems):
        return []


def _as_in_row(use: templates.Use, values: dict[str, str]) -> templates.Use:
    """Give what a template's `taskObject` is called in the row, if that has it by another name."""
    if use.name != liquid_templates.WHOLE or use.name in values:
        return use
    names = (name for name in liquid_templates.SOURCES if name in values)
    return use._replace(name=next(names, use.name))


def starter() -> str:
    """Give the template that a new project begins with."""
    # What is rendered counts as safe HTML; as plain text it is escaped again in the editor's textarea.
    return render_to_string("requester/editor/starter.txt") + ""
