"""Answers as they are stored: a JSON object of field names and what was entered."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from kempelen.domain.errors import EmptyAnswer, InvalidValue

# Fields of MTurk's own contract, never answers (mturk-api.md §8.2).
RESERVED = frozenset({"assignmentId", "hitId", "workerId", "turkSubmitTo"})
MOST_FIELDS = 5_000
MOST_CHARACTERS = 10_000_000
MOST_DRAFT_CHARACTERS = 10_000_000

Answers = dict[str, str | list[str]]


def collect(fields: Iterable[tuple[str, str]]) -> Answers:
    """Give the answers of submitted fields, in their order; a name that came several times has a list.

    Reserved names and nameless fields are dropped.  Signs that PostgreSQL cannot keep in JSON (NUL, half
    a surrogate pair) become U+FFFD.
    """
    answers: Answers = {}
    for raw_name, raw_value in fields:
        name, value = storable(raw_name), storable(raw_value)
        if not name or name in RESERVED:
            continue
        had = answers.get(name)
        if had is None:
            answers[name] = value
        elif isinstance(had, list):
            had.append(value)
        else:
            answers[name] = [had, value]
    return answers


def check(answers: Mapping[str, str | list[str]]) -> None:
    """Refuse answers without a field (`EmptyAnswer`) or beyond the limits (`InvalidValue`)."""
    if not answers:
        raise EmptyAnswer
    values = [value for given in answers.values() for value in ([given] if isinstance(given, str) else given)]
    if len(values) > MOST_FIELDS:
        raise InvalidValue(
            "answers", f"The answer has {len(values):,} fields; at most {MOST_FIELDS:,} are kept."
        )
    size = sum(map(len, values)) + sum(map(len, answers))
    if size > MOST_CHARACTERS:
        raise InvalidValue(
            "answers", f"The answer has {size:,} characters; at most {MOST_CHARACTERS:,} are kept."
        )


def storable(text: str) -> str:
    """Give the text less what JSON in PostgreSQL refuses."""
    if text.isascii() and "\0" not in text:
        return text
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\0", "\N{REPLACEMENT CHARACTER}")


def draft(fields: Iterable[tuple[str, str]], at: datetime, *, was_sent: bool = False) -> dict[str, Any]:
    """Give fields as a draft is stored: in order, with the moment they were kept.

    `was_sent` tells an answer that came too late from one that was still being typed.  More than can
    be kept is refused with `InvalidValue`.
    """
    kept = [[storable(name), storable(value)] for name, value in fields if name]
    if len(kept) > MOST_FIELDS or sum(len(name) + len(value) for name, value in kept) > MOST_DRAFT_CHARACTERS:
        raise InvalidValue("draft", "This is too much to keep as a draft; submit it in time.")
    return {"at": at.isoformat(), "fields": kept, "was_sent": was_sent}


def answers_in(draft: Mapping[str, Any] | None) -> Answers:
    """Give what a stored draft would be as an answer; empty without a draft."""
    return collect((name, value) for name, value in draft["fields"]) if draft else {}


def fields_of(answers: Mapping[str, str | list[str]]) -> list[tuple[str, str]]:
    """Give answers as the fields they came from: the other way round of `collect`."""
    return [
        (name, value)
        for name, given in answers.items()
        for value in ([given] if isinstance(given, str) else given)
    ]
