"""Making and changing a qualification type: its properties, and its test with builder, XML and preview."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST
from django_htmx.http import retarget

from kempelen.domain.actions import qualification_types
from kempelen.domain.actions.qualification_types import TypeProperties
from kempelen.domain.errors import WrongState
from kempelen.domain.models import Membership, QualificationType
from kempelen.domain.queries import qualifications
from kempelen.domain.questions.building.parts import Draft
from kempelen.web.content.qualification_tests import frame_of_draft
from kempelen.web.requester import qualification_writing as writing
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.forms import actions_may_refuse
from kempelen.web.requester.qualification_form import FIELD_NAMES, TypeForm
from kempelen.web.requester.qualification_writing import Written
from kempelen.web.ui.respond import respond

_UNFIT = 422
EDITOR = Membership.Role.EDITOR
_OVERTAKEN = (
    "The test was changed by somebody else while you worked on it. Yours is below and not saved yet: look at "
    "theirs in another tab, then save again to put yours in its place."
)
_UNSOUND = "The test is not ready yet; see what is wrong beside it."
# What the page's script gets as people type: the other shape; in every other case all of the test.
_FRAGMENTS = {
    writing.FIELDS: "requester/builder/_after_fields.html",
    writing.XML: "requester/builder/_after_xml.html",
}
_WHOLE = "requester/builder/_after_button.html"


@requester_required(EDITOR)
def new(request: RequesterRequest) -> HttpResponseBase:
    """Make a qualification type."""
    if request.method != "POST":
        return _show(request, TypeForm(), Written(Draft()))
    return _take(request, None)


@requester_required(EDITOR)
def edit(request: RequesterRequest, type_id: str) -> HttpResponseBase:
    """Change a qualification type that is not deleted."""
    kind = qualifications.own_type(request.requester, type_id)
    if kind.status == QualificationType.Status.DISPOSED:
        raise WrongState("This qualification type is deleted; it cannot be changed.")
    if request.method != "POST":
        return _show(request, TypeForm(kind=kind), writing.stored(kind.test, kind.answer_key), kind)
    return _take(request, kind)


@require_POST
@requester_required(EDITOR)
def build(request: RequesterRequest) -> HttpResponse:
    """Answer the builder's script: as people type with the other shape, to a button with all of the test.

    Nothing is stored.
    """
    command, typed_in = request.POST.get("do", ""), request.POST.get("counts", "")
    written = _pressed(request, command) if command else writing.sent(request.POST)
    is_as_expected = not command and written.shape in ("", typed_in) and typed_in in _FRAGMENTS
    response = respond(
        request,
        _FRAGMENTS[typed_in] if is_as_expected else _WHOLE,
        written=written,
        builder=written.builder_of(focus_only=True),
    )
    return response if is_as_expected else retarget(response, "#test-builder")


def _take(request: RequesterRequest, kind: QualificationType | None) -> HttpResponseBase:
    """Do what a button of the builder says, or save."""
    form, command = TypeForm(request.POST, kind=kind), request.POST.get("do", "")
    if command:
        # Only the test is looked at: what else is typed stays, right or wrong.
        form.errors.clear()
        return _show(request, form, _pressed(request, command), kind, status=200)
    written = writing.sent(request.POST)
    is_valid = form.is_valid()
    # What was stored once stays, also where we look more closely now.
    if form.has_test and not _is_as_stored(written, kind) and not written.is_sound:
        form.add_error(None, _UNSOUND)
        is_valid = False
    elif form.has_test and _is_overtaken(request, written, kind):
        form.add_error(None, _OVERTAKEN)
        return _show(request, form, written, kind, status=_UNFIT, began=_mark_of(kind))
    if is_valid:
        with actions_may_refuse(form, FIELD_NAMES):
            saved = _save(request, form, written, kind)
            messages.success(request, f"“{saved.name}” is {'saved' if kind else 'made'}.")
            page = "qualification_try" if "and_try" in request.POST and saved.test else "qualification_type"
            return redirect(f"requester:{page}", request.requester.slug, saved.public_id)
    return _show(request, form, written, kind, status=_UNFIT)


def _save(
    request: RequesterRequest, form: TypeForm, written: Written, kind: QualificationType | None
) -> QualificationType:
    properties = form.properties()
    if form.has_test and not _is_as_stored(written, kind):
        properties |= TypeProperties(test=written.test, answer_key=written.answer_key)
    if kind is None:
        return qualification_types.create(request.requester, properties, by=request.user)
    return qualification_types.update(request.requester, kind.public_id, properties, by=request.user)


def _is_as_stored(written: Written, kind: QualificationType | None) -> bool:
    """Tell whether the test is the one there is: who takes it now keeps it, and nothing is rewritten."""
    return kind is not None and bool(kind.test) and writing.mark_of(written) == _mark_of(kind)


def _is_overtaken(request: RequesterRequest, written: Written, kind: QualificationType | None) -> bool:
    """Tell whether the page began with another test than there is now, and would write over that."""
    began = request.POST.get("began", "")
    return bool(began) and began != _mark_of(kind) and not _is_as_stored(written, kind)


def _mark_of(kind: QualificationType | None) -> str:
    return writing.mark_of(writing.stored(kind.test, kind.answer_key)) if kind and kind.test else ""


def _pressed(request: RequesterRequest, command: str) -> Written:
    """Give the test after a button: one that says which shape counts, or one of the builder's."""
    what, _, shape = command.partition(":")
    if what == "counts":
        return writing.sent(request.POST, counts=shape if shape in _FRAGMENTS else "")
    return writing.sent(request.POST, command=command)


def _show(
    request: RequesterRequest,
    form: TypeForm,
    written: Written,
    kind: QualificationType | None = None,
    *,
    status: int = 200,
    began: str = "",
) -> HttpResponse:
    return respond(
        request,
        "requester/qualification_edit.html",
        status=status,
        form=form,
        kind=kind,
        written=written,
        began=began or request.POST.get("began", "") or _mark_of(kind),
        builder=written.builder_of(focus_only=status < _UNFIT),
        frame=frame_of_draft(request, request.requester),
    )
