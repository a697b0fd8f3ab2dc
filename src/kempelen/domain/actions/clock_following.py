"""How the processes of a server follow the clock of a sandbox, wherever it was moved.

Whoever moves it writes the file of its own node, so that all processes there know at once.  Each process
looks at the row every second: for what another node did, and for what somebody was killed before telling.
"""

import logging
import threading
from pathlib import Path

from django.conf import settings
from django.db import Error, close_old_connections, connection

from kempelen.domain import clock
from kempelen.domain.actions import background
from kempelen.domain.clock_file import NAME, ClockFile, Course
from kempelen.domain.models import MovedClock

log = logging.getLogger("kempelen.clock")

_LOOK_SECONDS = 1.0
_file: ClockFile | None = None


def begin(folder: Path) -> None:
    """Let this process follow the clock; `folder` is the node's data folder.

    On a production server nothing follows: time there is the world's, whatever the row says.
    """
    global _file
    if settings.KEMPELEN_MODE != "sandbox" or not folder.is_dir():
        return
    _file = ClockFile(folder / NAME)
    clock.follow(_file)
    try:
        refresh()
    except Error:
        log.warning("Where the clock stands could not be read; it is looked at again in a moment.")


def end() -> None:
    """Let this process have the world's time again."""
    global _file
    _file = None
    clock.follow(None)


def keep_following() -> None:
    """Look at the row every second from now on, in a thread that ends with the process."""
    if _file is not None:
        threading.Thread(target=_keep_looking, name="clock follower", daemon=True).start()


def refresh() -> bool:
    """Bring this node's file up to date with the row; true if it was not."""
    if _file is None or (_file.is_whole and _file.course == truth()):
        return False
    with _file.locked():
        _file.write(truth())
    return True


def wake() -> None:
    """Wake who does what may be due by the new time."""
    background.moved.set()


def truth() -> Course | None:
    """Give how the clock runs as the row has it; None where it shows the world's time."""
    row = MovedClock.objects.filter(pk=MovedClock.ONLY).first()
    if row is None or (row.real_at == row.domain_at and row.factor == 1):
        return None
    return Course(row.real_at, row.domain_at, row.factor)


def _keep_looking() -> None:
    pause = threading.Event()
    while not pause.wait(_LOOK_SECONDS):
        close_old_connections()
        try:
            if refresh():
                wake()
        except (Error, OSError):  # it is away for a while, or the folder is full
            log.warning("Where the clock stands could not be read or told.")
            connection.close()
