"""The life of a throw-away sandbox server, in a process that `nursery` forked for it.

Its stdin is a socket, whose other end whoever asked for the server has.  A line of JSON comes by it, the
order; another goes back when requests are taken, the answer.  A second line is the wish to end in good order;
the end of the socket is that of whoever asked, however it came, or the wish to end at once: then the folder
goes too if it was to be thrown away.
"""

import importlib
import json
import os
import select
import shutil
import signal
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kempelen.cli import start
from kempelen.cli.serving import sockets
from kempelen.config.data_folder import Unusable
from kempelen.config.env import BadSettings

_HOST = "127.0.0.1"
_LOOK_FOR_PARENT_SECONDS = 1.0


@dataclass(frozen=True)
class Order:
    """What is asked for: a server on a data folder, with these settings.

    `{port}` in settings stands for the port, which is known before they are read.  `remove` is a folder to
    throw away in the end; `is_current` says that the tables are this version's; `only_tables` that no server
    is wanted, but a database to copy.
    """

    data_dir: str
    settings: dict[str, str]
    folder: str
    remove: str = ""
    is_current: bool = False
    only_tables: bool = False


def live(read_settings: Callable[[], None]) -> int:
    """Do as the order on stdin says; gives the exit status, 1 with a plain sentence if it cannot be done."""
    talk = socket.socket(fileno=0)
    with talk.makefile("r", encoding="utf-8") as said:
        order = Order(**json.loads(said.readline()))
    threading.Thread(target=_end_as_told, args=[talk, order], daemon=True).start()
    try:
        os.chdir(order.folder)
        if order.only_tables:
            _inside(order, 0, read_settings).make_tables()
            _tell(talk, {})
        else:
            _serve(order, talk, read_settings)
    except (Unusable, BadSettings) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def _serve(order: Order, talk: socket.socket, read_settings: Callable[[], None]) -> None:
    listening = sockets.listen(_HOST, 0, 1)[0]
    host, port = sockets.address_of(listening)
    url = f"http://{host}:{port}"
    inside = _inside(order, port, read_settings)
    with inside.ready(url, is_current=order.is_current) as server:
        _tell(talk, {"url": url, **server.told})
        server.answer(listening)


def _inside(order: Order, port: int, read_settings: Callable[[], None]) -> Any:
    """Read the settings; gives the module that works with tables."""
    os.environ.update({name: value.replace("{port}", str(port)) for name, value in order.settings.items()})
    os.environ["KEMPELEN_DATA_DIR"] = order.data_dir
    start.prepare_folder()
    read_settings()
    return importlib.import_module("kempelen.cli.serving.rehearsed")


def _tell(talk: socket.socket, answer: dict[str, Any]) -> None:
    talk.sendall(json.dumps({"process_id": os.getpid(), **answer}).encode() + b"\n")


def _end_as_told(talk: socket.socket, order: Order) -> None:
    """Wait for the wish to end, or for the end of whoever asked.

    A process that they forked may keep their end of the socket open; the nursery then goes all the same.
    """
    nursery = os.getppid()
    while os.getppid() == nursery:
        if not select.select([talk], [], [], _LOOK_FOR_PARENT_SECONDS)[0]:
            continue
        if not _is_more_said(talk):
            break
        os.kill(os.getpid(), signal.SIGTERM)
    # What is still being written there may be in the way of the first try.
    for _ in range(5):
        if order.remove and Path(order.remove).exists():
            shutil.rmtree(order.remove, ignore_errors=True)
    os._exit(0)


def _is_more_said(talk: socket.socket) -> bool:
    """Whether a wish came, and not the end of whoever asked."""
    try:
        return bool(talk.recv(4096))
    except ConnectionResetError:
        # They were killed before they had read the answer.
        return False
