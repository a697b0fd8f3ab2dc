"""The same answers given in a real browser: each field filled in as a person would, by Playwright.

Playwright is an extra (`pip install "kempelen[browser]"`); nothing here imports it before it is needed.
"""

from kempelen.rehearsal.filling.browser.filling import fill_in_browser, press_submit
from kempelen.rehearsal.filling.browser.launching import NoBrowser, chromium
from kempelen.rehearsal.filling.browser.looking import read_in_browser

__all__ = ["NoBrowser", "chromium", "fill_in_browser", "press_submit", "read_in_browser"]
