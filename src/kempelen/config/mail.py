"""KEMPELEN_EMAIL_URL, taken apart for Django."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


@dataclass(frozen=True)
class Mail:
    """How mail goes out."""

    backend: str
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    starts_tls: bool = False
    is_tls: bool = False


def configuration(url: str) -> Mail:
    """What the URL means; no URL means that no mail is sent."""
    if not url:
        return Mail("django.core.mail.backends.dummy.EmailBackend")
    parts = urlsplit(url)
    if parts.scheme == "console":
        return Mail("django.core.mail.backends.console.EmailBackend")
    return Mail(
        "django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname or "localhost",
        port=parts.port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starts_tls=parts.scheme == "smtp+tls",
        is_tls=parts.scheme == "smtps",
    )


def default_sender(site_url: str) -> str:
    """The address that mails come from unless one is set."""
    return f"kempelen@{urlsplit(site_url).hostname or 'localhost'}"
