"""Closing one's own account, and taking along what the server keeps of one before."""

from collections.abc import Iterator

from django.contrib import auth, messages
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from kempelen.domain.actions import accounts
from kempelen.domain.models import Assignment, User
from kempelen.domain.queries import own_data
from kempelen.web.account.checking import password_needed
from kempelen.web.account.views import UserRequest
from kempelen.web.ui.respond import respond

_encode = DjangoJSONEncoder(ensure_ascii=False).encode


@login_required
@password_needed
@require_http_methods(["GET", "POST"])
def close(request: UserRequest) -> HttpResponse:
    """Say what closing means, and do it."""
    user = request.user
    if request.method == "POST":
        accounts.close(user)
        auth.logout(request)
        messages.success(request, "Your account is closed. Thank you for your work.")
        return redirect("worker:home")
    return respond(
        request,
        "account/close.html",
        answer_count=Assignment.objects.filter(worker__user=user, submitted_at__isnull=False).count(),
        memberships=user.memberships.select_related("requester").order_by("requester__name"),
    )


@login_required
@require_safe
def data(request: UserRequest) -> HttpResponseBase:
    """Send what the server keeps of the user, as JSON, while it is read."""
    headers = {"Content-Disposition": 'attachment; filename="my-data.json"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(_pieces(request.user), content_type="application/json", headers=headers)


def _pieces(user: User) -> Iterator[str]:
    yield f'{{"account": {_encode(own_data.account_of(user))},\n'
    yield f'"worker": {_encode(own_data.worker_of(user))},\n"assignments": ['
    for place, work in enumerate(own_data.work_of(user)):
        yield f"{',' if place else ''}\n{_encode(work)}"
    yield "]}\n"
