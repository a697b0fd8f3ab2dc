"""JSON Lines as batch files: each line an object, its keys the columns.  Manifests of Ground Truth are such.

They are read as CSV files are, in constant memory: checked whole, then row by row.  All values become text:
text as it is, nothing as an empty cell, and whatever else as the JSON that stands in the file.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from kempelen.domain.batches import typed_cells
from kempelen.domain.batches.csv_files import JSON_LINES, CheckedCsv, told_as_changed
from kempelen.domain.batches.csv_problems import ProblemList
from kempelen.domain.batches.csv_text import (
    LONGEST_VALUE,
    CsvText,
    LineTooLong,
    NotText,
    OnProgress,
    open_csv_text,
)
from kempelen.domain.batches.templates import Use
from kempelen.domain.batches.wanted import missing, name_of, unused
from kempelen.domain.batches.wording import shown

MOST_COLUMNS = 1_000
SUFFIXES = frozenset({".jsonl", ".ndjson", ".manifest", ".json"})
_SAMPLE_CHARACTERS = 1_000_000
_BYTE_ORDER_MARK = "\ufeff"

_decode = msgspec.json.Decoder().decode
_decode_text = msgspec.json.Decoder(str).decode
_decode_parts = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_NOTHING = b"null"
_HALF_AT_END = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\"[\s}\]]*$")
# As programs write what is missing from a table, outside of texts as good as always.
_NO_NUMBER = re.compile(r"[:,\[]\s{0,9}(NaN|-?Infinity)\s{0,9}[,}\]]")


def is_json_lines(path: Path, file_name: str) -> bool:
    """Tell whether a file is JSON Lines: by its name, else by a first line that is a JSON object."""
    if Path(file_name).suffix.lower() in SUFFIXES:
        return True
    try:
        with open_csv_text(path) as text:
            first = next((line for line in text.lines() if line.strip(" \t\r\n\ufeff")), "")
        return len(first) <= _SAMPLE_CHARACTERS and isinstance(_decode(first.lstrip(_BYTE_ORDER_MARK)), dict)
    except (NotText, LineTooLong, ValueError, RecursionError):
        return False


def check_json_lines(
    path: Path,
    *,
    wanted: Iterable[Use | str] | None = None,
    wanted_in_scripts: Iterable[Use | str] = (),
    file_name: str = "",
    on_progress: OnProgress | None = None,
) -> CheckedCsv:
    """Read the whole file once and tell what it holds, or raise `CsvProblems`, as `check_csv` does.

    A variable of the template (`wanted`) needs the key in some line; lines without it give a warning.
    """
    problems = ProblemList(file_name or path.name)
    wanted = None if wanted is None else list(wanted)
    try:
        with open_csv_text(path, on_progress) as text:
            check = _Check(text, problems)
            check.read()
    except NotText:
        problems.add("this is no text that can be read; save it as UTF-8, one JSON object on each line")
    except LineTooLong:
        problems.add(
            "a line of more than 64 million characters; put what is so large at an address of its own"
        )
    problems.raise_if_any()
    columns, warnings = tuple(check.counts), []
    if wanted is not None:
        for name, message in missing(wanted, columns):
            problems.add(message, column=name)
        problems.raise_if_any()
        names = {*map(name_of, wanted), *map(name_of, wanted_in_scripts)}
        warnings = [*check.gaps(names), *unused(columns, names)]
    return CheckedCsv(columns, check.row_count, text.encoding, "", tuple(warnings), JSON_LINES)


def rows(path: Path, checked: CheckedCsv, *, start: int = 0) -> Iterator[list[str]]:
    """The cells of each row of a file that was checked, in the order of its columns, after the first `start`.

    Where the row needs it (`typed_cells`), one more cell says which of them are JSON.  A file that no
    longer is what was checked raises `CsvProblems`.
    """
    known = frozenset(checked.columns)
    with told_as_changed(path), open_csv_text(path) as text:
        for line in text.lines():
            line = line.strip(" \t\r\n\ufeff")
            if not line:
                continue
            if start:
                start -= 1
                continue
            try:
                yield _cells(_decode_parts(line), checked.columns, known)
            except (ValueError, RecursionError) as error:
                raise NotText from error


def _cells(parts: dict[str, msgspec.Raw], columns: tuple[str, ...], known: frozenset[str]) -> list[str]:
    if not parts.keys() <= known:
        raise ValueError("other columns")
    cells, of_json = [], []
    for name in columns:
        part = bytes(parts.get(name, _NOTHING))
        if part.startswith(b'"'):
            cells.append(_decode_text(part))
        else:
            of_json.append(name)
            cells.append("" if part == _NOTHING else part.decode())
    types = typed_cells.types_of(cells, of_json)
    return [*cells, types] if types else cells


class _Check:
    """One reading of a file, with the columns found so far and in how many lines each is."""

    def __init__(self, text: CsvText, problems: ProblemList) -> None:
        self.row_count = 0
        self.counts: dict[str, int] = {}
        self._text = text
        self._problems = problems
        self._first_line = 0
        self._first_without: dict[str, int] = {}

    def read(self) -> None:
        """Look at every line; note those that are no object of values that can be kept."""
        for number, line in enumerate(self._text.lines(), 1):
            line = line.strip(" \t\r\n\ufeff")
            if line:
                self._look_at(line, number)
        if not self.row_count:
            self._problems.raise_if_any()
            self._problems.add("the file is empty; each line is to be a JSON object, and becomes a HIT")

    def gaps(self, names: Iterable[str]) -> list[str]:
        """Give a warning for each of these columns that some lines do not have."""
        return [
            f"{self.row_count - count:,} of {self.row_count:,} lines have no “{shown(name)}”, first line "
            f"{self._first_without[name]}; it is empty there."
            for name, count in self.counts.items()
            if name in names and count < self.row_count
        ]

    def _look_at(self, line: str, number: int) -> None:
        self._first_line = self._first_line or number
        if self._text.has_marks and self._text.mark_in(line):
            self._note(number, "it is not UTF-8; save the file as UTF-8")
            return
        values = self._values(line, number)
        if values is None:
            return
        self.row_count += 1
        counts = self.counts
        for name in values:
            if name in counts:
                counts[name] += 1
            else:
                self._meet(name, number)
        if len(values) < len(counts):
            for name in counts.keys() - values.keys():
                self._first_without.setdefault(name, number)
        if "\\u0000" in line or len(line) > LONGEST_VALUE:
            self._look_at_values(values, number)

    def _values(self, line: str, number: int) -> dict[str, Any] | None:
        try:
            values = _decode(line)
        except msgspec.DecodeError as error:
            self._note(number, _not_json(line, str(error)))
            if number == self._first_line:
                self._problems.raise_if_any()  # the other lines of such a file are not meant as lines
        except (RecursionError, UnicodeError):
            self._note(number, "its values are nested too deeply, or no text")
        else:
            if isinstance(values, dict) and values:
                return values
            self._note(number, _no_object(values))
        return None

    def _meet(self, name: str, number: int) -> None:
        """Take a column in, with the lines before that do not have it."""
        if not name or "\0" in name:
            self._note(number, "a key is empty or holds a NUL character; give it a name")
        elif len(self.counts) >= MOST_COLUMNS:
            self._note(number, f"more than {MOST_COLUMNS:,} different keys; are values written as keys?")
            self._problems.raise_if_any()
        self.counts[name] = 1
        if self.row_count > 1:
            self._first_without[name] = self._first_line

    def _look_at_values(self, values: dict[str, Any], number: int) -> None:
        for name, value in values.items():
            if isinstance(value, str) and "\0" in value:
                self._note(number, "a NUL character (\\u0000), which no text should hold; delete it", name)
            elif isinstance(value, str) and len(value) > LONGEST_VALUE:
                self._note(number, "a value of more than 16 million characters; give its address", name)

    def _note(self, line: int, message: str, column: str = "") -> None:
        self._problems.add(message, line=line, column=column)


def _not_json(line: str, message: str) -> str:
    if line.startswith("[") or line in ("{", "},", "}"):
        return "no JSON object stands on this line; write each object on one line (jq -c '.[]' does it)"
    if "surrogate" in message or (message == "Input data was truncated" and _HALF_AT_END.search(line)):
        return "half a character stands here (a \\ud… without its other half); delete it"
    if found := _NO_NUMBER.search(line):
        return f"{found[1]} is no JSON; write null"
    return f"this is no JSON: {message.removeprefix('JSON is malformed: ').lower()}"


def _no_object(values: Any) -> str:
    if isinstance(values, dict):
        return "the object has no keys; leave the line out"
    if isinstance(values, list):
        return "this is a list; write each of its objects on a line of its own (jq -c '.[]' does it)"
    return 'this is no JSON object; write {"source": …} on the line'
