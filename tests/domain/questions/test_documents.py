"""Question documents: which are taken, and what MTurk says of the others (question-schemas.md §1, §4, §9)."""

import pytest

from kempelen.domain.errors import DocumentRefused, InvalidParameter, InvalidValue, WrongLength
from kempelen.domain.questions import documents
from kempelen.domain.questions.documents import ExternalQuestion, HTMLQuestion, QuestionForm
from tests.domain.questions import fixtures

HTML = documents.HTML_NAMESPACE
EXTERNAL = documents.EXTERNAL_NAMESPACE
PREFIX = (
    "There was an error parsing the XML question or answer data in your request. Please make sure the data "
    "is well-formed and validates against the appropriate schema. Details: "
)


def html_question(content: str = "<![CDATA[<p>a &amp; b</p>]]>", height: str = "400") -> str:
    return (
        f'<HTMLQuestion xmlns="{HTML}"><HTMLContent>{content}</HTMLContent>'
        f"<FrameHeight>{height}</FrameHeight></HTMLQuestion>"
    )


def external_question(url: str = "https://example.org/task?a=1&amp;b=2", height: str = "0") -> str:
    return (
        f'<ExternalQuestion xmlns="{EXTERNAL}"><ExternalURL>{url}</ExternalURL>'
        f"<FrameHeight>{height}</FrameHeight></ExternalQuestion>"
    )


def test_an_html_question_is_its_page_and_its_height() -> None:
    assert documents.parse(html_question()) == HTMLQuestion("<p>a &amp; b</p>", 400)
    assert documents.parse(html_question("&lt;p&gt;a &amp;amp; b&lt;/p&gt;", "&#10; +400 ")) == HTMLQuestion(
        "<p>a &amp; b</p>", 400
    )


def test_an_external_question_is_an_address() -> None:
    assert documents.parse(external_question()) == ExternalQuestion("https://example.org/task?a=1&b=2", 0)


@pytest.mark.parametrize("date", ["2005-10-01", "2017-11-06"])
def test_a_question_form_is_known_by_its_namespace(date: str) -> None:
    namespace = f"{documents.xml.NAMESPACES}{date}/QuestionForm.xsd"
    form = fixtures.valid("prefixed").replace(documents.FORM_NAMESPACES[1], namespace)
    assert documents.parse(form) == QuestionForm(namespace)


def test_a_form_that_was_taken_before_there_were_schemas_can_still_be_read() -> None:
    namespace = documents.FORM_NAMESPACES[0]
    assert documents.read(f'<QuestionForm xmlns="{namespace}"/>') == QuestionForm(namespace)


@pytest.mark.parametrize(
    "before",
    [
        "\n  ",
        "\ufeff",
        '<?xml version="1.0" encoding="UTF-16"?>\n',
        "<!-- a comment --><?a b?>",
        '<?xml version="1.0"?>',
    ],
)
def test_what_programs_put_before_a_document_does_no_harm(before: str) -> None:
    assert isinstance(documents.parse(before + html_question("höher")), HTMLQuestion)


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("<?xml version='1.1'?>" + html_question(), 'XML version "1.1" is not supported.'),
        (
            "\n       <?xml version='1.0'?>" + html_question(),
            'The processing instruction target matching "[xX][mM][lL]" is not allowed.',
        ),
        ("who what?", "Content is not allowed in prolog. (line 1, column 1)"),
        ("<HTMLQuestion>", "XML document structures must start and end within the same entity."),
        ("<a/>", "cvc-elt.1.a: Cannot find the declaration of element 'a'."),
        (
            f'<HTMLQuestion xmlns="{EXTERNAL}"/>',
            "cvc-elt.1.a: Cannot find the declaration of element 'HTMLQuestion'.",
        ),
        (html_question("a <b>b</b>"), "cvc-type.3.1.2: Element 'HTMLContent' is a simple type"),
        (
            html_question(height="tall"),
            "cvc-datatype-valid.1.2.1: 'tall' is not a valid value for 'integer'.",
        ),
        (html_question(height="9" * 6000), "cvc-datatype-valid.1.2.1"),
        (html_question().replace("HTMLContent", "HtmlContent"), "cvc-complex-type.2.4.a"),
        (f'<HTMLQuestion xmlns="{HTML}"/>', "cvc-complex-type.2.4.b"),
        (html_question(height="1</FrameHeight><FrameHeight>2"), "cvc-complex-type.2.4.d"),
        (html_question().replace("<HTMLContent>", "x<HTMLContent>"), "cvc-complex-type.2.3"),
        (html_question().replace("<HTMLContent>", "<HTMLContent id='x'>"), "cvc-complex-type.3.2.2"),
        (html_question("&nbsp;"), 'The entity "nbsp" was referenced, but not declared.'),
        (html_question("&#1;"), 'Character reference "&#1" is an invalid XML character.'),
        (html_question("\x01"), "An invalid XML character was found in the element content"),
        (html_question("\ud800"), "An invalid XML character"),
        (
            external_question("https://example.org/?a=1&b=2"),
            "The reference to entity \"b\" must end with the ';' delimiter.",
        ),
    ],
)
def test_what_does_not_fit_is_refused_with_the_first_fault(text: str, details: str) -> None:
    with pytest.raises(DocumentRefused) as refused:
        documents.parse(text)
    assert str(refused.value).startswith(PREFIX + details)
    assert refused.value.turk_error_code == "AWS.MechanicalTurk.XMLParseError"
    assert refused.value.family == "ParameterValidationError"


