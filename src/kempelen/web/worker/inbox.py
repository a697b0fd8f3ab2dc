"""The worker's messages: what they told requesters, the replies, and what requesters wrote of themselves."""

import re

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kempelen.domain.actions import notices
from kempelen.domain.models import Message, Notice
from kempelen.domain.queries import conversations
from kempelen.domain.queries.conversations import Place
from kempelen.web.ui import replies
from kempelen.web.ui.respond import respond, wants_fragment
from kempelen.web.worker.group_hits import ListPage
from kempelen.web.worker.identity import WorkerRequest

PAGE = 25
_PLACE = re.compile(r"(\d{1,17})\.(\d{1,17})")


@require_safe
@never_cache
def messages(request: WorkerRequest) -> HttpResponse:
    """Show everything that was said, newest first."""
    worker, given = request.worker, _PLACE.fullmatch(request.GET.get("after", ""))
    start = Place(int(given[1]), int(given[2])) if given else Place()
    rows: list[Message | Notice] = []
    if worker is not None:
        rows = conversations.inbox(worker, after=start, size=PAGE + 1)
    end = conversations.place_after(rows[:PAGE], start)
    rest = f"{end.message_pk}.{end.notice_pk}" if len(rows) > PAGE else ""
    response = respond(
        request,
        "worker/messages.html",
        shown=ListPage(rows[:PAGE], rest, is_later=given is not None),
        seen_at=replies.seen_at(request),
        has_unread=worker is not None and conversations.has_unread(worker),
    )
    if worker is not None:
        replies.remember_seen(request, response)
    return response


@require_POST
def read(request: WorkerRequest, notice_id: str) -> HttpResponse:
    """Mark a requester's message as read; htmx gets its card, a browser without it the page."""
    if request.worker is None:
        raise Http404("There is no such message, or it is not yours.")
    notice = notices.mark_read(request.worker, notice_id)
    if wants_fragment(request):
        return respond(request, "worker/messages/_notice.html", notice=notice, is_read_now=True)
    return redirect("worker:messages")


@require_POST
def read_all(request: WorkerRequest) -> HttpResponse:
    """Mark all that requesters wrote to the worker as read."""
    if request.worker is not None:
        notices.mark_all_read(request.worker)
    return redirect("worker:messages")
