"""`kempelen demo` as a stranger meets it: do an example's HIT, find the answer in the results."""

import csv
import io
import re
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from kempelen import examples
from tests.servers import Server, new_server

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture(scope="module")
def demo() -> Iterator[Server]:
    with new_server(verb="demo") as server:
        yield server.start()


def test_the_chosen_examples_are_offered_to_the_worker(demo: Server, page: Page):
    follow(page, link_for("Worker", demo))
    page.goto(demo.url)

    for example in examples.of_the_demo():
        assert page.get_by_text(example.title).first.is_visible()


def test_media_may_be_loaded_by_task_pages_which_have_no_origin(demo: Server):
    recording = f"{demo.url}/static/kempelen/examples/telegrams/tea.wav"
    asked = urllib.request.Request(recording, headers={"Origin": "null", "Range": "bytes=0-3"})
    with urllib.request.urlopen(asked) as answer:
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert (answer.status, answer.read()) == (206, b"RIFF")


def test_what_a_worker_answers_is_in_the_results(demo: Server, new_visitor: Callable[..., Page]):
    worker, requester = new_visitor(), new_visitor()
    example = examples.example("sentiment")
    worker.goto(f"{demo.url}/?search=writer")
    worker.get_by_role("link", name=example.title, exact=True).click()
    worker.get_by_role("button", name="Accept next").click()
    task = worker.frame_locator("task-frame iframe")
    task.get_by_role("radio", name="pleased", exact=True).check()
    task.get_by_label("Anything unclear?").fill("No, “nothing”, really.")
    with worker.expect_navigation():
        task.get_by_role("button", name="Submit").click()

    [row] = results_of(example.name, requester, demo)
    with example.rows.open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    assert {name: row[f"Input.{name}"] for name in first} == first
    assert (row["Answer.sentiment"], row["Answer.comment"]) == ("positive", "No, “nothing”, really.")
    assert (row["Title"], row["Reward"]) == (example.title, "$0.04")


def results_of(project: str, page: Page, demo: Server) -> list[dict[str, str]]:
    follow(page, link_for("Requester", demo))
    page.get_by_role("link", name=project).first.click()
    page.get_by_role("link", name="sentiment", exact=True).first.click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV", exact=True).first.click()
    text = Path(taken.value.path()).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def follow(page: Page, link: str) -> None:
    """Open a log-in link; a script of its page presses the button."""
    page.goto(link)
    page.wait_for_url(lambda url: "/account/link/" not in url)


def link_for(who: str, demo: Server) -> str:
    found = re.search(rf"{who}\s+(http\S+/account/link/\S+)", demo.log())
    assert found, demo.log()
    return found[1]