BOMB = '<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE HTMLQuestion>",
        f"<!-- --><?x?> <!DOCTYPE q [{BOMB}]>",
        '<!DOCTYPE q [<!ENTITY j SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE q SYSTEM "http://127.0.0.1:1/x.dtd">',
        '<!DOCTYPE q [<!ENTITY % p SYSTEM "http://127.0.0.1:1/p">%p;]>',
        '<!DOCTYPE q [<!ATTLIST HTMLQuestion id CDATA "x">]>',
    ],
)
def test_a_document_type_is_refused_before_it_is_read(doctype: str) -> None:
    with pytest.raises(DocumentRefused, match="DOCTYPE is not allowed"):
        documents.parse(doctype + html_question("&j;"))


def test_a_page_may_have_the_document_type_of_html() -> None:
    question = documents.parse(html_question("<![CDATA[<!DOCTYPE html><p>x]]>"))
    assert question == HTMLQuestion("<!DOCTYPE html><p>x", 400)


def test_nesting_has_an_end() -> None:
    namespace = documents.FORM_NAMESPACES[0]
    with pytest.raises(DocumentRefused):
        documents.parse(
            f'<QuestionForm xmlns="{namespace}">{"<b>" * 9000}{"</b>" * 9000}</QuestionForm>'[:65_535]
        )
    with pytest.raises(DocumentRefused, match="nested more than"):
        documents.parse(f'<QuestionForm xmlns="{namespace}">{"<b>" * 100}{"</b>" * 100}</QuestionForm>')


def test_a_question_has_65535_bytes_at_most() -> None:
    """question-schemas.md §9.1: bytes of the UTF-8 form, as received."""
    room = 65_535 - len(html_question(""))
    documents.parse(html_question("x" * room))
    documents.parse(html_question("é" * (room // 2)))
    for text in ("x" * (room + 1), "é" * (room // 2 + 1)):
        with pytest.raises(WrongLength) as refused:
            documents.parse(html_question(text))
        assert (
            refused.value.mturk_message == "Your request parameter Question  has a maximum length of 65535."
        )


def test_a_question_is_not_empty() -> None:
    """question-schemas.md §1.2: with two spaces."""
    with pytest.raises(WrongLength) as refused:
        documents.parse("")
    assert refused.value.mturk_message == "Your request parameter Question  has a minimum length of 1."


def test_an_empty_page_shows_nothing_and_is_refused_as_html() -> None:
    with pytest.raises(DocumentRefused, match="There was an error parsing the HTML5 data") as refused:
        documents.parse(html_question(""))
    assert refused.value.turk_error_code == "AWS.MechanicalTurk.XHTMLParseError"


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "javascript:alert(1)",
        "/task",
        "https:///task",
        "https://",
        "https://user:word@example.org/",
        "https://example.org\\@evil.example/",
        "https://ex ample.org/",
        "https://example.org:99999999/",
        "https://example.org:70000/",
        "https://exa;mple.org/",
        "data:text/html,x",
        "https://example.org/?assignmentId=1",
        "https://example.org/?x=1&amp;turkSubmitTo=",
        "https://[::1/",
    ],
)
def test_an_external_address_that_cannot_be_shown_is_refused(url: str) -> None:
    with pytest.raises(InvalidParameter) as refused:
        documents.parse(external_question(url))
    sent = url.replace("&amp;", "&")
    assert refused.value.mturk_message == f'The value "{sent}" is not valid for the parameter ExternalURL.'


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:5000/a",
        "http://127.0.0.1/",
        "http://[::1]:80/",
        "http://app.localhost/",
        "https://a.example:8443",
    ],
)
def test_pages_on_this_machine_need_no_tls(url: str) -> None:
    assert documents.parse(external_question(url)) == ExternalQuestion(url, 0)


def test_a_frame_has_no_negative_height() -> None:
    for document in (html_question(height="-1"), external_question(height="-1")):
        with pytest.raises(InvalidValue):
            documents.parse(document)
