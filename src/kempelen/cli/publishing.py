"""The work of `kempelen publish-hits`: a file's project, and a batch published in this process."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File

from kempelen.cli import amounts, start, template_files
from kempelen.config import data_folder
from kempelen.domain.actions import batches, projects, publishing, uploads
from kempelen.domain.batches import liquid_templates, templates
from kempelen.domain.errors import FileRefused, InvalidValue
from kempelen.domain.models import Audience, Batch, Project, QueueOrder, Requester, TemplateLanguage
from kempelen.jobs import working

# As the original commands published: for nothing, for anybody, and for long.
_DEFAULTS = {"lifetime_seconds": 365 * 24 * 3600, "audience": Audience.ANONYMOUS}


def project_of_file(requester: Requester, template: Path, given: Mapping[str, Any]) -> Project:
    """The project made from this very file, with its HTML of now and the properties that are given."""
    html, source_path = template_files.text_of(template), template_files.identity(template)
    project = Project.objects.filter(requester=requester, template__source_path=source_path).first()
    given = _with_audience_of_groups(given, project)
    if project is not None:
        return projects.update_project(project, html=html, **given)
    order = QueueOrder.RANDOM if settings.KEMPELEN_NEXT_HIT_RANDOM else QueueOrder.OLDEST
    language = _language_of(html, is_given="language" in given)
    properties = {"name": template.stem, "queue_order": order, "language": language, **_DEFAULTS, **given}
    return projects.create_project(requester, html=html, source_path=source_path, **properties)


def _language_of(html: str, *, is_given: bool) -> str:
    """The language of a template that is new; what could be either is MTurk's, and that is said."""
    if is_given or not liquid_templates.looks_like_liquid(html):
        return TemplateLanguage.MTURK
    if templates.compile_template(html).required:
        print("The template has ${…} and what looks like Liquid; only ${…} is filled in.", file=sys.stderr)
        print("To have Liquid instead, publish with --language liquid.", file=sys.stderr)
        return TemplateLanguage.MTURK
    print("The template is taken as Liquid; with --language mturk it is not.", file=sys.stderr)
    return TemplateLanguage.LIQUID


def _with_audience_of_groups(given: Mapping[str, Any], project: Project | None) -> dict[str, Any]:
    """The properties; chosen groups mean that they alone may work, and without a group nobody could."""
    told = dict(given)
    if told.get("groups"):
        told.setdefault("audience", Audience.GROUPS)
        if told["audience"] != Audience.GROUPS:
            raise InvalidValue("groups", "Worker groups are chosen with --audience groups only.")
    elif told.get("audience") == Audience.GROUPS and not (project and project.groups.exists()):
        raise InvalidValue(
            "groups", "Say which worker group may work: --group NAME. `kempelen worker-group NAME` makes one."
        )
    return told


def publish(project: Project, csv: Path, *, name: str) -> Batch:
    """Upload the file and make its HITs, here and now; an interrupted run is finished by the server."""
    try:
        with csv.open("rb") as file:
            batch = batches.upload(project, File(file), file_name=csv.name, name=name)
    except FileRefused as refused:
        raise FileRefused([f"{csv}: nothing was published.", *refused.problems]) from refused
    for warning in uploads.checked_of(batch).warnings:
        print(warning, file=sys.stderr)
    node = data_folder.node_of(start.folder())
    working.ask_and_do(
        lambda: batches.publish(batch),
        taker=f"{node}-publish-hits-{os.getpid()}",
        work=lambda: publishing.publish_now(batch.pk, on_progress=_show_progress),
    )
    return batch


def _show_progress(done: int, total: int) -> None:
    """Tell a person who waits; logs and pipes stay clean."""
    if sys.stderr.isatty():
        print(
            f"\r{done:,} of {amounts.counted(total, 'HIT', 'HITs')}",
            end="\n" if done >= total else "",
            file=sys.stderr,
            flush=True,
        )
