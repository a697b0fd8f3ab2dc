"""What comes before a command: the data folder found, Django started, the database made to fit."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import django as django_framework
from django.conf import settings
from django.db import connection

from kempelen.config import data_folder, schema
from kempelen.config.data_folder import Unusable

_HELP = {"-h", "--help"}


def django(settings_module: str, arguments: Sequence[str], *, may_begin_folder: bool = True) -> None:
    """Start Django on the data folder that the arguments or the environment name.

    Settings are read when modules with tables are imported, which is before options are parsed: the
    folder has to be known by then.
    """
    if folder := _data_dir_in(arguments):
        os.environ["KEMPELEN_DATA_DIR"] = folder
    if not _HELP & set(arguments) and (
        may_begin_folder or data_folder.is_begun(data_folder.find(os.environ))
    ):
        prepare_folder()
    os.environ["DJANGO_SETTINGS_MODULE"] = settings_module
    django_framework.setup()


def prepare_folder() -> None:
    """Make the data folder and its secrets unless they are there, or refuse as `Unusable`."""
    folder = data_folder.find(os.environ)
    is_new = not data_folder.is_begun(folder)
    data_folder.prepare(folder)
    data_folder.keep_secrets(folder)
    if is_new:
        print(f"Began a new data folder: {folder}", file=sys.stderr)


def folder() -> Path:
    """The data folder."""
    found: Path = settings.KEMPELEN_DATA_DIR
    return found


def data_place() -> str:
    """Where the data are, to be told."""
    return f"{folder()} ({'SQLite' if connection.vendor == 'sqlite' else 'PostgreSQL'})"


def database() -> None:
    """See that the database can be used; bring it up to date unless a server is running on it."""
    if not data_folder.is_begun(folder()) and not schema.exists():
        raise Unusable(data_folder.none_yet(folder()))
    schema.check_versions()
    schema.refuse_newer_database()
    if not schema.is_current():
        with data_folder.held(folder()):
            schema.migrate()
    if _is_productions():
        return
    # By name: it has tables behind it, which Django has only now got ready.
    import_module("kempelen.domain.actions.clock_following").begin(folder())


def sandbox() -> None:
    """See that the database of a sandbox can be used, as `database` does; refuse one of a production server.

    A shell that does not name the mode means a sandbox, whatever the server was told.
    """
    if settings.KEMPELEN_MODE == "sandbox" and _is_productions():
        raise Unusable(
            f"{folder()} is a production server’s, though KEMPELEN_MODE does not say so here: no clock is "
            "moved there, and no trouble made. To make it a sandbox, serve it as one first."
        )
    database()


def _is_productions() -> bool:
    return data_folder.mode_of(folder()) == "production"


def _data_dir_in(arguments: Sequence[str]) -> str:
    """The last one that is named, as the parser of options takes it."""
    found = ""
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if argument == "--":
            break
        if argument == "--data-dir":
            found = following
        elif argument.startswith("--data-dir="):
            found = argument.partition("=")[2]
    return found
