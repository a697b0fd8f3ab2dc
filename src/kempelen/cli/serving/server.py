"""What `kempelen serve` and `kempelen demo` do between being asked and being stopped."""

import os
import socket
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from django.conf import settings
from django.db import connections

from kempelen.cli import start
from kempelen.cli.serving import banner, sockets
from kempelen.cli.serving.apart import done_apart
from kempelen.cli.serving.bells import Bells
from kempelen.cli.serving.family import Family
from kempelen.cli.serving.web_server import Limits, WebServer
from kempelen.config import application, data_folder, env, schema, static_files
from kempelen.domain.actions import clock_following
from kempelen.domain.trouble import state
from kempelen.jobs.loop import Jobs


def run(host: str, port: int, workers: int, welcome: Callable[[], list[str]]) -> NoReturn:
    """Serve until told to stop; `welcome` makes what a first start needs and gives the lines to print."""
    for sentence in env.unknown_names(os.environ):
        print(sentence, file=sys.stderr)
    schema.check_versions()
    folder = start.folder()
    with data_folder.held(folder) as hold:
        listening = sockets.listen(host, port, workers)
        hold.announce(banner.url_of(*sockets.address_of(listening[0])))
        make_ready(folder)
        data_folder.note_mode(folder, settings.KEMPELEN_MODE)
        if settings.KEMPELEN_MODE == "sandbox":
            # What a server found here was made on may have been another database.
            state.follow()
        banner.show(*sockets.address_of(listening[0]), welcome())
        connections.close_all()
        status = _serve(listening, data_folder.node_of(folder))
    sys.stdout.flush()
    # Threads that are still at work are as good as killed, which everything here survives.
    os._exit(status)


def make_ready(folder: Path) -> None:
    """Bring the database up to date, collect static files, and clean the folder for temporary ones."""
    done_apart(_bring_up_to_date)
    clean(folder)


def clean(folder: Path) -> None:
    """Have temporary files made in the folder, and remove those that an earlier server left."""
    # Large uploads are kept on this disk, not in a /tmp that may be memory; a killed server leaves some.
    tempfile.tempdir = str(folder / data_folder.TEMPORARY)
    for leftover in (folder / data_folder.TEMPORARY).iterdir():
        if leftover.is_file():
            leftover.unlink()


def _bring_up_to_date() -> None:
    schema.refuse_newer_database()
    if not schema.is_current():
        schema.migrate()
    static_files.collect()


def _serve(listening: list[socket.socket], node: str) -> int:
    if len(listening) == 1:
        answer(listening[0], Jobs(node))
        return 0
    bells = Bells()

    def be_child(number: int) -> None:
        if number == 0:
            bells.hear()
        else:
            bells.ring_elsewhere()
        answer(listening[number], Jobs(node) if number == 0 else None)

    return Family(len(listening), be_child).run()


def answer(listening: socket.socket, jobs: Jobs | None) -> None:
    """Be one process: answer requests, and do jobs if it is the one that does."""
    limits = Limits(
        settings.KEMPELEN_UPLOAD_LIMIT,
        settings.KEMPELEN_FILE_LIMIT,
        settings.KEMPELEN_FILES_LIMIT,
        settings.KEMPELEN_PREFIX,
    )
    clock_following.begin(start.folder())
    # This thread asks the database no more.
    connections.close_all()
    clock_following.keep_following()
    has_faults = settings.KEMPELEN_MODE == "sandbox"
    web_server = WebServer(application.make(), listening, limits, has_faults=has_faults)
    if jobs:
        jobs.start()
    web_server.run()
    if jobs:
        jobs.stop()
