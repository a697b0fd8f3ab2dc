"""What is right: by row of the data, from its gold columns; where nothing is known it is made up.

A HIT is known by its id: the file that `publish` keeps says from which row it was made.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kempelen.rehearsal.crowd.people import dice
from kempelen.toolkit.troubles import Trouble

PREFIX = "gold."


@dataclass(frozen=True)
class Row:
    """A row of the data as the crowd meets it."""

    number: int
    # What is right, by field, as results have it: several values of one field with bars between.
    right: Mapping[str, str] = field(default_factory=dict)
    is_hard: bool = False


class Truths:
    """What is right for each HIT."""

    def __init__(self, seed: int, *, hard: float = 0.0, are_known: bool = False) -> None:
        # Whether the data say what is right; else it is made up.
        self.are_known = are_known
        self._seed = seed
        self._hard = hard
        self._rows: dict[str, Row] = {}

    def add(self, hit_id: str, number: int, right: Mapping[str, str] | None = None) -> None:
        """Know that a HIT was made from a row (the first is 1)."""
        is_hard = dice(self._seed, "hard", number).random() < self._hard
        self._rows[hit_id] = Row(number, right or {}, is_hard)

    def of(self, hit_id: str) -> Row:
        """Give what is known of a HIT."""
        return self._rows[hit_id]

    def is_known(self, hit_id: str) -> bool:
        """Tell whether this is one of the HITs that are rehearsed."""
        return hit_id in self._rows

    def dice(self, row: Row, name: str) -> random.Random:
        """Give the chance by which it is made up what is right: the same for everybody."""
        return dice(self._seed, "truth", row.number, name)

    def __len__(self) -> int:
        return len(self._rows)


def columns_of(columns: Sequence[str], told: Sequence[str] = ()) -> dict[str, str]:
    """Give the gold columns by field: those named `gold.FIELD`, and those told as `FIELD=COLUMN`.

    Refuses a column that the data do not have.
    """
    found = {column.removeprefix(PREFIX): column for column in columns if column.startswith(PREFIX)}
    for text in told:
        name, equals, column = (part.strip() for part in text.partition("="))
        if not (name and equals and column):
            raise Trouble(
                f"--truth {text!r} names no column. Write --truth FIELD=COLUMN, such as label=gold."
            )
        if column not in columns:
            known = ", ".join(columns) or "none"
            raise Trouble(f"--truth {text!r}: the data have no column {column!r}. There are: {known}.")
        found[name] = column
    return found


def right_in(cells: Mapping[str, str], gold: Mapping[str, str]) -> dict[str, str]:
    """Give what a row says is right, by field; nothing of fields whose cell is empty."""
    found = {name: cells.get(column, "").strip() for name, column in gold.items()}
    return {name: text for name, text in found.items() if text}
