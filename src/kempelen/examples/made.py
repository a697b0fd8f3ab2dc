"""Projects made of examples."""

from dataclasses import asdict

from django.core.files import File

from kempelen.domain.actions import batches, projects
from kempelen.domain.models import Batch, Project, Requester, User
from kempelen.examples import Example

_NO_PROPERTIES = {"slug", "group", "kind", "summary", "template", "rows"}


def project(requester: Requester, example: Example, *, by: User | None = None) -> Project:
    """Make a project of the example; its rows are not in it yet."""
    properties = {name: value for name, value in asdict(example).items() if name not in _NO_PROPERTIES}
    return projects.create_project(requester, html=example.html, by=by, **properties)


def upload(project: Project, example: Example, *, by: User | None = None) -> Batch:
    """Upload the example's rows to its project: a checked batch, ready to be published."""
    with example.rows.open("rb") as rows:
        return batches.upload(project, File(rows), file_name=f"{example.slug}.csv", by=by)
