"""The builder's page and what comes back from it: the same, whatever was built."""

from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import given, settings

from kempelen.domain.models import Requester
from kempelen.domain.questions.building import reading, scoring
from kempelen.domain.questions.building.parts import Draft
from kempelen.web.requester import qualification_fields, qualification_writing
from kempelen.web.requester.qualification_builder import Builder
from tests.domain.questions import fixtures
from tests.domain.questions.building.drafts import drafts
from tests.web.requester.forms_sent import Fields, form_on


def as_sent(draft: Draft) -> QueryDict:
    """What a browser sends of the page that shows the draft."""
    context = {"builder": Builder(draft, {}), "requester": Requester(slug="ada")}
    page = render_to_string("requester/builder/_builder.html", context)
    return query_of(form_on(f'<form id="f">{page}</form>', "f"))


def query_of(fields: Fields) -> QueryDict:
    sent = QueryDict(mutable=True)
    for name, values in fields.items():
        sent.setlist(name, values)
    return sent


@settings(max_examples=25)
@given(drafts(is_scored=True))
def test_what_was_built_comes_back_from_its_page(draft):
    assert qualification_fields.read(as_sent(draft)) == draft


def test_what_has_no_field_comes_back_too():
    for name in ("every_constraint", "every_label", "rich_form", "withdrawn_parts", "prefixed"):
        draft = reading.read(fixtures.valid(name))
        assert qualification_fields.read(as_sent(draft)) == draft
    hard = fixtures.valid("key_scale").replace("<Question>", "<!-- hard --><Question>", 1)
    kept = scoring.read(reading.read(fixtures.valid("test")), hard)
    assert qualification_fields.read(as_sent(kept)) == kept


def test_other_kinds_of_answers_keep_the_choices_for_those_who_come_back():
    sent = as_sent(scoring.read(reading.read(fixtures.valid("test")), fixtures.valid("key_percentage")))
    sent["parts-1-answer"] = "text"
    as_text = qualification_fields.read(as_sent(qualification_fields.read(sent)))
    assert [choice.identifier for choice in as_text.parts[1].choices] == ["zg", "lj"]
    assert "FreeTextAnswer" in qualification_writing.sent(sent).test


def test_combinations_follow_the_choices_that_are_called_otherwise():
    sent = as_sent(scoring.read(reading.read(fixtures.valid("test")), fixtures.valid("key_percentage")))
    sent["parts-0-choices-2-identifier"] = "seven"
    assert qualification_fields.read(sent).parts[0].combinations[0].selections == ("n2", "seven")
