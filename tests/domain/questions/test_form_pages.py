"""A QuestionForm as a page: every part, every kind of field, and nothing of the requester's as it came."""

from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from lxml.html import HtmlElement

from kempelen.domain.errors import DocumentRefused
from kempelen.domain.questions import form_formatted, form_pages, form_parts, formatted_content
from tests.domain.questions import fixtures
from tests.domain.questions.test_forms import a_form

FORMS = [name for name in fixtures.VALID if "QuestionForm.xsd" in fixtures.valid(name)]
EVIL = "\"'></textarea></select></script></style><script>evil()</script><img src=x onerror=evil()><!--]]>&lt;"
NAMES = "form div fieldset p h2 ul li span label input textarea select option img a audio video object param"
OURS = form_formatted.ELEMENTS | frozenset(NAMES.split())
LOADED = frozenset(["src", "href", "data", "action", "background", "poster", "formaction", "srcset", "ping"])


def shown(document: str, **options: Any) -> HtmlElement:
    form = form_parts.read(document)
    return html.fragment_fromstring(f"<form>{form_pages.render(form, **options)}</form>")


def selection(style: str, *, most: int = 1, other: str = "", label: str = "<Text>X</Text>") -> str:
    choices = "".join(
        f"<Selection><SelectionIdentifier>{one}</SelectionIdentifier>{label}</Selection>" for one in "abc"
    )
    return a_form(
        f"<SelectionAnswer><MaxSelectionCount>{most}</MaxSelectionCount>"
        f"<StyleSuggestion>{style}</StyleSuggestion><Selections>{choices}{other}</Selections></SelectionAnswer>"
    )


def check_harmless(page: HtmlElement) -> None:
    """Fail for any element, handler or address that could do something."""
    for element in page.iter():
        assert isinstance(element.tag, str), "a comment or an instruction"
        assert element.tag in OURS
        for name, value in element.attrib.items():
            assert not name.startswith(("on", "style")) and name != "srcdoc"
            assert name not in LOADED or urlsplit(value).scheme in ("http", "https", "ftp", "mailto")


@pytest.mark.parametrize("name", FORMS)
def test_every_valid_form_is_shown(name: str) -> None:
    form = form_parts.read(fixtures.valid(name))
    page = shown(fixtures.valid(name), query="assignmentId=A&hitId=H")
    assert len(page.find_class("question")) == len(form.questions)
    assert page.xpath("count(.//*[@class='fault'])") == len(form.questions)


@pytest.mark.parametrize(
    ("style", "most", "field", "count"),
    [
        ("radiobutton", 1, "input[@type='radio']", 3),
        ("list", 1, "input[@type='radio']", 3),
        ("radiobutton", 2, "input[@type='checkbox']", 3),
        ("list", 2, "input[@type='checkbox']", 3),
        ("checkbox", 1, "input[@type='checkbox']", 3),
        ("multichooser", 3, "input[@type='checkbox']", 3),
        ("dropdown", 1, "select[not(@size)]/option", 4),  # and "Choose…"
        ("dropdown", 2, "input[@type='checkbox']", 3),
        ("combobox", 1, "select[@size and not(@multiple)]/option", 3),
        ("combobox", 2, "select[@size and @multiple]/option", 3),
    ],
)
def test_a_style_is_followed_as_far_as_its_maximum_can_be_reached(
    style: str, most: int, field: str, count: int
) -> None:
    """question-schemas.md §7.2."""
    page = shown(selection(style, most=most))
    assert len(page.xpath(f".//{field}")) == count
    assert len(page.xpath(".//*[@name='Answer_1']")) in (1, 3)


@pytest.mark.parametrize("style", ["dropdown", "combobox"])
def test_pictures_and_markup_do_not_fit_into_options(style: str) -> None:
    page = shown(selection(style, label="<FormattedContent>&lt;b&gt;X&lt;/b&gt;</FormattedContent>"))
    assert page.xpath("count(.//label/input[@type='radio'])") == 3


def test_a_list_has_the_other_choice_below_it() -> None:
    page = shown(selection("dropdown", other="<OtherSelection/>"))
    assert page.xpath("string(.//option[@value='OtherSelection'])") == "Other (see below)"
    assert page.xpath("boolean(.//div[@class='other']//input[@name='Answer_1_OtherSelection'])")


