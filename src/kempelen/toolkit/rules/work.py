"""A piece of submitted work as rules look at it, and what a rule says of it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from kempelen.domain.answers import Answers
from kempelen.domain.quality import given

# What crowd-form sends: one text, of JSON, for all its elements (crowd-elements.md §5).
_WHOLE = "taskAnswers"
_DEEPEST = 20


@dataclass(frozen=True)
class Verdict:
    """Whether a rule is met; None leaves it to the person.

    `why` is the same for all of a kind, so that they can be counted; `detail` tells of this one.
    """

    is_met: bool | None
    why: str
    detail: str = ""


@dataclass(frozen=True)
class Work:
    """One submitted assignment; `fields` are its answers by name, each one text."""

    assignment_id: str
    hit_id: str
    worker_id: str
    status: str
    seconds: int
    fields: Mapping[str, str]
    inputs: Mapping[str, str]


@dataclass(frozen=True)
class Done:
    """All that was submitted for one HIT, and how many answers may still come."""

    hit_id: str
    to_come: int
    works: Sequence[Work] = field(default_factory=list)


class Rule(Protocol):
    """What is judged by."""

    @property
    def fields(self) -> frozenset[str]:
        """The names of the answers that it reads."""

    @property
    def columns(self) -> frozenset[str]:
        """The columns of the data that it reads."""

    def verdict(self, work: Work, done: Done) -> Verdict:
        """Judge one work among all those of its HIT."""


def fields_of(answers: Answers) -> dict[str, str]:
    """Give answers by name as one text each: trimmed, several values in order and joined by bars.

    What a crowd-form sent is also given part by part, `category.label` and the like; blank answers are none.
    """
    found = {name: given.in_one(given.values_of(answers, name)) for name in answers}
    whole = answers.get(_WHOLE)
    if isinstance(whole, str):
        found |= {name: text for name, text in _parts(whole) if name not in found}
    return {name: text for name, text in found.items() if text}


def _parts(text: str) -> Iterator[tuple[str, str]]:
    try:
        whole: Any = json.loads(text)
    except (ValueError, RecursionError):
        return
    if isinstance(whole, list) and len(whole) == 1 and isinstance(whole[0], dict):
        yield from _leaves(whole[0], "", _DEEPEST)


def _leaves(parts: Mapping[str, Any], before: str, deepest: int) -> Iterator[tuple[str, str]]:
    for name, value in parts.items():
        if isinstance(value, dict) and deepest:
            yield from _leaves(value, f"{before}{name}.", deepest - 1)
        elif isinstance(value, str):
            yield f"{before}{name}", value.strip()
        elif not isinstance(value, dict) and value is not None:
            yield f"{before}{name}", json.dumps(value, sort_keys=True)
