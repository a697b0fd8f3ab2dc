"""What has happened to what belongs to a project, besides the project itself (`events.ProjectSaved`)."""

from kempelen.domain.events import RequesterHappening


class ProjectFileChanged(RequesterHappening):
    """A file of a project was added, replaced or removed (`done`); `data` names project and path."""


class ProjectCopied(RequesterHappening):
    """A project was made as a copy: `data["source"]`, `data["project"]`."""


class ProjectTemplateRestored(RequesterHappening):
    """An older version of a template became the current one again; `data` names project and version."""
