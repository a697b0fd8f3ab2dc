"""A project from an example to its copy, in a real Chromium: files, preview, versions, requirements."""

import re

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import Page, expect

from kempelen.domain.actions import project_files, projects
from kempelen.domain.models import Project
from kempelen.domain.qualifications import system_types
from tests.browser import assert_accessible, faults_on
from tests.web.requester.test_in_a_browser import LOOKS, preview_of, visit

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

__all__ = ["visit"]

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30"/></svg>'
FILES = {
    "knight.svg": SVG,
    "main.js": b"import { words } from './words.js';\n"
    b"const { more } = await (await fetch('own/data.json')).json();\n"
    b"document.querySelector('h1').textContent = words + more;\n",
    "words.js": b"export const words = 'Hello ';\n",
    "data.json": b'{"more": "again"}',
    "page.html": b"<p>A template belongs into the editor.</p>",
}
TEMPLATE = (
    '<h1>Nothing yet</h1>\n<img id="own" src="own/knight.svg" alt="">\n'
    '<script type="module" src="own/main.js"></script>\n<p>${image_url}</p>\n<input name="answer">'
)


@pytest.fixture(autouse=True)
def _in_memory(settings):
    storage = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = settings.STORAGES | {"files": storage}


def files_of(names: list[str]) -> list[dict[str, object]]:
    return [{"name": name, "mimeType": "application/octet-stream", "buffer": FILES[name]} for name in names]


def test_a_project_from_an_example_to_its_copy(visit):
    page = visit("examples/image-classification/")
    with page.expect_navigation(url="**/batches/1/"):
        page.locator("form[action$='/use/'] button").first.click()
    upload_files(page)
    edit_with_preview(page)
    compare_and_restore(page)
    copy(page)


def upload_files(page: Page) -> None:
    page.goto(page.url.replace("batches/1/", "projects/1/files/"))
    page.wait_for_function("!!customElements.get('file-uploads') && !!window.htmx")
    page.get_by_label("Into the folder").fill("own")
    page.get_by_label("Add or replace files").set_input_files(files_of(list(FILES)))
    expect(page.locator("[data-problems]")).to_contain_text("own/page.html")
    expect(page.get_by_role("heading", name="4 files")).to_be_visible()
    expect(page.get_by_role("link", name="own/knight.svg")).to_be_visible()
    assert_accessible(page)


def edit_with_preview(page: Page) -> None:
    page.get_by_role("link", name="Edit the template").click()
    page.wait_for_url("**/edit/")
    page.wait_for_function(
        "!!customElements.get('draft-preview') && !!customElements.get('requirement-rows')"
    )
    expect(page.locator("[data-position]")).to_contain_text("Row 1 of")
    page.get_by_label("Template", exact=True).fill(TEMPLATE + '\n<img src="own/none.png" alt="">')
    expect(page.locator("#checks")).to_contain_text("own/none.png")
    page.get_by_label("Template", exact=True).fill(TEMPLATE)
    expect(page.locator("#checks")).not_to_contain_text("own/none.png")
    # A module, what it imports, and what it asks for: all from below the page's own address.
    expect(preview_of(page).get_by_role("heading")).to_have_text("Hello again")
    # Asked again and again: another preview may just take this one's place.
    expect(preview_of(page).locator("#own")).to_have_js_property("naturalWidth", 40)
    page.get_by_role("button", name="Next row").click()
    expect(page.locator("[data-position]")).to_contain_text("Row 2 of")
    expect(preview_of(page).locator("p").first).to_contain_text("animals/dog")
    page.get_by_label("Reward").fill("0.25")
    expect(page.locator("row-cost [data-rows='100']")).to_have_text("$75.00")
    page.get_by_role("button", name="Add a requirement").click()
    page.get_by_label("Qualification", exact=True).select_option(system_types.APPROVED)
    page.get_by_label("Value", exact=True).fill("7")
    assert_accessible(page)
    with page.expect_navigation(url="**/projects/1/"):
        page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("dl.facts-stacked")).to_contain_text("Approved answers: at least 7")


def compare_and_restore(page: Page) -> None:
    page.get_by_role("link", name="Version 2").click()
    page.wait_for_url("**/versions/2/")
    expect(page.get_by_role("heading", name="What changed from version 1")).to_be_visible()
    expect(page.locator(".diff-added").first).to_contain_text("Nothing yet")
    assert_accessible(page)
    page.get_by_role("link", name="Versions").click()
    page.wait_for_url("**/versions/")
    with page.expect_navigation(url="**/versions/3/"):
        page.get_by_role("button", name="Restore version 1").click()
    expect(page.get_by_text("Version 1 is back, as version 3.")).to_be_visible()


def copy(page: Page) -> None:
    page.goto(re.sub(r"versions/3/$", "", page.url))
    with page.expect_navigation(url="**/projects/2/edit/"):
        page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_label("Project name")).to_have_value(re.compile("^Copy of "))
    expect(page.get_by_text("own/knight.svg")).to_be_visible()
    # What a choice can say is shown as one.
    expect(page.get_by_label("Approved answers, at least")).to_have_value("7")
    assert Project.objects.get(number=2).files.count() == 4


@pytest.mark.parametrize("look", ["dark", "phone"])
def test_the_pages_of_files_and_versions_are_accessible_in_every_look(visit, project, live_server, look):
    project_files.put(project, ContentFile(SVG), path="own/knight.svg")
    projects.update_project(project, html=TEMPLATE)
    page = visit("projects/1/files/", **LOOKS[look])
    faults = faults_on(page)
    for path in ("files/", "versions/2/", "edit/"):
        page.goto(f"{live_server.url}/r/ada/projects/1/{path}")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= LOOKS[look]["viewport"]["width"], path
    assert not faults


def test_rows_of_a_file_of_ones_own_are_gone_through(visit, project):
    page = visit("projects/1/edit/")
    page.wait_for_function("!!customElements.get('sample-row')")
    rows = {"name": "mine.csv", "mimeType": "text/csv", "buffer": b"text\nfirst\nsecond\n"}
    page.locator("[data-from-file] input").set_input_files(rows)
    expect(page.locator("[data-source]")).to_contain_text("mine.csv")
    expect(preview_of(page).locator("p").first).to_have_text("first")
    page.get_by_role("button", name="Next row").click()
    expect(preview_of(page).locator("p").first).to_have_text("second")
