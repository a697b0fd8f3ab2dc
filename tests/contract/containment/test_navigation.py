"""Tasks that send the worker elsewhere: the window around the task belongs to us and the worker."""

import pytest
from playwright.sync_api import Page, expect

from kempelen.domain.models import User
from tests.contract.containment.attacks import (
    ELSEWHERE,
    an_elsewhere,
    open_task,
    task_frame,
    without_the_sandbox,
)
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.once]

# Each is pressed by the worker, since browsers ask for that before they let a frame move its top.
WAYS = {
    "location": f"top.location = '{ELSEWHERE}/'",
    "replace": f"top.location.replace('{ELSEWHERE}/')",
    "href": f"parent.location.href = '{ELSEWHERE}/'",
    "open": f"window.open('{ELSEWHERE}/', '_top')",
    "link": f"Object.assign(document.createElement('a'), {{href: '{ELSEWHERE}/', target: '_top'}}).click()",
    "form": "formTo('_top')",
    "form to the parent": "formTo('_parent')",
    "script address": "top.location = 'javascript:document.body.remove()'",
    "navigation": f"top.navigation.navigate('{ELSEWHERE}/')",
    "back": "setTimeout(() => top.history.go(-1))",
}
_FORM = f"""<script>
  function formTo(target) {{
    const form = document.createElement('form');
    Object.assign(form, {{action: '{ELSEWHERE}/', target}});
    document.body.append(form);
    form.submit();
  }}
</script>"""
_BUTTON = "<button type=button id=go onclick=\"{}; this.textContent = 'Gone'\">Go</button>"


def press(page: Page, site: Server, victim: User, way: str) -> None:
    an_elsewhere(page, "<h1>Elsewhere")
    page.goto(f"{site.url}/account/login/")
    open_task(page, site, _FORM + _BUTTON.format(WAYS[way]), victim)
    task_frame(page).locator("#go").click()


@pytest.mark.parametrize("way", WAYS)
def test_a_task_cannot_move_the_window(page: Page, site: Server, victim: User, way: str) -> None:
    press(page, site, victim, way)
    page.wait_for_timeout(300)

    assert "/work/" in page.url
    expect(page.get_by_role("button", name="Return")).to_be_visible()


@pytest.mark.parametrize("way", ["location", "link", "form to the parent"])
def test_without_the_sandbox_it_could(page: Page, site: Server, victim: User, way: str) -> None:
    without_the_sandbox(page)
    press(page, site, victim, way)

    page.wait_for_url(f"{ELSEWHERE}/**")


def test_a_page_that_refreshes_itself_does_not_even_move_its_own_frame(
    page: Page, site: Server, victim: User
) -> None:
    an_elsewhere(page, "<h1>Elsewhere</h1>")
    refresh = f"<base target=_top><meta http-equiv=refresh content='0; url={ELSEWHERE}/'>"
    open_task(page, site, refresh, victim)
    page.wait_for_timeout(500)

    assert "/work/" in page.url
    # Our page's policy names whose frames it shows, wherever those go later.
    assert not page.frame_locator("task-frame iframe").get_by_role("heading", name="Elsewhere").count()
