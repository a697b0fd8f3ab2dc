"""What the requester's programs are told, and what of it could not be sent."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kempelen.domain.queries import notifications
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.ui.respond import respond


@require_safe
@requester_required()
def index(request: RequesterRequest) -> HttpResponse:
    """Show where each HIT type's events go, as the API set it, and which messages are in trouble."""
    return respond(
        request,
        "requester/notifications.html",
        asked=notifications.asked_by(request.requester),
        in_trouble=notifications.in_trouble(request.requester),
    )
