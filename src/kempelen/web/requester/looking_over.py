"""A file of rows before it is published: its rows rendered, one after the other, and what they cost."""

from typing import Any

from django.http import HttpResponse

from kempelen.domain import money
from kempelen.domain.batches.typed_cells import columns_only
from kempelen.domain.models import Batch, Membership
from kempelen.domain.models.projects import RowsFile
from kempelen.domain.queries import requirements
from kempelen.web.content.frames import draft_frame
from kempelen.web.received import whole_number
from kempelen.web.requester import editor
from kempelen.web.requester.access import RequesterRequest
from kempelen.web.requester.answers import named_texts
from kempelen.web.ui.respond import respond


def show(
    request: RequesterRequest, batch: Batch, source: RowsFile, *, assignments: int, **context: Any
) -> HttpResponse:
    """Show the rows of a batch's file, or of one to be added to it, which ask for so many `assignments`."""
    row_number = _row_number(request, source)
    row = next(iter(editor.first_rows(source, 1, start=row_number - 1)), {})
    project, version = batch.project, batch.template_version
    reward = batch.hit_group.hit_type.reward_cents if batch.hit_group else project.reward_cents
    return respond(
        request,
        "requester/batch_upload.html",
        fragment="requester/publish/_row.html",
        batch=batch,
        source=source,
        project=project,
        values=named_texts(columns_only(row)),
        row_number=row_number,
        checks=editor.checks(version.html, row, language=version.language),
        assignments=assignments,
        reward_cents=reward,
        cost_cents=money.cost_of(1, assignments, reward),
        required=requirements.in_words(project.qualification_requirements),
        frame=draft_frame(request, request.requester, project.permissions, project=project),
        warnings=source.csv_facts.get("warnings", []),
        may_edit=request.membership.includes(Membership.Role.EDITOR),
        **context,
    )


def _row_number(request: RequesterRequest, source: RowsFile) -> int:
    asked = whole_number(request.GET.get("row", ""), default=1)
    return min(max(asked, 1), max(source.row_count, 1))
