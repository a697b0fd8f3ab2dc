"""FormattedContent: which XHTML is taken, and what is said of the rest (question-schemas.md §3, §10.4)."""

from typing import Any

import pytest

from kempelen.domain.errors import DocumentRefused
from kempelen.domain.questions import documents, formatted_content
from tests.domain.questions import fixtures

FRAGMENTS = fixtures.table("formatted")


@pytest.mark.parametrize(
    "content", [row["content"] for row in FRAGMENTS if "fault" not in row] + ["a&nbsp;b &euro; &amp; &lt;"]
)
def test_what_the_subset_has_is_taken(content: str) -> None:
    formatted_content.check(content)


@pytest.mark.parametrize(
    "row", [row for row in FRAGMENTS if "fault" in row and "&nbsp;" not in row["content"]], ids=repr
)
def test_what_the_subset_has_not_is_refused_with_its_first_fault(row: dict[str, Any]) -> None:
    with pytest.raises(DocumentRefused) as refused:
        formatted_content.check(row["content"])
    said = str(refused.value).partition(" Details: ")[2]
    # Long lists of what is expected are told from another end; lxml names neither tag nor attribute here.
    expected = row["fault"].partition(" One of '")[0]
    assert said.startswith((expected, "AttValue: ") if expected.startswith("Open quote") else expected)
    assert refused.value.turk_error_code == "AWS.MechanicalTurk.XHTMLParseError"


def test_entities_are_characters_and_comments_are_gone() -> None:
    root = formatted_content.parse("a&nbsp;b<!-- c --><?php d ?>&amp;amp;")
    assert "".join(map(str, root.itertext())) == "a\N{NO-BREAK SPACE}b&amp;"


@pytest.mark.parametrize(
    "content",
    [
        '<!DOCTYPE x [<!ENTITY j "j">]>&j;',
        "&nosuch;",
        "<b>" * 70 + "</b>" * 70,
        "<b>" * 9000,
        "</FormattedContent><FormattedContent>",
        "</FormattedContent><script/><FormattedContent>",
        '<p xmlns="">a</p>',
        "<p " + " ".join(f'a{n}=""' for n in range(5000)) + "/>",
        f"<b {'x' * 60_000}",
    ],
)
def test_attempts_to_get_more_through_are_refused_in_few_words(content: str) -> None:
    with pytest.raises(DocumentRefused) as refused:
        formatted_content.check(content)
    assert len(str(refused.value)) < 2000


def test_a_form_is_refused_for_its_formatted_content() -> None:
    form = fixtures.valid("every_label").replace("<i>Fulica atra</i>", "<script>alert(1)</script>")
    with pytest.raises(DocumentRefused, match="starting with element 'script'") as refused:
        documents.parse(form)
    assert "Invalid content: <FormattedContent xmlns=" in str(refused.value)
