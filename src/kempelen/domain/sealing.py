"""Texts that are kept but must not be readable in a stolen database, such as the secrets of access keys.

Sealed with a key made from the server's SECRET_KEY; what an earlier one sealed opens as long as that is
among SECRET_KEY_FALLBACKS.
"""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_PURPOSE = b"kempelen.domain.sealing"


class CannotOpen(Exception):
    """The text was sealed with a secret key that this server does not know."""


def seal(text: str) -> str:
    """Give the text as it may be stored."""
    return _ciphers(_secret_keys())[0].encrypt(text.encode()).decode()


def opened(sealed: str) -> str:
    """Give what was sealed, or refuse as `CannotOpen`."""
    return _opened(sealed, _secret_keys())


def can_open(sealed: str) -> bool:
    """Tell whether `opened` would give it."""
    try:
        opened(sealed)
    except CannotOpen:
        return False
    return True


def is_current(sealed: str) -> bool:
    """Tell whether the present secret key alone opens it, so that it would outlive the earlier ones."""
    try:
        _opened(sealed, _secret_keys()[:1])
    except CannotOpen:
        return False
    return True


def _secret_keys() -> tuple[str, ...]:
    """The server's keys, the present one first."""
    return settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS


@lru_cache(maxsize=4096)
def _opened(sealed: str, secret_keys: tuple[str, ...]) -> str:
    try:
        return MultiFernet(_ciphers(secret_keys)).decrypt(sealed).decode()
    except InvalidToken as error:
        raise CannotOpen from error


@lru_cache(maxsize=8)
def _ciphers(secret_keys: tuple[str, ...]) -> list[Fernet]:
    return [Fernet(base64.urlsafe_b64encode(_derived(secret_key))) for secret_key in secret_keys]


def _derived(secret_key: str) -> bytes:
    """A key for this purpose only: who learns it cannot forge cookies."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret_key.encode())
