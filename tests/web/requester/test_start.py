"""Starting from an example: found, looked at, used."""

from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Page, expect

from kempelen import examples
from kempelen.domain.models import Batch, Project
from kempelen.web.requester import start
from kempelen.web.requester.start import sketch_of
from tests.web.requester.test_in_a_browser import preview_of, visit

__all__ = ["visit"]

SKETCHES = Path(start.__file__).parents[1] / "static/kempelen/sketches.svg"


def test_all_examples_are_shown_with_what_they_ask_and_are_made_of(owner, at):
    page = owner.get(at("examples/")).content.decode()

    for example in examples.catalogue():
        assert f'href="{at(f"examples/{example.slug}/")}">{example.kind}</a>' in page
    assert "Draw a box around every person, car and bicycle." in page
    assert "crowd-instructions, crowd-input, crowd-checkbox, crowd-slider, crowd-text-area" in page


def test_every_example_has_a_drawing_that_there_is():
    symbols = {symbol.get("id") for symbol in etree.parse(SKETCHES).getroot().iter("{*}symbol")}

    assert symbols == {sketch_of(example) for example in examples.catalogue()}


def test_an_example_is_shown_row_by_row(owner, at):
    first, last, beyond, odd = (
        owner.get(at(f"examples/semantic-similarity/?row={row}")).content.decode()
        for row in ("", "5", "99", "x")
    )

    assert "The train is late." in first
    assert "It rains in Vienna." in last
    assert "Row 5 of 5" in beyond
    assert "Row 1 of 5" in odd
    assert "text1" in first


def test_htmx_gets_the_row_alone(owner, at):
    part = owner.get(at("examples/other/?row=2"), headers={"HX-Request": "true"}).content.decode()

    assert part.lstrip().startswith("<section")


@pytest.mark.parametrize("slug", ["survey", "classic-writing", "emotions"])
def test_using_an_example_makes_a_project_and_uploads_its_rows(ada, owner, at, slug):
    answer = owner.post(at(f"examples/{slug}/use/"))

    example = examples.example(slug)
    project, batch = Project.objects.get(), Batch.objects.get()
    assert answer.url == at("batches/1/")
    assert (project.name, project.title) == (example.name, example.title)
    assert project.template.current_version.html == example.html
    assert (batch.state, batch.file_name) == (Batch.State.UPLOADED, f"{slug}.csv")
    assert "is made" in owner.get(answer.url).content.decode()


def test_an_example_that_is_none_is_not_there(owner, at):
    assert owner.get(at("examples/nothing/")).status_code == 404
    assert owner.post(at("examples/nothing/use/")).status_code == 404
    assert owner.get(at("examples/survey/use/")).status_code == 405
    assert not Project.objects.exists()


def test_who_has_no_project_yet_is_led_to_the_examples(owner, member, at):
    link = f'href="{at("examples/")}"'

    assert owner.get(at("projects/")).content.decode().count(link) == 2
    assert link not in member("viewer").get(at("projects/")).content.decode()


@pytest.mark.browser
@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_from_no_project_to_a_published_example_by_keyboard(visit, live_server):
    page: Page = visit("projects/")
    page.get_by_role("link", name="start from an example", exact=True).press("Enter")
    drawing = page.locator("svg.sketch use").first
    page.wait_for_function("(use) => use.getBBox().width > 0", arg=drawing.element_handle())
    page.get_by_role("link", name="Bounding Box", exact=True).press("Enter")
    page.wait_for_url("**/examples/bounding-box/")
    expect(preview_of(page).get_by_role("application")).to_be_visible()
    page.get_by_role("link", name="Next").press("Enter")
    expect(page.get_by_role("heading", name="Row 2 of 4")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="Use this example").press("Enter")
    with page.expect_navigation():
        page.get_by_role("button", name="Publish 4 HITs").press("Enter")

    assert Batch.objects.get().state != Batch.State.UPLOADED
