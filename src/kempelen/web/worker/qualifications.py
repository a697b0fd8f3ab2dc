"""The worker's qualifications: those held, lost and asked for, and those that can be asked for."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kempelen.domain.actions import overdue_tests, people
from kempelen.domain.actions import qualifications as asking
from kempelen.domain.models import Qualification, QualificationRequest, QualificationType, Worker
from kempelen.domain.qualifications import system_types, wording
from kempelen.domain.queries import qualifications as queries
from kempelen.domain.queries import standing
from kempelen.web.ui.respond import respond
from kempelen.web.worker.group_hits import ListPage
from kempelen.web.worker.identity import LoginNeeded, WorkerRequest
from kempelen.web.worker.offers import Offer, offer

PAGE = 25
_STANDING = (
    system_types.APPROVED,
    system_types.PERCENT_APPROVED,
    system_types.LOCALE,
    system_types.ADULT,
)


@dataclass(frozen=True)
class Mine:
    """A qualification that the worker holds, held or asked for; one of the two is there."""

    kind: QualificationType
    held: Qualification | None = None
    asked: QualificationRequest | None = None

    @property
    def test(self) -> QualificationRequest | None:
        """The test that the worker is taking for it."""
        is_running = self.asked is not None and self.asked.status == QualificationRequest.Status.TAKING_TEST
        return self.asked if is_running else None


@dataclass(frozen=True)
class ToAskFor:
    """A qualification that can be asked for, or why this worker cannot ask for it now."""

    kind: QualificationType
    offer: Offer


@require_safe
@never_cache
def qualifications(request: WorkerRequest) -> HttpResponse:
    """Show what the worker has, and a page of what they could ask for (`?q=` looks for words)."""
    worker, search = request.worker, request.GET.get("q", "").strip()[:200]
    after = request.GET.get("after", "")
    place = int(after) if after.isdecimal() and len(after) < 18 else None
    if worker is not None:
        overdue_tests.settle_of_worker(worker)
    asked = queries.latest_requests(worker) if worker is not None else {}
    kinds = queries.to_ask_for(worker, search=search, after=place, size=PAGE + 1)
    rest = str(kinds[PAGE - 1].pk) if len(kinds) > PAGE else ""
    rows = [ToAskFor(kind, offer(kind, None, asked.get(kind.pk))) for kind in kinds[:PAGE]]
    return respond(
        request,
        "worker/qualifications.html",
        worker=worker,
        standing=_standing(worker),
        mine=_mine(worker, asked),
        search=search,
        shown=ListPage(rows, rest, is_later=place is not None),
    )


@require_POST
def ask(request: WorkerRequest, type_id: str) -> HttpResponse:
    """Ask for a qualification: it is granted at once, or waits for its requester, or its test begins."""
    asked = asking.request(_somebody(request, type_id), type_id)
    if asked.status == QualificationRequest.Status.TAKING_TEST:
        return redirect("worker:test", asked.public_id)
    if asked.status == QualificationRequest.Status.GRANTED:
        messages.success(request, f"You have the qualification “{asked.qualification_type.name}” now.")
    else:
        messages.success(request, f"Asked. {asked.qualification_type.requester} decides about it.")
    return redirect("worker:qualification", asked.qualification_type.public_id)


def _somebody(request: WorkerRequest, type_id: str) -> Worker:
    """Give the worker; a user who has not worked yet becomes one, a visitor is asked to log in."""
    if request.worker is not None:
        return request.worker
    if request.user.is_authenticated:
        return people.worker_of(request.user)
    raise LoginNeeded(reverse("worker:qualification", args=[type_id]))


def _standing(worker: Worker | None) -> list[tuple[str, str]]:
    """Give what requesters' requirements are held against, in words."""
    facts = standing.facts(worker, _STANDING)
    return [
        (wording.label_of(type_id, {}), wording.short(type_id, facts.get(type_id))) for type_id in _STANDING
    ]


def _mine(worker: Worker | None, asked: dict[int, QualificationRequest]) -> list[Mine]:
    """Give what the worker holds or lost, then what waits or was refused; what runs out comes first."""
    held = queries.held_by(worker) if worker is not None else []
    mine = [Mine(one.qualification_type, one, asked.get(one.qualification_type_id)) for one in held]
    known = {one.qualification_type_id for one in held}
    others = [one for pk, one in asked.items() if pk not in known]
    mine += [Mine(one.qualification_type, asked=one) for one in reversed(others)]
    return sorted(mine, key=lambda row: row.test is None)
