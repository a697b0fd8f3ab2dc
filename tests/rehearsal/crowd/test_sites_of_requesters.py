"""Tasks on a requester's own site (ExternalQuestion): it may lead on, or be down."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from kempelen.rehearsal.crowd.crowds import Crowd
from kempelen.rehearsal.server import Server

AT_ONCE = 1e12
PLAN = {"workers": 3, "kinds": {"good": {"skill": 1, "tasks": 9, "abandons": 0, "returns": 0, "skips": 0}}}
EXTERNAL = (
    '<ExternalQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/'
    '2006-07-14/ExternalQuestion.xsd"><ExternalURL>{}</ExternalURL><FrameHeight>400</FrameHeight>'
    "</ExternalQuestion>"
)
FORM = """<form method="post" action="{turkSubmitTo}/mturk/externalSubmit">
<input type="hidden" name="assignmentId" value="{assignmentId}"><input name="kind" required></form>"""


class _Site(BaseHTTPRequestHandler):
    """Leads from `/task` to `/task/`, as sites do, and from `/round` to itself."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/task/":
            told = {name: values[0] for name, values in parse_qs(parts.query).items()}
            page = FORM.format_map({"turkSubmitTo": "", **told}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
        else:
            page = b""
            to = "/round" if parts.path == "/round" else "/task/"
            self.send_response(302)
            self.send_header("Location", f"{to}?{parts.query}")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def _hit(throwaway: Server, url: str) -> str:
    hit = throwaway.client().create_hit(
        Title="Elsewhere",
        Description="A page of ours",
        Reward="0.01",
        LifetimeInSeconds=86400,
        AssignmentDurationInSeconds=600,
        MaxAssignments=1,
        Question=EXTERNAL.format(url),
    )["HIT"]
    return str(hit["HITId"])


def test_a_site_that_leads_on_is_followed(throwaway: Server, site: str) -> None:
    with Crowd(throwaway, PLAN, seed=1, speed=AT_ONCE) as crowd:
        report = crowd.work(hits=[_hit(throwaway, f"{site}/task")], truth=lambda hit: {"kind": "cat"})
    assert (report.answers, report.quality.right) == (1, 1)


def test_a_site_that_is_down_is_a_fault_of_its_tasks_only(throwaway: Server, site: str) -> None:
    hits = [_hit(throwaway, url) for url in ("http://127.0.0.1:1/x", f"{site}/round", f"{site}/task")]
    with Crowd(throwaway, PLAN, seed=1, speed=AT_ONCE) as crowd:
        report = crowd.work(hits=hits)
    told = " ".join(one.what for one in report.findings)
    assert report.answers == 1
    assert "could not be filled in: http://127.0.0.1:1 does not answer" in told
    assert "could not be filled in: the page leads on and on" in told
    assert "HITs not finished: 2 answers missing" in told
