"""How people hear that the domain refused: one place for all views, which need no `try`."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import trigger_client_event

from kempelen.domain.errors import AnswersRefused, NotFound, Refusal

_CONFLICT = 409
_NOT_FOUND = 404


class RefusalsShown:
    """Turn a `Refusal` raised in a view into a toast (htmx), JSON (scripts) or a page with a way back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a view that was refused; any other exception is our bug and goes on."""
        if not isinstance(exception, Refusal):
            return None
        status = _NOT_FOUND if isinstance(exception, NotFound) else _CONFLICT
        if request.headers.get("HX-Request") == "true":
            return _toast(exception)
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse(_told(exception), status=status)
        context = {"lines": str(exception).splitlines(), "code": exception.code, "back": _way_back(request)}
        return render(request, "ui/refusal.html", context, status=status)


def _told(refusal: Refusal) -> dict[str, Any]:
    """Give what scripts are told; of a QuestionForm what is wrong with which answer, by its number."""
    if isinstance(refusal, AnswersRefused):
        return {"code": refusal.code, "message": refusal.summary, "faults": refusal.faults}
    return {"code": refusal.code, "message": str(refusal)}


def _toast(refusal: Refusal) -> HttpResponse:
    response = HttpResponse(status=_CONFLICT)
    trigger_client_event(response, "toast", {"text": str(refusal), "level": "error"})
    response["HX-Reswap"] = "none"
    return response


def _way_back(request: HttpRequest) -> str:
    """Give the page of ours that the refused request came from, or none."""
    referer = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        referer, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    is_other_page = referer != request.build_absolute_uri()
    return referer if is_ours and is_other_page else ""
