"""The work of `kempelen publish-hits`: a file's project, and a batch published in this process."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File

from kempelen.cli import start
from kempelen.config import data_folder
from kempelen.domain.actions import batches, projects, publishing
from kempelen.domain.errors import FileRefused, InvalidValue
from kempelen.domain.models import Audience, Batch, Project, QueueOrder, Requester
from kempelen.jobs import working

# As the original commands published: for nothing, for anybody, and for long.
_DEFAULTS = {"lifetime_seconds": 365 * 24 * 3600, "audience": Audience.ANONYMOUS}


def project_of_file(requester: Requester, template: Path, given: Mapping[str, Any]) -> Project:
    """The project made from this very file, with its HTML of now and the properties that are given."""
    html = _text_of(template)
    project = Project.objects.filter(requester=requester, template__source_path=str(template)).first()
    if project is not None:
        return projects.update_project(project, html=html, **given)
    order = QueueOrder.RANDOM if settings.KEMPELEN_NEXT_HIT_RANDOM else QueueOrder.OLDEST
    properties = {"name": template.stem, "queue_order": order, **_DEFAULTS, **given}
    return projects.create_project(requester, html=html, source_path=str(template), **properties)


def publish(project: Project, csv: Path, *, name: str) -> Batch:
    """Upload the CSV and make its HITs, here and now; an interrupted run is finished by the server."""
    try:
        with csv.open("rb") as file:
            batch = batches.upload(project, File(file), file_name=csv.name, name=name)
    except FileRefused as refused:
        raise FileRefused([f"{csv}: nothing was published.", *refused.problems]) from refused
    for warning in batches.csv_of(batch).warnings:
        print(warning, file=sys.stderr)
    node = data_folder.node_of(start.folder())
    working.ask_and_do(
        lambda: batches.publish(batch),
        taker=f"{node}-publish-hits-{os.getpid()}",
        work=lambda: publishing.publish_now(batch.pk, on_progress=_show_progress),
    )
    return batch


def _text_of(template: Path) -> str:
    try:
        return template.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidValue(
            "html", f"{template}: byte {error.start + 1} is not UTF-8. Save the file as UTF-8."
        ) from error


def _show_progress(done: int, total: int) -> None:
    """Tell a person who waits; logs and pipes stay clean."""
    if sys.stderr.isatty():
        print(f"\r{done:,} of {total:,} HITs", end="\n" if done >= total else "", file=sys.stderr, flush=True)
