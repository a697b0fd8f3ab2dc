"""The editor of a qualification type, without scripts: properties, the test's builder, and its XML."""

import pytest

from kempelen.domain.actions import qualification_types
from kempelen.domain.models import Event, QualificationType
from kempelen.domain.questions import answer_keys, form_parts
from tests.domain.qualification_tests import BY_PERCENTAGE, TEST, a_tested_type
from tests.domain.questions import fixtures
from tests.domain.requiring import a_type
from tests.web.requester.forms_sent import form_on

FORM = "type-form"
ABOUT = {"name": "Knows birds", "description": "Has passed the test of birds.", "keywords": "birds, sound"}
ONCE = {"status": "Active", "retry": "once"}


@pytest.fixture
def new(at):
    """The page for a new type."""
    return at("qualifications/new/")


@pytest.fixture
def tested(ada):
    """A type with a test, made as programs make it."""
    return qualification_types.create(
        ada,
        {"name": "Numbers", "test": TEST, "answer_key": BY_PERCENTAGE, "test_duration_seconds": 600},
    )


@pytest.fixture
def edit(at, tested):
    """The page that changes it."""
    return at(f"qualifications/types/{tested.public_id}/edit/")


def sent_from(client, path: str) -> dict:
    return form_on(client.get(path).content.decode(), FORM)


def pressed(client, path: str, sent: dict, command: str) -> dict:
    """The form after a button was pressed."""
    answer = client.post(path, sent | {"do": command})
    assert answer.status_code == 200
    return form_on(answer.content.decode(), FORM)


def the_type() -> QualificationType:
    return QualificationType.objects.get()


def test_a_type_that_is_asked_for_has_all_its_properties(owner, new):
    wait = {"retry": "again", "retry_delay_0": "2", "retry_delay_1": "3600"}
    owner.post(new, ABOUT | wait | {"status": "Inactive", "way": "asked"})
    made = the_type()
    assert (made.name, made.description, made.keywords) == tuple(ABOUT.values())
    assert (made.status, made.retry_delay_seconds, made.is_auto_granted, made.test) == (
        "Inactive",
        7200,
        False,
        "",
    )


