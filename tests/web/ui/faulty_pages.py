"""Addresses whose views refuse, break or answer in parts; and the gallery of components."""

from datetime import timedelta
from pathlib import Path

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from kempelen.domain import clock
from kempelen.domain.errors import FileRefused, NotFound, NoWorkLeft
from kempelen.web.security import allow_frames_of
from kempelen.web.ui.respond import respond

GALLERY = Path(__file__).with_name("gallery.html")


class EveryField(forms.Form):
    """One field of each kind."""

    title = forms.CharField(help_text="What workers see first.")
    reward = forms.DecimalField()
    audience = forms.ChoiceField(choices=[("a", "Anybody"), ("w", "Workers")], widget=forms.RadioSelect)
    order = forms.ChoiceField(choices=[("o", "Oldest first"), ("r", "Random")])
    about = forms.CharField(widget=forms.Textarea, required=False)
    next = forms.BooleanField(label="Show the next one at once")
    csv = forms.FileField(help_text="One row per HIT.")


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component once."""
    messages.success(request, "Batch 4 is published.")
    messages.error(request, "Row 7 has 2 values for 3 columns.")
    now = clock.now()
    context = {
        "form": EveryField({"reward": "0.05", "audience": "a"}),
        "ago": now - timedelta(minutes=5),
        "soon": now + timedelta(minutes=28),
        "page": Paginator(range(1234), 50).page(3),
    }
    template = engines["django"].from_string(GALLERY.read_text(encoding="utf-8"))
    return HttpResponse(template.render(context, request))


def refuses(request: HttpRequest) -> HttpResponse:
    """The domain says no."""
    raise NoWorkLeft


def refuses_a_file(request: HttpRequest) -> HttpResponse:
    """The domain says no, in several lines."""
    raise FileRefused(["line 3: <b>2</b> values for 3 columns", "line 9: a quote is never closed"])


def lacks(request: HttpRequest) -> HttpResponse:
    """The domain knows no such thing."""
    raise NotFound("HIT", "3ABC")


def forbids(request: HttpRequest) -> HttpResponse:
    """Somebody lacks a right."""
    raise PermissionDenied


def breaks(request: HttpRequest) -> HttpResponse:
    """Our own fault."""
    raise RuntimeError("a bug")


def reads(request: HttpRequest) -> HttpResponse:
    """Takes a form."""
    return HttpResponse(request.POST.get("text", "nothing"))


def parts(request: HttpRequest) -> HttpResponse:
    """A page, or a part of it."""
    return respond(request, "ui/refusal.html", fragment="ui/_empty.html", title="A part", lines=["A page"])


def content(request: HttpRequest) -> HttpResponse:
    """Has a policy of its own, as task content does."""
    return HttpResponse("task", headers={"Content-Security-Policy": "sandbox allow-scripts"})


def external(request: HttpRequest) -> HttpResponse:
    """Shows frames of the origin that it is asked for."""
    response = HttpResponse("work")
    allow_frames_of(response, request.GET["url"])
    return response


handler400 = "kempelen.web.ui.errors.bad_request"
_worker = [
    path("", gallery, name="home"),
    path("queue/", gallery, name="queue"),
    path("h/", gallery, name="history"),
]
urlpatterns = [
    path("", include((_worker, "worker"))),
    path("account/", include("kempelen.web.account.urls")),
    *(
        path(f"{view.__name__}/", view)
        for view in (refuses, refuses_a_file, lacks, forbids, breaks, reads, parts, content, external)
    ),
]
