"""Two who change a project's properties at once: what the second began with is compared with what is there.

The template has a guard of its own, by its versions (`projects.save_template`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kempelen.domain.errors import WrongState
from kempelen.domain.models import Event, Project, User

_FIELDS = (
    "name",
    "title",
    "description",
    "keywords",
    "reward_cents",
    "max_assignments",
    "assignment_duration_seconds",
    "lifetime_seconds",
    "auto_approval_delay_seconds",
    "audience",
    "queue_order",
    "qualification_requirements",
    "allows_corrections",
    "permissions",
    "substitutes_known_urls",
    "requester_annotation",
)
_LOOKED_THROUGH = 200

Properties = Mapping[str, Any]


@dataclass(frozen=True)
class Conflict:
    """A property that somebody else changed meanwhile: what it was, what it is now, what it was to be."""

    name: str
    began: Any
    theirs: Any
    yours: Any

    @property
    def is_untouched(self) -> bool:
        """Whether whoever comes second had not changed it."""
        return bool(_plain(self.yours) == _plain(self.began))


class ChangedMeanwhile(WrongState):
    """Somebody else saved the project; nothing of this change is saved."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        super().__init__("Somebody else saved this project while you worked on it.")
        self.conflicts = conflicts


def properties_of(project: Project) -> dict[str, Any]:
    """Give the properties that a form begins with, as JSON has them; groups by their primary keys."""
    chosen = project.groups.filter(is_named=False).order_by("pk").values_list("pk", flat=True)
    return {name: getattr(project, name) for name in _FIELDS} | {"groups": list(chosen)}


def check(project: Project, wanted: Properties, *, seen: Properties) -> None:
    """Refuse with `ChangedMeanwhile` what would take back what others changed since `seen`.

    Call it in the transaction that saves; it locks the project.  What is wanted to be as the others made it
    is no conflict.
    """
    current = properties_of(Project.objects.select_for_update().get(pk=project.pk))
    conflicts = [
        Conflict(name, seen[name], current[name], wanted[name])
        for name in current
        if name in seen
        and name in wanted
        and _plain(current[name]) not in (_plain(seen[name]), _plain(wanted[name]))
    ]
    if conflicts:
        raise ChangedMeanwhile(conflicts)


def last_saved_by(project: Project) -> User | None:
    """Give the member who saved the project last, if the log's newest lines tell."""
    newest = Event.objects.filter(requester_pk=project.requester_id, is_audited=True).order_by("-pk")
    for kind, data, user_pk in newest.values_list("kind", "data", "user_pk")[:_LOOKED_THROUGH]:
        if kind == "ProjectSaved" and data.get("project") == project.number:
            return User.objects.filter(pk=user_pk).first() if user_pk else None
    return None


def _plain(value: Any) -> Any:
    # Forms send line ends otherwise than they got them.
    return value.replace("\r\n", "\n") if isinstance(value, str) else value
