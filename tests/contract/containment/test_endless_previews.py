"""A template that never ends, in the editor of who writes it: stopped, and shown again when it is mended."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kempelen.domain.models import Requester, User
from tests.contract.containment.attacks import log_in
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.once]

SHOWN = "draft-preview iframe:not(.is-loading)"
STOPPED = "The preview was stopped"
LOOPS = {
    "at once": "<p>looping</p><script>for (;;);</script>",
    "when it has loaded": "<p>loops</p><script>onload = () => setTimeout(() => { for (;;); }, 100)</script>",
}


@pytest.fixture
def write(page: Page, site: Server, victim: User, victims_requester: Requester) -> Callable[[str], None]:
    """A function that writes a template into the open editor."""
    log_in(page, site, victim)
    page.goto(f"{site.url}/r/{victims_requester.slug}/projects/new/")

    def write(html: str) -> None:
        page.get_by_label("Template", exact=True).fill(html)

    return write


@pytest.mark.parametrize("loop", LOOPS)
def test_an_endless_template_is_stopped_and_shown_again_when_it_is_mended(
    page: Page, write: Callable[[str], None], loop: str
) -> None:
    write(LOOPS[loop])
    expect(page.get_by_text(STOPPED)).to_be_visible()
    write("<p>mended</p>")

    expect(page.frame_locator(SHOWN).locator("p").first).to_have_text("mended")
    expect(page.get_by_text(STOPPED)).to_be_hidden()


@pytest.mark.parametrize("milliseconds", [100, 300])
def test_what_is_mended_before_the_preview_was_stopped_is_shown_too(
    page: Page, write: Callable[[str], None], milliseconds: int
) -> None:
    with page.expect_response(lambda response: "looping" in (response.request.post_data or "")):
        write(LOOPS["at once"])
    page.wait_for_timeout(milliseconds)  # the loop begins, and is asked whether it lives, or not yet
    write("<p>mended</p>")

    expect(page.frame_locator(SHOWN).locator("p").first).to_have_text("mended")


def test_a_template_that_ends_is_not_stopped(page: Page, write: Callable[[str], None]) -> None:
    write("<p>done</p><img src='https://elsewhere.invalid/'>")
    expect(page.frame_locator(SHOWN).locator("p").first).to_have_text("done")
    page.wait_for_timeout(6000)

    expect(page.get_by_text(STOPPED)).to_be_hidden()
