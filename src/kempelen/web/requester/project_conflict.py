"""What a member reads who saves a project that somebody else has saved meanwhile."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kempelen.domain.actions import project_conflicts
from kempelen.domain.actions.project_conflicts import Conflict
from kempelen.domain.models import Audience, Permission, Project, QueueOrder, Requester, WorkerGroup
from kempelen.domain.queries import requirements
from kempelen.web.received import json_in
from kempelen.web.requester.project_form import FIELD_NAMES, ProjectForm, initial_of
from kempelen.web.ui import words

_REQUIRED = "qualification_requirements"
_CHOICES: Mapping[str, Any] = {"audience": Audience, "queue_order": QueueOrder}


@dataclass(frozen=True)
class Difference:
    """A property that both changed, or only the other one (`is_untouched`), in words."""

    label: str
    anchor: str
    began: str
    theirs: str
    yours: str
    is_untouched: bool


def seen_in(text: str) -> project_conflicts.Properties | None:
    """Read the properties that a page says it began with; nothing if it says nothing of use."""
    try:
        seen = json_in(text)
    except ValueError:
        return None
    return seen if isinstance(seen, dict) else None


def seen_of(project: Project) -> str:
    """Give what a page is to send back as what it began with."""
    return json.dumps(project_conflicts.properties_of(project), ensure_ascii=False, sort_keys=True)


def form_after(form: ProjectForm, conflicts: Iterable[Conflict], *, project: Project) -> ProjectForm:
    """Give the form again: what was typed in it, and what others saved where nothing was typed."""
    typed = {name: value for name, value in form.cleaned_data.items() if name in form.fields}
    theirs = initial_of(project)
    untouched = {its.name for its in conflicts if its.is_untouched}
    for name in untouched - {_REQUIRED}:
        field = FIELD_NAMES.get(name, name)
        typed[field] = theirs[field]
    again = ProjectForm(initial=typed, requester=project.requester, project=project)
    if _REQUIRED not in untouched:
        again.requirements = form.requirements
    return again


def differences(
    form: ProjectForm, conflicts: Iterable[Conflict], *, requester: Requester
) -> list[Difference]:
    """Give what differs, in the words of the form."""
    return [_difference(form, its, requester) for its in conflicts]


def _difference(form: ProjectForm, its: Conflict, requester: Requester) -> Difference:
    field = FIELD_NAMES.get(its.name, its.name)
    is_field = field in form.fields
    label = str(form[field].label) if is_field else "Qualifications workers need"
    return Difference(
        label=label,
        anchor=(form[field].id_for_label or form[field].auto_id) if is_field else "requirements",
        began="" if isinstance(its.theirs, list) else _in_words(its.name, its.began, requester),
        theirs=_in_words(its.name, its.theirs, requester),
        yours=_in_words(its.name, its.yours, requester),
        is_untouched=its.is_untouched,
    )


def _in_words(name: str, value: Any, requester: Requester) -> str:
    """Give a value as people read it; a page may have said anything about what it began with."""
    try:
        return _words_of(name, value, requester) or "nothing"
    except (TypeError, ValueError, AttributeError, KeyError, OverflowError):
        return str(value)[:200]


def _words_of(name: str, value: Any, requester: Requester) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "reward_cents":
        return words.money(int(value))
    if name.endswith("_seconds"):
        return words.duration(int(value))
    if name in _CHOICES:
        return str(_CHOICES[name](value).label)
    if name == "permissions":
        return ", ".join(str(Permission(one).label) for one in value)
    if name == "groups":
        chosen = WorkerGroup.objects.filter(requester=requester, pk__in=[int(one) for one in value])
        return ", ".join(chosen.order_by("name").values_list("name", flat=True))
    if name == _REQUIRED:
        return "; ".join(requirements.in_words(value))
    return str(value)
