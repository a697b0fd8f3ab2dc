"""The records of a CSV text, each with its place: delimiters, quotes, empty rows."""

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from kempelen.domain.batches.csv_text import LONGEST_VALUE, CsvText

_DELIMITERS = ",;\t|"  # of those equally frequent in the header, the first
_SEP_LINE = re.compile(r'"?sep=([^\w"\r\n])\1*"?[\r\n]*', re.IGNORECASE)
_QUOTED_REST = re.compile(r'[^"]*+(?:""[^"]*+)*+"')


class CsvRecords(Iterator[list[str]]):
    """Records one by one, first the header; `row` and `line` tell where the latest begins.

    Rows are numbered as a spreadsheet does: empty ones count, Excel's `sep=;` line does not.
    """

    def __init__(self, text: CsvText) -> None:
        self.text = text
        self.row = 0
        lines = text.lines()
        first = next(lines, "").lstrip("\ufeff")
        sep = _SEP_LINE.fullmatch(first)
        self._lines_before = 1 if sep else 0
        if sep:
            first = next(lines, "")
        while first and not first.strip():
            self.row += 1
            self._lines_before += 1
            first = next(lines, "")
        head = _header_lines(first, lines)
        self.delimiter = sep[1] if sep else _delimiter("".join(head))
        self.line = self._lines_before + 1
        csv.field_size_limit(LONGEST_VALUE)  # of the whole process; Python's own is 128 KB
        self._reader = csv.reader(chain(head, lines), delimiter=self.delimiter, strict=True)

    def __next__(self) -> list[str]:
        self.line = self._lines_before + self._reader.line_num + 1
        self.row += 1
        return next(self._reader)

    def unnumbered(self) -> Iterator[list[str]]:
        """Give what follows, for who asks for no places: `row` and `line` stay behind."""
        return self._reader

    @property
    def last_line(self) -> int:
        """The line with which the latest record ends."""
        return self._lines_before + self._reader.line_num


def is_blank(record: list[str], width: int) -> bool:
    """Whether a record is an empty line, or a row of empty cells as spreadsheets leave them at the end."""
    return not any(record) or (len(record) == 1 < width and not record[0].strip())


def open_quote(lines: Iterable[str], delimiter: str) -> tuple[int, int]:
    """Which quote of a record is not closed, or not where its value ends: line and column, from 0."""
    column, opened = 0, (0, 0)
    is_open = False
    for number, line in enumerate(lines):
        at = 0
        while at < len(line):
            if not is_open and line[at] == '"':
                is_open, opened, at = True, (number, column), at + 1
            if is_open:
                closed = _QUOTED_REST.match(line, at)
                if closed is None:
                    break
                is_open, at = False, closed.end()
                if line[at : at + 1] != delimiter:
                    return opened
            else:
                at = line.find(delimiter, at)
                if at < 0:
                    return opened
            column, at = column + 1, at + 1
    return opened


def _header_lines(first: str, lines: Iterator[str]) -> list[str]:
    """The lines of the header: more than one if a quoted name has a line break."""
    head, length = [first], len(first)
    quotes = first.count('"')
    while quotes % 2 and length < LONGEST_VALUE:
        line = next(lines, "")
        if not line:
            break
        head.append(line)
        length += len(line)
        quotes += line.count('"')
    return head


def _delimiter(header: str) -> str:
    """Values often hold commas, names hardly ever: the header decides, by what stands outside quotes."""
    unquoted = header.split('"')[::2]
    counts = {delimiter: sum(part.count(delimiter) for part in unquoted) for delimiter in _DELIMITERS}
    return max(counts, key=counts.__getitem__)
