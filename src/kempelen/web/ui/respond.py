"""How a view answers: with the whole page, or with the part that htmx asked for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def respond(
    request: HttpRequest, template: str, *, fragment: str | None = None, status: int = 200, **context: Any
) -> HttpResponse:
    """Render `fragment` for htmx and `template` for everybody else, from one context.

    Where `fragment` is left out, htmx gets the page too. Form errors are best sent with status 422:
    htmx is told (in ui/page.html) to show those.
    """
    chosen = fragment if fragment and wants_fragment(request) else template
    response = render(request, chosen, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def wants_fragment(request: HttpRequest) -> bool:
    """Tell whether htmx asks for a part; going back in history and boosted links need the page."""
    headers = request.headers
    whole = "true" in (headers.get("HX-Boosted"), headers.get("HX-History-Restore-Request"))
    return headers.get("HX-Request") == "true" and not whole
