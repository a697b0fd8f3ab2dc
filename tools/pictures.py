"""Takes the pictures of the documentation from the pages themselves: python -m tools.pictures

Starts the demo in a folder of its own, and goes where the pictures are as its people would.
"""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from tests import programs
from tests.browser import FLAGS
from tests.servers import Server

IMAGES = Path(__file__).parents[1] / "docs" / "images"


def main() -> None:
    """Write docs/images/<page>-light.png and -dark.png."""
    IMAGES.mkdir(exist_ok=True)
    with demo() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=programs.chromium(), args=list(FLAGS))
        worker, requester = (visitor(browser, link) for link in login_links(server))
        accept(worker, server, "plants")
        take(worker, "work")
        edit_project(requester, server, "plants")
        take(requester, "project")
        browser.close()


@contextmanager
def demo() -> Iterator[Server]:
    """A demo that nobody has used yet."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        data.mkdir()
        server = Server(data, verb="demo")
        try:
            yield server.start()
        finally:
            server.stop()


def login_links(server: Server) -> list[str]:
    """The worker's and the requester's links, in the order in which the demo prints them."""
    return re.findall(r"http\S+/account/link/\S+", server.log())[:2]


def visitor(browser: Browser, link: str) -> Page:
    """Somebody who has followed a log-in link."""
    context = browser.new_context(viewport={"width": 1200, "height": 640}, device_scale_factor=1.25)
    page = context.new_page()
    page.goto(link)
    page.wait_for_url(lambda url: "/account/link/" not in url)
    return page


def accept(page: Page, server: Server, title: str) -> None:
    """Have a task of this group in hand."""
    page.goto(server.url)
    page.get_by_role("link", name=re.compile(title, re.IGNORECASE)).first.click()
    page.get_by_role("button", name="Accept").first.click()


def edit_project(page: Page, server: Server, name: str) -> None:
    """Have a template and its preview side by side."""
    page.goto(f"{server.url}/r/")
    page.get_by_role("link", name=re.compile(name, re.IGNORECASE)).first.click()
    page.get_by_role("link", name="Edit", exact=True).first.click()


def take(page: Page, name: str) -> None:
    """Write pictures of what is in the window, in light and in dark."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=IMAGES / f"{name}-{scheme}.png")


if __name__ == "__main__":
    main()
