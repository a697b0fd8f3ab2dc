"""Answers as they are stored: a JSON object of field names and what was entered."""

from collections.abc import Iterable, Mapping

from kempelen.domain.errors import EmptyAnswer, InvalidValue

# Fields of MTurk's own contract, never answers (mturk-api.md §8.2).
RESERVED = frozenset({"assignmentId", "hitId", "workerId", "turkSubmitTo"})
MOST_FIELDS = 5_000
MOST_CHARACTERS = 10_000_000

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
