"""Crowd HTML Elements in a template: what is misspelt, missing, unreadable or misplaced is said by line."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kempelen.crowd.definitions import definitions
from kempelen.domain.batches.lint import lint
from kempelen.domain.batches.lint_crowd import crowd
from kempelen.domain.batches.lint_page import Page

pytestmark = pytest.mark.once

SCRIPT = '<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>\n'
OWN_SCRIPT = "<script>make()</script>\n"
CLASSIFIER = "<crowd-classifier name=mood header=Mood categories=\"['Good', 'Bad']\">x</crowd-classifier>"
WORD = "<crowd-input name=word></crowd-input>"


def told(html: str) -> list[str]:
    """What is told of crowd elements, and of nothing else, by line."""
    found = sorted(crowd(Page(html)), key=lambda finding: (finding.line, finding.level))
    return [f"{finding.level} {finding.line}: {finding.message}" for finding in found]


def in_form(html: str) -> list[str]:
    """What is told of something in a form whose first line is the template's second."""
    return told(f"{SCRIPT}<crowd-form>{html}</crowd-form>")


@pytest.mark.parametrize(
    "html",
    [
        CLASSIFIER,
        WORD + '<crowd-input name=b type=email required="true" style="" data-x onchange="f()"></crowd-input>',
        "<crowd-classifier name=a header='' categories='${list}'></crowd-classifier>",
        "<crowd-classifier name=a header=x categories=\"[ {% for c in l %} '{{ c }}', {% endfor %} ]\">"
        "</crowd-classifier>",
        "<crowd-checkbox name=a {% if task.input.x == 'y' %}checked{% endif %}>A</crowd-checkbox>",
        "<crowd-checkbox ${attributes}>A</crowd-checkbox>",
        "<crowd-slider name=s min=1 max=${most} step=.5 /></crowd-slider>",
        "<crowd-image-classifier name=a header=x src='${image}' categories='[&quot;A, B&quot;, &#39;C&#39;]'>"
        "</crowd-image-classifier>",
        "<crowd-radio-group><crowd-radio-button name=a>A</crowd-radio-button>"
        "<crowd-radio-button name=b>B</crowd-radio-button></crowd-radio-group>",
        "<crowd-radio-button name=a>A</crowd-radio-button><crowd-radio-button name=a>A</crowd-radio-button>"
        "<input name=b>",
        "<crowd-toggle-button disabled></crowd-toggle-button><textarea name=a></textarea>",
        "<crowd-alert type=ERROR>x</crowd-alert><crowd-button form-action=submit>x</crowd-button>" + WORD,
    ],
)
def test_what_is_right_raises_no_finding(html: str) -> None:
    assert in_form(html) == []


def test_an_element_that_there_is_not_is_named_with_what_was_meant() -> None:
    assert told(f"{SCRIPT}<crowd-form>{WORD}\n<crowd-sldier></crowd-sldier><crowd-sldier></crowd-sldier>"
                "\n<crowd-weather></crowd-weather></crowd-form>") == [
        "error 3: <crowd-sldier> is no Crowd HTML Element; did you mean <crowd-slider>?",
        "warning 4: <crowd-weather> is no Crowd HTML Element; it does nothing and has no answer",
    ]  # fmt: skip


def test_scripts_of_the_template_may_make_right_what_looks_wrong() -> None:
    html = "<crowd-form><crowd-sldier></crowd-sldier><crowd-classifier name=a header=x></crowd-classifier>"
    levels = [message.split()[0] for message in told(f"{OWN_SCRIPT}{html}</crowd-form>")]
    assert levels == ["warning", "warning"]


def test_errors_of_crowd_elements_keep_a_template_from_being_published() -> None:
    findings = lint(f"{SCRIPT}<crowd-form><crowd-sldier></crowd-sldier>{WORD}</crowd-form>")
    assert [finding[:2] for finding in findings if finding.level == "error"] == [("error", 2)]


def test_an_attribute_is_named_in_its_own_line() -> None:
    html = "<crowd-input\n  name=a\n  placehoder=x\n  colour=red\n></crowd-input>"
    assert in_form(html) == [
        "warning 4: <crowd-input> has no placehoder; did you mean placeholder?",
        "info 5: <crowd-input> has no colour; it does nothing there",
    ]
    assert in_form(f"<crowd-radio-group name=x>{WORD}</crowd-radio-group>") == [
        "info 2: <crowd-radio-group> needs no name: each of its buttons has its own"
    ]


