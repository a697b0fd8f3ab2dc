"""From a form to the answers in it and back, through the page that a worker fills in."""

from hypothesis import given

from kempelen.domain.answers import Answers
from kempelen.domain.questions import answer_keys, answers, form_answers, form_pages, form_parts
from tests.domain.questions import some_forms
from tests.domain.questions.form_filling import FilledForm
from tests.domain.questions.some_forms import Asked


def filled_in(form: form_parts.Form, asked: list[Asked]) -> Answers:
    filled = FilledForm(form)
    for number, one in enumerate(asked, 1):
        one.fill(filled, number)
    return filled.answers()


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
    assert FilledForm(form, shown).answers() == stored
