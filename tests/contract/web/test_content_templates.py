"""Templates of every kind show in a worker's browser, and their answers arrive."""

import pytest
from playwright.sync_api import Page, expect

from kempelen.domain.models import HIT
from tests.servers import Server
from tests.web.content.tasks import answers_after_leaving, open_preview, open_work
from tests.web.content.template_kinds import KINDS, Kind

pytestmark = [pytest.mark.browser, pytest.mark.once]

MUST_ACCEPT = "You must ACCEPT the HIT before you can submit the results."


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_answers_arrive(page: Page, site: Server, kind: Kind) -> None:
    assignment, task = open_work(page, site, kind.html, hits=1)

    kind.act(task)

    answers = answers_after_leaving(page, assignment)
    # Of a file its name; what becomes of it is told in test_work_files.py.
    named = {name: value["name"] if isinstance(value, dict) else value for name, value in answers.items()}
    assert named == kind.answers


def test_a_variable_shows_the_row_as_it_is(page: Page, site: Server) -> None:
    inputs = {"html": "<b>bold & ${other}</b>", "other": "no"}
    task = open_preview(page, site, "<p>${html}</p><input name=a>", inputs=inputs)

    expect(task.locator("p b")).to_have_text("bold & ${other}")


@pytest.mark.parametrize("control", ["", "<input type=submit>", "<button>Send</button>"])
def test_a_preview_cannot_be_sent(page: Page, site: Server, control: str) -> None:
    task = open_preview(page, site, f"<input name=word>{control}")

    button = task.locator("input[type=submit], button")
    expect(button).to_be_disabled()
    assert MUST_ACCEPT in (
        button.input_value() if control != "<button>Send</button>" else button.inner_text()
    )
    assert button.count() == 1


def test_a_script_cannot_send_a_preview_either(page: Page, site: Server) -> None:
    open_preview(page, site, "<input name=word value=x><script>onload = () => mturk_form.submit()</script>")

    expect(page.get_by_text("You must accept the HIT")).to_be_visible()
    assert not HIT.objects.filter(unreviewed_count__gt=0).exists()


def test_a_form_to_another_site_is_no_answer(page: Page, site: Server) -> None:
    elsewhere = site.url.replace("localhost", "127.0.0.1")
    search = (
        f'<form action="{elsewhere}/nowhere" target="_blank"><input name=q><button id=go>Go</button></form>'
    )
    assignment, task = open_work(page, site, search + "<form><input name=word><input type=submit></form>")
    with page.context.expect_page() as opened:
        task.locator("#go").click()

    assert "/nowhere?q=" in opened.value.url
    assignment.refresh_from_db()
    assert assignment.answers is None


def test_a_link_opens_beside_the_task_and_not_in_its_place(page: Page, site: Server) -> None:
    links = f'<a id=away href="{site.url}/account/login/">Rules</a><a id=down href="#end">Down</a>'
    script = "<p id=held><a href='https://elsewhere.invalid/'>Held</a></p><p id=end></p>"
    handler = "<script>held.onclick = (event) => event.preventDefault()</script>"
    _, task = open_work(page, site, f"{links}{script}{handler}<input name=word>")
    task.locator("[name=word]").fill("kept")
    with page.context.expect_page() as opened:
        task.locator("#away").click()
    task.locator("#down").click()
    task.locator("#held a").click()

    assert opened.value.url.endswith("/account/login/")
    assert len(page.context.pages) == 2
    expect(task.locator("[name=word]")).to_have_value("kept")


def test_a_map_of_which_only_the_name_is_known_shows_nothing(page: Page, site: Server) -> None:
    html = "<crowd-google-static-map></crowd-google-static-map><crowd-input name=a label=A></crowd-input>"
    task = open_preview(page, site, f"<crowd-form>{html}</crowd-form>")

    expect(task.get_by_label("A")).to_be_visible()
    expect(task.locator("crowd-google-static-map")).to_be_hidden()
