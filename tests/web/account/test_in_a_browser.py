"""The account pages in a real browser, in both themes and on a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kempelen.domain.models import Requester, User
from tests.browser import assert_accessible
from tests.factories import owner_of
from tests.web.account.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
LOOKS = [
    {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}},
]


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark phone"])
def test_the_pages_for_visitors_are_accessible(
    new_visitor: Callable[..., Page], live_server: object, look: dict[str, object]
) -> None:
    page = new_visitor(**look)
    for path in ("account/login/", "account/signup/", "account/password/reset/", "account/link/wrong/"):
        page.goto(f"{live_server}/{path}")
        assert_accessible(page)


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark phone"])
def test_the_pages_of_a_user_are_accessible(
    new_visitor: Callable[..., Page], live_server: object, look: dict[str, object], ada: Requester
) -> None:
    user = owner_of(ada)
    user.set_password(PASSWORD)
    user.save()
    page = new_visitor(**look)
    page.goto(f"{live_server}/account/login/?next=/account/")
    page.get_by_label("User name or e-mail").fill("Ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Account")).to_be_visible()
    assert_accessible(page)
    page.goto(f"{live_server}/account/password/")
    assert_accessible(page)
    page.goto(f"{live_server}/account/tokens/")
    assert_accessible(page)
    page.get_by_label("What it is for").fill("nightly")
    page.get_by_role("button", name="Make a token").click()
    expect(page.get_by_label("Token", exact=True)).to_have_value(re.compile(r"kempelen_\w{40}"))
    assert_accessible(page)
    page.get_by_role("button", name=re.compile("^Revoke …")).click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(page.locator(".toast")).to_contain_text("works no more")
    expect(page.get_by_role("heading", name="No tokens yet")).to_be_visible()


def test_logging_in_and_out_by_keyboard_breaks_no_policy(
    page: Page, live_server: object, frida: User
) -> None:
    page.goto(f"{live_server}/account/login/?next=/account/")
    expect(page.get_by_label("User name or e-mail")).to_be_focused()
    page.keyboard.type("frida@example.org")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Account: Frida").click()
    page.get_by_role("button", name="Log out").click()
    expect(page.locator(".toast")).to_contain_text("You are logged out.")
