"""The columns of the table of answers: all of an answer in one, or those that somebody chose."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from kempelen.web.requester.answers import NamedText, ShownAnswer

INPUT, ANSWER = "Input.", "Answer."
MOST = 40
_LONGEST = 200


@dataclass(frozen=True)
class Column:
    """A column that can be shown, named as in files of results."""

    name: str
    is_shown: bool

    @property
    def label(self) -> str:
        """Its name on a page."""
        return self.name.partition(".")[2]

    @property
    def is_input(self) -> bool:
        """Whether it has values of rows."""
        return self.name.startswith(INPUT)


@dataclass(frozen=True)
class Cell:
    """What an answer has in a column."""

    label: str
    value: NamedText | None


def chosen(request: HttpRequest) -> list[str]:
    """Give the columns that the address asks for; without any, an answer stands in one."""
    asked = dict.fromkeys(name[:_LONGEST] for name in request.GET.getlist("show"))
    return [name for name in asked if name.startswith((INPUT, ANSWER))][:MOST]


def choice(request: HttpRequest, answers: Sequence[ShownAnswer]) -> dict[str, Any]:
    """Give what there is to choose from: the columns of these answers, and those that are chosen."""
    names = chosen(request)
    inputs = dict.fromkeys(f"{INPUT}{value.name}" for answer in answers for value in answer.inputs)
    given = dict.fromkeys(f"{ANSWER}{value.name}" for answer in answers for value in answer.answers)
    there = dict.fromkeys([*list(inputs)[:MOST], *list(given)[:MOST], *names])
    return {"all_columns": [Column(name, name in names) for name in there]}


def row_context(
    request: HttpRequest, answers: Sequence[ShownAnswer], *, names_batch: bool = False
) -> dict[str, Any]:
    """Put the chosen columns' cells into the rows; give what a row needs beside itself.

    `row_query` is for what is asked for from within a row, so that it comes back with the same columns.
    """
    names = chosen(request)
    names_batch = names_batch or request.GET.get("in") == "project"
    for answer in answers:
        values = {f"{INPUT}{value.name}": value for value in answer.inputs}
        values |= {f"{ANSWER}{value.name}": value for value in answer.answers}
        answer.cells.extend(Cell(name.partition(".")[2], values.get(name)) for name in names)
    query = [("show", name) for name in names] + ([("in", "project")] if names_batch else [])
    return {
        "columns": [Column(name, True) for name in names],
        "names_batch": names_batch,
        "row_query": f"?{urlencode(query)}" if query else "",
    }