def test_what_an_element_needs_is_told() -> None:
    assert in_form("<crowd-image-classifier></crowd-image-classifier><input name=x>") == [
        "error 2: <crowd-image-classifier> has no categories: the choices: a list of texts",
        "error 2: <crowd-image-classifier> has no src: the address of the picture",
        "warning 2: <crowd-image-classifier> has no name; its answer is not sent",
        "warning 2: <crowd-image-classifier> has no header: what is asked",
    ]
    assert in_form(f"{WORD}<crowd-slider></crowd-slider>") == [
        "warning 2: <crowd-slider> has no name; its answer is not sent"
    ]


def test_a_form_without_any_answer_is_refused_unless_scripts_may_make_one() -> None:
    message = "there is nothing to answer: no element or field with an answer has a name"
    assert in_form("<crowd-alert>x</crowd-alert><input>") == [f"error 1: {message}"]
    assert told(f"{OWN_SCRIPT}<crowd-form></crowd-form>") == []
    assert in_form("<input type=hidden name=a>") == []


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("['A', 'B'", "error 3: categories of <crowd-classifier> cannot be read: A missing ] at character "
         "10; write it as ['Cat', 'Dog']"),
        ("A, B", "error 3: categories of <crowd-classifier> cannot be read: Something after the end at "
         "character 2; write it as ['Cat', 'Dog']"),
        ("A", "warning 3: categories of <crowd-classifier> is no list and counts as one; write it as "
         "['Cat', 'Dog']"),
        ("['A', 'B', 'A']", 'warning 3: categories of <crowd-classifier> names "A" twice'),
    ],
)  # fmt: skip
def test_lists_that_cannot_be_read_are_told_with_their_place(value: str, message: str) -> None:
    assert in_form(f'<crowd-classifier name=a header=x\ncategories="{value}"></crowd-classifier>') == [
        message
    ]


def test_more_than_amazon_took_is_told_and_works() -> None:
    categories = [f"C{number}" for number in range(11)]
    html = f'<crowd-image-classifier name=a header=x src=a.png categories="{categories}">'
    html += "</crowd-image-classifier>"
    assert in_form(html) == [
        "info 2: categories of <crowd-image-classifier> has 11 where Amazon's elements take 10; all work here"
    ]


def test_the_choice_that_leaves_out_others_is_an_object() -> None:
    html = CLASSIFIER.replace("crowd-classifier", "crowd-classifier-multi-select")
    assert in_form(html.replace(" header", " exclusion-category=None header")) == [
        "warning 2: exclusion-category of <crowd-classifier-multi-select> holds nothing of use; write it as "
        "{ text: 'None of these' }"
    ]


def test_numbers_switches_and_words_that_mean_nothing_are_told() -> None:
    slider = "<crowd-slider name=s max=ten></crowd-slider>"
    assert in_form(f"{slider}<crowd-input name=a disabled=false type=txt></crowd-input>") == [
        'warning 2: max of <crowd-slider> is no number: "ten"',
        'warning 2: type of <crowd-input> cannot be "txt"; it may be text, email, number, date, '
        "datetime-local, month, week, time, url, tel, search, password, color, range, file",
        'warning 2: disabled="false" of <crowd-input> switches it on all the same; leave disabled away',
    ]


def test_radio_buttons_of_a_group_that_answer_the_same_are_told() -> None:
    button = "<crowd-radio-button name=a>A</crowd-radio-button>"
    assert in_form(f"<crowd-radio-group>{button}\n<p>{button}</p></crowd-radio-group>") == [
        'warning 3: this <crowd-radio-button> answers "a": "on" as the one of line 2 does; '
        "give each button of a group its own name or value"
    ]
    others = button.replace("name=a", "name=a value=b")
    assert in_form(f"<crowd-radio-group>{button}{others}</crowd-radio-group>") == []


