"""Files that workers sent with answers, fetched into a folder (GetFileUploadURL).

A file beside them says which is where, so that a later run fetches only what is missing.  Names come from
strangers: what is kept of them can be a file's name on every system, below `HITId/AssignmentId`.
"""

import json
import shutil
import ssl
import tempfile
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.message import Message
from http.client import HTTPException
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import urlsplit

import msgspec

from kempelen.domain import file_names
from kempelen.domain.answers import Uploaded, files_in, with_files
from kempelen.domain.batches.results import ResultRow
from kempelen.toolkit.connection import Connection
from kempelen.toolkit.troubles import Refused, Trouble

try:
    import fcntl
except ImportError:  # Windows: nothing hinders two runs there
    fcntl = None  # type: ignore[assignment]

INDEX = "kempelen-files.jsonl"
_CHUNK_BYTES = 1 << 20
_ATTEMPTS = 4
_FIRST_WAIT_SECONDS = 0.5
_TIMEOUT_SECONDS = 60
_LONGEST_ID_BYTES, _LONGEST_FIELD_BYTES, _LONGEST_NAME_BYTES = 64, 60, 120
_PART = ".part-"
_NETWORK = (urllib.error.URLError, HTTPException, ConnectionError, TimeoutError, ssl.SSLError)


class NotFetched(Exception):
    """A file did not arrive; `str()` says why."""


class Files:
    """A folder that is being filled, by several threads."""

    def __init__(self, folder: Path, connection: Connection, index: TextIO, known: Mapping[str, str]) -> None:
        self.path = folder
        self._connection = connection
        self._index = index
        self._known = dict(known)
        self._lock = threading.Lock()
        self._is_over = threading.Event()
        self.fetched = 0
        self.had = 0
        # Why files are missing, by `AssignmentId field`; and the assignments that lack one.
        self.failed: dict[str, str] = {}
        self.lacking: set[str] = set()

    def with_files(self, row: ResultRow) -> ResultRow:
        """Fetch the files of an answer that are not here yet; gives the row with their paths for names.

        One that does not arrive has no name, and is among those that failed.
        """
        named: dict[str, Uploaded] = {}
        for field, given in row.answers.items():
            for number, file in enumerate(files_in(given)):
                try:
                    path = self._place_of(row, field, number, file)
                except NotFetched as why:
                    with self._lock:
                        self.failed[f"{row.assignment_id} {field}"] = str(why)
                        self.lacking.add(row.assignment_id)
                    path = ""
                named[file["file"]] = Uploaded(file=file["file"], name=path, size=file["size"])
        return _with_names(row, named)

    def end(self) -> None:
        """Let what is under way end soon."""
        self._is_over.set()

    def _place_of(self, row: ResultRow, field: str, number: int, file: Uploaded) -> str:
        """Give where the file is, from where the command was run; fetched if it is not there as it was."""
        below = self._known.get(file["file"], "")
        if below and _size(self.path / below) == file["size"]:
            with self._lock:
                self.had += 1
            return str(self.path / below)
        folder = (
            self.path / _safe(row.hit_id, _LONGEST_ID_BYTES) / _safe(row.assignment_id, _LONGEST_ID_BYTES)
        )
        # The first of a field goes by the field's name, as in MTurk; others, which it had not, by keys.
        asked = field if number == 0 else file["file"]
        with tempfile.TemporaryDirectory(dir=self.path, prefix=_PART) as aside:
            part = Path(aside) / "part"
            name = _safe(self._fetch(row.assignment_id, asked, file["size"], part), _LONGEST_NAME_BYTES)
            return self._named(part, folder, f"{_safe(field, _LONGEST_FIELD_BYTES)}-{name}", file)

    def _named(self, part: Path, folder: Path, name: str, file: Uploaded) -> str:
        """Give the file its name, which no other has; noted first, so that a next run finds it."""
        with self._lock:
            folder.mkdir(parents=True, exist_ok=True)
            below = self._known.get(file["file"], "")
            if not below or (self.path / below).exists():
                here = {each.name.lower() for each in folder.iterdir()}
                below = (folder / file_names.unused(name, here)).relative_to(self.path).as_posix()
                self._known[file["file"]] = below
                line = {"key": file["file"], "path": below, "size": file["size"]}
                self._index.write(json.dumps(line, ensure_ascii=False) + "\n")
                self._index.flush()
            target = self.path / below
            target.parent.mkdir(parents=True, exist_ok=True)
            part.replace(target)
            self.fetched += 1
        return str(target)

    def _fetch(self, assignment_id: str, asked: str, size: int, part: Path) -> str:
        """Bring the file's bytes here; gives the name that the worker's machine had for it."""
        why = ""
        for attempt in range(_ATTEMPTS):
            if self._is_over.wait(_FIRST_WAIT_SECONDS * 2 ** (attempt - 1) if attempt else 0):
                raise NotFetched("The command was stopped.")
            try:
                # Links open for a minute: each attempt has one of its own.
                url = self._url(assignment_id, asked)
                return self._download(url, size, part)
            except urllib.error.HTTPError as error:
                why = f"the server answers {error.code}"
                error.close()
                if error.code < 500 and error.code not in (403, 429):
                    break
            except _NETWORK as error:
                why = str(getattr(error, "reason", error))
        raise NotFetched(f"It could not be downloaded: {why}.")

    def _url(self, assignment_id: str, asked: str) -> str:
        try:
            reply = self._connection.call(
                "GetFileUploadURL", AssignmentId=assignment_id, QuestionIdentifier=asked
            )
        except Refused as refused:
            raise NotFetched(str(refused)) from refused
        url = str(reply.get("FileUploadURL", ""))
        if urlsplit(url).scheme not in ("http", "https"):
            raise NotFetched("The server gave no link to it.")
        return url

    def _download(self, url: str, size: int, part: Path) -> str:
        request = urllib.request.Request(url, headers={"Accept": "*/*"})
        with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as answer, part.open("wb") as file:
            got = 0
            while some := answer.read(_CHUNK_BYTES):
                got += len(some)
                if got > size or self._is_over.is_set():
                    break
                file.write(some)
            name = _name_in(answer.headers)
        if self._is_over.is_set():
            raise NotFetched("The command was stopped.")
        if got != size:
            raise HTTPException(f"{got:,} bytes came, and {size:,} were sent")
        return name


