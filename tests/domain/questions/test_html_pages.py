"""Pages of HTMLQuestions: which are refused as HTML, and which are not (question-schemas.md §1.2, §4.1)."""

from pathlib import Path

import pytest

from kempelen.domain.errors import DocumentRefused
from kempelen.domain.questions import documents, html_pages
from tests.domain.questions import fixtures
from tests.web.content import template_kinds

ROOT = Path(__file__).parents[3]
TEMPLATES = sorted((ROOT / "src" / "kempelen" / "examples").glob("*/template.html"))


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.parent.name)
def test_the_examples_are_pages(file: Path) -> None:
    html_pages.check(file.read_text())


@pytest.mark.parametrize("kind", template_kinds.KINDS, ids=lambda kind: kind.name)
def test_templates_as_requesters_write_them_are_pages(kind: template_kinds.Kind) -> None:
    html_pages.check(kind.html)


@pytest.mark.parametrize(
    "html",
    [
        "<p>a",
        "<!DOCTYPE html><title>t</title><p>a<ul><li>b<li>c</ul></p>",
        "<crowd-form><crowd-input name='x'/></crowd-form>",
        "<a href=x title=\"y\"\nclass='z' data-a>b</a>",
        "<script>if (a<b) '<body><body a=\"\"b>'</script>",
        "<!-- <body><body> --><body><p>1 < 2 & 3",
        "<textarea><body></textarea><body>",
        "<svg><path d='M0'/></svg><br/></br>",
    ],
)
def test_what_browsers_read_as_it_was_meant_is_a_page(html: str) -> None:
    html_pages.check(html)


@pytest.mark.parametrize(
    ("html", "faults"),
    [
        (
            "<body>\n <p>a</p>\n <body>",
            "<! [3,2] An “body” start tag seen but an element of the same type was already open. !>",
        ),
        ('<p>\r\n<a href="x"title="y">', "<! [2,12] No space between attributes. !>"),
        ("<img src=a SRC=b>", "<! [1,12] Duplicate attribute “src”. !>"),
        ('<p>a<a href="b', "<! [1,5] End of file within “a”. !>"),
        ("<p>\n<script>a", "<! [2,1] End of file within “script”. !>"),
        ("a<!-- b", "<! [1,2] End of file within a comment. !>"),
        (" \n", "<! [1,1] The document is empty. !>"),
        (
            "<i a=''b=''><i a a>",
            "<! [1,8] No space between attributes. !> <! [1,18] Duplicate attribute “a”. !>",
        ),
    ],
)
def test_what_runs_together_is_refused_with_line_and_column(html: str, faults: str) -> None:
    with pytest.raises(DocumentRefused) as refused:
        html_pages.check(html)
    assert str(refused.value) == (
        "There was an error parsing the HTML5 data in your request.  Please make sure the data is "
        f"well-formed and validates as HTML5. Details: Errors: {faults} Invalid content: \n{html}"
    )


def test_a_refusal_does_not_grow_with_the_page() -> None:
    with pytest.raises(DocumentRefused) as refused:
        html_pages.check("<i a a>" * 9000)
    assert str(refused.value).count("<! [") == 10
    assert len(str(refused.value)) < 3000


def test_pages_are_checked_when_they_come_in_and_not_again() -> None:
    document = fixtures.valid("html_question").replace("<body>", "<body><body>")
    with pytest.raises(DocumentRefused, match="already open"):
        documents.parse(document)
    assert isinstance(documents.read(document), documents.HTMLQuestion)
