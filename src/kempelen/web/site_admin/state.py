"""The server's state: version, database, queue, mail; its settings and what it lacks; its log."""

import platform
from importlib.metadata import version
from smtplib import SMTPException

import django
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_POST

from kempelen.domain.queries import server
from kempelen.web import audit_pages
from kempelen.web.site_admin.access import AdministratorRequest, administrator_required
from kempelen.web.ui.audit_words import TOPICS
from kempelen.web.ui.respond import respond


@administrator_required
def index(request: AdministratorRequest) -> HttpResponseBase:
    """Show how the server stands."""
    return respond(
        request,
        "site_admin/state.html",
        standing=server.standing(),
        version=version("kempelen"),
        python=platform.python_version(),
        django=django.get_version(),
        sends_mail=settings.KEMPELEN_SENDS_MAIL,
        sender=settings.DEFAULT_FROM_EMAIL,
    )


@administrator_required
def shown_settings(request: AdministratorRequest) -> HttpResponseBase:
    """Show every setting without its secrets, and what a public server still lacks."""
    # The set-up knows the web, not the other way round: it names who can tell.
    rows = import_string(settings.KEMPELEN_TELLS_SETTINGS)()
    findings = import_string(settings.KEMPELEN_TELLS_LACKS)()
    return respond(request, "site_admin/settings.html", rows=rows, findings=findings)


@require_POST
@administrator_required
def test_mail(request: AdministratorRequest) -> HttpResponseBase:
    """Send the administrator a mail, now, and say what came of it."""
    if not settings.KEMPELEN_SENDS_MAIL:
        messages.error(request, "This server sends no mail: KEMPELEN_EMAIL_URL is not set.")
    elif not request.user.email:
        messages.error(request, "Your account has no address. Give it one on your account page.")
    else:
        _send_test(request)
    return redirect("site_admin:state")


@administrator_required
def log(request: AdministratorRequest) -> HttpResponseBase:
    """Show who did what on the whole server."""
    file_url = reverse("site_admin:log_file")
    return audit_pages.page(request, "site_admin/log.html", None, tuple(TOPICS), file_url=file_url)


@administrator_required
def log_file(request: AdministratorRequest) -> HttpResponseBase:
    """Send it as a CSV."""
    return audit_pages.file(request, None)


def _send_test(request: AdministratorRequest) -> None:
    text = f"{settings.KEMPELEN_SITE_NAME} can send mail.\n"
    try:
        EmailMessage(f"Mail from {settings.KEMPELEN_SITE_NAME}", text, to=[request.user.email]).send()
    except (OSError, SMTPException) as error:
        messages.error(request, f"The mail could not be sent: {error}")
    else:
        messages.success(request, f"A mail is on its way to {request.user.email}.")
