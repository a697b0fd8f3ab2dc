"""Whatever is sent as a question is read, or refused in words; nothing else happens."""

import contextlib

from hypothesis import example, given
from hypothesis import strategies as st

from kempelen.domain.batches import templates
from kempelen.domain.errors import InvalidValue
from kempelen.domain.questions import documents, external, layouts
from kempelen.domain.questions.documents import HTMLQuestion
from tests.domain.api_hits import external_question, html_question, question_form

DOCUMENTS = (html_question(), external_question("https://example.org/?a=1&b=2"), question_form())
PIECES = (
    "<",
    ">",
    "&",
    "]]>",
    "<![CDATA[",
    "<!DOCTYPE a [",
    "<!--",
    "<?xml",
    "&#0;",
    "xmlns:a=''",
    "\0",
    "\ud800",
)
HTML = st.text(st.sampled_from("<>&/!-[]{}$ab'\" \n\t\r\0"), max_size=60)


@st.composite
def broken_documents(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(DOCUMENTS))
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 20)))
    return text[:start] + draw(st.text(max_size=5) | st.sampled_from(PIECES)) + text[end:]


@given(st.text() | broken_documents())
@example("<?xml version='1.0' encoding='no such'?>" + html_question())
@example("<?xml version='1.1'?>" + html_question())
def test_a_document_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(InvalidValue):
        documents.parse(text)


@given(st.text() | st.from_regex(r"https?://[^\s]{0,30}", fullmatch=True))
def test_an_address_is_taken_or_not(url: str) -> None:
    if not external.problem_with(url):
        origin = external.origin_of(url)
        assert origin.startswith(("https://", "http://"))
        assert not set(origin) & set(" ;,'\"\\@")
        assert external.with_parameters(url, "a=1")


@given(HTML, st.dictionaries(st.sampled_from(["a", "b"]), HTML))
def test_the_document_of_a_layout_holds_its_page(html: str, inputs: dict[str, str]) -> None:
    shown = documents.read(layouts.document(f"<html>{html}", inputs))
    assert isinstance(shown, HTMLQuestion)
    page = templates.fill(f"<html>{html}", inputs)
    # XML knows one line end, and no NUL.
    assert shown.html == page.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
