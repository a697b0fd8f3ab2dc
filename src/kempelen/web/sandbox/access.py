"""Who may use what only a sandbox has: programs with the API token of an administrator.

On a production server there are no such addresses.  Cookies count for nothing here, so that no page can make
somebody's browser ask.  A token is looked up by its digest: how long that takes says nothing of how near
a guess was.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from kempelen.domain import clock
from kempelen.domain.actions import api_tokens
from kempelen.domain.errors import InvalidValue, NotFound, Refusal
from kempelen.domain.models import ApiToken
from kempelen.web.received import json_in

Call = Callable[[HttpRequest], Mapping[str, Any]]
View = Callable[[HttpRequest], HttpResponse]
_BODY_LIMIT = 64 * 1024
METHODS = ("GET", "POST")


def for_administrators(call: Call, *, methods: Sequence[str] = METHODS) -> View:
    """Make a view of `call`, which is given the request and gives JSON: for GET and POST, in a sandbox only.

    Other `methods` can be named.

    A refusal becomes 400, with its `code` and `message`; so do 401 without a token that works, 403 with one
    that is no administrator's, 405.
    """

    @csrf_exempt
    @never_cache
    @wraps(call)
    def view(request: HttpRequest) -> HttpResponse:
        if settings.KEMPELEN_MODE != "sandbox":
            raise Http404
        refused = _turned_away(request, methods)
        if refused is not None:
            return refused
        try:
            return JsonResponse(call(request))
        except Refusal as refusal:
            return _told(404 if isinstance(refusal, NotFound) else 400, refusal.code, str(refusal))

    return view


def arguments_of(request: HttpRequest) -> dict[str, Any]:
    """Give the JSON object that was sent, or refuse what is none."""
    length = request.headers.get("Content-Length") or "0"
    if not length.isdecimal() or int(length) > _BODY_LIMIT:
        raise InvalidValue("body", f"At most {_BODY_LIMIT // 1024} KB are taken.")
    try:
        sent = json_in(request.body)
    except ValueError as error:
        raise InvalidValue("body", f"Send a JSON object; this is none: {error}.") from error
    if not isinstance(sent, dict):
        raise InvalidValue("body", "Send a JSON object, such as {}.")
    return sent


def _turned_away(request: HttpRequest, methods: Sequence[str]) -> HttpResponse | None:
    """Give the answer for whom the call is not, or nothing."""
    if request.method not in methods:
        answer = _told(405, "MethodNotAllowed", "Use GET to look and POST to change.")
        answer.headers["Allow"] = ", ".join(methods)
        return answer
    token = _token_of(request)
    if token is None:
        answer = _told(
            401,
            "NotAuthenticated",
            "Send an administrator’s API token: Authorization: Bearer TOKEN. Make one with "
            "kempelen token create --admin.",
        )
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer
    if token.scope != ApiToken.Scope.ADMINISTRATOR:
        return _told(
            403,
            "NotAllowed",
            "This token has only its user’s rights. Make an administrator’s: kempelen token create --admin.",
        )
    api_tokens.note_used(token, at=clock.now())
    return None


def _token_of(request: HttpRequest) -> ApiToken | None:
    words = request.headers.get("Authorization", "").split()
    if len(words) != 2 or words[0].lower() != "bearer":
        return None
    return api_tokens.of_key(words[1])


def _told(status: int, code: str, message: str) -> HttpResponse:
    answer = JsonResponse({"code": code, "message": message}, status=status)
    # What was refused is the caller's to know, and no line of our log.
    answer._has_been_logged = True  # type: ignore[attr-defined]
    return answer
