"""Projects and the versions of their templates."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Unpack

from django.conf import settings
from django.db import transaction
from django.db.models import F

from kempelen.domain import clock, events, properties
from kempelen.domain.actions import hit_types, project_conflicts
from kempelen.domain.errors import InvalidValue, NotFound, WrongState
from kempelen.domain.models import (
    Audience,
    HITType,
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
from kempelen.domain.qualifications.requirements import Requirement
from kempelen.domain.queries import requirements as required

LONGEST_ANNOTATION = 255


class ProjectProperties(HITProperties, total=False):
    """What can be decided about a project besides its name, its template and its worker groups."""

    audience: str
    queue_order: str
    qualification_requirements: Sequence[Mapping[str, Any]]
    requester_annotation: str
    permissions: Iterable[str]
    allows_corrections: bool
    substitutes_known_urls: bool


@transaction.atomic
def create_project(
    requester: Requester,
    *,
    name: str,
    html: str,
    by: User | None = None,
    language: str = TemplateLanguage.MTURK,
    source_path: str | None = None,
    groups: Iterable[WorkerGroup] = (),
    **given: Unpack[ProjectProperties],
) -> Project:
    """Make a project with the first version of its template.

    `title` is the project's name unless given.  Refuses with `InvalidValue`, which names the property.
    """
    given.setdefault("title", name[: properties.LONGEST["title"]])
    _check_name(name)
    checked = _checked(given)
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
        created_at=now,
        updated_at=now,
        **checked,
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
    based_on: int | None = None,
    groups: Iterable[WorkerGroup] | None = None,
    seen: project_conflicts.Properties | None = None,
    **given: Unpack[ProjectProperties],
) -> Project:
    """Change what is given.  Published HITs keep what they have.

    With the properties that somebody had `seen` before, a change that would take back what others changed
    since is refused (`project_conflicts.ChangedMeanwhile`).  HTML that differs becomes a new version, and so
    does the same HTML in another language; `based_on` says from which version it was written
    (`save_template`).
    """
    changes = _checked(given, kept=project.qualification_requirements)
    if name is not None:
        _check_name(name)
        changes["name"] = name
    chosen = None if groups is None else _own_groups(project.requester, groups)
    if seen is not None:
        groups_wanted = {} if chosen is None else {"groups": sorted(group.pk for group in chosen)}
        project_conflicts.check(project, changes | groups_wanted, seen=seen)
    if html is not None or language is not None:
        html = project.template.current_version.html if html is None else html
        save_template(project.template, html, language=language, based_on=based_on, by=by)
    if chosen is not None:
        # Workers named one by one (`actions.audiences`) stay so.
        by_name = project.groups.filter(is_named=True)
        project.groups.set([*chosen, *by_name])
    for field, value in changes.items():
        setattr(project, field, value)
    project.updated_at = clock.now()
    project.save(update_fields=[*changes, "updated_at"])
    events.record(events.ProjectSaved(project.requester, by=by, data={"project": project.number}))
    return project


def hit_type_of(project: Project, *, assignment_duration_seconds: int | None = None) -> HITType:
    """Give the HIT type of the project's properties as they are now: the one that CreateHITType gives.

    Workers may have another time for it than the project says.  Refuses with `WrongState` while a
    qualification type that it requires is deleted or inactive.
    """
    try:
        return hit_types.hit_type_of(
            project.requester,
            title=project.title,
            description=project.description,
            keywords=project.keywords,
            reward_cents=project.reward_cents,
            assignment_duration_seconds=assignment_duration_seconds or project.assignment_duration_seconds,
            auto_approval_delay_seconds=project.auto_approval_delay_seconds,
            qualification_requirements=project.qualification_requirements,
        )
    except (NotFound, WrongState) as refusal:
        raise WrongState(f"{refusal} Change what the project “{project.name}” requires first.") from refusal


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
    template: Template,
    html: str,
    *,
    language: str | None = None,
    based_on: int | None = None,
    by: User | None = None,
) -> TemplateVersion:
    """Give the template's version with this HTML: the current one if it is the same, else a new one.

    Its language is that of the version before unless given; the first is MTurk's.  Written from another
    version than the newest (`based_on`) it is refused; left as it was there, it is no change at all.
    """
    if not html.strip():
        raise InvalidValue("html", "The template is empty: paste or upload its HTML.")
    most: int = settings.KEMPELEN_TEMPLATE_LIMIT
    if len(html) > most:
        raise InvalidValue(
            "html",
            f"The template has {len(html):,} characters; at most {most:,} are kept. "
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
    if newest is not None and based_on not in (None, newest.number):
        older = template.versions.filter(number=based_on).first()
        if older is not None and _text_of(older) == (_one_line_end(html), language):
            return newest
        raise InvalidValue(
            "html",
            f"Version {newest.number} was saved while you worked on version {based_on}. Yours is below and "
            f"not saved yet: look at what version {newest.number} changed, then save again to put yours "
            "in its place.",
        )
    return TemplateVersion.objects.create(
        template=template,
        number=newest.number + 1 if newest else 1,
        html=html,
        language=_checked_choice(language, TemplateLanguage, "language"),
        created_by=by,
        created_at=clock.now(),
    )


def _text_of(version: TemplateVersion) -> tuple[str, str]:
    return _one_line_end(version.html), version.language


def _one_line_end(html: str) -> str:
    # Forms send line ends otherwise than they got them.
    return html.replace("\r\n", "\n")


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


def _checked(given: ProjectProperties, *, kept: Sequence[Mapping[str, Any]] | None = None) -> dict[str, Any]:
    """Give the properties as they are stored, or refuse the first that is wrong.

    Requirements that are the `kept` ones pass: a type that was deleted meanwhile stops publishing, and
    should not stop who changes a title.
    """
    properties.check({name: value for name, value in given.items() if name in HITProperties.__annotations__})
    checked: dict[str, Any] = dict(given)
    for name, choices in (("audience", Audience), ("queue_order", QueueOrder)):
        if name in checked:
            _checked_choice(checked[name], choices, name)
    if "permissions" in checked:
        checked["permissions"] = _checked_permissions(checked["permissions"])
    if len(checked.get("requester_annotation", "")) > LONGEST_ANNOTATION:
        message = f"The annotation has more than {LONGEST_ANNOTATION} characters, which is the most that fit."
        raise InvalidValue("requester_annotation", message)
    wanted = checked.get("qualification_requirements")
    if wanted is not None and wanted != kept:
        checked["qualification_requirements"] = _checked_requirements(wanted)
    return checked


def _checked_requirements(wanted: Sequence[Mapping[str, Any]]) -> list[Requirement]:
    try:
        return required.checked(wanted)
    except (NotFound, WrongState) as refusal:
        raise InvalidValue("qualification_requirements", str(refusal)) from refusal


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
