"""Public ids in MTurk's form (mturk-api.md §3.6) and secrets that open something."""

import hashlib
import os
import secrets
import string

_ALPHABET = (string.ascii_uppercase + string.digits).encode()
_BYTE_TO_SIGN = bytes(_ALPHABET[byte % len(_ALPHABET)] for byte in range(256))

PUBLIC_ID_LENGTH = 30


def new_id() -> str:
    """Make a public id: `3` and 29 random capitals and digits, about 149 bits that nobody can guess."""
    return new_ids(1)[0]


def new_ids(count: int) -> list[str]:
    """Make many public ids with one read of the system's randomness."""
    size = PUBLIC_ID_LENGTH - 1
    signs = os.urandom(size * count).translate(_BYTE_TO_SIGN).decode()
    return ["3" + signs[start : start + size] for start in range(0, size * count, size)]


def new_worker_id() -> str:
    """Make a WorkerId (or a requester's customer id): `A` and 13 random capitals and digits."""
    return "A" + os.urandom(13).translate(_BYTE_TO_SIGN).decode()


def new_access_key_id() -> str:
    """Make an access key's id in AWS's form: `AKIA` and 16 random capitals and digits."""
    return "AKIA" + os.urandom(16).translate(_BYTE_TO_SIGN).decode()


def new_secret() -> str:
    """Make a secret for a link or a cookie: 256 bits, safe in URLs."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """Give what is stored of a secret: its SHA-256, so that a stolen database opens nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()
