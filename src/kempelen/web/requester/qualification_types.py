"""A requester's qualification types: the list, one type with who holds it, and its end."""

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kempelen.domain.actions import qualification_decisions, qualification_types
from kempelen.domain.actions.qualification_types import INTEGERS
from kempelen.domain.models import Membership, Qualification, QualificationType
from kempelen.domain.queries import qualification_lists, qualifications
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.ui.forms import refusals_on
from kempelen.web.ui.respond import respond

EDITOR, REVIEWER = Membership.Role.EDITOR, Membership.Role.REVIEWER
PAGE = 25
HOLDERS = 50
STATUSES = {"": "Not deleted", "active": "Active", "inactive": "Inactive", "deleted": "Deleted"}
_LONGEST_KEY = 18


class GrantForm(forms.Form):
    """Whom to give the qualification, and with which value."""

    workers = forms.CharField(
        label="WorkerIds",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocapitalize": "characters"}),
        help_text="With blanks or line breaks between them, 100 at most. Who holds it gets this value.",
    )
    value = forms.IntegerField(
        label="Value",
        initial=1,
        min_value=INTEGERS[0],
        max_value=INTEGERS[1],
        help_text="MTurk: IntegerValue",
    )
    tells = forms.BooleanField(label="Tell them", required=False, initial=True)


@require_safe
@requester_required()
def index(request: RequesterRequest) -> HttpResponse:
    """List the types, also those that programs made; `q` searches names, keywords, descriptions and ids."""
    search, status = request.GET.get("q", "").strip()[:200], request.GET.get("status", "")
    after = _key_in(request.GET.get("after", ""))
    page = qualification_lists.types_of(
        request.requester, search=search, status=status, after=after, size=PAGE + 1
    )
    return respond(
        request,
        "requester/qualification_types.html",
        fragment="requester/qualifications/_list.html",
        kinds=page[:PAGE],
        after=page[PAGE - 1].pk if len(page) > PAGE else "",
        is_later=after is not None,
        search=search,
        chosen_status=status,
        statuses=STATUSES.items(),
        waiting_count=qualification_lists.waiting_count(request.requester),
        most_counted=qualification_lists.MOST_COUNTED,
        may_edit=request.membership.includes(EDITOR),
    )


@require_safe
@requester_required()
def show(request: RequesterRequest, type_id: str) -> HttpResponseBase:
    """Show a type and who holds it."""
    return _page(request, _type_of(request, type_id))


@require_POST
@requester_required(EDITOR)
def dispose(request: RequesterRequest, type_id: str) -> HttpResponseBase:
    """Delete a type: its open requests are refused, its name is free; what was granted stays."""
    kind = qualification_types.dispose(request.requester, type_id, by=request.user)
    messages.success(request, f"“{kind.name}” is deleted; what was granted of it stays.")
    return redirect("requester:qualification_types", request.requester.slug)


@require_POST
@requester_required(EDITOR)
def grant(request: RequesterRequest, type_id: str) -> HttpResponseBase:
    """Give workers the qualification, or another value of it."""
    kind, form = _type_of(request, type_id), GrantForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            given = qualification_decisions.grant(
                kind,
                form.cleaned_data["workers"].replace(",", " ").split(),
                value=form.cleaned_data["value"],
                sends_notification=form.cleaned_data["tells"],
                by=request.user,
            )
            same = f"; {given.late} had this value already" if given.late else ""
            messages.success(request, f"Given to {given.done} worker{'s' * (given.done != 1)}{same}.")
            return redirect(_address(request, kind))
    return _page(request, kind, form)


@require_POST
@requester_required(EDITOR)
def revoke(request: RequesterRequest, type_id: str) -> HttpResponseBase:
    """Take the qualification away from the chosen workers."""
    kind = _type_of(request, type_id)
    taken = qualification_decisions.revoke(
        kind, request.POST.getlist("worker"), reason=request.POST.get("reason", ""), by=request.user
    )
    late = f"; {taken.late} did not hold it any more" if taken.late else ""
    messages.success(request, f"Taken away from {taken.done} worker{'s' * (taken.done != 1)}{late}.")
    return redirect(_address(request, kind))


def _page(request: RequesterRequest, kind: QualificationType, form: GrantForm | None = None) -> HttpResponse:
    is_revoked = request.GET.get("show") == "revoked"
    search, after = request.GET.get("q", "").strip()[:64], _key_in(request.GET.get("after", ""))
    status = Qualification.Status.REVOKED if is_revoked else Qualification.Status.GRANTED
    page = list(_holders(kind, status, search=search, after=after)[: HOLDERS + 1])
    is_deleted = kind.status == QualificationType.Status.DISPOSED
    return respond(
        request,
        "requester/qualification_type.html",
        status=422 if form is not None else 200,
        kind=kind,
        holders=page[:HOLDERS],
        after=page[HOLDERS - 1].pk if len(page) > HOLDERS else "",
        is_later=after is not None,
        search=search,
        is_revoked=is_revoked,
        most_counted=qualification_lists.MOST_COUNTED,
        grant_form=form or GrantForm(),
        is_deleted=is_deleted,
        may_edit=request.membership.includes(EDITOR) and not is_deleted,
    )


def _type_of(request: RequesterRequest, type_id: str) -> QualificationType:
    kind = qualifications.own_type(request.requester, type_id)
    return qualification_lists.counted(QualificationType.objects.filter(pk=kind.pk)).get()


def _holders(
    kind: QualificationType, status: str, *, search: str, after: int | None
) -> QuerySet[Qualification]:
    held = Qualification.objects.filter(qualification_type=kind, status=status).select_related("worker")
    if search:
        held = held.filter(worker__public_id__istartswith=search)
    if after is not None:
        held = held.filter(pk__gt=after)
    return held.order_by("pk")


def _address(request: RequesterRequest, kind: QualificationType) -> str:
    return reverse("requester:qualification_type", args=[request.requester.slug, kind.public_id])


def _key_in(text: str) -> int | None:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < _LONGEST_KEY else None
