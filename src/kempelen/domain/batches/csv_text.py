"""A CSV file as lines of text: which encoding it has, and which bytes do not fit it.

The file is decoded as it is read.  Bytes that do not fit do not stop the reading: they come through
as marks in the text, so that the row and column they stand in can be told.
"""

import codecs
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

# In characters.  Longer ones are no tables any more; nearly always a quote was not closed.
LONGEST_VALUE = 16 * 1024 * 1024
LONGEST_LINE = 4 * LONGEST_VALUE

OnProgress = Callable[[int, int], None]

_PROGRESS_STEP = 1024 * 1024
_HEAD = 4096
_SAMPLE = 2048
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like UTF-16's, hence looked for first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NUL = re.compile("\0")
_UTF8_MARKS = re.compile("[\0\udc80-\udcff]")
_MARKS = {"utf-8": _UTF8_MARKS, "utf-8-sig": _UTF8_MARKS, "utf-16": re.compile("[\0\ufffd]")}
_OTHER_FILES = (
    (b"PK\x03\x04", "an Excel or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls)"),
    (b"\x1f\x8b", "a gzip file"),
    (b"%PDF", "a PDF file"),
)
_DOS_END = "\x1a"  # Ctrl-Z, with which programs of old end a text
_NEVER_IN_TEXT = bytes({*range(32)} - set(b"\t\n\v\f\r\x1a\x1b"))
_SAVE_AS_UTF8 = 'save it as "CSV UTF-8" and upload that'


class NotText(Exception):
    """The file's first bytes are not those of a text that can be read; `str()` says what to do."""


class LineTooLong(Exception):
    """A line has more than `LONGEST_LINE` characters."""


class CsvText:
    """The text of one open file.  `has_marks` turns true once bytes were read that do not fit."""

    def __init__(self, path: Path, file: io.RawIOBase, on_progress: OnProgress | None) -> None:
        self.encoding = _encoding_of(_head_of(path))
        self._watched = _WatchedBytes(file, self.encoding, path.stat().st_size, on_progress)
        errors = "surrogateescape" if self.encoding.startswith("utf-8") else "replace"
        buffered = io.BufferedReader(self._watched)
        self._stream = io.TextIOWrapper(buffered, encoding=self.encoding, errors=errors, newline="")

    def lines(self) -> Iterator[str]:
        """Lines with their line ends (LF, CRLF or CR), or `LineTooLong`."""
        readline = self._stream.readline
        while line := readline(LONGEST_LINE):
            if len(line) >= LONGEST_LINE:
                raise LineTooLong
            if line[-1] == _DOS_END:  # only the last line has no line end
                line = line.rstrip(_DOS_END)
            if line:
                yield line

    @property
    def has_marks(self) -> bool:
        """Whether any byte read so far was NUL or did not fit the encoding."""
        return self._watched.has_nul or self._watched.unfit_sample is not None

    def mark_in(self, value: str) -> tuple[int, str] | None:
        """Where a value holds its first unfit byte, and what to do about it."""
        unfit = self._watched.unfit_sample is not None
        match = (_MARKS[self.encoding] if unfit else _NUL).search(value)
        return (match.start(), self._explain(match[0])) if match else None

    def _explain(self, mark: str) -> str:
        if mark == "\0":
            return "a NUL character, which no text should hold; delete it"
        if mark == "\ufffd":
            return "broken UTF-16; the file may be cut short or damaged, save it again"
        looks_like = _likely_encoding(self._watched.unfit_sample or b"")
        return f"byte 0x{ord(mark) - 0xDC00:02X} is not UTF-8; {looks_like}"


@contextmanager
def open_csv_text(path: Path, on_progress: OnProgress | None = None) -> Iterator[CsvText]:
    """The file's text, or `NotText`; `on_progress` is told bytes read and bytes in all."""
    with path.open("rb", buffering=0) as file:
        yield CsvText(path, file, on_progress)


class _WatchedBytes(io.RawIOBase):
    """Passes a file's bytes on, noting progress, NULs and a sample around the first unfit byte."""

    def __init__(self, file: io.RawIOBase, encoding: str, size: int, on_progress: OnProgress | None) -> None:
        super().__init__()
        self.has_nul = False
        self.unfit_sample: bytes | None = None
        self._file = file
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")
        self._is_utf8 = encoding.startswith("utf-8")
        self._on_progress, self._size = on_progress, size
        self._done = self._told = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        count = self._file.readinto(buffer) or 0
        self._look_at(bytes(buffer[:count]))
        self._done += count
        if self._on_progress and (self._done - self._told >= _PROGRESS_STEP or not count):
            self._told = self._done
            self._on_progress(self._done, max(self._size, self._done))
        return count

    def _look_at(self, chunk: bytes) -> None:
        if self._is_utf8 and b"\0" in chunk:
            self.has_nul = True
        if self.unfit_sample is not None:
            return
        try:
            text = self._decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            self.unfit_sample = error.object[max(0, error.start - _SAMPLE) : error.start + _SAMPLE]
        else:
            self.has_nul = self.has_nul or (not self._is_utf8 and "\0" in text)


def _head_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD)


def _encoding_of(head: bytes) -> str:
    for start, kind in _OTHER_FILES:
        if head.startswith(start):
            raise NotText(f"this is {kind}, not CSV; open it in a spreadsheet, {_SAVE_AS_UTF8}")
    encoding = next((encoding for mark, encoding in _BYTE_ORDER_MARKS if head.startswith(mark)), "utf-8")
    if encoding == "utf-32":
        raise NotText(f"the file is UTF-32, which is not read here; {_SAVE_AS_UTF8}")
    order = _utf16_order(head) if encoding == "utf-8" else None
    if order:
        raise NotText(f"the file looks like UTF-16 {order} without a byte order mark; {_SAVE_AS_UTF8}")
    if encoding == "utf-8" and _is_binary(head):
        raise NotText('this is not a CSV text file; a spreadsheet makes one when you save as "CSV UTF-8"')
    return encoding


def _is_binary(head: bytes) -> bool:
    """Pictures, programs and the like are full of control characters; a damaged text has a few."""
    controls = len(head) - len(head.translate(None, _NEVER_IN_TEXT))
    return 0 in head and controls > max(3, len(head) // 32)


def _utf16_order(head: bytes) -> str | None:
    """Commas, line ends and Latin letters have a zero byte in UTF-16, always on the same side."""
    first, second = head[0::2].count(0), head[1::2].count(0)
    enough = max(2, len(head) // 64)
    if second >= enough and not first:
        return "LE"
    return "BE" if first >= enough and not second else None


def _likely_encoding(sample: bytes) -> str:
    """What a text with bytes that are not UTF-8 probably is, from how those bytes stand together."""
    text = sample.decode("utf-8", "surrogateescape")
    unfit = sum("\udc80" <= char <= "\udcff" for char in text)
    if sum(char > "\x7f" for char in text) > 3 * unfit:
        return "the rest is UTF-8, so this value is damaged: type it anew"
    high = re.findall(rb"[\x80-\xff]+", sample)
    if 2 * sum(len(run) for run in high if len(run) > 1) > sum(map(len, high)):
        return f"the file looks like Windows-1251, Shift-JIS, GB18030 or the like: {_SAVE_AS_UTF8}"
    letters = re.findall(rb"[\xc0-\xff]", sample)
    mac_letters = re.findall(rb"[\x81-\x84\x86-\x90\x98-\x9f]", sample)
    name = "Mac Roman" if len(mac_letters) > 2 * len(letters) else "Windows-1252"
    return f"the file looks like {name}: {_SAVE_AS_UTF8}"
