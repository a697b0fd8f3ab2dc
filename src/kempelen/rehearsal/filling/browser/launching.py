"""Starting a browser for the crowd."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_NO_PLAYWRIGHT = (
    "Working in a browser takes Playwright: pip install 'kempelen[browser]', "
    "then playwright install chromium."
)
_NO_CHROMIUM = "Chromium could not be started: playwright install chromium. It says: {}"


class NoBrowser(RuntimeError):
    """There is no browser to work in; says what to install."""


@contextmanager
def chromium(program: str = "") -> "Iterator[Browser]":
    """Start Chromium, and end it in the end; raises `NoBrowser` with the remedy where that cannot be.

    `program` is its path; else it is the machine's own, or Playwright's.
    """
    try:
        # An extra: most rehearsals do without.
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise NoBrowser(_NO_PLAYWRIGHT) from error
    found = program or next(filter(None, map(shutil.which, _NAMES)), None)
    with sync_playwright() as playwright:
        try:
            # Tasks run in sandboxed frames of their own all the same; without it, root could not start it.
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        except Error as error:
            raise NoBrowser(_NO_CHROMIUM.format(str(error)[:500])) from error
        try:
            yield browser
        finally:
            browser.close()
