"""Projects and the versions of their templates."""

from collections.abc import Iterable
from typing import Any, Unpack

from django.db import transaction
from django.db.models import F

from kempelen.domain import clock, events, properties
from kempelen.domain.errors import InvalidValue, NotFound
from kempelen.domain.models import (
    Audience,
    Permission,
    Project,
    QueueOrder,
    Requester,
    Template,
    TemplateLanguage,
    TemplateVersion,
    User,
    WorkerGroup,
)
from kempelen.domain.properties import HITProperties

MOST_TEMPLATE_CHARACTERS = 2_000_000


@transaction.atomic
def create_project(
    requester: Requester,
    *,
    name: str,
    html: str,
    by: User | None = None,
    language: str = TemplateLanguage.MTURK,
    source_path: str | None = None,
    audience: str = Audience.WORKERS,
    queue_order: str = QueueOrder.OLDEST,
    groups: Iterable[WorkerGroup] = (),
    permissions: Iterable[str] = (),
    allows_corrections: bool = False,
    substitutes_known_urls: bool = True,
    **hit_properties: Unpack[HITProperties],
) -> Project:
    """Make a project with the first version of its template.

    `title` is the project's name unless given.  Refuses with `InvalidValue`, which names the property.
    """
    hit_properties.setdefault("title", name[: properties.LONGEST["title"]])
    _check_name(name)
    properties.check(hit_properties)
    now = clock.now()
    template = Template.objects.create(
        requester=requester, name=name, source_path=source_path, created_at=now
    )
    save_template(template, html, language=language, by=by)
    Requester.objects.filter(pk=requester.pk).update(projects_numbered=F("projects_numbered") + 1)
    project = Project.objects.create(
        requester=requester,
        number=Requester.objects.values_list("projects_numbered", flat=True).get(pk=requester.pk),
        name=name,
        template=template,
        audience=_checked_choice(audience, Audience, "audience"),
        queue_order=_checked_choice(queue_order, QueueOrder, "queue_order"),
        permissions=_checked_permissions(permissions),
        allows_corrections=allows_corrections,
        substitutes_known_urls=substitutes_known_urls,
        created_at=now,
        updated_at=now,
        **hit_properties,
    )
    project.groups.set(_own_groups(requester, groups))
    events.record(events.ProjectSaved(requester, by=by, data={"project": project.number}))
    return project


@transaction.atomic
def update_project(
    project: Project,
    *,
    by: User | None = None,
    name: str | None = None,
    html: str | None = None,
    language: str | None = None,
    audience: str | None = None,
    queue_order: str | None = None,
    groups: Iterable[WorkerGroup] | None = None,
    permissions: Iterable[str] | None = None,
    allows_corrections: bool | None = None,
    substitutes_known_urls: bool | None = None,
    **hit_properties: Unpack[HITProperties],
) -> Project:
    """Change what is given.  Published HITs keep what they have.

    HTML that differs becomes a new version, and so does the same HTML in another language.
    """
    properties.check(hit_properties)
    changes: dict[str, Any] = dict(hit_properties)
    if name is not None:
        _check_name(name)
        changes["name"] = name
    if audience is not None:
        changes["audience"] = _checked_choice(audience, Audience, "audience")
    if queue_order is not None:
        changes["queue_order"] = _checked_choice(queue_order, QueueOrder, "queue_order")
    if permissions is not None:
        changes["permissions"] = _checked_permissions(permissions)
    if allows_corrections is not None:
        changes["allows_corrections"] = allows_corrections
    if substitutes_known_urls is not None:
        changes["substitutes_known_urls"] = substitutes_known_urls
    if html is not None or language is not None:
        html = project.template.current_version.html if html is None else html
        save_template(project.template, html, language=language, by=by)
    if groups is not None:
        # Workers named one by one (`actions.audiences`) stay so.
        by_name = project.groups.filter(is_named=True)
        project.groups.set([*_own_groups(project.requester, groups), *by_name])
    for field, value in changes.items():
        setattr(project, field, value)
    project.updated_at = clock.now()
    project.save(update_fields=[*changes, "updated_at"])
    events.record(events.ProjectSaved(project.requester, by=by, data={"project": project.number}))
    return project


@transaction.atomic
def archive(project: Project, *, is_archived: bool, by: User | None = None) -> None:
    """Put the project out of sight, or back; its batches go on."""
    project.is_archived = is_archived
    project.save(update_fields=["is_archived"])
    events.record(
        events.ProjectSaved(
            project.requester, by=by, data={"project": project.number, "is_archived": is_archived}
        )
    )


@transaction.atomic
def save_template(
    template: Template, html: str, *, language: str | None = None, by: User | None = None
) -> TemplateVersion:
    """Give the template's version with this HTML: the current one if it is the same, else a new one.

    Its language is that of the version before unless given; the first is MTurk's.
    """
    if not html.strip():
        raise InvalidValue("html", "The template is empty: paste or upload its HTML.")
    if len(html) > MOST_TEMPLATE_CHARACTERS:
        raise InvalidValue(
            "html",
            f"The template has {len(html):,} characters; at most {MOST_TEMPLATE_CHARACTERS:,} are kept. "
            "Put pictures and sounds at addresses of their own.",
        )
    if "\0" in html:
        line = html.count("\n", 0, html.index("\0")) + 1
        raise InvalidValue("html", f"Line {line} of the template holds a NUL character; remove it.")
    # The template's row is the lock under which versions are numbered.
    template = Template.objects.select_for_update().get(pk=template.pk)
    newest = template.versions.order_by("-number").first()
    if language is None:
        language = newest.language if newest else TemplateLanguage.MTURK
    if newest is not None and newest.html == html and newest.language == language:
        return newest
    return TemplateVersion.objects.create(
        template=template,
        number=newest.number + 1 if newest else 1,
        html=html,
        language=_checked_choice(language, TemplateLanguage, "language"),
        created_by=by,
        created_at=clock.now(),
    )


def project_of(requester: Requester, number: int) -> Project:
    """Give the requester's project with this number, or refuse with `NotFound`."""
    found = Project.objects.filter(requester=requester, number=number).select_related("template").first()
    if found is None:
        raise NotFound("project", number)
    return found


def _check_name(name: str) -> None:
    if not name.strip():
        raise InvalidValue("name", "A project needs a name.")
    if len(name) > 200:
        raise InvalidValue("name", f"The name has {len(name)} characters; at most 200 fit.")


def _checked_choice(value: str, choices: Any, field: str) -> str:
    if value not in choices.values:
        raise InvalidValue(field, f"“{value}” is not one of {', '.join(choices.values)}.")
    return value


def _checked_permissions(permissions: Iterable[str]) -> list[str]:
    return sorted({_checked_choice(permission, Permission, "permissions") for permission in permissions})


def _own_groups(requester: Requester, groups: Iterable[WorkerGroup]) -> list[WorkerGroup]:
    chosen = list(groups)
    if any(group.requester_id != requester.pk for group in chosen):
        raise InvalidValue("groups", "Only worker groups of this requester can be chosen.")
    return chosen
