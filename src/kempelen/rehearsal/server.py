"""A throw-away sandbox server in a process of its own, or one that is there already, to rehearse against.

    with server.start() as mturk:
        mturk.client().create_hit(...)

It listens on a free port of 127.0.0.1, needs no internet, and does its jobs as any server does.  It ends with
the process that started it, however that ends.
"""

import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from kempelen.rehearsal import prepared, sandbox_calls
from kempelen.rehearsal.process import NotStarted as NotStarted
from kempelen.rehearsal.process import Process
from kempelen.toolkit import connection
from kempelen.toolkit.profiles import Profile
from kempelen.toolkit.troubles import Trouble, told

_DATABASE = "kempelen.sqlite3"
_WORKERS_AT_ONCE = 500
_LOG = "server.log"
_DATABASE_URL = "KEMPELEN_DATABASE_URL"
# What would lead boto3 elsewhere than to this server, or sign as somebody else.
_ELSEWHERE = (
    "AWS_SESSION_TOKEN",
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
)
_NO_PROXY = ("NO_PROXY", "no_proxy")


@dataclass(frozen=True)
class Worker:
    """A worker of a rehearsal: `login_link` lets them in once."""

    name: str
    worker_id: str
    login_link: str = field(repr=False)


@dataclass
class Server:
    """A sandbox server: where it is, and the keys that open it.

    `access_key_id` and `secret_access_key` are of the owner of its first requester; `admin_token` is an
    administrator's.  A server that was joined has no `data_dir`.
    """

    url: str
    access_key_id: str
    secret_access_key: str = field(repr=False)
    region_name: str = "us-east-1"
    admin_token: str = field(default="", repr=False)
    data_dir: Path | None = None
    _named: dict[str, int] = field(default_factory=dict, repr=False)
    _process: Process | None = field(default=None, repr=False)
    _remove: Path | None = field(default=None, repr=False)

    def client(self) -> Any:
        """Give a boto3 client of this server, whatever the environment and AWS's files say."""
        return connection.client_with(
            Profile(self.url, self.access_key_id, self.secret_access_key, self.region_name)
        )

    def environment(self) -> dict[str, str]:
        """Give the variables with which programs that make their own client call this server.

        Those that `elsewhere` names have to be unset.
        """
        return {
            "AWS_ENDPOINT_URL_MTURK": self.url,
            "AWS_ACCESS_KEY_ID": self.access_key_id,
            "AWS_SECRET_ACCESS_KEY": self.secret_access_key,
            "AWS_DEFAULT_REGION": self.region_name,
            "AWS_REGION": self.region_name,
            **dict.fromkeys(_NO_PROXY, _without_proxy(self.url)),
        }

    elsewhere = _ELSEWHERE

    def workers(self, count: int, *, prefix: str = "worker") -> list[Worker]:
        """Make so many workers, each with a link that logs them in, once, within a day.

        They are called `worker-1`, `worker-2` and so on, and later ones go on counting.
        """
        first = self._named.get(prefix, 0) + 1
        self._named[prefix] = first + count - 1
        names = [f"{prefix}-{number}" for number in range(first, first + count)]
        made: list[Worker] = []
        for begin in range(0, count, _WORKERS_AT_ONCE):
            sent = {"names": names[begin : begin + _WORKERS_AT_ONCE]}
            answer = sandbox_calls.ask(self.url, self.admin_token, "workers", sent)
            made += [Worker(**told) for told in answer["workers"]]
        return made

    @property
    def process_id(self) -> int:
        """Give the server's process; 0 for one that was joined or has ended."""
        return self._process.pid if self._process else 0

    def log(self) -> str:
        """Give what the server printed; nothing of one that was joined."""
        return self._process.log() if self._process else ""

    def stop(self) -> None:
        """End the server; its folder goes too unless it was given.  One that was joined goes on."""
        if self._process:
            # What is thrown away anyway need not be left in order.
            self._process.end(at_once=self._remove is not None)
            self._process = None
        if self._remove:
            shutil.rmtree(self._remove, ignore_errors=True)
            self._remove = None

    def __enter__(self) -> "Server":
        """Give the server, which ends with the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start(folder: Path | None = None, *, settings: Mapping[str, str] | None = None) -> Server:
    """Start a server that has nothing in it but a requester; raises `NotStarted`, which says why.

    `settings` are KEMPELEN_… variables; `{port}` in their values stands for the port.
    KEMPELEN_DATABASE_URL may name an empty database, which stays.  With a `folder` the data are kept there,
    and a later start goes on with them; else they are thrown away in the end.
    """
    remove = None if folder else Path(tempfile.mkdtemp(prefix="kempelen-rehearsal-"))
    data_dir = remove / "data" if remove else Path(folder or "").absolute()
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        chosen = dict(settings or {})
        is_current = _DATABASE_URL not in chosen and _begin(data_dir)
        order = {"data_dir": str(data_dir), "settings": chosen, "is_current": is_current}
        process = Process(order | {"remove": str(remove or "")}, (remove or data_dir) / _LOG)
        return Server(**process.answer(), data_dir=data_dir, _process=process, _remove=remove)
    except BaseException:
        if remove:
            shutil.rmtree(remove, ignore_errors=True)
        raise


def join(
    url: str,
    *,
    access_key_id: str,
    secret_access_key: str,
    region_name: str = "us-east-1",
    admin_token: str = "",
) -> Server:
    """Give a sandbox server that runs already, after a look whether it answers; it outlives the rehearsal.

    Raises `NotStarted`, which says what is wrong with the address or the key.
    """
    joined = Server(url.rstrip("/"), access_key_id, secret_access_key, region_name, admin_token)
    try:
        with told(joined.url):
            joined.client().get_account_balance()
    except Trouble as problem:
        raise NotStarted(f"The server at {url} cannot be joined: {problem}") from problem
    return joined


def _without_proxy(url: str) -> str:
    """Give the hosts that are called past this network's proxy: those named so far, and the server's."""
    said = ",".join(os.environ.get(name, "") for name in _NO_PROXY)
    hosts = dict.fromkeys(host for host in said.replace(" ", ",").split(",") if host)
    # Understood only where it stands alone.
    return "*" if "*" in hosts else ",".join([*hosts, urlsplit(url).hostname or ""])


def _begin(data_dir: Path) -> bool:
    """Put a new database into the folder, unless there is one."""
    if (data_dir / _DATABASE).exists():
        return False
    (data_dir / _DATABASE).write_bytes(prepared.database(_make_database))
    return True


def _make_database() -> bytes:
    with tempfile.TemporaryDirectory(prefix="kempelen-rehearsal-") as folder:
        data_dir = Path(folder) / "data"
        order = {"data_dir": str(data_dir), "settings": {}, "remove": folder, "only_tables": True}
        process = Process(order, Path(folder) / _LOG)
        process.answer()
        made = (data_dir / _DATABASE).read_bytes()
        process.end(at_once=True)
        return made
