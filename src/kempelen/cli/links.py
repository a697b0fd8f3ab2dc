"""Addresses that commands print."""

import os
import shlex
import shutil
import sys
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from kempelen.cli import start
from kempelen.config import data_folder
from kempelen.domain.actions import people
from kempelen.domain.models import User

DEFAULT_URL = "http://localhost:8000"


def site_url() -> str:
    """Where people reach the server: KEMPELEN_URL, else where the one on this folder listens."""
    return _origin() + str(settings.KEMPELEN_PREFIX)


def login_link(user: User) -> str:
    """A new link that logs the user in, once."""
    return _origin() + reverse("account:link", args=[people.login_link(user)])


def invitation_link(secret: str) -> str:
    """The link that an invitation's holder joins with."""
    return _origin() + reverse("account:join", args=[secret])


def _origin() -> str:
    server = data_folder.server_of(start.folder())
    return settings.KEMPELEN_URL or (server.url if server else "") or DEFAULT_URL


def command(*words: str) -> str:
    """A command to type that works on this very data folder."""
    usual = data_folder.find({name: os.environ[name] for name in ("XDG_DATA_HOME",) if name in os.environ})
    elsewhere = [] if start.folder() == usual else ["--data-dir", str(start.folder())]
    return shlex.join([*_program(), *words, *elsewhere])


def _program() -> list[str]:
    """How this program was called, in the shortest way that works from here."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return [sys.executable, "-m", "kempelen"]
    on_path = shutil.which(called.name)
    if on_path and called.exists() and Path(on_path).samefile(called):
        return [called.name]
    absolute = called.absolute()
    return [str(absolute.relative_to(Path.cwd()) if absolute.is_relative_to(Path.cwd()) else absolute)]
