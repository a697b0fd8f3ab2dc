"""From a QuestionForm's fields to answers as they are stored, and back (question-schemas.md §5.2)."""

from collections.abc import Iterator, Mapping

from kempelen.domain.answers import Answers, Chosen, Field, Given, files_in, texts_of
from kempelen.domain.errors import AnswersRefused
from kempelen.domain.questions import form_checks, form_fields
from kempelen.domain.questions.form_parts import Form, FreeText, Question, Selection


def read(form: Form, fields: Mapping[str, Given]) -> Answers:
    """Give the answers in the form's order, or refuse with what is wrong with each (`AnswersRefused`).

    `fields` are what `answers.collect` gives, named as `form_fields` says; that of a file has the file as
    it is stored.  Other fields are passed over.
    """
    answers: Answers = {}
    faults: dict[int, str] = {}
    for question in form.questions:
        given = _given(question, fields)
        found = _faults(question, given, fields)
        if found:
            faults[question.number] = " ".join(found)
        elif given is not None:
            answers[question.identifier] = given
    if faults:
        raise AnswersRefused(faults, [_name(form.questions[number - 1]) for number in faults])
    return answers


def fields_of(form: Form, answers: Mapping[str, Given]) -> Iterator[Field]:
    """Give stored answers as the fields that they came from."""
    for question in form.questions:
        given = answers.get(question.identifier)
        if given is None:
            continue
        number = question.number
        if isinstance(question.answer, FreeText):
            yield form_fields.text(number), "|".join(texts_of(given))
        elif isinstance(question.answer, Selection):
            yield from _choice_fields(number, given)
        else:
            for file in files_in(given):
                yield form_fields.upload(number), file


def _choice_fields(number: int, given: Given) -> Iterator[tuple[str, str]]:
    if not isinstance(given, dict) or "selections" not in given:
        return
    for identifier in given["selections"]:
        yield form_fields.choice(number), form_fields.value(identifier)
    if "other" in given:
        yield form_fields.choice(number), form_fields.OTHER
        yield form_fields.other(number), given["other"]


def _given(question: Question, fields: Mapping[str, Given]) -> Given | None:
    """Give a question's answer as it is stored; None where nothing is (an upload that was not made)."""
    number = question.number
    if isinstance(question.answer, FreeText):
        return _text(fields, form_fields.text(number))
    if isinstance(question.answer, Selection):
        return _chosen(question.answer, number, fields)
    files = files_in(fields.get(form_fields.upload(number), ""))
    return None if not files else files[0] if len(files) == 1 else files


def _chosen(asked: Selection, number: int, fields: Mapping[str, Given]) -> Chosen:
    """Give what was chosen, in the form's order; an other choice without words is none."""
    values = set(texts_of(fields.get(form_fields.choice(number), [])))
    chosen = Chosen(
        selections=[one.identifier for one in asked.choices if form_fields.value(one.identifier) in values]
    )
    words = _text(fields, form_fields.other(number))
    if asked.other is not None and form_fields.OTHER in values and words:
        chosen["other"] = words
    return chosen


def _faults(question: Question, given: Given | None, fields: Mapping[str, Given]) -> list[str]:
    match question.answer:
        case FreeText() as asked:
            return form_checks.text_faults(
                asked, given if isinstance(given, str) else "", is_required=question.is_required
            )
        case Selection() as asked:
            return _selection_faults(asked, given, is_required=question.is_required)
        case asked:
            sizes = [file["size"] for file in files_in(given or "")]
            return form_checks.upload_faults(asked, sizes, is_required=question.is_required)


def _selection_faults(asked: Selection, given: Given | None, *, is_required: bool) -> list[str]:
    assert isinstance(given, dict) and "selections" in given
    has_other = "other" in given
    faults = form_checks.selection_faults(
        asked, len(given["selections"]) + has_other, is_required=is_required
    )
    if asked.other is not None and "other" in given:
        faults += form_checks.text_faults(asked.other, given["other"], is_required=False)
    return faults


def _text(fields: Mapping[str, Given], name: str) -> str:
    return "|".join(texts_of(fields.get(name, "")))


def _name(question: Question) -> str:
    return question.display_name or question.identifier