def test_a_tag_that_closes_itself_is_told_by_what_it_swallows() -> None:
    assert in_form(f"<p><crowd-slider name=a />\n</p><crowd-slider name=b />{WORD}") == [
        "info 2: <crowd-slider /> is not closed by its slash; write </crowd-slider> after it",
        "warning 3: <crowd-slider /> is not closed by its slash: what follows it counts as its content; "
        "write </crowd-slider> after it",
    ]
    assert in_form("<crowd-input name=a>\n<p>Lost</p>") == [
        "error 2: <crowd-input> is never closed: what follows it, from <p> on, is not shown; "
        "write </crowd-input> after it"
    ]


def test_forms_within_and_beside_forms_are_told() -> None:
    assert told(f"{SCRIPT}<crowd-form>{WORD}</crowd-form>\n<crowd-form>{WORD}</crowd-form>") == [
        "warning 3: <crowd-form> is a form beside that of line 2; only one of them is submitted, "
        "so put all into one"
    ]
    assert in_form(f"\n<crowd-form>{WORD}</crowd-form>") == [
        "warning 3: <crowd-form> within the <crowd-form> of line 2; take one of both away"
    ]
    either = (
        f"{{% if a %}}<crowd-form>{WORD}</crowd-form>{{% else %}}<crowd-form>{WORD}</crowd-form>{{% endif %}}"
    )
    assert not [message for message in told(SCRIPT + either) if "form beside" in message]


def test_what_a_template_language_writes_is_not_looked_at() -> None:
    choice = "{% if b %}['A']{% else %}['B']{% endif %}"
    one = f'<crowd-classifier name=a header=x categories="{choice}"></crowd-classifier>'
    source = f"<crowd-form>{one}</crowd-form>{{% else %}}<crowd-form>{WORD}</crowd-form>"
    masked = re.sub(r"\{%.*?%\}", lambda tag: " " * len(tag[0]), source)
    assert list(crowd(Page(source, masked))) == []


def test_an_entity_annotation_in_a_form_is_told() -> None:
    entity = "<crowd-entity-annotation name=a header=x text=x labels=\"['A']\"></crowd-entity-annotation>"
    message = "brings its own form and submit button; take the <crowd-form> away that is around it"
    assert f"warning 2: <crowd-entity-annotation> {message}" in in_form(entity)
    assert not [message for message in told(SCRIPT + entity) if "brings its own form" in message]


def test_every_definition_says_what_the_lint_needs() -> None:
    kinds = {"text", "number", "boolean", "list", "object"}
    for name, definition in definitions().items():
        assert {about["type"] for about in definition["attributes"].values()} <= kinds, name
        assert all(about["about"] for about in definition["attributes"].values()), name


@given(parts=st.lists(st.sampled_from(
    ["<crowd-form>", "</crowd-form>", "<crowd-input name=a ", ">", "/>", "</crowd-input>",
     "<crowd-radio-group>", "</crowd-radio-group>", "<crowd-radio-button name=b>",
     "<crowd-x ", "categories=\"['", "']\"", "'",
     "<crowd-classifier ", "{% if %}", "${a}", "<!--", "-->", "<p>", "\n", "é", "overlay='[{'"]
), max_size=40))  # fmt: skip
def test_any_markup_is_looked_at_without_fail(parts: list[str]) -> None:
    html = "".join(parts)
    assert all(1 <= finding.line <= html.count("\n") + 1 for finding in lint(html))


@pytest.mark.parametrize(
    "part",
    ["<crowd-form>", "</crowd-form>", "<crowd-form></crowd-form>", "<crowd-input/>", "<crowd-{}>",
     "<crowd-input a{}=1>",
     "<crowd-radio-group><crowd-radio-button name=a>",
     "<crowd-classifier categories=\"['\">"],
)  # fmt: skip
def test_hostile_markup_takes_linear_time(part: str) -> None:
    assert len(lint("".join(part.replace("{}", f"y{number}") for number in range(8_000)))) <= 100


def test_a_hostile_value_takes_linear_time() -> None:
    for text in ("[" * 400_000, "' " * 200_000, "['" + "\\" * 400_001, "/*" * 200_000, "a " * 200_000):
        lint(f'<crowd-form><crowd-classifier name=a header=x categories="{text}"></crowd-classifier>')
