"""Answer XML, as MTurk wrote it (mturk-api.md §8.3)."""

import re

from hypothesis import given
from hypothesis import strategies as st

from kempelen.domain.questions import answers
from kempelen.domain.questions.xml import parse_own

# Whatever XML 1.0 can hold; everything else is replaced.
writable = st.characters(codec="utf-8").filter(lambda sign: not answers._UNWRITABLE.match(sign))
names = st.text(writable, min_size=1)
values = st.text(writable)


def test_answers_have_no_space_between_them_and_the_order_of_their_names_bytes() -> None:
    """mturk-api.md §8.3 [S31]; the order as in 250 of 250 recorded rows."""
    stored: dict[str, str | list[str]] = {"b": "<x> & y", "a": ["1", "2"], "B": "", "é": "naïve 🂡"}
    assert answers.to_xml(stored) == (
        '<?xml version="1.0" encoding="ASCII"?>'
        '<QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/'
        '2005-10-01/QuestionFormAnswers.xsd">'
        "<Answer><QuestionIdentifier>B</QuestionIdentifier><FreeText></FreeText></Answer>"
        "<Answer><QuestionIdentifier>a</QuestionIdentifier><FreeText>1|2</FreeText></Answer>"
        "<Answer><QuestionIdentifier>b</QuestionIdentifier><FreeText>&lt;x&gt; &amp; y</FreeText></Answer>"
        "<Answer><QuestionIdentifier>&#233;</QuestionIdentifier><FreeText>na&#239;ve &#127137;</FreeText>"
        "</Answer></QuestionFormAnswers>"
    )


@given(st.dictionaries(names, values, min_size=1))
def test_what_a_worker_entered_comes_back_as_it_was(stored: dict[str, str]) -> None:
    text = answers.to_xml(stored)
    assert text.isascii()
    assert answers.from_xml(text) == stored


@given(st.dictionaries(st.text(min_size=1), st.text() | st.lists(st.text(), min_size=1), min_size=1))
def test_whatever_was_entered_is_xml(stored: dict[str, str | list[str]]) -> None:
    assert len(parse_own(answers.to_xml(stored))) == len(stored)


def test_an_answer_cannot_pass_for_another() -> None:
    """question-schemas.md §9.3, S18."""
    typed = "</FreeText></Answer><Answer><QuestionIdentifier>gold</QuestionIdentifier><FreeText>]]>"
    assert answers.from_xml(answers.to_xml({"a": typed})) == {"a": typed}


def test_a_large_answer_is_read_back() -> None:
    text = answers.to_xml({"a": "x" * 10_000_000})
    assert len(answers.from_xml(text)["a"]) == 10_000_000
    assert not re.search(r">\s", text)


def test_an_empty_file_is_written_by_its_name() -> None:
    """UploadedFileSizeInBytes is positive (question-schemas.md, E30)."""
    written = answers.to_xml({"scan": {"file": "3X", "name": "empty.txt", "size": 0}})
    assert "<FreeText>empty.txt</FreeText>" in written
