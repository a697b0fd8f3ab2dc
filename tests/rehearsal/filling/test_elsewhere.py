"""Pages of a requester's own site: filled in one after the other, until one sends the answer."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kempelen.rehearsal.filling import Blank, Filled, NoForm, Truthful, fill, go_on, read, size_at
from tests.crowd.pngs import png_of

MTURK = "https://www.mturk.com/mturk/externalSubmit"
PAGES = {
    "/first": '<form method="post" action="second"><input name="age"></form>',
    "/second": f'<form method="post" action="{MTURK}"><input name="town"></form>',
    "/round": '<form method="post" action="round"><input name="a"></form>',
    "/look": '<form action="second?x=1"><input name="a"></form>',
    "/lost": '<form method="post" action="nowhere"><input name="a"></form>',
}


class Site(BaseHTTPRequestHandler):
    """A requester's own site; `asked` is what it was asked."""

    asked: list[tuple[str, str]] = []

    def do_GET(self) -> None:
        self.answer("")

    def do_POST(self) -> None:
        self.answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def answer(self, body: str) -> None:
        self.asked.append((self.path, body))
        path = self.path.partition("?")[0]
        content = png_of([[(0,)] * 5] * 7) if path == "/cat.png" else PAGES.get(path, "").encode()
        self.send_response(200 if content else 404)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    Site.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def begun(url: str, path: str) -> Filled:
    return fill(read(PAGES[path], url + path), Truthful({"age": 42, "town": "Rome"}, Blank()))


def test_pages_are_filled_in_until_one_sends_the_answer(url: str) -> None:
    filled = go_on(begun(url, "/first"), Truthful({"town": "Rome"}, Blank()))
    assert Site.asked == [("/second", "age=42")]
    assert filled.pairs == [("town", "Rome")]
    assert filled.task.form
    assert filled.task.form.action == MTURK


def test_a_form_of_the_kind_get_is_asked_by_its_address(url: str) -> None:
    go_on(begun(url, "/look"), Blank())
    assert Site.asked == [("/second?a=", "")]


@pytest.mark.parametrize(("path", "why"), [("/round", "none sends the answer"), ("/lost", "404")])
def test_a_site_that_leads_nowhere_is_left(url: str, path: str, why: str) -> None:
    with pytest.raises(NoForm, match=why):
        go_on(begun(url, path), Blank())


def test_what_sends_the_answer_is_left_as_it_is() -> None:
    task = read(PAGES["/second"], "https://site.invalid/?turkSubmitTo=https%3A%2F%2Fours.example")
    filled = fill(task, Blank())
    assert go_on(filled, Blank()) is filled
    assert task.form
    assert task.form.action == "https://ours.example/mturk/externalSubmit"


def test_a_form_whose_address_a_script_sets_goes_where_mturk_says() -> None:
    page = "<form><input name=a></form><script>form.action = turkSubmitTo + '/mturk/externalSubmit'</script>"
    task = read(page, "https://site.invalid/?assignmentId=3A&turkSubmitTo=https%3A%2F%2Fours.example")
    assert task.form
    assert task.form.sends_answer
    assert fill(task, Blank()).pairs == [("assignmentId", "3A"), ("a", "")]


def test_the_size_of_a_picture_is_asked_of_its_host(url: str) -> None:
    assert size_at(f"{url}/cat.png") == (5, 7)
    assert size_at(f"{url}/dog.png") is None
    assert size_at("file:///etc/hostname") is None
