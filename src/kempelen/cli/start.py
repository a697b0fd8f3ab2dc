"""What comes before a command: the data folder found, Django started, the database made to fit."""

import os
from collections.abc import Sequence
from pathlib import Path

import django as django_framework
from django.conf import settings

from kempelen.config import data_folder, schema

_HELP = {"-h", "--help"}


def django(settings_module: str, arguments: Sequence[str]) -> None:
    """Start Django on the data folder that the arguments or the environment name.

    Settings are read when modules with tables are imported, which is before options are parsed: the
    folder has to be known by then.
    """
    if folder := _data_dir_in(arguments):
        os.environ["KEMPELEN_DATA_DIR"] = folder
    if not _HELP & set(arguments):
        prepare_folder()
    os.environ["DJANGO_SETTINGS_MODULE"] = settings_module
    django_framework.setup()


def prepare_folder() -> None:
    """Make the data folder and its secrets unless they are there, or refuse as `Unusable`."""
    folder = data_folder.find(os.environ)
    data_folder.prepare(folder)
    data_folder.keep_secrets(folder)


def folder() -> Path:
    """The data folder."""
    found: Path = settings.KEMPELEN_DATA_DIR
    return found


def database() -> None:
    """See that the database can be used; bring it up to date unless a server is running on it."""
    schema.check_versions()
    schema.refuse_newer_database()
    if not schema.is_current():
        with data_folder.held(folder()):
            schema.migrate()


def _data_dir_in(arguments: Sequence[str]) -> str:
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=True):
        if argument == "--data-dir":
            return following
        if argument.startswith("--data-dir="):
            return argument.partition("=")[2]
    return ""