def test_a_type_is_given_at_once_with_its_value(owner, new):
    owner.post(new, ABOUT | ONCE | {"way": "at_once", "auto_granted_value": "-3"})
    assert (the_type().is_auto_granted, the_type().auto_granted_value) == (True, -3)
    assert the_type().retry_delay_seconds is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "required"),
        ({"name": "Numbers"}, "already"),
        ({"description": "a" * 2001}, "2000"),
        ({"way": "at_once", "auto_granted_value": "9" * 12}, "less than"),
        ({"way": "test", "test_duration_0": "", "test_duration_1": "60"}, "required"),
        ({"way": "test", "test_duration_0": "5", "test_duration_1": "60"}, "not ready"),
        ({"retry": "again", "retry_delay_0": "-1", "retry_delay_1": "60"}, "0"),
        ({"way": "nothing", "status": "x"}, "valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(owner, new, tested, wrong, said):
    answer = owner.post(new, ABOUT | ONCE | {"way": "asked"} | wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert the_type() == tested


def test_saving_what_was_only_looked_at_leaves_the_documents_as_they_were(owner, edit, tested):
    owner.post(edit, sent_from(owner, edit) | {"description": "Primes."})
    assert (the_type().description, the_type().test, the_type().answer_key) == (
        "Primes.",
        TEST,
        BY_PERCENTAGE,
    )
    changed = Event.objects.filter(kind="QualificationTypeChanged").get().data["changed"]
    assert "test" not in changed


@pytest.mark.parametrize(
    "name", ["every_constraint", "every_label", "rich_form", "prefixed", "smallest_form"]
)
def test_fields_that_come_back_as_they_went_change_no_form(owner, at, ada, name):
    test = fixtures.valid(name)
    kind = a_tested_type(ada, test=test, answer_key="")
    page = at(f"qualifications/types/{kind.public_id}/edit/")
    sent = pressed(owner, page, sent_from(owner, page), "show:1")
    assert sent["test"][0].replace("\r\n", "\n") == test


def test_a_test_is_built_with_buttons_alone(owner, new):
    sent = sent_from(owner, new) | ABOUT | {"way": "test"}
    sent = pressed(owner, new, sent, "add:radiobutton")
    sent |= {"parts-0-content-0-text": "Which bird?", "parts-0-identifier": "bird"}
    sent |= {
        "parts-0-choices-0-text": "Crow",
        "parts-0-choices-1-text": "Jay",
        "parts-0-choices-1-points": "4",
    }
    sent = pressed(owner, new, sent, "choice:0:add")
    sent |= {"parts-0-choices-2-text": "Owl", "mapping-kind": "percentage", "mapping-maximum": "4"}
    sent = pressed(owner, new, sent, "choice:0:2:up")
    sent = pressed(owner, new, sent, "add:overview")
    sent = pressed(owner, new, sent | {"parts-1-content-0-text": "Thank you."}, "part:1:up")
    assert owner.post(new, sent).status_code == 302
    form, key = form_parts.read(the_type().test), answer_keys.parse(the_type().answer_key)
    assert [type(part).__name__ for part in form.parts] == ["Overview", "Question"]
    answer = form.questions[0].answer
    assert isinstance(answer, form_parts.Selection)
    assert [choice.label.text for choice in answer.choices] == ["Crow", "Owl", "Jay"]
    assert key.value({"bird": ["choice_2"]}) == 100


def test_what_is_written_as_xml_stands_in_the_fields(owner, edit):
    sent = sent_from(owner, edit)
    sent["test"] = TEST.replace("Capital of Slovenia?", "Which town?")
    shown = pressed(owner, edit, sent, "show:1")
    assert "Which town?" in [value for values in shown.values() for value in values]
    assert owner.post(edit, sent).status_code == 302
    assert the_type().test == sent["test"]
    assert the_type().answer_key == BY_PERCENTAGE


def test_where_both_were_changed_people_choose(owner, edit):
    sent = sent_from(owner, edit)
    sent |= {"test": TEST.replace("Capital", "Town"), "parts-1-content-0-text": "Main town?"}
    answer = owner.post(edit, sent)
    assert answer.status_code == 422
    assert "were both changed" in answer.content.decode()
    assert the_type().test == TEST
    by_xml = pressed(owner, edit, sent, "counts:xml")
    assert by_xml["parts-1-content-0-text"] == ["Town of Slovenia?"]
    by_fields = pressed(owner, edit, sent, "counts:fields")
    assert "Main town?" in by_fields["test"][0]
    assert owner.post(edit, by_fields).status_code == 302
    assert "Main town?" in the_type().test


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("test", "<QuestionForm", "line 1"),
        ("test", TEST.replace("<IsRequired>true", "<IsRequired>yes"), "line"),
        ("test", "<a/>", "Cannot find the declaration"),
        ("test", "", "QuestionForm:</strong>"),
        ("answer_key", BY_PERCENTAGE.replace("primes", "cubes"), "no question &#x27;cubes&#x27;"),
        ("answer_key", "<AnswerKey>", "line 1"),
        ("answer_key", "<!DOCTYPE a>", "DOCTYPE"),
    ],
)
def test_xml_that_cannot_be_used_is_said_with_its_line_and_kept_to_go_on_with(owner, edit, field, text, said):
    sent = sent_from(owner, edit) | {field: text}
    answer = owner.post(edit, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert form_on(page, FORM)[field][0].replace("\r\n", "\n") == text
    assert (the_type().test, the_type().answer_key) == (TEST, BY_PERCENTAGE)


def test_what_is_wrong_in_the_fields_is_said_at_them(owner, edit):
    sent = sent_from(owner, edit) | {"parts-0-identifier": "capital", "parts-1-choices-0-points": "many"}
    page = owner.post(edit, sent).content.decode()
    assert 'id="b-parts-0-identifier-problem"' in page
    assert 'id="b-parts-1-choices-0-points-problem"' in page
    assert '<a href="#b-parts-0-identifier">Question 1</a>: Another question has this identifier.' in page


def test_a_key_goes_with_its_points(owner, edit):
    sent = sent_from(owner, edit)
    gone = [name for name in sent if "combinations" in name or name.endswith(("points", "mapping-kind"))]
    without = {name: values for name, values in sent.items() if name not in gone}
    assert owner.post(edit, without).status_code == 302
    assert the_type().answer_key == ""


def test_what_was_promised_is_not_taken_back(owner, at, edit, ada):
    sent = sent_from(owner, edit)
    assert "cannot be taken away" in owner.post(edit, sent | {"way": "asked"}).content.decode()
    owner.post(edit, sent | {"name": "Other", "keywords": "other"})
    assert (the_type().name, the_type().keywords) == ("Numbers", "")
    again = a_type(ada, "Again", retry_delay_seconds=60)
    page = at(f"qualifications/types/{again.public_id}/edit/")
    assert "not taken away" in owner.post(page, sent_from(owner, page) | {"retry": "once"}).content.decode()


def test_a_type_without_a_test_gets_one_later(owner, at, ada):
    kind = a_type(ada, "Later", is_auto_granted=True, auto_granted_value=2)
    page = at(f"qualifications/types/{kind.public_id}/edit/")
    sent = sent_from(owner, page) | {"way": "test", "test": TEST, "answer_key": ""}
    assert owner.post(page, sent | {"and_try": "1"})["Location"].endswith("/try/")
    assert (the_type().test, the_type().is_auto_granted) == (TEST, False)


ODD = {
    "parts-0-kind": "question",
    "parts-0-answer": "kept",
    "parts-0-xml": "<a></b>",
    "parts-999999-kind": "question",
    "parts-1-kind": "kept",
    "parts--kind": "x",
    "parts-٣-kind": "question",
    "parts-2-choices-1-text": "\x0b\ud83d",
    "mapping-kind": "odd",
    "draft-frame": "<!DOCTYPE a>",
}


NUMBERS = {"parts-007-kind": "question", "parts-007-choices-00-text": "x", "parts-8-answer": "odd"}


@pytest.mark.parametrize(
    "odd",
    [
        {},
        ODD,
        NUMBERS,
        NUMBERS | {"parts-8-kind": "question"},
        {"draft-frame": "x" * 70_000},
        {"draft-key_xml": "<a/>"},
        {"do": "::"},
    ],
)
@pytest.mark.parametrize("page", ["new/", "build/"])
def test_whatever_is_sent_is_answered(owner, at, odd, page):
    sent = {name: value.encode("utf-8", "replace").decode() for name, value in odd.items()}
    for more in ({}, {"counts": "xml"}, {"counts": "fields"}, {"do": "part:0:up"}, {"do": "counts:xml"}):
        answer = owner.post(at(f"qualifications/{page}"), sent | more | {"way": "test"})
        assert answer.status_code in (200, 422)
    assert not QualificationType.objects.exists()


def test_a_test_that_would_be_refused_now_stays_while_the_rest_is_changed(owner, at, ada):
    kind = a_tested_type(ada, "Old", test=TEST.replace("n4", "n2"), answer_key="")
    page = at(f"qualifications/types/{kind.public_id}/edit/")
    assert owner.post(page, sent_from(owner, page) | {"description": "Still here."}).status_code == 302
    assert the_type().description == "Still here."


def test_a_test_that_somebody_else_changed_meanwhile_is_not_written_over_unseen(owner, edit, tested):
    old = sent_from(owner, edit)
    changed = pressed(owner, edit, sent_from(owner, edit), "add:radiobutton")
    kind = qualification_types.update(
        tested.requester, tested.public_id, {"test": TEST.replace("?", "??"), "answer_key": BY_PERCENTAGE}
    )
    for sent in (old, changed):
        answer = owner.post(edit, sent)
        assert answer.status_code == 422
        assert the_type().test == kind.test
    page = owner.post(edit, old).content.decode()
    assert "changed by somebody else while you worked on it" in page
    assert owner.post(edit, form_on(page, FORM)).status_code == 302
    assert the_type().test != kind.test
