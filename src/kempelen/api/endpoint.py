"""The API's address: `POST /` of the very server that shows the pages.

A call is answered ahead of all that pages need: it has no session, no token against forged forms, no
messages.  Its signature says who calls, and covers the host that was asked.
"""

import logging
from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.response import HttpResponseBase

from kempelen.api import callers, cors, handlers, throttling
from kempelen.aws import protocol, signature
from kempelen.aws.protocol import ProtocolError
from kempelen.domain import clock
from kempelen.domain.errors import Refusal

log = logging.getLogger("kempelen.api")

PATH = "/"
# What the moved clock of a sandbox shows, for programs that compute times such as ExpireAt.
TIME = "X-Kempelen-Time"
# Whatever sends another type means something else; some programs send none.
_TYPES = {"", protocol.CONTENT_TYPE, "application/x-amz-json-1.0", "application/json"}


class Calls:
    """Answer the calls of the API; every other request goes on to the pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        if request.path_info == PATH and request.method == "POST":
            return cors.allowing(request, _answer(request))
        if request.path_info == PATH and cors.is_preflight(request):
            return cors.preflight(request)
        return self.get_response(request)


def _answer(request: HttpRequest) -> HttpResponse:
    """Answer one AWS JSON 1.1 call."""
    request_id = protocol.new_request_id()
    try:
        status, body = 200, _result_of(request)
    except Refusal as refusal:
        status, body = 400, _refusal(refusal.family, refusal.mturk_message, refusal.code)
    except ProtocolError as error:
        status, body = error.status, _refusal(error.name, str(error), error.code)
    except Exception:
        log.exception("%s failed, request %s", request.headers.get("X-Amz-Target"), request_id)
        message = f"The server failed; its log says why, under request {request_id}."
        status, body = 500, _refusal("ServiceFault", message)
    response = HttpResponse(body, status=status, content_type=protocol.CONTENT_TYPE)
    response["x-amzn-RequestId"] = request_id
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Length"] = str(len(body))
    if clock.course() is not None:
        # `Date` is the world's: SDKs correct their signatures by it.
        response[TIME] = clock.now().isoformat()
    # What was refused is the caller's to know, and no line of our log.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _result_of(request: HttpRequest) -> bytes:
    headers = {name.lower(): value for name, value in request.headers.items()}
    _check_kind(headers)
    called = protocol.operation_called(headers["x-amz-target"])
    call = signature.Call(headers, _body_of(request, headers), query=request.META.get("QUERY_STRING", ""))
    caller = callers.who_signed(call, now=clock.real_now(), scheme=request.scheme or "http")
    throttling.count(caller.key.public_id)
    handler = handlers.of(called.name)
    caller.check_may(called.name, handler.role)
    return protocol.reply(called, handler.function(caller, protocol.parse(called, call.body)))


def _check_kind(headers: Mapping[str, str]) -> None:
    """Refuse what no SDK would send, with a hint for people who try by hand."""
    if "x-amz-target" not in headers:
        raise ProtocolError(
            "UnknownOperationException",
            "POST / is the MTurk API: the header X-Amz-Target names the operation. Use an AWS SDK.",
        )
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in _TYPES:
        raise ProtocolError(
            "UnknownOperationException", f"Content-Type is {media_type}: send {protocol.CONTENT_TYPE}."
        )


def _body_of(request: HttpRequest, headers: Mapping[str, str]) -> bytes:
    """Give the body, which is not read if it is larger than any call needs."""
    limit: int = settings.KEMPELEN_API_BODY_LIMIT
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > limit:
        raise ProtocolError(
            "RequestEntityTooLargeException", f"Request size exceeded {limit} bytes", status=413
        )
    try:
        return request.read(limit)
    except UnreadablePostError as error:
        raise ProtocolError("RequestTimeoutException", "The request was cut short.") from error


def _refusal(name: str, message: str, code: str = "") -> bytes:
    is_sandbox = settings.KEMPELEN_MODE == "sandbox"
    return protocol.refuse(name, message, code, now=clock.real_now(), is_sandbox=is_sandbox)
