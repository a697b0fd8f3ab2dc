"""Requests for qualifications that wait for the requester: what was answered, granted or refused."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from kempelen.domain.actions import qualification_decisions
from kempelen.domain.actions.qualification_types import INTEGERS
from kempelen.domain.errors import DocumentRefused, InvalidValue
from kempelen.domain.models import Membership, QualificationRequest, QualificationType
from kempelen.domain.queries import qualification_lists, qualifications
from kempelen.domain.questions import form_parts
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.answers import NamedText, named_texts
from kempelen.web.requester.form_answers import answered
from kempelen.web.ui.respond import respond

REVIEWER = Membership.Role.REVIEWER
PAGE = 20


class GrantForm(forms.Form):
    """With which value requests are granted."""

    value = forms.IntegerField(min_value=INTEGERS[0], max_value=INTEGERS[1])


@dataclass(frozen=True)
class ShownRequest:
    """A request, with what its worker answered."""

    asked: QualificationRequest

    @property
    def seconds_taken(self) -> float | None:
        """How long the test took; None where there is none."""
        if not self.asked.test or self.asked.submitted_at is None:
            return None
        return (self.asked.submitted_at - self.asked.asked_at).total_seconds()

    @cached_property
    def answers(self) -> list[NamedText]:
        """What was asked and answered, in words; as it was sent, where the test cannot be read."""
        if not self.asked.test:
            return []
        try:
            return answered(form_parts.read(self.asked.test), self.asked.answers or {})
        except DocumentRefused:
            return named_texts(self.asked.answers)


class Position(NamedTuple):
    """Where a page of requests ended."""

    at: datetime
    pk: int


@require_safe
@requester_required()
def index(request: RequesterRequest) -> HttpResponse:
    """List what waits, oldest first: of all types, or of the one that `type` names."""
    kind = _type_in(request, request.GET.get("type", ""))
    after = _position_of(request, request.GET.get("after", ""))
    page = qualifications.pending_requests(request.requester, kind, after=after, size=PAGE + 1)
    return respond(
        request,
        "requester/qualification_requests.html",
        requests=[ShownRequest(asked) for asked in page[:PAGE]],
        after=page[PAGE - 1].public_id if len(page) > PAGE else "",
        is_later=after is not None,
        kind=kind,
        waiting_count=qualification_lists.waiting_count(request.requester),
        most_counted=qualification_lists.MOST_COUNTED,
        may_decide=request.membership.includes(REVIEWER),
    )


@require_POST
@requester_required(REVIEWER)
def decide(request: RequesterRequest) -> HttpResponseBase:
    """Grant or refuse the chosen requests, one or many."""
    chosen = request.POST.getlist("request")
    is_refused = request.POST.get("decision") == "reject"
    if is_refused:
        decided = qualification_decisions.reject_requests(
            request.requester, chosen, reason=request.POST.get("reason", ""), by=request.user
        )
    else:
        decided = qualification_decisions.accept_requests(
            request.requester, chosen, value=_value_in(request), by=request.user
        )
    did = "refused" if is_refused else "granted"
    late = f"; {decided.late} had an answer already" if decided.late else ""
    messages.success(request, f"{decided.done} request{'s' * (decided.done != 1)} {did}{late}.")
    kind = _type_in(request, request.POST.get("type", ""))
    here = reverse("requester:qualification_requests", args=[request.requester.slug])
    return redirect(f"{here}?{urlencode({'type': kind.public_id})}" if kind else here)


def _value_in(request: RequesterRequest) -> int:
    form = GrantForm(request.POST)
    if not form.is_valid():
        raise InvalidValue("value", "The value is a whole number.")
    return int(form.cleaned_data["value"])


def _type_in(request: RequesterRequest, type_id: str) -> QualificationType | None:
    return qualifications.own_type(request.requester, type_id) if type_id else None


def _position_of(request: RequesterRequest, request_id: str) -> Position | None:
    """Give where the request stands that a page ended with; it may have an answer by now."""
    asked = QualificationRequest.objects.filter(
        qualification_type__requester=request.requester, public_id=request_id, submitted_at__isnull=False
    )
    last = asked.values_list("submitted_at", "pk").first() if request_id else None
    return Position(*last) if last is not None and last[0] is not None else None  # type: ignore[arg-type]
