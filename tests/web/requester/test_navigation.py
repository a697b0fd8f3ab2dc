"""The row of places at the top of a requester's pages, and what stands under More."""

import pytest
from playwright.sync_api import Page, expect

from kempelen.domain.models import Requester
from tests.browser import assert_accessible
from tests.factories import owner_of
from tests.web.requester.test_in_a_browser import session_of

IN_THE_MENU = ("members", "exports", "groups", "notifications", "access-keys")
LONG_NAME = "Institute for Experimental Psychology"


@pytest.mark.django_db
def test_places_without_room_in_the_row_stand_once_in_its_menu(owner, at):
    menu = owner.get(at("workers/")).content.decode().partition('id="more-menu"')[2].partition("</nav>")[0]

    for place in IN_THE_MENU:
        assert menu.count(f'href="{at(f"{place}/")}"') == 1


@pytest.mark.django_db
@pytest.mark.parametrize("path", [f"{place}/" for place in IN_THE_MENU])
def test_the_menu_says_that_one_is_at_a_place_of_it(owner, at, path):
    html = owner.get(at(path)).content.decode()

    assert f'href="{at(path)}" aria-current="page"' in html
    assert 'popovertarget="more-menu" aria-current="true"' in html


@pytest.mark.browser
@pytest.mark.once
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (1024, False), (768, True), (375, False)])
def test_all_places_are_reached_by_keyboard_at_every_width(new_visitor, ada, live_server, width, scripts):
    Requester.objects.filter(pk=ada.pk).update(name=LONG_NAME)
    page: Page = new_visitor(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
    page.context.add_cookies(
        [{"name": "sessionid", "value": session_of(owner_of(ada)), "url": live_server.url}]
    )
    page.goto(f"{live_server.url}/r/{ada.slug}/statistics/")
    row, menu = page.locator(".masthead .nav"), page.locator("#more-menu")
    assert _is_inside(row.bounding_box(), width)
    assert row.evaluate("row => row.scrollWidth <= row.clientWidth"), "no place is cut off"

    page.get_by_role("button", name="More").press("Enter")
    expect(menu).to_be_visible()
    assert _is_inside(menu.bounding_box(), width)
    if scripts:
        assert_accessible(page)
    # Whatever gave way in the row stands in the menu.
    for name in ("Qualifications", "Statistics"):
        expect(page.get_by_role("link", name=name, exact=True)).to_have_count(1)
    with page.expect_navigation():
        menu.get_by_role("link", name="Access keys").press("Enter")
    expect(page.get_by_role("heading", name="Access keys", level=1)).to_be_visible()


def _is_inside(box, width: int) -> bool:
    return bool(box) and box["x"] >= 0 and box["x"] + box["width"] <= width
