"""What workers say about the HITs of a batch or of a group that programs fill, and the replies."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kempelen.domain.actions import messages as telling
from kempelen.domain.errors import InvalidValue, NotFound
from kempelen.domain.models import Membership, Message
from kempelen.domain.queries import conversations
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.work import Work, work_of
from kempelen.web.ui.respond import respond, wants_fragment

PAGE = 25
REVIEWER = Membership.Role.REVIEWER
SHOWN = {
    "": "All",
    "waiting": "Waiting for a reply",
    "broken": "Something is broken",
    "question": "Questions",
}


@requester_required()
def index(request: RequesterRequest, number: int = 0, group_id: str = "") -> HttpResponse:
    """Show the messages about the work, newest first; `show` keeps one kind, `hit` those about one HIT."""
    work = work_of(request.requester, number=number, group_id=group_id)
    show = request.GET.get("show", "")
    show = show if show in SHOWN else ""
    hit_id, after = request.GET.get("hit", ""), request.GET.get("after", "")
    found = _found(work, show, hit_id)
    if after.isdecimal() and len(after) < 18:
        found = found.filter(pk__lt=int(after))
    page = list(found[: PAGE + 1])
    return respond(
        request,
        "requester/messages.html",
        work=work,
        **work.head_context(),
        worker_messages=page[:PAGE],
        after=page[PAGE - 1].pk if len(page) > PAGE else "",
        is_later=bool(after),
        show=show,
        hit_id=hit_id,
        kinds=SHOWN,
        may_reply=request.membership.includes(REVIEWER),
    )


@require_POST
@requester_required(REVIEWER)
def reply(
    request: RequesterRequest, message_id: str, number: int = 0, group_id: str = ""
) -> HttpResponseBase:
    """Reply to a message, or change the reply; htmx gets the message, a browser without it the page."""
    work = work_of(request.requester, number=number, group_id=group_id)
    if not _found(work, "", "").filter(public_id=message_id).exists():
        raise NotFound("message", message_id)
    text, problem = request.POST.get("text", ""), ""
    try:
        telling.reply(request.requester, message_id, text=text, by=request.user)
    except InvalidValue as refused:
        problem = str(refused)
    if not wants_fragment(request):
        said = messages.error if problem else messages.success
        said(request, problem or "Your reply is with the worker.")
        return redirect(work.messages, request.requester.slug, work.key)
    context = {
        "work": work,
        "message": _found(work, "", "").get(public_id=message_id),
        "may_reply": True,
        "problem": problem,
        "typed": text,
    }
    return render(request, "requester/messages/_message.html", context, status=422 if problem else 200)


def _found(work: Work, show: str, hit_id: str) -> QuerySet[Message]:
    if work.group is None:
        return Message.objects.none()
    found = conversations.about(work.group)
    if hit_id:
        found = found.filter(hit__public_id=hit_id)
    if show == "waiting":
        return found.filter(reply="")
    return found.filter(kind=show) if show else found
