"""Handing out an invitation's link: by mail, or on the next page of whoever made it, once."""

import logging
from smtplib import SMTPException
from typing import NamedTuple

from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from kempelen.domain import sealing
from kempelen.domain.actions.people import INVITATION_LASTS

log = logging.getLogger("kempelen.mail")

# In the session, sealed: the link that was just made, and to whom it was mailed.
_MADE = "invitation_made"


class Made(NamedTuple):
    """An invitation's link, and to which address it was mailed, if it was."""

    link: str
    email: str


def can_mail() -> bool:
    """Tell whether this server can mail a link: it needs a way out and to know its own address."""
    return bool(settings.KEMPELEN_SENDS_MAIL and settings.KEMPELEN_URL)


def hand_out(request: HttpRequest, secret: str, *, email: str, to_what: str) -> None:
    """Mail the invitation where there is an address, and keep its link for the next page."""
    path = reverse("account:join", args=[secret])
    is_mailed = bool(email) and _mailed(request, f"{_own_url(request)}{path}", email, to_what)
    link = f"{_own_url(request)}{path}"
    request.session[_MADE] = [sealing.seal(link), email if is_mailed else ""]


def just_made(request: HttpRequest) -> Made | None:
    """Give the invitation that was just made here, the first time only."""
    sealed, email = request.session.pop(_MADE, ("", ""))
    try:
        return Made(sealing.opened(sealed), email) if sealed else None
    except sealing.CannotOpen:
        return None


def _own_url(request: HttpRequest) -> str:
    return settings.KEMPELEN_URL.rstrip("/") or request.build_absolute_uri("/").rstrip("/")


def _mailed(request: HttpRequest, link: str, email: str, to_what: str) -> bool:
    if not can_mail():
        messages.warning(request, "This server sends no mail: pass the link on yourself.")
        return False
    context = {
        "link": link,
        "to_what": to_what,
        "by": request.user,
        "site_name": settings.KEMPELEN_SITE_NAME,
        "days": INVITATION_LASTS.days,
    }
    text = render_to_string("account/mail/invitation.txt", context)
    try:
        EmailMessage(f"Invitation to {settings.KEMPELEN_SITE_NAME}", text, to=[email]).send()
    except (OSError, SMTPException) as error:
        log.warning("An invitation could not be mailed: %s", error)
        messages.error(request, f"The mail to {email} could not be sent: pass the link on yourself.")
        return False
    return True