@pytest.mark.parametrize(
    ("answer", "tag", "rows"),
    [
        ("<FreeTextAnswer/>", "input", None),
        (
            "<FreeTextAnswer><NumberOfLinesSuggestion>1</NumberOfLinesSuggestion></FreeTextAnswer>",
            "input",
            None,
        ),
        (
            "<FreeTextAnswer><NumberOfLinesSuggestion>7</NumberOfLinesSuggestion></FreeTextAnswer>",
            "textarea",
            "7",
        ),
        (
            "<FreeTextAnswer><NumberOfLinesSuggestion>99</NumberOfLinesSuggestion></FreeTextAnswer>",
            "textarea",
            "50",
        ),
        ("<FreeTextAnswer><DefaultText>a\nb</DefaultText></FreeTextAnswer>", "textarea", "2"),
    ],
)
def test_a_text_field_is_as_high_as_the_form_suggests(answer: str, tag: str, rows: str | None) -> None:
    (field,) = shown(a_form(answer)).xpath(".//*[@name='Answer_1_FreeText']")
    assert (field.tag, field.get("rows")) == (tag, rows)


def test_addresses_in_plain_text_are_links_and_line_ends_are_kept() -> None:
    (content,) = shown(
        a_form("<FreeTextAnswer/>").replace("?<", "See http://e.org/a?b=1&amp;c (or\nask).<")
    ).xpath(".//div[@class='content']")
    assert content.xpath("string(.//a/@href)") == "http://e.org/a?b=1&c"
    assert content.xpath("string(.//a/@rel)") == "noopener noreferrer nofollow"
    assert content.xpath("string(.//br/following-sibling::text())") == "ask)."


def test_who_does_not_see_a_question_hears_what_it_asks() -> None:
    for document in map(fixtures.valid, FORMS):
        page = shown(document)
        for field in page.xpath(".//*[@name and not(@type='hidden') and not(ancestor::label)]"):
            about = field.xpath("ancestor-or-self::*[@aria-labelledby or @aria-label][1]")
            assert about
            for identifier in about[0].get("aria-labelledby", "").split():
                assert page.get_element_by_id(identifier).text_content().strip()


def test_media_are_asked_with_the_assignment_and_runs_of_the_past_are_named() -> None:
    """question-schemas.md §7.1."""
    (media,) = shown(fixtures.valid("every_constraint"), query="assignmentId=A&hitId=H").iter("object")
    assert media.get("data") == "http://media.example.org/hint.mp3?assignmentId=A&hitId=H"
    assert media.xpath("string(a)") == "Spoken hint"
    assert "browsers no longer show" in shown(fixtures.valid("withdrawn_parts")).text_content()


@pytest.mark.parametrize("name", FORMS)
def test_markup_in_any_text_of_a_form_stays_text(name: str) -> None:
    document, escaped = fixtures.valid(name), escape(EVIL)
    texts = {str(text) for text in etree.fromstring(document.encode()).itertext() if text.strip()}
    shown_count = 0
    for text in texts:
        try:
            page = shown(document.replace(f">{text}<", f">{escaped}<"), query=EVIL, faults={1: EVIL})
        except DocumentRefused:
            continue  # where the form has a number, a style or an address
        check_harmless(page)
        shown_count += 1
    assert shown_count > len(texts) / 3


@pytest.mark.parametrize("row", fixtures.table("formatted"), ids=lambda row: row["content"][:40])
def test_of_formatted_content_only_what_the_table_has_gets_out(row: dict[str, Any]) -> None:
    """Also of what the check refuses: the two walls do not rely on each other (question-schemas.md §3.5)."""
    try:
        tree = formatted_content.parse(row["content"])
    except DocumentRefused:
        tree = etree.fromstring(
            f"<FormattedContent xmlns='http://www.w3.org/1999/xhtml'>{row['content']}</FormattedContent>",
            etree.XMLParser(recover=True, resolve_entities=False, remove_comments=True, remove_pis=True),
        )
    page = html.fragment_fromstring(f"<form>{form_formatted.html(tree)}</form>")
    check_harmless(page)
    for link in page.iter("a", "area"):
        assert (link.get("target"), link.get("rel")) == ("_blank", "noopener noreferrer nofollow")


@given(st.text(st.sampled_from(list("<>/=\"' abimgsrconload:()&;\n-![]?")), max_size=60))
def test_whatever_formatted_content_is_made_of_is_harmless(content: str) -> None:
    try:
        tree = formatted_content.parse(content)
    except DocumentRefused:
        return
    page = html.fragment_fromstring(f"<form>{form_formatted.html(tree)}</form>")
    check_harmless(page)


def test_places_in_a_page_have_names_that_nothing_of_ours_has() -> None:
    content = (
        '<map name="kempelen" id="m"><area alt="a" href="https://e.org/"/></map><a name="Answer_1">x</a>'
    )
    page = html.fragment_fromstring(f"<form>{form_formatted.html(formatted_content.parse(content))}</form>")
    assert page.xpath(".//@name") == ["content-kempelen", "content-Answer_1"]
    assert not page.xpath(".//@id")
