"""What an answer would be if it were sent: stored nowhere, only told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kempelen.domain import answers as answering
from kempelen.domain import crowd_answers
from kempelen.domain.answers import Answers, Field, Uploaded, texts_of, with_one_line_end
from kempelen.domain.errors import AnswersRefused, InvalidValue, Refusal
from kempelen.domain.questions import answers as answer_xml
from kempelen.domain.questions import form_answers
from kempelen.domain.questions.form_parts import Form

_SEVERAL = "|"


@dataclass(frozen=True)
class Told:
    """An answer as each reader of it would have it."""

    answers: Answers
    xml: str

    def as_json(self) -> dict[str, Any]:
        """Give it for the page: as columns of a results file, as stored, as MTurk's XML, and in words."""
        texts = {name: _SEVERAL.join(texts_of(given)) for name, given in self.answers.items()}
        told = crowd_answers.told(texts)
        return {
            "columns": {f"Answer.{name}": texts[name] for name in sorted(texts)},
            "answers": self.answers,
            "xml": self.xml,
            "words": [] if told is None else [[part.name, part.words] for part in told],
        }


def told(fields: Iterable[Field], form: Form | None) -> Told:
    """Give the answer that fields make; raises `Refusal` as submitting would, for a form with its faults."""
    collected = answering.collect(map(with_one_line_end, fields))
    answering.check(collected)
    if form is None:
        return Told(collected, answer_xml.to_xml(collected))
    answers = form_answers.read(form, collected)
    return Told(answers, answer_xml.to_xml(answers, questions=[one.identifier for one in form.questions]))


def refused(refusal: Refusal) -> dict[str, Any]:
    """Give a refusal for the page, with the faults of a form by question."""
    faults = refusal.faults if isinstance(refusal, AnswersRefused) else {}
    return {"refused": str(refusal), "faults": dict(faults) or None}


def fields_in(said: Any) -> list[Field]:
    """Read the fields that the page around a task sends, or raise `InvalidValue`."""
    fields = said.get("fields") if isinstance(said, Mapping) else None
    if not isinstance(fields, list) or not all(map(_is_field, fields)):
        raise InvalidValue("fields", "The fields are not a list of names with values.")
    return [
        (
            name,
            value
            if isinstance(value, str)
            else Uploaded(file=value["file"], name=value["name"], size=value["size"]),
        )
        for name, value in fields
    ]


def _is_field(pair: object) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str) and _is_value(pair[1])


def _is_value(value: object) -> bool:
    if not isinstance(value, dict):
        return isinstance(value, str)
    return {name: type(part) for name, part in value.items()} == {"file": str, "name": str, "size": int}
