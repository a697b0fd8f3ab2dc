"""Lint about the page's build: what is not HTML, never closed, doubled or not understood here."""

from collections.abc import Iterator

from kempelen.domain.batches.lint_page import Element, Finding, Page
from kempelen.domain.batches.wording import shown

MTURK_BYTES = 65_535

_QUESTION_XML = {
    "questionform": "is a QuestionForm, which only the API takes; a template is HTML",
    "htmlquestion": "wraps a page for the API; paste only what is inside its <HTMLContent>",
    "externalquestion": "names a page elsewhere for the API; a template is HTML, with an <iframe> perhaps",
}


def question_xml(page: Page) -> Iterator[Finding]:
    """XML meant for the API, pasted as a template."""
    for element in page.named(*_QUESTION_XML)[:1]:
        yield Finding("error", element.line, f"<{element.name}> {_QUESTION_XML[element.name]}")


def crowd_elements(page: Page) -> Iterator[Finding]:
    """Of one Crowd HTML Element nobody knows what it showed."""
    for element in page.named("crowd-google-static-map")[:1]:
        yield Finding("warning", element.line, f"<{element.name}> shows nothing: only its name is known")


def is_crowd(page: Page) -> bool:
    """Tell whether the template is made with Crowd HTML Elements, which bring their own form and submit."""
    return any(element.name.startswith("crowd-") for element in page.elements)


def unclosed(page: Page) -> Iterator[Finding]:
    """What is never closed swallows the rest of the page, and the submit button with it."""
    last = page.tags[-1] if page.tags else None
    if last is None or last.is_closed:
        return
    line = page.line_of(last)
    if last.name == "!--":
        yield Finding("error", line, "a comment (<!--) is never closed; the rest of the page is lost in it")
    elif last.content_end > last.end:
        yield Finding(
            "error", line, f"<{shown(last.name)}> is never closed; the rest of the page is lost in it"
        )
    else:
        yield Finding("error", line, f"the tag <{shown(last.name)} has no end; is a quote of it left open?")


def unclosed_selects(page: Page) -> Iterator[Finding]:
    """Browsers guess where a select ends."""
    open_line = 0
    for tag in page.tags:
        if tag.name != "select":
            continue
        if open_line and not tag.is_end:
            yield Finding("warning", open_line, "<select> is never closed")
        open_line = 0 if tag.is_end else page.line_of(tag)
    if open_line:
        yield Finding("warning", open_line, "<select> is never closed")


def nested_forms(page: Page) -> Iterator[Finding]:
    """Browsers drop the inner form, and its end tag ends the outer one."""
    open_line = 0
    for tag in page.tags:
        if tag.name != "form":
            continue
        if open_line and not tag.is_end:
            message = f"<form> within the form of line {open_line}; browsers ignore it and end both together"
            yield Finding("warning", page.line_of(tag), message)
        open_line = 0 if tag.is_end else open_line or page.line_of(tag)


def doubled_ids(page: Page) -> Iterator[Finding]:
    """An id that two elements share."""
    first: dict[str, Element] = {}
    for element in page.elements:
        name = element.attributes.get("id")
        if not name:
            continue
        other = first.setdefault(name, element)
        if other is not element:
            message = f'the id "{shown(name)}" is also that of <{shown(other.name)}> in line {other.line}'
            yield Finding("warning", element.line, message)


def size(page: Page) -> Iterator[Finding]:
    """Kempelen takes larger templates than MTurk did."""
    if len(page.html.encode("utf-8", "surrogatepass")) > MTURK_BYTES:
        message = f"the template is larger than the {MTURK_BYTES:,} bytes that MTurk takes; it works here"
        yield Finding("info", 1, message)


def leading_away(page: Page) -> Iterator[Finding]:
    """Tags of a page's head that make sense on a site of one's own, and do harm in a task."""
    for element in page.named("meta", "base"):
        kind = element.attributes.get("http-equiv", "").strip().lower()
        if kind == "refresh":
            message = "this refresh loads another page in place of the task, and what was entered is lost"
            yield Finding("warning", element.line, message)
        elif kind == "content-security-policy":
            message = "a Content-Security-Policy of the page's own can block what makes it work here"
            yield Finding("warning", element.line, message)
        elif element.name == "base" and "href" in element.attributes:
            message = "<base> turns all addresses of the page elsewhere, those within the page too"
            yield Finding("warning", element.line, message)


RULES = (leading_away, unclosed, unclosed_selects, nested_forms, doubled_ids, size)
