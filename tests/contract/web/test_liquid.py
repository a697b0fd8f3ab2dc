"""A template of Ground Truth and its manifest become HITs, a worker does them, results come out."""

import csv
import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.journey]

TEMPLATE = """<crowd-form answer-format="flatten-objects">
  <crowd-classifier name="animal" categories="{{ task.input.labels | to_json | escape }}" header="Which one?">
    <classification-target>
      <p id="text">{{ task.input.taskObject }}</p>
      <ol>{% for hint in task.input.meta.hints %}<li>{{ forloop.index }}: {{ hint }}</li>{% endfor %}</ol>
    </classification-target>
  </crowd-classifier>
</crowd-form>
"""
LINES = (
    {"source": "It says <meow> & \"purrs\"", "labels": ["Cat", "Dog"], "meta": {"hints": ["soft", "small"]}},
    {"source": "Woof", "labels": ["Cat", "Dog"]},
)  # fmt: skip


def test_from_a_manifest_to_the_results(server: Server, page: Page, tmp_path: Path):
    template, manifest, results = tmp_path / "animal.html", tmp_path / "data.manifest", tmp_path / "out.csv"
    template.write_text(TEMPLATE)
    manifest.write_text("\n".join(map(json.dumps, LINES)))
    server.run("publish-hits", template, manifest, "--title", tmp_path.name)
    page.goto(server.url)
    page.get_by_role("link", name=tmp_path.name, exact=True).click()

    press(page, "Accept next")
    answer(page, LINES[0]["source"], ["1: soft", "2: small"], choice="Cat")
    press(page, "Accept")
    answer(page, LINES[1]["source"], [], choice="Dog")

    server.run("dump-results", template, results)
    with results.open(newline="", encoding="utf-8") as text:
        rows = list(csv.DictReader(text))
    assert [row["Answer.animal.label"] for row in rows] == ["Cat", "Dog"]
    assert [row["Input.source"] for row in rows] == [line["source"] for line in LINES]
    assert [row["Input.meta"] for row in rows] == ['{"hints": ["soft", "small"]}', ""]


def press(page: Page, name: str) -> None:
    """Press a button that leads to another page."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def answer(page: Page, text: str, hints: list[str], *, choice: str) -> None:
    """Look at the task, choose and send."""
    task = page.frame_locator("task-frame iframe")
    expect(task.locator("#text")).to_have_text(text)
    expect(task.locator("li")).to_have_text(hints)
    task.get_by_role("radio", name=choice).check()
    expect(task.get_by_role("radio", name=choice)).to_be_checked()
    task.get_by_role("button", name="Submit").click()
    page.wait_for_url(lambda url: "/work/" not in url)
