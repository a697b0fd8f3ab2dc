"""The data folder: where one server keeps its database, uploads and secrets."""

import contextlib
import json
import os
import secrets
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from kempelen.config import env

try:
    import fcntl
except ImportError:  # Windows: nothing hinders a second server there
    fcntl = None  # type: ignore[assignment]

DATABASE = "kempelen.sqlite3"
SECRET_KEY = "secret-key"
NODE = "node"
UPLOADS = "uploads"
FILES = "files"
STATIC = "static"
TEMPORARY = "tmp"
SERVER = "server.lock"
MODE = "mode"

# A server that was killed leaves processes which finish their requests before they let go of the folder.
_PATIENCE_WITH_ORPHANS_SECONDS = 15


class Unusable(Exception):
    """The data folder cannot be used; `str()` says why and what to do."""


@dataclass(frozen=True)
class RunningServer:
    """Who serves the folder, and where."""

    pid: int
    url: str


def find(environment: Mapping[str, str]) -> Path:
    """The folder that every command uses: KEMPELEN_DATA_DIR (which --data-dir sets), else one per user."""
    named = env.DATA_DIR.value_in(environment)
    if named is not None:
        return named
    data_home = environment.get("XDG_DATA_HOME", "")
    return (Path(data_home) if data_home.startswith("/") else Path.home() / ".local" / "share") / "kempelen"


def is_begun(folder: Path) -> bool:
    """Whether a command has kept anything there."""
    try:
        return any((folder / name).exists() for name in (SECRET_KEY, DATABASE))
    except PermissionError:
        return True  # there is something, and `prepare` says what is wrong with it


def none_yet(folder: Path) -> str:
    """What to say where nothing has begun."""
    return (
        f"There is no data folder yet at {folder}. Start a server, which begins one (kempelen serve), or "
        "name yours with --data-dir or KEMPELEN_DATA_DIR."
    )


def prepare(folder: Path) -> None:
    """Make the folder if need be, for its owner's eyes only, and see that it can be written to."""
    remedy = "Give --data-dir (or KEMPELEN_DATA_DIR) a folder that is yours."
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / TEMPORARY).mkdir(mode=0o700, exist_ok=True)
        (folder / UPLOADS).mkdir(mode=0o700, exist_ok=True)
        (folder / FILES).mkdir(mode=0o700, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except (FileExistsError, NotADirectoryError) as error:
        raise Unusable(f"{folder} is no folder. {remedy}") from error
    except OSError as error:
        raise Unusable(
            f"The data folder {folder} cannot be written to: {error.strerror}. {remedy}"
        ) from error


def keep_secrets(folder: Path) -> None:
    """Make the key that signs cookies and links, and the node's name, unless they are there."""
    _keep(folder / SECRET_KEY, secrets.token_urlsafe(50))
    _keep(folder / NODE, secrets.token_hex(4))


def kept_secret_key(folder: Path) -> str:
    """The key made on the first start, or nothing if there was none."""
    return _kept(folder / SECRET_KEY)


def node_of(folder: Path) -> str:
    """What tells the servers of this folder from those of others on one database."""
    return _kept(folder / NODE)


def note_mode(folder: Path, mode: str) -> None:
    """Note as which of MTurk's two the folder is served: the shell of a later command may not say it."""
    if not folder.is_dir() or mode_of(folder) == mode:
        return
    with tempfile.NamedTemporaryFile("w", dir=folder, encoding="ascii", delete=False) as aside:
        aside.write(f"{mode}\n")
    Path(aside.name).replace(folder / MODE)


def mode_of(folder: Path) -> str:
    """As which of MTurk's two the folder was served last; nothing if it never was."""
    return _kept(folder / MODE)


def server_of(folder: Path) -> RunningServer | None:
    """The server that says it runs on the folder, if its process lives."""
    try:
        server = RunningServer(**json.loads((folder / SERVER).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return server if _lives(server.pid) else None


class Hold:
    """The right to serve a folder."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def announce(self, url: str) -> None:
        """Tell other commands who serves the folder, and where."""
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, json.dumps(asdict(RunningServer(os.getpid(), url))).encode(), 0)


@contextlib.contextmanager
def held(folder: Path) -> Iterator[Hold]:
    """Hold the folder against other servers, or refuse as `Unusable`; forked processes hold it too."""
    descriptor = os.open(folder / SERVER, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(descriptor, folder)
        hold = Hold(descriptor)
        hold.announce("")
        yield hold
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def _lock(descriptor: int, folder: Path) -> None:
    if fcntl is None:
        return
    give_up_at = time.monotonic() + _PATIENCE_WITH_ORPHANS_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            server = server_of(folder)
            if server is None and time.monotonic() < give_up_at:
                time.sleep(0.05)
                continue
            who = f" (process {server.pid}, {server.url})" if server and server.url else ""
            raise Unusable(
                f"Another Kempelen server{who} is using {folder}. Stop it first, or give this one "
                "a folder of its own with --data-dir."
            ) from error
        return


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _keep(file: Path, text: str) -> None:
    """Write the text to the file, for its owner's eyes only, unless there is one."""
    if file.exists():
        return
    # Written aside and linked into place: of two commands that start at once, one wins and is whole.
    with tempfile.NamedTemporaryFile("w", dir=file.parent, encoding="ascii") as aside:
        aside.write(f"{text}\n")
        aside.flush()
        os.fsync(aside.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(aside.name, file)


def _kept(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise Unusable(f"{file} cannot be read: {error.strerror}.") from error
