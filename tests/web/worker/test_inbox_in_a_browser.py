"""The worker's messages in a real browser: in both themes, on a phone, by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kempelen.domain.actions import messages, notices
from kempelen.domain.models import Notice, Requester, Worker
from tests.browser import assert_accessible
from tests.factories import a_hit
from tests.web.worker.test_in_a_browser import LOOKS, open_as

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def said(ada: Requester, cleo: Worker) -> list[Notice]:
    """Something new, something read, something of Cleo's own with a reply."""
    old = notices.tell_worker(ada, cleo, "Thank you", "Your pictures were the best.")
    notices.mark_read(cleo, old.public_id)
    message = messages.tell(cleo, a_hit(ada), kind="broken", text="The picture is missing.")
    messages.reply(ada, message.public_id, text="It is there now.")
    text = "There is more to do, all about owls:\nhttps://birds.example/" + "owls-and-other-birds/" * 8
    return [old, *(notices.tell_worker(ada, cleo, f"More birds, part {number}", text) for number in (1, 2))]


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark phone"])
def test_the_page_is_accessible_and_never_wider_than_the_window(
    new_visitor: Callable[..., Page],
    live_server: object,
    look: dict[str, object],
    cleo: Worker,
    said: list[Notice],
) -> None:
    page = new_visitor(**look)
    open_as(page, live_server, cleo, "/messages/")
    expect(page.get_by_role("article")).to_have_count(4)
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_by_keyboard_a_message_is_marked_as_read_and_the_page_stays(
    new_visitor: Callable[..., Page], live_server: object, cleo: Worker, said: list[Notice]
) -> None:
    page = new_visitor()
    open_as(page, live_server, cleo, "/messages/")
    newest = page.get_by_role("article", name="More birds, part 2")
    newest.get_by_role("button", name="Mark as read").focus()
    page.keyboard.press("Enter")
    expect(newest.get_by_text("read", exact=True)).to_be_visible()
    expect(newest.get_by_role("button")).to_have_count(0)
    expect(newest).to_be_focused()
    assert list(Notice.objects.filter(read_at=None)) == [said[1]]


def test_without_scripts_all_is_marked_as_read(
    new_visitor: Callable[..., Page], live_server: object, cleo: Worker, said: list[Notice]
) -> None:
    page = new_visitor(java_script_enabled=False)
    open_as(page, live_server, cleo, "/queue/")
    page.get_by_role("link", name="Messages 3 new").click()
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.get_by_role("button", name="Mark as read")).to_have_count(0)
    expect(page.get_by_role("article")).to_have_count(4)
    assert not Notice.objects.filter(read_at=None)
