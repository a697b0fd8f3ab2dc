"""The server in sandbox mode that a command is to change, and the token that lets it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from kempelen.rehearsal.sandbox_calls import SandboxRefused
from kempelen.toolkit.connection import connect
from kempelen.toolkit.troubles import Trouble

ADMIN_TOKEN = "KEMPELEN_ADMIN_TOKEN"
_NO_TOKEN = (
    f"This takes an administrator’s token in {ADMIN_TOKEN}. On the server’s machine: "
    f'export {ADMIN_TOKEN}="$(kempelen token create --admin)"'
)


def reached(profile: str, endpoint_url: str) -> tuple[str, str]:
    """Give the server's address, found as other commands find it, and the token."""
    token = os.environ.get(ADMIN_TOKEN, "").strip()
    if not token:
        raise Trouble(_NO_TOKEN)
    return connect(profile, endpoint_url).endpoint.rstrip("/"), token


@contextmanager
def refusals_told() -> Iterator[None]:
    """Raise what the server refuses as every other command does."""
    try:
        yield
    except SandboxRefused as refused:
        raise Trouble(str(refused)) from refused
