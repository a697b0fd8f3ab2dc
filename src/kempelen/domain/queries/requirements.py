"""Qualification requirements against what is stored: the types they name, and who meets them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef

from kempelen.domain.errors import NotFound, NotQualified, WrongState
from kempelen.domain.models import HITGroup, HITType, QualificationType, RequiredQualification, Worker
from kempelen.domain.qualifications import system_types, wording
from kempelen.domain.qualifications.comparing import Fact, holds
from kempelen.domain.qualifications.requirements import Action, Requirement, guards, normalise
from kempelen.domain.queries import queue, standing


def checked(requirements: Sequence[Mapping[str, Any]]) -> list[Requirement]:
    """Give the requirements of new HITs in the form they are kept in, or refuse.

    Each type has to exist and, unless it is a system type, to be Active (mturk-api.md §3.3); whose it is
    does not matter.  The rest is `normalise`'s.
    """
    kept = normalise(requirements)
    known = system_types.known_to(settings.KEMPELEN_MODE)
    named = {requirement["QualificationTypeId"] for requirement in kept} - known.keys()
    if not named:
        return kept
    found = QualificationType.objects.filter(public_id__in=named).exclude(
        status=QualificationType.Status.DISPOSED
    )
    statuses = dict(found.values_list("public_id", "status"))
    for public_id in sorted(named):
        if public_id not in statuses:
            raise NotFound("qualification type", public_id)
        if statuses[public_id] != QualificationType.Status.ACTIVE:
            raise WrongState(
                f"The qualification type {public_id} is not active, so no new HITs can require it.",
                code="InvalidQualificationTypeState",
                mturk_message="This operation can be called with a status of: Active",
            )
    return kept


def check_usable(hit_type: HITType) -> None:
    """Refuse new HITs of a type that requires a deleted qualification type (DeleteQualificationType)."""
    named = {requirement["QualificationTypeId"] for requirement in hit_type.qualification_requirements}
    if not named:
        return
    gone = QualificationType.objects.filter(public_id__in=named, status=QualificationType.Status.DISPOSED)
    for public_id in gone.order_by("public_id").values_list("public_id", flat=True)[:1]:
        raise NotFound("qualification type", public_id)


@dataclass(frozen=True)
class Verdict:
    """A requirement, what is known of the worker for it, and whether it is met."""

    requirement: Requirement
    fact: Fact | None
    is_met: bool


class Eligibility:
    """Whether a worker, or somebody who has not worked yet (None), meets requirements.

    What is known of the worker is read once, for all the requirements that are given at the start.
    """

    def __init__(self, worker: Worker | None, given: Iterable[Sequence[Requirement]]) -> None:
        named = {requirement["QualificationTypeId"] for some in given for requirement in some}
        self._facts = standing.facts(worker, named) if named else {}

    def may(self, action: Action, requirements: Sequence[Requirement]) -> bool:
        """Tell whether all requirements that guard the action are met."""
        return all(verdict.is_met for verdict in self.verdicts(requirements, action))

    def verdicts(self, requirements: Sequence[Requirement], action: Action = Action.ACCEPT) -> list[Verdict]:
        """Give each requirement that guards the action, met or not, in the order given."""
        return [self._verdict(requirement) for requirement in requirements if guards(requirement, action)]

    def _verdict(self, requirement: Requirement) -> Verdict:
        fact = self._facts.get(requirement["QualificationTypeId"])
        return Verdict(requirement, fact, holds(requirement, fact))


def check_met(worker: Worker, action: Action, requirements: Sequence[Requirement]) -> None:
    """Refuse with `NotQualified`, which says what is missing; HITs that require nothing cost no query."""
    if not requirements:
        return
    verdicts = Eligibility(worker, [requirements]).verdicts(requirements, action)
    missing = [verdict.requirement for verdict in verdicts if not verdict.is_met]
    if missing:
        names = names_of(missing)
        raise NotQualified([wording.in_words(one, names) for one in missing])


def hidden_hit_types(worker: Worker | None, now: datetime) -> list[int]:
    """Give the primary keys of the HIT types with open HITs that the worker may not discover.

    One query for the requirements of all open groups, two at most for the worker; equal requirements are
    compared once.
    """
    required = RequiredQualification.objects.filter(hit_type=OuterRef("hit_type"))
    groups = HITGroup.objects.filter(
        Exists(required), queue.has_open_hits(now), status=HITGroup.Status.OPEN
    ).values_list("hit_type", "hit_type__qualification_requirements")
    by_type: dict[int, list[Requirement]] = {
        pk: guarding
        for pk, given in groups
        if (guarding := [requirement for requirement in given if guards(requirement, Action.DISCOVER)])
    }
    eligibility = Eligibility(worker, by_type.values())
    return [pk for pk, given in by_type.items() if not eligibility.may(Action.DISCOVER, given)]


def names_of(requirements: Iterable[Requirement]) -> dict[str, str]:
    """Give by their ids the names of the types that requesters made; system types are known anyway."""
    named = {requirement["QualificationTypeId"] for requirement in requirements}
    own = QualificationType.objects.filter(public_id__in=named - system_types.SYSTEM_TYPES.keys())
    return dict(own.values_list("public_id", "name"))


def in_words(requirements: Sequence[Requirement]) -> list[str]:
    """Say what is required, line by line; at most one query, none where nothing is."""
    names = names_of(requirements) if requirements else {}
    # A percent sign alone on its line would look lost.
    return [wording.in_words(one, names).replace(" %", "\N{NO-BREAK SPACE}%") for one in requirements]
