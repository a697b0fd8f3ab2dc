"""Access keys: with which a member's programs call the API; own ones, and all for an owner."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from kempelen.domain import clock
from kempelen.domain.actions import access_keys
from kempelen.domain.errors import NotFound
from kempelen.domain.models import AccessKey, Membership
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.ui.respond import respond

# In the session: the id of the key that was just made, and when.  Its secret stays where it is kept.
_MADE = "access_key_made"
_SHOWN_FOR_SECONDS = 60


@require_http_methods(["GET", "HEAD", "POST"])
@requester_required()
def index(request: RequesterRequest) -> HttpResponseBase:
    """List the keys that work; a POST makes one, whose secret is on the next page, once.

    That page is got by a redirect, so that loading it anew makes no other key and shows no secret.
    """
    if request.method == "POST":
        key, _ = access_keys.create(request.membership, by=request.user)
        request.session[_MADE] = [key.public_id, clock.real_now().timestamp()]
        return redirect("requester:access_keys", request.requester.slug)
    made = _just_made(request) if request.method == "GET" else None
    response: HttpResponse = respond(
        request,
        "requester/access_keys.html",
        keys=access_keys.seen_by(request.membership).filter(revoked_at=None),
        made=made,
        secret=access_keys.secret_of(made) if made else "",
        endpoint=f"{settings.KEMPELEN_URL or request.build_absolute_uri('/').rstrip('/')}"
        f"{settings.KEMPELEN_PREFIX}",
        is_owner=request.membership.includes(Membership.Role.OWNER),
    )
    response["Cache-Control"] = "no-store"
    return response


def _just_made(request: RequesterRequest) -> AccessKey | None:
    """Give the key that the visitor has just made here, the first time only."""
    key_id, at = request.session.pop(_MADE, ("", 0.0))
    if not 0 <= clock.real_now().timestamp() - at <= _SHOWN_FOR_SECONDS:
        return None
    own = access_keys.working().filter(membership=request.membership)
    return own.filter(public_id=key_id).first()


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
