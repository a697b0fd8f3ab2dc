"""What is wrong with a CSV file, each with its place and remedy; collected, then raised once."""

from collections.abc import Sequence
from typing import NamedTuple

from kempelen.domain.batches.wording import shown

MOST_PROBLEMS = 20


class Problem(NamedTuple):
    """One thing to put right in a file.

    `row` is the row as a spreadsheet numbers it: the header is row 1 and empty rows count.  `line`
    is the line as a text editor numbers it, more than `row` after quoted line breaks.  Either is
    None where it makes no sense; `column` is the column's name, "" if the whole row is meant.
    """

    row: int | None
    column: str
    line: int | None
    message: str

    def __str__(self) -> str:
        places = []
        if self.row is not None:
            differs = self.line is not None and self.line != self.row
            places.append(f"row {self.row} (line {self.line})" if differs else f"row {self.row}")
        elif self.line is not None:
            places.append(f"line {self.line}")
        if self.column:
            places.append(f"column {shown(self.column)}")
        return ", ".join(places) + (": " if places else "") + self.message


class CsvProblems(Exception):
    """A CSV file cannot be published; `problems` has up to 20 things to put right, first to last.

    `has_more` tells that reading stopped at the 20th.
    """

    def __init__(self, file_name: str, problems: Sequence[Problem]) -> None:
        super().__init__(file_name, problems)
        self.file_name = file_name
        self.problems = tuple(problems)
        self.has_more = len(self.problems) >= MOST_PROBLEMS

    def __str__(self) -> str:
        lines = [
            f"{self.file_name}, {problem}" if problem.row or problem.line else f"{self.file_name}: {problem}"
            for problem in self.problems
        ]
        if self.has_more:
            lines.append(f"Reading stopped after {len(lines)} problems; there may be more.")
        return "\n".join(lines)


class ProblemList:
    """Problems of one file as they are found; the 20th ends the search."""

    def __init__(self, file_name: str) -> None:
        self._file_name = file_name
        self.found: list[Problem] = []

    def add(self, message: str, *, row: int | None = None, column: str = "", line: int | None = None) -> None:
        """Note a problem; with the 20th, raise them all."""
        self.found.append(Problem(row, column, line, message))
        if len(self.found) >= MOST_PROBLEMS:
            self.raise_if_any()

    def raise_if_any(self) -> None:
        """Raise `CsvProblems` with all that was found."""
        if self.found:
            raise CsvProblems(self._file_name, self.found)
