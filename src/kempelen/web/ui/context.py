"""What the frame of every page (ui/page.html) needs beside the view's own context."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from kempelen.domain.models import Export, Requester
from kempelen.domain.queries import exports
from kempelen.web.ui import formats, replies, site_texts
from kempelen.web.ui.made_trouble import made_trouble
from kempelen.web.ui.moved_clock import moved_clock

THEMES = ("light", "dark")
THEME_COOKIE = "kempelen_theme"


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Give the site's name, the theme chosen in this browser, and the side of the house we are on.

    `area` is "requester" on a requester's pages, with `requester` the one in the URL; "site" on those of
    administrators; else "worker".
    """
    match = request.resolver_match
    area = {"requester": "requester", "site_admin": "site"}.get(match.app_name if match else "", "worker")
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "site_name": settings.KEMPELEN_SITE_NAME,
        "site_head": site_texts.head(),
        "site_notice": site_texts.notice_for(request),
        "is_sandbox": settings.KEMPELEN_MODE == "sandbox",
        "moved_clock": moved_clock(),
        # Workers need not know what their requesters try out.
        "made_trouble": "" if area == "worker" else made_trouble(),
        "can_sign_up": settings.KEMPELEN_SIGNUP == "open",
        "theme": theme if theme in THEMES else "",
        "formats_language": formats.current(),
        "area": area,
        "page_name": match.url_name if match else "",
        "requester": getattr(request, "requester", None),
        "new_replies": SimpleLazyObject(lambda: replies.new_for(request)),
        "ready_files": SimpleLazyObject(lambda: _ready_files(request)),
        "is_member": SimpleLazyObject(lambda: _is_member(request)),
    }


def _ready_files(request: HttpRequest) -> list[Export]:
    requester: Requester | None = getattr(request, "requester", None)
    user = getattr(request, "user", None)
    if requester is None or user is None or not user.is_authenticated:
        return []
    return exports.news_for(user, requester)


def _is_member(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated and user.memberships.exists())
