"""Builder and XML say the same, whichever was written (question-schemas.md §2, §6)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kempelen.domain.errors import DocumentRefused
from kempelen.domain.qualifications import documents
from kempelen.domain.questions import answer_keys, form_parts
from kempelen.domain.questions.building import changing, problems, reading, scoring, writing
from kempelen.domain.questions.building.parts import Draft
from tests.domain.questions import fixtures
from tests.domain.questions.building.drafts import commands, drafts

FORMS = [name for name in fixtures.VALID if "/QuestionForm.xsd" in fixtures.valid(name)]
KEYS = [name for name in fixtures.VALID if name.startswith("key_")]


def in_one_form(document: str) -> str:
    """What a document says, comments and all, less the blanks between elements."""
    root = etree.fromstring(document.encode())
    for element in root.iter():
        if len(element) and not (element.text or "").strip():
            element.text = None
        element.tail = (element.tail or "").strip() or None
    etree.strip_elements(root, "{*}IsRequired", with_tail=False)
    return etree.tostring(root, method="c14n", with_comments=True).decode()


@pytest.mark.parametrize("name", FORMS)
def test_a_form_that_is_only_looked_at_says_what_it_said(name):
    text = fixtures.valid(name)
    written = writing.write(reading.read(text))
    assert in_one_form(written) == in_one_form(text)
    assert form_parts.read(written) == form_parts.read(text)


@pytest.mark.parametrize("name", KEYS)
def test_a_key_is_worth_the_same_after_the_builder(name):
    draft = scoring.read(reading.read(fixtures.valid("test")), fixtures.valid(name))
    before, after = answer_keys.parse(fixtures.valid(name)), answer_keys.parse(scoring.write(draft))
    assert not draft.key_xml
    assert after.mapping == before.mapping
    for chosen in ({}, {"primes": ["n2"]}, {"primes": ["n7", "n2"], "capital": ["lj"]}, {"primes": ["n9"]}):
        assert after.value(chosen) == before.value(chosen)


@given(drafts())
def test_what_is_built_is_read_again_as_it_was_built(draft):
    assert problems.problems(draft) == []
    written = writing.write(draft)
    documents.check_test(written)
    assert reading.read(written).parts == draft.parts


@given(drafts(is_scored=True))
def test_points_are_read_again_as_they_were_given(draft):
    test, key = writing.write(draft), scoring.write(draft)
    assert problems.problems(draft) == []
    if key:
        documents.check_scoring(test, key)
    read = scoring.read(reading.read(test), key)
    assert (read.parts, read.mapping, read.key_xml) == (draft.parts, draft.mapping, "")


@given(st.data(), st.sampled_from(FORMS))
def test_comments_anywhere_are_kept(data, name):
    root = etree.fromstring(fixtures.valid(name).encode())
    places = [element for element in root.iter(etree.Element) if len(element)]
    for number in range(data.draw(st.integers(1, 3))):
        parent = data.draw(st.sampled_from(places))
        parent.insert(data.draw(st.integers(0, len(parent))), etree.Comment(f" note {number} "))
    text = etree.tostring(root, encoding="unicode")
    written = writing.write(reading.read(text))
    assert in_one_form(written) == in_one_form(text)


@given(drafts(), st.lists(commands(), max_size=6))
def test_buttons_leave_something_that_can_be_written_and_read(draft, given_commands):
    for command in given_commands:
        draft, _ = changing.change(draft, command)
    written = writing.write(draft)
    assert [part.kind for part in reading.read(written).parts if part.content] == [
        part.kind for part in draft.parts if part.content
    ]


def test_what_stands_around_the_form_stays():
    text = '<?xml version="1.0"?>\n<!-- ours --><a:QuestionForm xmlns:a="{}"/><!-- end -->'
    text = text.format(form_parts.xml.NAMESPACES + "2005-10-01/QuestionForm.xsd")
    draft, _ = changing.change(reading.read(text), "add:file")
    written = writing.write(draft)
    assert written.startswith('<?xml version="1.0"?>\n<!-- ours --><a:QuestionForm xmlns:a=')
    assert "<a:FileUploadAnswer>" in written
    assert written.endswith("</a:QuestionForm><!-- end -->")


def test_a_key_that_fields_cannot_show_is_kept_whole():
    draft = reading.read(fixtures.valid("test"))
    key = fixtures.valid("key_scale").replace("<Question>", "<!-- hard --><Question>", 1)
    kept = scoring.read(draft, key)
    assert scoring.write(kept) == key
    assert not any(part.is_scored for part in kept.parts)
    unknown = fixtures.valid("key_percentage").replace("primes", "cubes")
    assert scoring.write(scoring.read(draft, unknown)) == unknown


@pytest.mark.parametrize("text", ["", "<a/>", "who what?", "<!DOCTYPE a []><a/>"])
def test_what_is_no_form_is_refused(text):
    with pytest.raises(DocumentRefused):
        reading.read(text)
    with pytest.raises(DocumentRefused):
        scoring.read(Draft(), text or "x")


def test_pieces_that_somebody_spoiled_are_refused_as_xml():
    kept = reading.read(fixtures.valid("every_constraint"))
    block = replace(kept.parts[0].content[-1], kind="kept", xml="<a></b>")
    spoiled = replace(kept, parts=(replace(kept.parts[0], content=(block,)),))
    with pytest.raises(DocumentRefused):
        writing.write(spoiled)
