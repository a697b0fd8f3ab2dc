"""The process of a throw-away sandbox server, which `kempelen.rehearsal.server` starts.

    python -m kempelen.cli.serving.throwaway < ORDER

The order is a line of JSON on stdin; the answer is one on stdout, when requests are taken.  The end of stdin
is the end of whoever asked, however that came: then the server ends too, and its folder goes if it was to be
thrown away.
"""

import importlib
import json
import os
import select
import shutil
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kempelen.cli import start
from kempelen.cli.serving import sockets
from kempelen.config.data_folder import Unusable
from kempelen.config.env import BadSettings

SETTINGS = "kempelen.config.rehearsing"
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
    parent: int
    remove: str = ""
    is_current: bool = False
    only_tables: bool = False


def main() -> None:
    """Do as the order on stdin says; status 1 and a plain sentence if that fails."""
    order = Order(**json.loads(sys.stdin.readline()))
    threading.Thread(target=_end_with_parent, args=[order], daemon=True).start()
    try:
        if order.only_tables:
            _with_django(order, 0).make_tables()
        else:
            _serve(order)
    except (Unusable, BadSettings) as problem:
        print(problem, file=sys.stderr)
        sys.exit(1)


def _serve(order: Order) -> None:
    listening = sockets.listen(_HOST, 0, 1)[0]
    host, port = sockets.address_of(listening)
    url = f"http://{host}:{port}"
    with _with_django(order, port).ready(url, is_current=order.is_current) as ways_in:
        _tell({"url": url, **ways_in.told})
        ways_in.answer(listening)
    sys.stdout.flush()
    # Threads that are still at work are as good as killed, which everything here survives.
    os._exit(0)


def _with_django(order: Order, port: int) -> Any:
    """Start Django on the folder; gives the module whose tables are ready only now, hence by name."""
    os.environ.update({name: value.replace("{port}", str(port)) for name, value in order.settings.items()})
    os.environ["KEMPELEN_DATA_DIR"] = order.data_dir
    start.django(SETTINGS, [])
    return importlib.import_module("kempelen.cli.serving.rehearsed")


def _tell(answer: dict[str, Any]) -> None:
    """Answer whoever asked, who reads no more than that: what is printed later goes to the log."""
    print(json.dumps(answer), flush=True)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())


def _end_with_parent(order: Order) -> None:
    """Wait until the parent is gone; a child that it forked may keep its end of the pipe open."""
    while os.getppid() == order.parent:
        if select.select([sys.stdin], [], [], _LOOK_FOR_PARENT_SECONDS)[0] and not os.read(0, 4096):
            break
    # What is still being written there may be in the way of the first try.
    for _ in range(5):
        if order.remove and Path(order.remove).exists():
            shutil.rmtree(order.remove, ignore_errors=True)
    os._exit(0)


if __name__ == "__main__":
    main()
