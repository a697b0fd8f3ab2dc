"""The administrators' pages in a real Chromium, looked at by axe in every look."""

from collections.abc import Callable

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page, expect

from kempelen.domain.actions import background
from kempelen.domain.models import Job, Requester, User, Worker
from tests.browser import assert_accessible
from tests.factories import a_user
from tests.web.requester.test_in_a_browser import LOOKS, session_of

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
PAGES = ("", "users/", "users/Cleo/", "requesters/", "jobs/", "settings/", "log/")


@pytest.fixture
def root(db: None) -> User:
    """Who administers the server, with a password."""
    user = a_user("Root")
    user.is_superuser = True
    user.set_password("crank-and-knight-1770")
    user.save()
    return user


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_is_accessible(
    new_visitor: Callable[..., Page], live_server, look: str, root: User, ada: Requester, cleo: Worker
) -> None:
    page = new_visitor(**LOOKS[look])
    page.context.add_cookies([{"name": "sessionid", "value": session_of(root), "url": live_server.url}])
    background.ask_for("publish_batch", batch=1)
    Job.objects.update(finished_at=now(), failed_at=now(), problem="ValueError('no luck')")
    for path in PAGES:
        page.goto(f"{live_server.url}/site/{path}")
        assert_accessible(page)


def test_an_account_is_closed_by_keyboard_after_giving_the_password(
    page: Page, live_server, root: User, cleo: Worker
) -> None:
    page.context.add_cookies([{"name": "sessionid", "value": session_of(root), "url": live_server.url}])
    page.goto(f"{live_server.url}/site/users/Cleo/")
    for is_asked in (True, False):
        expect(page.locator("confirm-dialog:defined")).not_to_have_count(0)
        page.get_by_role("button", name="Close…").press("Enter")
        button = page.get_by_role("button", name="Close it")
        expect(button).to_be_visible()
        with page.expect_navigation():
            button.press("Enter")
        if is_asked:
            field = page.get_by_label("Password")
            field.fill("crank-and-knight-1770")
            with page.expect_navigation():
                field.press("Enter")
    expect(page.locator(".toast")).to_contain_text("The account of Cleo is closed")
