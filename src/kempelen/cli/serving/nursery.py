"""A process with the program read in, of which throw-away servers are forked: reading it takes half a second.

    python -m kempelen.cli.serving.nursery

Its stdin is a socket.  For each server comes a byte with two open files: a socket that the server's order
comes by, and its log.  It ends when whoever asks is gone.
"""

import gc
import importlib
import logging
import os
import select
import signal
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any, NoReturn

import django
from django.conf import Settings, settings
from django.db import connections

from kempelen.cli.serving import throwaway

log = logging.getLogger("kempelen.serve")

SETTINGS = "kempelen.config.rehearsing"
_LOOK_FOR_PARENT_SECONDS = 1.0


def main() -> None:
    """Fork a server whenever one is asked for."""
    parent = os.getppid()
    asking = socket.socket(fileno=0)
    _read_the_program()
    # Nobody waits for the servers here.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.freeze()
    while os.getppid() == parent:
        if not select.select([asking], [], [], _LOOK_FOR_PARENT_SECONDS)[0]:
            continue
        asked, files, _, _ = socket.recv_fds(asking, 1, 2)
        if not asked:
            break
        if os.fork() == 0:
            asking.detach()
            _be_server(*files)
        for file in files:
            os.close(file)


def _read_the_program() -> None:
    """Import what serves; nothing of it looks at a folder or at a database before it is asked to."""
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    # Not the user's own folder, whose secrets would be read; each server has another.
    os.environ["KEMPELEN_DATA_DIR"] = str(Path(tempfile.gettempdir()) / "kempelen-none")
    django.setup()
    for module in (settings.ROOT_URLCONF, "kempelen.cli.serving.rehearsed", "kempelen.api.handlers"):
        importlib.import_module(module)
    for middleware in settings.MIDDLEWARE:
        importlib.import_module(middleware.rpartition(".")[0])


def _be_server(talk: int, printed: int) -> NoReturn:
    """A forked process's whole life; it does not return into its parent's code."""
    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for here, there in ((talk, 0), (printed, 1), (printed, 2)):
            os.dup2(here, there)
        os.close(talk)
        os.close(printed)
        status = throwaway.live(read_settings)
    except Exception:  # the log is all that is left of it
        log.exception("The server could not be started.")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def read_settings() -> None:
    """Read the settings anew, from this process's environment."""
    for name in ("kempelen.config.settings", SETTINGS):
        importlib.reload(sys.modules[name])
    read: Any = settings
    read._wrapped = Settings(SETTINGS)
    databases: Any = connections
    for made in databases.all(initialized_only=True):
        assert made.connection is None, "a database was looked at before there was a folder"
        del databases[made.alias]
    databases._settings = None
    databases.__dict__.pop("settings", None)


if __name__ == "__main__":
    main()
