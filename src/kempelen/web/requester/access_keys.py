"""Access keys: with which a member's programs call the API; own ones, and all for an owner."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from kempelen.domain.actions import access_keys
from kempelen.domain.errors import NotFound
from kempelen.domain.models import AccessKey, Membership
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.ui.respond import respond


@require_http_methods(["GET", "HEAD", "POST"])
@requester_required()
def index(request: RequesterRequest) -> HttpResponse:
    """List the keys that work; a POST makes one, whose secret is on the page that answers only."""
    made: AccessKey | None = None
    secret = ""
    if request.method == "POST":
        made, secret = access_keys.create(request.membership, by=request.user)
    response = respond(
        request,
        "requester/access_keys.html",
        keys=access_keys.seen_by(request.membership).filter(revoked_at=None),
        made=made,
        secret=secret,
        endpoint=settings.KEMPELEN_URL or request.build_absolute_uri("/").rstrip("/"),
        is_owner=request.membership.includes(Membership.Role.OWNER),
    )
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@requester_required()
def revoke(request: RequesterRequest, key_id: str) -> HttpResponseBase:
    """Let a key never work again."""
    key = access_keys.seen_by(request.membership).filter(public_id=key_id).first()
    if key is None:
        raise NotFound("access key", key_id)
    access_keys.revoke(key, by=request.user)
    messages.success(request, f"{key.public_id} works no more.")
    return redirect("requester:access_keys", request.requester.slug)
