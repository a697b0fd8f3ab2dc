"""Forms thought of by Hypothesis, filled in a real Chromium: what it sends is what was entered."""

from collections.abc import Iterator
from email import message_from_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from playwright.sync_api import Page, Request, Route

from kempelen.domain import answers as answering
from kempelen.domain.questions import form_answers, form_fields, form_pages, form_parts
from kempelen.web.content import pages, sources
from tests.domain.questions import some_forms
from tests.domain.questions.some_forms import Asked

pytestmark = [pytest.mark.browser, pytest.mark.once]

SITE = "http://form.example"


def fields_of(request: Request) -> Iterator[tuple[str, str]]:
    """The fields of a form that was sent as multipart/form-data."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n"
    for part in message_from_bytes(head.encode() + (request.post_data_buffer or b"")).walk():
        if not part.is_multipart():
            name = part.get_param("name", header="content-disposition")
            yield str(name), bytes(part.get_payload(decode=True)).decode()


class Posted:
    """Shows forms, and keeps what a browser posts of each."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.html = ""
        self.fields: list[tuple[str, str]] = []
        page.route(f"{SITE}/**", self.answer)

    def answer(self, route: Route) -> None:
        if route.request.method == "POST":
            self.fields = list(fields_of(route.request))
            route.fulfill(body="Sent.", content_type="text/html")
        else:
            route.fulfill(body=self.html, content_type="text/html; charset=utf-8")

    def show(self, form: form_parts.Form) -> None:
        task = pages.Task("work", "H", SITE, assignment_id="A")
        style, runtime = sources.form_style(), sources.form_runtime()
        self.html = pages.form_page(form_pages.render(form), task, runtime=runtime, style=style)
        self.page.goto(f"{SITE}/form?assignmentId=A")

    def enter(self, asked: Asked, number: int) -> None:
        if isinstance(asked.entered, str):
            self.page.locator(f"[name={form_fields.text(number)}]").fill(asked.entered)
            return
        values = [form_fields.value(one) for one in asked.entered["selections"]]
        fields = self.page.locator(f"[name={form_fields.choice(number)}]")
        if "other" in asked.entered:
            values.append(form_fields.OTHER)
            self.page.locator(f"[name={form_fields.other(number)}]").fill(asked.entered["other"])
        if self.page.locator(f"select[name={form_fields.choice(number)}]").count():
            fields.select_option(values)
            return
        for value in values:
            self.page.locator(f"[name={form_fields.choice(number)}][value='{value}']").check()

    def send(self) -> answering.Answers:
        with self.page.expect_navigation():
            self.page.locator("#submitButton").click()
        line_ends = ((name, value.replace("\r\n", "\n")) for name, value in self.fields)
        return answering.collect(line_ends)


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(given=some_forms.forms())
def test_what_a_browser_sends_of_a_form_is_what_was_entered(
    page: Page, given: tuple[str, list[Asked]]
) -> None:
    document, asked = given
    posted, form = Posted(page), form_parts.read(document)
    posted.show(form)
    for number, one in enumerate(asked, 1):
        posted.enter(one, number)
    assert form_answers.read(form, posted.send()) == some_forms.entered(asked)
    page.unroute(f"{SITE}/**")
