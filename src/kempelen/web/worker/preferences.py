"""How a worker likes the pages, and what they say about themselves, which some work asks for."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from kempelen.domain import clock
from kempelen.domain.actions import people
from kempelen.domain.models import Worker
from kempelen.domain.qualifications import places
from kempelen.web.ui import formats
from kempelen.web.ui.respond import respond
from kempelen.web.worker.identity import WorkerRequest
from kempelen.web.worker.work import wants_next

# In place of a language: the one that the browser asks for.
AS_ASKED = "browser"
_NOT_SAID = ("", "I would rather not say")


class PreferencesForm(forms.Form):
    """What a worker may choose."""

    language = forms.ChoiceField(
        label="Numbers and dates",
        help_text="How they are written, on every page of yours. The words stay English.",
    )
    accepts_next = forms.BooleanField(
        label="Accept the next HIT by itself",
        required=False,
        help_text="As soon as one is submitted, the next of its group is yours.",
    )
    uses_shortcuts = forms.BooleanField(
        label="Single keys as shortcuts",
        required=False,
        help_text="Press ? on any page to see them. Switch them off if they get in the way of speech or of "
        "your own tools.",
    )

    country = forms.ChoiceField(
        label="Where you are",
        required=False,
        choices=lambda: [_NOT_SAID, *places.countries().items()],
        help_text="Some work is for people in certain countries. Requesters do not see what you say here; it "
        "only decides whether you may do their work.",
    )
    state = forms.ChoiceField(
        label="State", required=False, choices=lambda: [_NOT_SAID, *places.states().items()]
    )
    is_adult = forms.BooleanField(
        label="Show me work with content for adults",
        required=False,
        help_text="Such as pictures that have to be sorted out. Only if you are of age where you live.",
    )

    def __init__(self, *args: Any, asked: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)
        as_asked = f"As the browser asks: {formats.LANGUAGES[asked]}"
        language.choices = [(AS_ASKED, as_asked), *((tag, _example(tag, today)) for tag in formats.LANGUAGES)]


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: WorkerRequest) -> HttpResponse:
    """Show the choices, or keep them; somebody who has only a cookie gets them with the first accept."""
    worker = request.worker
    is_somebody = worker is not None or request.user.is_authenticated
    given: dict[str, Any] = {"asked": formats.asked_by(request), "today": clock.now().date()}
    if request.method == "POST" and is_somebody:
        form = PreferencesForm(request.POST, **given)
        somebody = _made(request) if form.is_valid() else None
        if somebody is not None:
            _keep(somebody, form.cleaned_data)
            messages.success(request, "Your preferences are kept.")
            return redirect("worker:preferences")
    else:
        form = PreferencesForm(initial=_initial(worker), **given)
    return respond(
        request,
        "worker/preferences.html",
        status=422 if form.is_bound else 200,
        form=form,
        is_somebody=is_somebody,
    )


@require_POST
def shortcuts(request: WorkerRequest) -> HttpResponse:
    """Switch single keys on (`on=1`) or off, from the list of shortcuts."""
    if request.worker is not None:
        is_on = request.POST.get("on") == "1"
        people.set_preferences(request.worker, uses_shortcuts=is_on, language=request.worker.language)
    return HttpResponse(status=204)


def _made(request: WorkerRequest) -> Worker | None:
    """Give the worker; a user who has not worked yet becomes one."""
    if request.worker is None and request.user.is_authenticated:
        return people.worker_of(request.user)
    return request.worker


def _keep(worker: Worker, chosen: dict[str, Any]) -> None:
    language = "" if chosen["language"] == AS_ASKED else chosen["language"]
    people.set_preferences(worker, uses_shortcuts=chosen["uses_shortcuts"], language=language)
    people.set_accepts_next(worker, accepts_next=chosen["accepts_next"])
    country = chosen["country"]
    # The page keeps a state that was chosen before another country was.
    state = chosen["state"] if country == places.UNITED_STATES else ""
    people.set_about(worker, country=country, state=state, is_adult=chosen["is_adult"])


def _initial(worker: Worker | None) -> dict[str, Any]:
    """Give what holds now; for somebody new, what a new worker starts with."""
    worker = worker or Worker()
    return {
        "language": worker.language if worker.language in formats.LANGUAGES else AS_ASKED,
        "accepts_next": wants_next(worker),
        "uses_shortcuts": worker.uses_shortcuts,
        "country": worker.country,
        "state": worker.subdivision,
        "is_adult": worker.is_adult,
    }


def _example(language: str, today: date) -> str:
    with formats.used(language):
        return f"{formats.LANGUAGES[language]}: {formats.number(12345.67, places=2)}, {formats.day(today)}"
