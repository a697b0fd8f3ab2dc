"""Public ids in MTurk's form (mturk-api.md §3.6) and secrets that open something."""

import hashlib
import os
import secrets
import string

_ALPHABET = (string.ascii_uppercase + string.digits).encode()
_BYTE_TO_SIGN = bytes(_ALPHABET[byte % len(_ALPHABET)] for byte in range(256))

PUBLIC_ID_LENGTH = 30

# The signs in the order in which databases sort them, and what a place in a batch is told by: four of them.
_SORTED = string.digits + string.ascii_uppercase
_PAIRS = [first + second for first in _SORTED for second in _SORTED]
_PLACES = len(_PAIRS) ** 2


def new_id() -> str:
    """Make a public id: `3` and 29 random capitals and digits, about 149 bits that nobody can guess."""
    return new_ids(1)[0]


def new_ids(count: int) -> list[str]:
    """Make many public ids with one read of the system's randomness."""
    size = PUBLIC_ID_LENGTH - 1
    signs = os.urandom(size * count).translate(_BYTE_TO_SIGN).decode()
    return ["3" + signs[start : start + size] for start in range(0, size * count, size)]


def new_ids_in_order(start: int, count: int, *, of: int, offset: int) -> list[str]:
    """Make ids for `count` rows from row `start` (from 0) of a batch `of` so many; they ascend with the rows.

    What is written together then stands together in the index of ids too: ids in no order would have the
    whole index written anew for every few thousand rows.  Where the batch's first id stands is told by
    `offset`, any number; after the highest ids come the lowest.  25 signs, about 129 bits, are random.
    """
    size = PUBLIC_ID_LENGTH - 5
    signs = os.urandom(size * count).translate(_BYTE_TO_SIGN).decode()
    ids = []
    for row, at in zip(range(start, start + count), range(0, size * count, size), strict=True):
        high, low = divmod((offset + row * _PLACES // of) % _PLACES, len(_PAIRS))
        ids.append(f"3{_PAIRS[high]}{_PAIRS[low]}{signs[at : at + size]}")
    return ids


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
