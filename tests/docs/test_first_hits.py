"""The tutorial, done step by step as it says, with what it says."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.once]
TEXT = Path("docs/start/first-hits.md").read_text(encoding="utf-8")
SAID = {" ".join(bold.split()) for bold in re.findall(r"\*\*(.+?)\*\*", TEXT, re.DOTALL)}


def test_the_tutorial_leads_to_results(server: Server, new_visitor: Callable[..., Page], tmp_path: Path):
    owner, worker = new_visitor(), new_visitor()
    open_the_link(owner, server)
    write_the_task(owner)
    publish(owner, tmp_path)
    worker.goto(
        owner.get_by_label("Link for workers").or_(owner.locator("main input[readonly]")).first.input_value()
    )
    do_the_work(worker)
    expect(owner.get_by_text("3 of 3").first).to_be_visible()

    rows = results(owner)
    assert [row["Input.food"] for row in rows] == ["Tomato", "Pear", "Pepper, red"]
    assert {(row["Answer.kind"], row["Answer.why"], row["Reward"]) for row in rows} == {
        ("fruit", "It has seeds.", "$0.02")
    }


def said(words: str) -> str:
    """Words on a page, which the tutorial has to name as they are there."""
    assert words in SAID, f"the tutorial does not speak of {words}"
    return words


def block(language: str) -> str:
    """What the tutorial's block of code in this language says."""
    found = re.search(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)
    assert found
    return found[1]


def value_for(label: str) -> str:
    """What the tutorial says to write into a field."""
    found = re.search(rf"\*\*{said(label)}\*\*:? `([^`]+)`", TEXT)
    assert found, label
    return found[1]


def open_the_link(page: Page, server: Server) -> None:
    link = re.search(r"http\S+/account/link/\S+", server.log())
    assert link, server.log()
    assert "Log in as “owner” with this link, which works once, within a day:" in server.log()
    page.goto(link[0])
    page.wait_for_url(lambda url: "/account/link/" not in url)


def write_the_task(page: Page) -> None:
    page.get_by_role("link", name=said("New project")).first.click()
    page.get_by_label(said("Project name")).fill(value_for("Project name"))
    page.get_by_label(said("Template"), exact=True).fill(block("html"))
    expect(
        page.frame_locator("draft-preview iframe:not(.is-loading)").get_by_role("heading")
    ).to_contain_text("fruit or vegetable?")
    for label in ("Title", "Reward"):
        page.get_by_label(re.compile(f"^{label}")).fill(value_for(label))
    group = page.get_by_role("group", name=said("Who may work on it"))
    group.get_by_label(said("Anybody with the link, without an account")).check()
    page.get_by_role("button", name=said("Save and publish a CSV")).first.click()


def publish(page: Page, folder: Path) -> None:
    (folder / "foods.csv").write_text(block("csv"), encoding="utf-8")
    page.get_by_label(said("CSV file")).set_input_files(folder / "foods.csv")
    page.get_by_role("button", name=said("Check the file")).click()
    expect(page.get_by_text("$0.06").first).to_be_visible()
    page.get_by_role("button", name=said("Publish 3 HITs")).click()
    expect(page.get_by_role("heading", name=said("Bring workers here"))).to_be_visible()


def do_the_work(page: Page) -> None:
    page.get_by_role("button", name=said("Accept next")).click()
    for number in range(3):
        if number == 1:
            page.get_by_role("button", name=said("Accept"), exact=True).click()
            page.get_by_label(said("Auto-accept next HIT")).check()
        task = page.frame_locator("task-frame iframe")
        task.get_by_label("A fruit").check()
        task.get_by_label("Why?").fill("It has seeds.")
        with page.expect_navigation():
            task.get_by_role("button", name=said("Submit")).click()


def results(page: Page) -> list[dict[str, str]]:
    with page.expect_download() as taken:
        page.get_by_role("link", name=said("CSV"), exact=True).first.click()
    text = Path(taken.value.path()).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))
