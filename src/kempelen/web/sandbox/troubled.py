"""Requests that meet trouble, where a sandbox makes some: refused, failed, slow, cut off.

Whatever else becomes of a request, that it happened or not is as its kind of trouble says.
"""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.defaults import server_error

from kempelen.aws import protocol
from kempelen.aws.model import OPERATIONS, TARGET_PREFIX
from kempelen.domain import clock
from kempelen.domain.actions import troubling
from kempelen.domain.trouble import fate, state
from kempelen.domain.trouble.fate import Fate
from kempelen.domain.trouble.wanted import AFTER, BEFORE, EXTERNAL_SUBMIT, MIDWAY, PAGES
from kempelen.web.sandbox.fault import FAULT, Fault

GetResponse = Callable[[HttpRequest], HttpResponseBase]
_SUBMIT_PATH = "/mturk/externalSubmit"
# What workers do not see, and what is to stay usable whatever trouble is made.
_UNTROUBLED = ("/r/", "/site/", "/account/", "/static/", "/health/", "/notice/", "/kempelen/", "/api/")
# Nothing of the request happens, or all of it does.
_BEFORE = {fate.THROTTLING, fate.ERROR[BEFORE], fate.DROPPED[BEFORE]}
# An answer tells of these; of the others there is none, or half of one.
_TOLD = {fate.THROTTLING, *fate.ERROR.values()}


class TroubleMaker:
    """Let requests meet the trouble that is made now; without any, a look at a file is all it costs."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        made = state.current()
        target = target_of(request) if made else ""
        if made is None or not target or not made.wanted.meets(target):
            return self.get_response(request)
        dealt = troubling.deal_request(made, target)
        if dealt.kind in _BEFORE:
            response: HttpResponseBase = HttpResponse()
        else:
            response = self.get_response(request)
        answer = _pages_answer if target not in OPERATIONS else _operations_answer
        if dealt.kind in _TOLD:
            response = _instead_of(response, answer(request, dealt))
        elif dealt.kind:
            response = _instead_of(response, _short(request, response, dealt.kind))
        _hold(request, dealt.wait_seconds)
        return response


def target_of(request: HttpRequest) -> str:
    """Give what is asked for: an operation of the API, answers from other pages, a page; else nothing."""
    path = request.path_info
    if path == "/" and request.method == "POST":
        prefix, _, name = request.headers.get("X-Amz-Target", "").partition(".")
        return name if prefix == TARGET_PREFIX and name in OPERATIONS else ""
    if path == _SUBMIT_PATH:
        return EXTERNAL_SUBMIT if request.method == "POST" else ""
    return "" if path.startswith(_UNTROUBLED) else PAGES


def _operations_answer(request: HttpRequest, dealt: Fate) -> HttpResponse:
    """Refuse as AWS does: what SDKs take for a reason to try again."""
    if dealt.kind == fate.THROTTLING:
        status, name, message = 400, "ThrottlingException", "Rate exceeded"
    elif dealt.coin:
        status, name, message = 500, "ServiceFault", "The service failed on demand: this is a rehearsal."
    else:
        # It was only ever seen without a message.
        status, name, message = 500, "InternalFailure", ""
    body = protocol.refuse(name, message, now=clock.real_now(), is_sandbox=True)
    response = HttpResponse(body, status=status, content_type=protocol.CONTENT_TYPE)
    response["x-amzn-RequestId"] = protocol.new_request_id()
    response["Content-Length"] = str(len(body))
    return response


def _pages_answer(request: HttpRequest, dealt: Fate) -> HttpResponse:
    """Give what a browser shows in such a case."""
    if dealt.kind == fate.THROTTLING:
        return HttpResponse("Too many requests.", status=429, content_type="text/plain")
    return server_error(request)


def _instead_of(old: HttpResponseBase, new: HttpResponse) -> HttpResponse:
    """Give the new response, which ends what the old one has open when it ends itself; no log tells of it."""
    new._resource_closers.extend(old._resource_closers)  # type: ignore[attr-defined]
    new._has_been_logged = True  # type: ignore[attr-defined]
    return new


def _short(request: HttpRequest, response: HttpResponseBase, kind: str) -> HttpResponse:
    """Give an answer that says how long it would be, and is shorter: servers can only end its connection.

    Ours sends nothing at all, unless half of the answer is to go out.
    """
    whole = response.content if isinstance(response, HttpResponse) else b"?"
    half = whole[: len(whole) // 2] or b"?"
    short = HttpResponse(half, status=response.status_code, headers=response.headers)
    short["Content-Length"] = str(max(len(whole), len(half) + 1))
    fault: Fault | None = request.META.get(FAULT)
    if fault is not None:
        fault.is_short = True
        fault.is_silent = kind in (fate.DROPPED[BEFORE], fate.DROPPED[AFTER])
        fault.is_reset = kind == fate.DROPPED[MIDWAY]
    return short


def _hold(request: HttpRequest, seconds: float) -> None:
    """Let the answer wait: in our server without a thread."""
    fault: Fault | None = request.META.get(FAULT)
    if fault is not None:
        fault.hold_seconds = seconds
    elif seconds:
        time.sleep(seconds)
