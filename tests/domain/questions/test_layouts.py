"""Layouts filled by the API (question-schemas.md §8)."""

import pytest

from kempelen.domain.errors import InvalidParameter, MissingParameter
from kempelen.domain.questions import documents, layouts
from kempelen.domain.questions.documents import HTMLQuestion

LAYOUT = "<p>${text}</p><img src='${image_url}'><script>`${x}`</script>"


def test_every_variable_needs_a_value() -> None:
    """mturk-api.md §1.3 [S24]."""
    with pytest.raises(MissingParameter) as refused:
        layouts.inputs_of(LAYOUT, [])
    assert refused.value.mturk_message == (
        "Your request is missing required parameters. Required parameters include HITLayoutParameter. You "
        "have not provided all required HITLayout parameters. Missing parameter names: text, image_url"
    )
    assert refused.value.turk_error_code == "AWS.MissingParameters"


@pytest.mark.parametrize("more", [("other", "1"), ("text", "again")])
def test_a_value_belongs_to_one_variable(more: tuple[str, str]) -> None:
    with pytest.raises(InvalidParameter) as refused:
        layouts.inputs_of(LAYOUT, [("text", "a"), ("image_url", "b"), more])
    assert refused.value.mturk_message == (
        f'The value "{more[0]}" is not valid for the parameter HITLayoutParameter.'
    )


def test_the_document_of_a_fragment_is_a_whole_page_with_a_form() -> None:
    question = documents.parse(layouts.document(LAYOUT, {"text": "<b>1 & 2</b>", "image_url": "a.png"}))
    assert isinstance(question, HTMLQuestion)
    assert question.html.startswith("<!DOCTYPE html>")
    assert 'action="https://www.mturk.com/mturk/externalSubmit"' in question.html
    assert "<p><b>1 & 2</b></p><img src='a.png'><script>`${x}`</script>" in question.html


def test_a_whole_page_stays_as_it_is() -> None:
    page = "<!-- x -->\n<!doctype html><body>${a}</body>"
    assert documents.parse(layouts.document(page, {"a": "1"})) == HTMLQuestion(page.replace("${a}", "1"), 0)


def test_a_value_cannot_leave_its_document() -> None:
    value = "]]></HTMLContent><FrameHeight>1</FrameHeight>\x00"
    question = documents.parse(layouts.document("<body>${a}", {"a": value}))
    assert question == HTMLQuestion("<body>" + value.replace("\x00", "\ufffd"), 0)


@pytest.mark.parametrize("tag", ["form", "crowd-form", "crowd-entity-annotation"])
def test_a_fragment_with_a_form_of_its_own_gets_no_other(tag: str) -> None:
    question = documents.parse(layouts.document(f"<{tag}></{tag}>", {}))
    assert isinstance(question, HTMLQuestion)
    assert "mturk_form" not in question.html and "submitButton" not in question.html
