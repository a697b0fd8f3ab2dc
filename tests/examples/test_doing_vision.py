"""The kinds under “Vision”: published, done by a worker, found in the results."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Frame, Page

from tests.examples.doing import How, choosing, do
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.once]


def fill_moderation(task: Frame) -> None:
    task.get_by_role("radio", name="Fit for children").check()
    task.get_by_role("button", name="Add a comment").click()
    task.get_by_role("textbox").fill("A teapot.")


def fill_tags(task: Frame) -> None:
    for label, tag in (("First tag", "red car"), ("Second tag", "houses"), ("Third tag", "waiting")):
        task.get_by_label(label).fill(tag)


def fill_video(task: Frame) -> None:
    clip = task.locator("video")
    assert clip.evaluate("async (clip) => { await clip.play(); return clip.videoWidth; }") == 240
    for name in ("It turns", "A ball", "It moves sideways"):
        task.get_by_role("checkbox", name=name, exact=True).check()


def fill_sign(task: Frame) -> None:
    task.get_by_label("The text of the sign").fill("TEA ROOM\nopen 9 to 5\n[…]")
    task.get_by_role("checkbox", name="A part of it cannot be read").check()


HOW = {
    "image-classification": How(choosing("Cat"), {"category.label": "Cat"}),
    "image-contains": How(choosing("No"), {"contains.label": "No"}),
    "image-moderation": How(
        fill_moderation, {"category.label": "Fit for children", "category.workerComment": "A teapot."}
    ),
    "image-tagging": How(fill_tags, {"tag1": "red car", "tag2": "houses", "tag3": "waiting"}),
    "image-summarization": How(
        lambda task: task.get_by_label("One sentence").fill("A man waits; two cars pass."),
        {"summary": "A man waits; two cars pass."},
    ),
    "image-text": How(fill_sign, {"text": "TEA ROOM\nopen 9 to 5\n[…]", "unreadable.on": "true"}),
    "image-similarity": How(choosing("The very same"), {"similarity.label": "The very same"}),
    "person-recognition": How(choosing("Same person"), {"samePerson.label": "Same person"}),
    "video-classification": How(fill_video, {"category.labels": '["A ball","It moves sideways","It turns"]'}),
}


@pytest.mark.parametrize("slug", HOW)
def test_an_example_is_published_and_done_and_found_in_the_results(
    slug: str, new_visitor: Callable[..., Page], site: Server
) -> None:
    do(slug, HOW[slug], new_visitor(), site)
