"""A throw-away server's inside: its tables, a requester, the keys to come in with, and its work."""

import contextlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connections

from kempelen.aws import signature
from kempelen.cli import choices, first_start, start
from kempelen.cli.serving import server
from kempelen.config import data_folder, schema
from kempelen.domain.actions import access_keys, api_tokens
from kempelen.domain.models import ApiToken
from kempelen.jobs.loop import Jobs

_TOKEN_NAME = "rehearsal"


@dataclass(frozen=True)
class Ready:
    """A server that may begin; `told` are the keys to come in with."""

    told: dict[str, str]

    def answer(self, listening: socket.socket) -> None:
        """Answer requests and do jobs until told to stop."""
        server.answer(listening, Jobs(data_folder.node_of(start.folder())))


@contextlib.contextmanager
def ready(url: str, *, is_current: bool) -> Iterator[Ready]:
    """Hold the data folder, with all in it that a server needs."""
    folder = start.folder()
    with data_folder.held(folder) as hold:
        hold.announce(url)
        server.clean(folder)
        if not is_current:
            _bring_up_to_date()
        told = _ways_in()
        connections.close_all()
        yield Ready(told)


def make_tables() -> None:
    """Make a database to copy: its tables, and the first requester with its owner."""
    _bring_up_to_date()
    # SQLite then has all in one file.
    connections.close_all()


def _bring_up_to_date() -> None:
    schema.check_versions()
    schema.refuse_newer_database()
    if not schema.is_current():
        schema.migrate()
    first_start.owner_to_welcome()


def _ways_in() -> dict[str, str]:
    """Make the owner's access key and an administrator's token, for this start."""
    membership = choices.member(choices.requester(""), "")
    key, secret = access_keys.create(membership)
    _, token = api_tokens.create(membership.user, scope=ApiToken.Scope.ADMINISTRATOR, name=_TOKEN_NAME)
    return {
        "access_key_id": key.public_id,
        "secret_access_key": secret,
        "region_name": signature.REGION,
        "admin_token": token,
    }
