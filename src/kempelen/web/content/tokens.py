"""What a task page's address names: signed, so that it opens that one page, and for a day only.

The page is loaded without cookies (its origin is opaque), so the address alone has to be enough.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from django.core import signing

from kempelen.web.content.pages import Mode

_SALT = "kempelen.content"
LIFETIME = timedelta(days=1)


@dataclass(frozen=True)
class Shown:
    """A HIT to preview, or an assignment to work on or to look at; by public id."""

    mode: Mode
    public_id: str


def make(shown: Shown) -> str:
    """Make the token that `read` understands."""
    return signing.dumps([shown.mode, shown.public_id], salt=_SALT)


def read(token: str) -> Shown:
    """Give what the token names; raises `BadSignature` for one that we did not make, or too long ago."""
    mode, public_id = signing.loads(token, salt=_SALT, max_age=LIFETIME)
    return Shown(cast(Mode, mode), public_id)
