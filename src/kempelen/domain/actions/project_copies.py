"""A copy of a project, and an older version of its template made the current one again."""

from django.db import transaction

from kempelen.domain import events, project_events
from kempelen.domain.actions import audiences, project_files, projects
from kempelen.domain.errors import NotFound
from kempelen.domain.models import Project, TemplateVersion, User

_LONGEST_NAME = 200
_OF_NEW = "Copy of "
# What a project decides, besides its template, groups and files.
_PROPERTIES = (
    "title",
    "description",
    "keywords",
    "reward_cents",
    "lifetime_seconds",
    "assignment_duration_seconds",
    "auto_approval_delay_seconds",
    "max_assignments",
    "queue_order",
    "requester_annotation",
    "permissions",
    "allows_corrections",
    "substitutes_known_urls",
)


@transaction.atomic
def copy(project: Project, *, name: str = "", by: User | None = None) -> Project:
    """Make another project of the same: current template, properties, requirements, audience, files.

    Batches and older versions stay with the first.  Its name is “Copy of …” unless given.
    """
    version = project.template.current_version
    made = projects.create_project(
        project.requester,
        name=name or f"{_OF_NEW}{project.name}"[:_LONGEST_NAME],
        html=version.html,
        language=version.language,
        by=by,
        **{field: getattr(project, field) for field in _PROPERTIES},
    )
    # As they are: a type that is gone by now stops publishing, not copying.
    made.qualification_requirements = project.qualification_requirements
    made.save(update_fields=["qualification_requirements"])
    audiences.open_project(
        made,
        audience=project.audience,
        groups=audiences.chosen_groups(project),
        workers=list(audiences.named_workers(project).values_list("public_id", flat=True)),
        may_be_nobody=True,
        by=by,
    )
    project_files.copy_all(project, made, by=by)
    data = {"source": project.number, "project": made.number}
    events.record(project_events.ProjectCopied(project.requester, by=by, data=data))
    return made


@transaction.atomic
def restore(project: Project, number: int, *, by: User | None = None) -> TemplateVersion:
    """Make the HTML and language of an older version the newest one, if it is not so already; gives that."""
    older = version_of(project, number)
    before = project.template.current_version
    restored = projects.save_template(project.template, older.html, language=older.language, by=by)
    if restored.pk != before.pk:
        data = {"project": project.number, "version": number, "became": restored.number}
        events.record(project_events.ProjectTemplateRestored(project.requester, by=by, data=data))
    return restored


def version_of(project: Project, number: int) -> TemplateVersion:
    """Give the version of the project's template with this number, or refuse with `NotFound`."""
    found = project.template.versions.filter(number=number).select_related("created_by").first()
    if found is None:
        raise NotFound("version", number)
    return found
