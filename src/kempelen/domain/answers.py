"""Answers as they are stored: a JSON object of names and what was given for each."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NotRequired, TypedDict, cast, final

from kempelen.domain.errors import EmptyAnswer, InvalidValue

# Fields of MTurk's own contract, never answers (mturk-api.md §8.2).
RESERVED = frozenset({"assignmentId", "hitId", "workerId", "turkSubmitTo"})
MOST_FIELDS = 5_000
# 10 MB of masks or polygons, whichever way one counts, and what stands around them.
MOST_CHARACTERS = 12_000_000
MOST_DRAFT_CHARACTERS = MOST_CHARACTERS


@final
class Chosen(TypedDict):
    """What was chosen in a QuestionForm, in the form's order, and what was typed for the other choice."""

    selections: list[str]
    other: NotRequired[str]


@final
class Uploaded(TypedDict):
    """A file that was sent: its public id, the name that the worker's machine had for it, its bytes."""

    file: str
    name: str
    size: int


# A list where a page sent a name several times.
Given = str | list[str] | Chosen | Uploaded | list[Uploaded]
Answers = dict[str, Given]
# What a page sent: a name and what was entered, or the file that was uploaded for it.
Field = tuple[str, str | Uploaded]


def collect(fields: Iterable[Field]) -> Answers:
    """Give the answers of submitted fields, in their order; a name that came several times has a list.

    Reserved names and nameless fields are dropped.  Signs that PostgreSQL cannot keep in JSON (NUL, half
    a surrogate pair) become U+FFFD.
    """
    sorted_: dict[str, list[Any]] = {}
    for raw_name, raw_value in fields:
        name = storable(raw_name)
        if name and name not in RESERVED:
            sorted_.setdefault(name, []).append(_kept(raw_value))
    return {name: values[0] if len(values) == 1 else values for name, values in sorted_.items()}


def with_one_line_end(field: Field) -> Field:
    """Give a field in which every line ends in the same way; a file is as it is."""
    name, value = field
    return _one_line_end(name), _one_line_end(value) if isinstance(value, str) else value


def texts_of(given: Given) -> list[str]:
    """Give what was given as texts: each value, each selection and the other one, of files the names."""
    if isinstance(given, str):
        return [given]
    if isinstance(given, list):
        return [one if isinstance(one, str) else one["name"] for one in given]
    if "selections" in given:
        return [*given["selections"], *([given["other"]] if "other" in given else [])]
    return [given["name"]]


def check(answers: Mapping[str, Given]) -> None:
    """Refuse answers without a field (`EmptyAnswer`) or beyond the limits (`InvalidValue`)."""
    if not answers:
        raise EmptyAnswer
    values = [text for given in answers.values() for text in texts_of(given)]
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


def draft(fields: Iterable[Field], at: datetime, *, was_sent: bool = False) -> dict[str, Any]:
    """Give fields as a draft is stored: in order, with the moment they were kept.

    `was_sent` tells an answer that came too late from one that was still being typed.  More than can
    be kept is refused with `InvalidValue`.
    """
    kept = [(storable(name), _kept(value)) for name, value in fields if name]
    size = sum(len(name) + len("".join(texts_of(value))) for name, value in kept)
    if len(kept) > MOST_FIELDS or size > MOST_DRAFT_CHARACTERS:
        raise InvalidValue("draft", "This is too much to keep as a draft; submit it in time.")
    return {"at": at.isoformat(), "fields": kept, "was_sent": was_sent}


def answers_in(draft: Mapping[str, Any] | None) -> Answers:
    """Give what a stored draft would be as an answer; empty without a draft."""
    return collect((name, value) for name, value in draft["fields"]) if draft else {}


def files_in(given: Given) -> list[Uploaded]:
    """Give the files among what was given for a name."""
    several: list[Any] = list(given) if isinstance(given, list) else [given]
    return cast("list[Uploaded]", [one for one in several if isinstance(one, dict) and "file" in one])


def file_ids(answers: Mapping[str, Given]) -> set[str]:
    """Give the public ids of all files that the answers have."""
    return {file["file"] for given in answers.values() for file in files_in(given)}


def with_files(answers: Mapping[str, Given], files: Mapping[str, Uploaded]) -> Answers:
    """Give the answers with these files, by public id, in place of what they had of each."""

    def known(given: Any) -> Any:
        if isinstance(given, list):
            return [known(one) for one in given]
        return files.get(given["file"], given) if isinstance(given, dict) and "file" in given else given

    return {name: known(given) for name, given in answers.items()}


def fields_of(answers: Mapping[str, Given]) -> list[Field]:
    """Give answers as the fields they came from: the other way round of `collect`.

    Those of a QuestionForm came from fields of other names: `questions.form_answers.fields_of`.
    """
    return [(name, value) for name, given in answers.items() for value in _values(given)]


def _values(given: Given) -> list[Any]:
    if isinstance(given, list):
        return list(given)
    return texts_of(given) if isinstance(given, dict) and "selections" in given else [given]


def _kept(value: str | Uploaded) -> str | Uploaded:
    if isinstance(value, str):
        return storable(value)
    return Uploaded(file=storable(value["file"]), name=storable(value["name"]), size=value["size"])


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
