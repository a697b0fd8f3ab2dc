"""Changing a password, and getting a new one by mail: Django's own views in our words."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as django_views
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse_lazy

from kempelen.domain.actions import logins
from kempelen.domain.models import User
from kempelen.web.account import checking
from kempelen.web.account.forms import NEW_PASSWORD_HELP, ResetForm
from kempelen.web.ui.respond import respond


class _InOurWords:
    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)  # type: ignore[misc]
        if "new_password1" in form.fields:
            form.fields["new_password1"].help_text = NEW_PASSWORD_HELP
            form.fields["new_password2"].label = "The new password once more"
            form.fields["new_password2"].help_text = ""
        return form


def _changed(request: HttpRequest, user: User) -> None:
    checking.note(request)
    logins.password_changed(user)


class _ChangeForm(PasswordChangeForm):
    """Asks for the old password, no oftener than where one logs in."""

    request: HttpRequest

    def clean_old_password(self) -> str:
        """Refuse a wrong one, or any after too many."""
        old: str = self.cleaned_data["old_password"]
        found = checking.checked(self.request, self.user.get_username(), old)
        if found is checking.BRAKED:
            raise ValidationError("That was wrong too often. Wait a quarter of an hour.")
        if found is None:
            raise ValidationError("This is not your password.")
        return old


class Change(_InOurWords, django_views.PasswordChangeView):
    """Set another password; who has none yet need not know an old one."""

    template_name = "account/password_change.html"
    success_url = reverse_lazy("account:account")

    def get_form_class(self) -> Any:
        """Ask for the old password only where there is one."""
        has_one = isinstance(self.request.user, User) and self.request.user.has_usable_password()
        return _ChangeForm if has_one else SetPasswordForm

    def get_form(self, form_class: Any = None) -> Any:
        """Let the form know who asks."""
        form = super().get_form(form_class)
        form.request = self.request
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        """Say that it worked."""
        messages.success(self.request, "Your password is changed.")
        response = super().form_valid(form)
        _changed(self.request, form.user)
        return response


class Reset(django_views.PasswordResetView):
    """Ask for the mail; the answer is the same whether the address is known or not."""

    template_name = "account/password_reset.html"
    email_template_name = "account/mail/password_reset.txt"
    subject_template_name = "account/mail/password_reset_subject.txt"
    form_class = ResetForm
    success_url = reverse_lazy("account:password_reset_sent")


class Confirm(_InOurWords, django_views.PasswordResetConfirmView):
    """Set a new password with the mail's link, and be logged in."""

    template_name = "account/password_reset_confirm.html"
    success_url = reverse_lazy("account:account")
    post_reset_login = True
    post_reset_login_backend = "kempelen.web.account.backend.WithWorker"

    def form_valid(self, form: Any) -> HttpResponse:
        """Say that it worked."""
        messages.success(self.request, "Your password is changed, and you are logged in.")
        response = super().form_valid(form)
        _changed(self.request, form.user)
        return response


def reset(request: HttpRequest) -> HttpResponseBase:
    """Ask for a mail with a link; say so plainly where this server sends none.

    The mail's link needs KEMPELEN_URL: a link made from the request's host could be led elsewhere.
    """
    if not (settings.KEMPELEN_SENDS_MAIL and settings.KEMPELEN_URL):
        return respond(request, "account/password_reset_without_mail.html")
    extra = {"base_url": settings.KEMPELEN_URL.rstrip("/"), "site_name": settings.KEMPELEN_SITE_NAME}
    return Reset.as_view(extra_email_context=extra)(request)


def sent(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way, if the address is one of ours."""
    return respond(request, "account/password_reset_sent.html")
