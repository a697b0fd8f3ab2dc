"""Answers and rows as a page shows them: names and texts, long ones folded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.text import Truncator

from kempelen.domain import crowd_answers
from kempelen.domain.answers import Given, Uploaded, files_in, texts_of
from kempelen.domain.batches.typed_cells import columns_only
from kempelen.domain.models import Assignment

LONG = 300


@dataclass(frozen=True)
class NamedText:
    """A field's name and what it holds: a text, and files to download; `raw` if the text is a summary."""

    name: str
    text: str
    files: Sequence[Uploaded] = ()
    raw: str = ""

    @property
    def is_long(self) -> bool:
        """Whether the page folds it."""
        return len(self.text) > LONG


@dataclass(frozen=True)
class ShownAnswer:
    """An assignment, with its answers and the row it is about."""

    assignment: Assignment
    message_count: int = 0
    # Where it is reviewed, if the page has answers of several batches: a `work.Work`.
    work: Any = None
    # What it has in the columns that somebody chose (`answer_columns`).
    cells: list[Any] = field(default_factory=list)

    @cached_property
    def answers(self) -> list[NamedText]:
        """What the worker sent; values of one name are joined as in the results file."""
        return answer_texts(self.assignment.answers)

    @property
    def earlier(self) -> list[tuple[datetime, list[NamedText]]]:
        """What the worker had sent before correcting it, newest first, each with its time."""
        versions = sorted(self.assignment.earlier_answers.all(), key=lambda version: version.pk, reverse=True)
        return [(version.sent_at, answer_texts(version.answers)) for version in versions]

    @property
    def is_our_page(self) -> bool:
        """Whether its task is a page that we show, not one of its requester's own site."""
        return "<ExternalQuestion" not in (self.assignment.hit.question or "")

    @cached_property
    def inputs(self) -> list[NamedText]:
        """The values of the HIT's row."""
        return named_texts(columns_only(self.assignment.hit.inputs or {}))

    @property
    def inputs_in_short(self) -> str:
        """The row's values in one line."""
        return Truncator(" · ".join(value.text for value in self.inputs)).chars(70)

    @property
    def work_seconds(self) -> float:
        """Time from accepting to submitting."""
        submitted_at = self.assignment.submitted_at
        return (submitted_at - self.assignment.accepted_at).total_seconds() if submitted_at else 0


def answer_texts(answers: Mapping[str, Any] | None) -> list[NamedText]:
    """Give what was sent as texts; what elements of a crowd-form sent, by their names and in a few words."""
    given = named_texts(answers)
    told = crowd_answers.told({one.name: one.text for one in given})
    if told is None:
        return given
    files = {one.name: one.files for one in given}
    parts = [NamedText(one.name, one.words, files.pop(one.name, ()), one.raw) for one in told]
    return parts + [one for one in given if one.files and one.name in files]


def named_texts(values: Mapping[str, Any] | None) -> list[NamedText]:
    """Give names with their texts, in their order."""
    return [_named(name, value) for name, value in (values or {}).items()]


def _named(name: str, given: Given) -> NamedText:
    files = files_in(given)
    if not files:
        return NamedText(name, "|".join(texts_of(given)))
    beside = [one for one in given if isinstance(one, str)] if isinstance(given, list) else []
    return NamedText(name, "|".join(beside), files)
