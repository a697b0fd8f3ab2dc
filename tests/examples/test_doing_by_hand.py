"""The examples with a design of their own: published, done by a worker, found in the results."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Frame, Page

from tests.examples.doing import How, choosing, do
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.once]


def fill_plants(task: Frame) -> None:
    for name in ("Sunflower", "Tulip"):
        task.get_by_role("checkbox", name=name).check()


def fill_telegram(task: Frame) -> None:
    for name in ("long", "next letter", "short", "next letter", "short", "long"):
        task.get_by_role("button", name=name).click()
    choosing("clear")(task)


def fill_translation(task: Frame) -> None:
    choosing("Both are wrong")(task)
    task.get_by_label("Your own translation").fill("Das Wasser kocht.")


def fill_names(task: Frame) -> None:
    task.get_by_role("option", name="Vienna").click()
    task.get_by_role("button", name="Place").click()


def fill_receipt(task: Frame) -> None:
    task.get_by_label("Name of the shop").fill("Bäckerei Kipfl")
    task.get_by_label("Total").fill("8,70")
    task.get_by_label("in cash").check()


HOW = {
    "sentiment": How(choosing("pleased"), {"comment": "", "sentiment": "positive"}),
    "plants": How(fill_plants, {"plants": "sunflower|tulip"}),
    "telegrams": How(fill_telegram, {"signals": "- . .-", "sound": "clear", "speed": "1", "text": "TEA"}),
    "translations": How(fill_translation, {"better": "neither", "correction": "Das Wasser kocht."}),
    "names": How(fill_names, {"spans": '[{"start":65,"end":71,"label":"place","text":"Vienna"}]'}),
    "receipts": How(
        fill_receipt,
        {"comments": "", "date": "", "payment": "cash", "shop": "Bäckerei Kipfl", "total": "8,70"},
    ),
}


@pytest.mark.parametrize("slug", HOW)
def test_an_example_is_published_and_done_and_found_in_the_results(
    slug: str, new_visitor: Callable[..., Page], site: Server
) -> None:
    do(slug, HOW[slug], new_visitor(), site)
