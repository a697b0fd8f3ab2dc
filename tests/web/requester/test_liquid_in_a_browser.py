"""A template in Liquid in the editor, and a manifest looked over before it is published."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kempelen.domain.models import Batch, TemplateVersion
from tests.browser import assert_accessible, faults_on
from tests.web.requester.test_in_a_browser import preview_of, visit

__all__ = ["visit"]

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

TEMPLATE = (
    "<h1>{{ task.input.taskObject }}</h1>{% for l in task.input.labels %}<b>{{ l }}</b>{% endfor %}"
    "<input name=a>"
)
LINES = [{"source": "One", "labels": ["Cat", "Dog"]}, {"source": "Two"}]


def test_liquid_is_offered_shown_and_published(visit: Callable[..., Page]):
    page = visit("projects/new/")
    faults = faults_on(page)
    page.get_by_label("Template", exact=True).fill(TEMPLATE)
    page.get_by_role("button", name="Take it as Liquid").click()
    expect(page.get_by_label("Language")).to_have_value("liquid")
    page.get_by_label("taskObject", exact=True).fill("<Typed>")
    expect(preview_of(page).get_by_role("heading")).to_have_text("<Typed>")
    expect(page.locator("#checks")).to_contain_text("nothing wrong found")
    assert_accessible(page)
    page.get_by_label("Project name").fill("Animals")
    page.locator("#id_title").fill("Animals")
    page.get_by_role("button", name="Save and publish a CSV").first.click()
    content = "\n".join(map(json.dumps, LINES)).encode()
    file = {"name": "data.manifest", "mimeType": "application/octet-stream", "buffer": content}
    page.get_by_label("CSV file").set_input_files(file)
    page.get_by_role("button", name="Check the file").click()
    expect(preview_of(page).get_by_role("heading")).to_have_text("One")
    expect(preview_of(page).locator("b")).to_have_text(["Cat", "Dog"])
    page.get_by_role("link", name="Next").click()
    expect(preview_of(page).get_by_role("heading")).to_have_text("Two")
    expect(preview_of(page).locator("b")).to_have_count(0)
    page.get_by_role("button", name="Publish 2 HITs").click()
    expect(page.get_by_role("heading", name="Being published")).to_be_visible()
    assert TemplateVersion.objects.get().language == "liquid"
    assert Batch.objects.get().columns == ["source", "labels"]
    assert not faults


def test_a_template_that_goes_wrong_says_where(visit: Callable[..., Page]):
    page = visit("projects/new/")
    page.get_by_label("Language").select_option("liquid")
    page.get_by_label("Template", exact=True).fill("<input name=a>\n{{ task.input.n | divided_by: 0 }}")
    expect(preview_of(page).get_by_text("line 2: divided_by: can't divide by 0")).to_be_visible()
    page.get_by_label("Template", exact=True).fill("<input name=a>\n\n{% for %}")
    expect(page.locator("#checks").get_by_role("link", name="Line 3")).to_be_visible()
