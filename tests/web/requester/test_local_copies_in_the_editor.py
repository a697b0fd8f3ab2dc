"""The editor says of each outside address what becomes of it, and its preview follows the project's box."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import a_project, owner_of
from tests.web.requester.test_in_a_browser import preview_of, session_of

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
TEMPLATE = """<link rel="stylesheet" href="https://s3.amazonaws.com/mturk-public/bs30/css/bootstrap.min.css">
<script src="https://elsewhere.invalid/a.js"></script>
<p class="lead">${text}</p><input name="a">"""


def test_the_preview_has_local_copies_while_the_box_is_ticked(ada, page: Page, live_server) -> None:
    a_project(ada, html=TEMPLATE)
    page.context.add_cookies(
        [{"name": "sessionid", "value": session_of(owner_of(ada)), "url": live_server.url}]
    )
    page.goto(f"{live_server.url}/r/{ada.slug}/projects/1/edit/")
    lead = preview_of(page).locator(".lead")

    expect(lead).to_have_css("font-weight", "300")
    expect(page.locator("#checks")).to_contain_text("s3.amazonaws.com: served from here (Bootstrap 3)")
    expect(page.locator("#checks")).to_contain_text("this script comes from elsewhere.invalid")
    page.get_by_label("Known files come from this server").uncheck()
    expect(lead).to_have_css("font-weight", "400")
    page.get_by_label("Known files come from this server").check()
    expect(lead).to_have_css("font-weight", "300")
