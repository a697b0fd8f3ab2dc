"""What people type about themselves: only its shape is checked here."""

from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordResetForm

from kempelen.domain.models import User

# In one line what AUTH_PASSWORD_VALIDATORS ask for.
NEW_PASSWORD_HELP = "At least 8 characters; not a common password, and nothing like your name."


def _password(autocomplete: str, **options: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(strip=False, widget=widget, label="Password", **options)


class LoginForm(forms.Form):
    """Name or e-mail, and password."""

    name = forms.CharField(
        label="User name or e-mail",
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
    )
    password = _password("current-password")


class PasswordForm(forms.Form):
    """The password alone, of who is logged in already."""

    password = _password("current-password")


class SignUpForm(forms.Form):
    """A new account; the domain says what names and passwords will do."""

    username = forms.CharField(
        label="User name",
        max_length=150,
        help_text="Letters, digits and @ . + - _",
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
    )
    email = forms.EmailField(
        label="E-mail",
        required=False,
        help_text="Only to let you in again when you forget your password.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = _password("new-password", help_text=NEW_PASSWORD_HELP)


class DetailsForm(forms.Form):
    """What can be changed about an account."""

    name = forms.CharField(
        label="Name",
        max_length=150,
        required=False,
        help_text="What colleagues see. Requesters of work that you do see only your worker id.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="E-mail", required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class ResetForm(PasswordResetForm):
    """Also for users who have no password yet, whom only a log-in link has let in so far."""

    def get_users(self, email: str) -> Any:
        """Give every active user with this address."""
        return User.objects.filter(email__iexact=email, is_active=True).exclude(email="")
