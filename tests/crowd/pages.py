"""Pages with our elements, opened without a server: what a browser makes of them, and what they send."""

import json
from typing import Any
from urllib.parse import parse_qsl

from playwright.sync_api import Page, Request, Route

from kempelen.crowd.bundle import bundle

ORIGIN = "https://tasks.invalid"
SUBMIT_TO = "https%3A%2F%2Fmturk.invalid"
WORK = f"{ORIGIN}/task?assignmentId=3A&hitId=3H&workerId=AW&turkSubmitTo={SUBMIT_TO}"
PREVIEW = f"{ORIGIN}/task?assignmentId=ASSIGNMENT_ID_NOT_AVAILABLE&hitId=3H"
ALONE = f"{ORIGIN}/task"
SCRIPT = '<script src="/crowd-html-elements.js"></script>'
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300">'
    '<rect width="400" height="300" fill="#8ab"/><circle cx="200" cy="150" r="80" fill="#264"/></svg>'
)


class Sent:
    """What the page posted: the fields of each post, in order."""

    def __init__(self) -> None:
        self.posts: list[dict[str, str]] = []

    def answer(self) -> Any:
        """Give the one object of the only post's `taskAnswers`."""
        (post,) = self.posts
        assert set(post) == {"assignmentId", "taskAnswers"}
        (answer,) = json.loads(post["taskAnswers"])
        return answer


def open_task(page: Page, html: str, *, url: str = WORK, document: str = "") -> Sent:
    """Open a page with this markup and wait until its elements are ready; gives what it will send."""
    sent = Sent()
    whole = document or (
        "<!doctype html><html lang=en><head><meta name=color-scheme content='light dark'>"
        "<meta name=viewport content='width=device-width, initial-scale=1'>"
        # As it looks anyway; axe takes a page without a colour for white.
        f"<title>HIT</title><style>body {{ background: Canvas }}</style>{SCRIPT}<script>"
        "document.addEventListener('all-crowd-elements-ready', () => document.body.dataset.ready = 'yes')"
        f"</script></head><body><main>{html}</main></body></html>"
    )

    def answer(route: Route, request: Request) -> None:
        if request.method == "POST":
            sent.posts.append(dict(parse_qsl(request.post_data or "", keep_blank_values=True)))
            route.fulfill(status=200, content_type="text/html", body="<title>Sent</title><p>Thank you.")
        elif "crowd-html-elements" in request.url:
            route.fulfill(status=200, content_type="text/javascript", body=bundle())
        elif request.url.endswith(".svg"):
            route.fulfill(status=200, content_type="image/svg+xml", body=PICTURE)
        elif "/task" in request.url:
            route.fulfill(status=200, content_type="text/html; charset=utf-8", body=whole)
        else:
            route.fulfill(status=404, body="")

    page.route("**/*", answer)
    page.goto(url)
    if not document:
        page.locator("body[data-ready]").wait_for(state="attached")
    return sent


def submit(page: Page, sent: Sent) -> Sent:
    """Press the only submit button and wait for the page that follows."""
    with page.expect_navigation():
        page.get_by_role("button", name="Submit").click()
    return sent
