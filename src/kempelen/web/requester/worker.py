"""One worker, as the requester knows them; who somebody is, no requester learns."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from kempelen.domain.actions import worker_groups, worker_notes
from kempelen.domain.models import Membership, Worker
from kempelen.domain.queries import worker_page, workers
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.worker_forms import (
    BonusForm,
    GrantForm,
    IntoGroupForm,
    MessageForm,
    NoteForm,
    ReasonForm,
)
from kempelen.web.ui.respond import respond

REVIEWER, EDITOR = Membership.Role.REVIEWER, Membership.Role.EDITOR
MOST_GROUPS, MOST_ANSWERS, MOST_SAID = 30, 20, 20


@requester_required()
def show(request: RequesterRequest, worker_id: str) -> HttpResponseBase:
    """Show the worker's figures, answers, notes, qualifications, messages, bonuses and groups."""
    return page(request, workers.found(request.requester, worker_id))


def page(request: RequesterRequest, worker: Worker, **wrong: Any) -> HttpResponse:
    """Give the worker's page; `wrong` are the forms, by name, that were not filled in right."""
    requester = request.requester
    types = list(workers.own_types(requester).only("public_id", "name"))
    mine = list(worker_page.groups_with(requester, worker))
    others = worker_groups.groups_of(requester).exclude(pk__in=[group.pk for group in mine])
    blank: dict[str, Any] = {
        "note_form": NoteForm(),
        "block_form": ReasonForm(),
        "message_form": MessageForm(),
        "bonus_form": BonusForm(),
        "grant_form": GrantForm(types=types),
        "into_form": IntoGroupForm(groups=list(others)),
    }
    response = respond(
        request,
        "requester/worker.html",
        status=422 if wrong else 200,
        worker=worker,
        record=worker_page.record_of(requester, worker),
        works=worker_page.by_group(requester, worker, size=MOST_GROUPS),
        answers=worker_page.answers_of(requester, worker, size=MOST_ANSWERS),
        notes=_notes(request, worker),
        its_block=worker_page.block_on(requester, worker),
        held=worker_page.held_of(requester, worker),
        notices=worker_page.written_to(requester, worker, size=MOST_SAID),
        worker_messages=worker_page.written_by(requester, worker, size=MOST_SAID),
        bonuses=worker_page.bonuses_to(requester, worker, size=MOST_SAID),
        groups=mine,
        may_review=request.membership.includes(REVIEWER),
        may_edit=request.membership.includes(EDITOR),
        **{**blank, **wrong},
    )
    response["Cache-Control"] = "no-store"
    return response


def _notes(request: RequesterRequest, worker: Worker) -> list[dict[str, Any]]:
    notes = worker_page.notes_about(request.requester, worker)
    return [{"note": note, "may_change": worker_notes.may_change(note, request.membership)} for note in notes]
