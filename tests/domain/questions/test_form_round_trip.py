"""From a form to the answers in it and back, through the page that a worker fills in."""

from hypothesis import given

from kempelen.domain import answers as answering
from kempelen.domain.answers import Answers
from kempelen.domain.questions import answer_keys, answers, form_answers, form_pages, form_parts
from kempelen.rehearsal import filling
from tests.domain.questions import some_forms
from tests.domain.questions.some_forms import Asked


def sent_of(form: form_parts.Form, shown: str, chooser: filling.Chooser) -> Answers:
    """What the server makes of the form's page as somebody leaves it."""
    task = filling.read(f"<form>{shown}</form>", "", identifiers=[one.identifier for one in form.questions])
    return form_answers.read(form, answering.collect(filling.answer(task, chooser)))


def filled_in(form: form_parts.Form, asked: list[Asked]) -> Answers:
    entered: dict[str, filling.Value] = {one.identifier: one.entered for one in asked}
    return sent_of(form, form_pages.render(form), lambda control: entered[control.name])


@given(some_forms.forms())
def test_what_is_entered_is_stored_written_read_and_scored(given: tuple[str, list[Asked]]) -> None:
    document, asked = given
    given_answers = filled_in(form_parts.read(document), asked)
    assert given_answers == some_forms.entered(asked)

    order = form_parts.identifiers(document)
    read_back = answers.from_xml(answers.to_xml(given_answers, questions=order))
    assert list(read_back.items()) == list(given_answers.items())

    chosen = {
        name: one["selections"]
        for name, one in read_back.items()
        if isinstance(one, dict) and "selections" in one
    }
    if any(chosen.values()):
        key = answer_keys.parse(some_forms.key_that_wants(asked))
        assert key.value(chosen) == sum(map(bool, chosen.values()))


@given(some_forms.forms())
def test_stored_answers_are_entered_in_the_form_again(given: tuple[str, list[Asked]]) -> None:
    document, asked = given
    form = form_parts.read(document)
    stored = some_forms.entered(asked)
    shown = form_pages.render(form, fields=form_answers.fields_of(form, stored))
    assert sent_of(form, shown, lambda control: None) == stored
