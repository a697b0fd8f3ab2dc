"""Which of the requesters' words are new to the worker: pointed out in the frame of every page.

A reply is new until this browser has shown it; a message of the requester's own, until it is marked as read.
"""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime

from kempelen.domain import clock
from kempelen.domain.queries import conversations

# When this browser last showed the replies; those that came later are new.
COOKIE = "kempelen_replies_seen"
COOKIE_LASTS_SECONDS = 365 * 24 * 3600


def seen_at(request: HttpRequest) -> datetime | None:
    """Give when this browser last showed the replies; None if it never did."""
    try:
        moment = parse_datetime(request.COOKIES.get(COOKIE, ""))
    except ValueError:
        return None
    # Moments at the ends of time cannot be told in other zones.
    is_one = moment is not None and moment.tzinfo is not None and 2000 <= moment.year <= 9000
    return moment if is_one else None


def remember_seen(request: HttpRequest, response: HttpResponse) -> None:
    """Note that the browser shows them now."""
    response.set_cookie(
        COOKIE,
        clock.now().isoformat(),
        max_age=COOKIE_LASTS_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def new_for(request: HttpRequest) -> int:
    """Count the replies and messages that are new to the worker whose browser this is."""
    worker = getattr(request, "worker", None)
    return conversations.new_to(worker, seen_at(request)) if worker is not None else 0
