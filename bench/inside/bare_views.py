"""Views that know who asks, and do next to nothing: the least that a Django site does for such a request."""

import json
from datetime import timedelta
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from bench.inside.bare_key import KEY
from bench.inside.sessions import held_by
from kempelen.domain.models import Event

_PAGE = b"<!doctype html><title>Bare</title>" + b"<p>Nothing at all to see here.</p>\n" * 200


def log_in(user: Any) -> None:
    """Make a session for the user, under a key that the bench knows."""
    Session.objects.create(
        session_key=KEY,
        session_data=SessionStore().encode(held_by(user)),
        expire_date=timezone.now() + timedelta(days=1),
    )


def page(request: HttpRequest) -> HttpResponse:
    """Answer a page of seven kilobytes to whoever is logged in: their session and user are looked up."""
    return HttpResponse(_PAGE, status=200 if request.user.is_authenticated else 403)


def store(request: HttpRequest) -> JsonResponse:
    """Keep what was sent, in one row of a table with two indexes, as any view would: by its model."""
    if request.user.is_authenticated:
        sent = json.loads(request.body)
        Event.objects.create(kind="Bare", at=timezone.now(), worker_pk=request.user.pk, data=sent)
    return nothing(request)


def nothing(request: HttpRequest) -> JsonResponse:
    """Answer as if it had been kept."""
    return JsonResponse({"status": "submitted"}, status=200 if request.user.is_authenticated else 403)
