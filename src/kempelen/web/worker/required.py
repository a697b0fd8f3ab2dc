"""What work requires, as its pages show it: met or not, in plain words, and what would help."""

from dataclasses import dataclass

from django.urls import reverse

from kempelen.domain.models import HITGroup, QualificationType, Worker
from kempelen.domain.qualifications import system_types, wording
from kempelen.domain.qualifications.requirements import Action
from kempelen.domain.queries import requirements

_GUARDED = {
    "Accept": "to accept a HIT",
    "PreviewAndAccept": "to preview and accept",
    "DiscoverPreviewAndAccept": "to find, preview and accept",
}
_IN_PREFERENCES = {system_types.LOCALE, system_types.ADULT}


@dataclass(frozen=True)
class Line:
    """One requirement of the work; `way` leads to where the worker could come to meet it."""

    words: str
    guarded: str
    is_met: bool
    yours: str
    way: str = ""
    way_label: str = ""


@dataclass(frozen=True)
class Required:
    """What a group requires of the worker who looks at it."""

    lines: list[Line]
    may_preview: bool
    may_accept: bool


def of_group(worker: Worker | None, group: HITGroup) -> Required:
    """Give what the group requires, with no query where that is nothing, else three at most."""
    given = group.hit_type.qualification_requirements
    if not given:
        return Required([], may_preview=True, may_accept=True)
    eligibility = requirements.Eligibility(worker, [given])
    named = {requirement["QualificationTypeId"] for requirement in given}
    own = {kind.public_id: kind for kind in QualificationType.objects.filter(public_id__in=named)}
    return Required(
        [_line(verdict, own) for verdict in eligibility.verdicts(given)],
        may_preview=eligibility.may(Action.PREVIEW, given),
        may_accept=eligibility.may(Action.ACCEPT, given),
    )


def permitted(worker: Worker | None, group: HITGroup) -> set[Action]:
    """Give what the worker may do with the group's HITs, as far as requirements guard it."""
    given = group.hit_type.qualification_requirements
    eligibility = requirements.Eligibility(worker, [given])
    return {action for action in Action if eligibility.may(action, given)}


def _line(verdict: requirements.Verdict, own: dict[str, QualificationType]) -> Line:
    requirement, is_met = verdict.requirement, verdict.is_met
    type_id = requirement["QualificationTypeId"]
    names = {public_id: kind.name for public_id, kind in own.items()}
    way, label = ("", "") if is_met else _way(type_id, own.get(type_id))
    return Line(
        words=wording.in_words(requirement, names),
        guarded=_GUARDED[requirement["ActionsGuarded"]],
        is_met=is_met,
        yours=wording.fact_in_words(type_id, verdict.fact),
        way=way,
        way_label=label,
    )


def _way(type_id: str, kind: QualificationType | None) -> tuple[str, str]:
    """Give the page on which a worker can do something about it, and what the link says."""
    if type_id in _IN_PREFERENCES:
        return reverse("worker:preferences"), "Set it in your preferences"
    if kind is not None and kind.is_requestable and kind.status == QualificationType.Status.ACTIVE:
        label = "Take the test" if kind.test else "Look at this qualification"
        return reverse("worker:qualification", args=[kind.public_id]), label
    return "", ""
