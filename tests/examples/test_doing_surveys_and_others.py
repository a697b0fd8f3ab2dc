"""Surveys and the kinds under “Other”: published, done by a worker, found in the results."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Frame, Page

from tests.examples.doing import How, choosing, do
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.once]


def fill_survey(task: Frame) -> None:
    task.get_by_role("button", name="What happens with the answers?").click()
    task.get_by_role("tab", name="Examples").click()
    task.page.keyboard.press("Escape")
    task.get_by_label("Your favourite colour").fill("blue, “like the sea”")
    task.get_by_role("checkbox", name="Yes, I like birds").check()
    slider = task.get_by_role("slider", name="How much you like birds")
    for key in ("End", "ArrowLeft"):
        slider.press(key)
    task.get_by_label("Two or three sentences").fill("A magpie.\nIt looked at me.")


def fill_website(task: Frame) -> None:
    task.get_by_label("Address of the website").fill("https://museum.example/")


HOW = {
    "survey": How(
        fill_survey,
        {
            "essay": "A magpie.\nIt looked at me.",
            "favoriteColor": "blue, “like the sea”",
            "howMuch": "9",
            "likeBirds.on": "true",
        },
    ),
    "survey-link": How(
        lambda task: task.get_by_label("Code from the last page").fill("TEA-1770"),
        {"survey-code": "TEA-1770"},
    ),
    "website-collection": How(fill_website, {"notFound.on": "false", "website": "https://museum.example/"}),
    "website-classification": How(choosing("Club or society"), {"category.label": "Club or society"}),
    "item-equality": How(choosing("Same article"), {"equality.label": "Same article"}),
    "search-relevance": How(choosing("Exactly that"), {"relevance.label": "Exactly that"}),
    "side-by-side": How(choosing("The first"), {"preference.label": "The first"}),
    "tabular-data": How(choosing("All is right"), {"record.label": "All is right"}),
    "receipt": How(choosing("Food and drink"), {"expense.label": "Food and drink"}),
    "other": How(lambda task: task.get_by_label("Your answer").fill("A crow"), {"answer": "A crow"}),
}


@pytest.mark.parametrize("slug", HOW)
def test_an_example_is_published_and_done_and_found_in_the_results(
    slug: str, new_visitor: Callable[..., Page], site: Server
) -> None:
    do(slug, HOW[slug], new_visitor(), site)