@contextmanager
def fetching(folder: Path, connection: Connection) -> Iterator[Files]:
    """Open a folder for files, made if it is not there; refuses while another run fills it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / INDEX
    with path.open("a+", encoding="utf-8", newline="") as index:
        if fcntl is not None:
            try:
                fcntl.flock(index.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Trouble(
                    f"Another run is fetching files into {folder}. Wait for it, or stop it."
                ) from error
        # A last line that is torn is of a run that was killed.
        index.truncate(path.read_bytes().rfind(b"\n") + 1)
        for part in folder.glob(f"{_PART}*"):
            shutil.rmtree(part, ignore_errors=True)
        files = Files(folder, connection, index, _read(path))
        try:
            yield files
        finally:
            files.end()


def keyed(row: ResultRow) -> ResultRow:
    """Give a row with the keys of files in place of their names, which the API does not tell."""
    files = [file for given in row.answers.values() for file in files_in(given)]
    return _with_names(row, {one["file"]: Uploaded(**(one | {"name": one["file"]})) for one in files})


def _with_names(row: ResultRow, named: Mapping[str, Uploaded]) -> ResultRow:
    return msgspec.structs.replace(row, answers=with_files(row.answers, named)) if named else row


def _read(path: Path) -> dict[str, str]:
    """Give where each file is, by its key, below the folder."""
    known: dict[str, str] = {}
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            said: Any = json.loads(line)
            below = Path(said["path"])
            known[said["key"]] = said["path"]
        except (ValueError, TypeError, KeyError) as error:
            raise Trouble(f"{path}, line {number}, is damaged: {error}. Delete the line.") from error
        if below.is_absolute() or ".." in below.parts:
            raise Trouble(f"{path}, line {number}, names a file outside of the folder. Delete the line.")
    return known


def _name_in(headers: Message) -> str:
    """Give the name that an answer gives its file."""
    return headers.get_filename("") or "file"


def _safe(name: str, longest_bytes: int) -> str:
    return file_names.in_archive(name, longest_bytes=longest_bytes)


def _size(path: Path) -> int:
    """Give a file's size; -1 where there is none."""
    try:
        return path.stat().st_size if path.is_file() else -1
    except OSError:
        return -1
