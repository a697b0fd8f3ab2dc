"""Templates of other days in a browser without any network but ours: all that they load is from here."""

import re
from html import escape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Page, Request, expect

from kempelen.stand_ins.table import KNOWN_ADDRESSES
from kempelen.web.content import sources
from kempelen.web.content.known_urls import KnownUrls
from tests.servers import Server
from tests.web.content.tasks import answers_after_leaving, open_preview, open_work

TEMPLATES = Path(__file__).parent / "old_templates"

pytestmark = pytest.mark.browser

BOOTSTRAP_3 = (TEMPLATES / "bootstrap-3.html").read_text("utf-8")
BOOTSTRAP_4 = (TEMPLATES / "bootstrap-4.html").read_text("utf-8")
MADE_BY_SCRIPTS = (TEMPLATES / "made-by-scripts.html").read_text("utf-8")


@pytest.fixture
def outside(page: Page) -> list[str]:
    """The addresses elsewhere that the page asks for."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith(("http://localhost:", "http://127.0.0.1:", "data:", "blob:")):
            asked.append(request.url)

    page.on("request", note)
    return asked


def style(task: FrameLocator, selector: str, name: str, part: str = "") -> Any:
    return task.locator(selector).evaluate("(e, [n, p]) => getComputedStyle(e, p || null)[n]", [name, part])


def expect_font(task: FrameLocator, font: str) -> None:
    """Wait until a font is there, really loaded from a file."""
    loaded = """async (_, font) => {
        await document.fonts.ready;
        return (await document.fonts.load(font, "\\ue084\\uf14a")).map((face) => face.status).join();
    }"""
    assert "loaded" in task.locator("body").evaluate(loaded, font), font


def test_an_old_bootstrap_3_task_looks_and_works_as_ever(
    page: Page, site: Server, outside: list[str]
) -> None:
    assignment, task = open_work(page, site, BOOTSTRAP_3)

    expect(task.locator("[name=total]")).to_have_value("1-function")
    assert style(task, ".panel-heading", "backgroundColor") == "rgb(51, 122, 183)"
    assert style(task, "#icon", "fontFamily", "::before") == '"Glyphicons Halflings"'
    expect_font(task, '16px "Glyphicons Halflings"')
    task.get_by_role("link", name="Instructions").click()
    expect(task.get_by_text("Read the receipt.")).to_be_visible()
    task.locator("#ask").click()
    expect(task.locator("#example")).to_have_class("modal fade in")
    task.get_by_role("button", name="Close").click()
    expect(task.locator("#example")).to_be_hidden()
    task.locator("#submitButton").click()

    assert answers_after_leaving(page, assignment) == {"total": "1-function"}
    assert not outside


def test_bootstrap_4_font_awesome_jquery_ui_and_googles_fonts_come_from_here(
    page: Page, site: Server, outside: list[str]
) -> None:
    _, task = open_work(page, site, BOOTSTRAP_4)

    expect(task.locator("[name=value]")).to_have_value("3")
    assert style(task, "#tip", "backgroundColor") == "rgb(220, 53, 69)"
    expect_font(task, '400 16px "Font Awesome 5 Free"')
    assert style(task, "#icon", "fontFamily", "::before") == '"Font Awesome 6 Free"'
    expect(task.locator("#slider")).to_have_css("background-color", "rgb(238, 238, 238)")
    task.locator("#tip").hover()
    expect(task.get_by_role("tooltip")).to_have_text("Be kind")
    assert not outside


def test_what_scripts_ask_for_comes_from_here_too(page: Page, site: Server, outside: list[str]) -> None:
    _, task = open_work(page, site, MADE_BY_SCRIPTS)

    expect(task.locator("#box")).to_have_css("border-top-style", "solid")
    expect_font(task, '400 16px "Font Awesome 6 Free"')
    task.locator("#box").click()
    expect(task.locator("[name=said]")).to_have_value("old-5")
    assert not outside


def test_small_ones_of_our_own_do_what_pages_ask_of_them(
    page: Page, site: Server, outside: list[str]
) -> None:
    _, task = open_work(page, site, (TEMPLATES / "own-stand-ins.html").read_text("utf-8"))

    expect(task.locator("[name=version]")).to_have_value(re.compile(r"1\.\d+"))
    expect_font(task, '400 16px "Font Awesome 6 Free"')
    task.locator("#turn").click()
    expect(task.locator("[name=said]")).to_have_value("one")
    task.locator("#turn").click()
    expect(task.locator("[name=said]")).to_have_value("two, in a browser of now")
    beside = "(turn, tip) => tip.getBoundingClientRect().left - turn.getBoundingClientRect().right"
    tip = task.locator("#tip").element_handle()
    assert abs(task.locator("#turn").evaluate(beside, tip)) < 60
    assert not outside


def test_a_preview_has_them_too(page: Page, site: Server, outside: list[str]) -> None:
    task = open_preview(page, site, BOOTSTRAP_3)

    expect_font(task, '16px "Glyphicons Halflings"')
    expect(task.locator("#submitButton")).to_be_disabled()
    assert not outside


def test_server_and_scripts_read_the_table_alike(page: Page, site: Server) -> None:
    _, task = open_work(page, site, "<input name=a><script></script>")
    asked = [known.example for known in KNOWN_ADDRESSES]
    asked += ["//code.jquery.com/jquery-1.8.3.js?v=2", "https://code.jquery.com/jquery-4.0.0.min.js"]

    given = """(_, addresses) => addresses.map((address) => {
        const link = document.createElement("link");
        link.href = address;
        return link.getAttribute("href");
    })"""
    ours = KnownUrls("", "", f"{site.url}/stand-ins/")
    assert task.locator("body").evaluate(given, asked) == [ours.stand_in_for(url) or url for url in asked]


def test_scripts_of_ours_leave_every_name_to_the_page(page: Page) -> None:
    known = escape(KnownUrls("", "", "/stand-ins/").for_scripts())
    ours = f"<script data-mode=work>{sources.runtime()}</script>"
    ours += f'<script data-known="{known}">{sources.source("stand-ins.js")}</script>'
    theirs = "const load = 1, standInFor = 2, kempelen = 3; found = load + standInFor + kempelen;"

    page.set_content(f"<script>var before = Object.getOwnPropertyNames(window), found;</script>{ours}")
    page.add_script_tag(content=theirs)

    assert page.evaluate("found") == 6
    assert page.evaluate("Object.getOwnPropertyNames(window).filter((name) => !before.includes(name))") == []
