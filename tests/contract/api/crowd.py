"""Workers for tests of the API: what people do in a browser, asked for over HTTP.

    cleo = crowd("Cleo")
    assignment_id = cleo.accept(hit_id)
    cleo.submit(assignment_id, {"answer": "yes"})

or both at once by `cleo.answer(hit_id)`.  Each logs in by a link, looks at the HIT, presses Accept, and the
answer goes to /mturk/externalSubmit as a task's own page sends it: from nowhere, without a cookie.
"""

import os
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import urlencode

import pytest

from kempelen.domain.actions import people
from kempelen.domain.models import Worker
from tests.factories import a_user
from tests.servers import Server
from tests.visitors import Answer, Visitor

ANSWERS: Mapping[str, str] = {"answer": "yes"}
Fields = Mapping[str, str | Sequence[str]]


class CrowdWorker:
    """Somebody with an account, who works on a server over HTTP."""

    def __init__(self, url: str, worker: Worker) -> None:
        assert worker.user
        self.worker = worker
        self.id: str = worker.public_id
        self._url = url
        self._visitor = Visitor(url)
        link = f"/account/link/{people.login_link(worker.user)}/"
        self._visitor.get(link)
        assert self._visitor.post(link).status == 302

    def look(self, path: str) -> Answer:
        """Look at a page, such as `/` or `/hits/<HITId>/`."""
        return self._visitor.get(path)

    def accept(self, hit_id: str) -> str:
        """Accept the HIT; gives the AssignmentId."""
        return self._accepted(f"/hits/{hit_id}/", f"/hits/{hit_id}/accept/")

    def accept_next(self, group_id: str) -> str:
        """Accept what comes next in the group (HITGroupId); gives the AssignmentId."""
        return self._accepted(f"/groups/{group_id}/", f"/groups/{group_id}/accept/")

    def is_refused(self, hit_id: str) -> bool:
        """Whether the HIT is not to be had for this worker: it cannot be seen, or not be accepted."""
        self._visitor.get(f"/hits/{hit_id}/")
        return not self._visitor.post(f"/hits/{hit_id}/accept/").location.startswith("/work/")

    def submit(self, assignment_id: str, fields: Fields = ANSWERS) -> str:
        """Send an answer, and give what the page then says; a list of values is a name sent several times."""
        body = urlencode({"assignmentId": assignment_id, **fields}, doseq=True).encode()
        request = urllib.request.Request(f"{self._url}/mturk/externalSubmit", body)
        try:
            with urllib.request.urlopen(request, timeout=30) as page:
                return str(page.read().decode())
        except urllib.error.HTTPError as refused:
            return refused.read().decode()

    def answer(self, hit_id: str, fields: Fields = ANSWERS) -> str:
        """Accept the HIT and send an answer; gives the AssignmentId."""
        assignment_id = self.accept(hit_id)
        assert "Your answer has been sent" in self.submit(assignment_id, fields)
        return assignment_id

    def give_back(self, assignment_id: str) -> None:
        """Return the HIT."""
        self._visitor.get(f"/work/{assignment_id}/")
        assert self._visitor.post(f"/work/{assignment_id}/return/").status == 302

    def close(self) -> None:
        """Go home."""
        self._visitor.close()

    def _accepted(self, page: str, action: str) -> str:
        seen = self._visitor.get(page)
        assert seen.status == 200, seen
        answer = self._visitor.post(action)
        _, work, assignment_id, _ = answer.location.split("/")
        assert work == "work", answer
        return assignment_id


@pytest.fixture
def here() -> None:
    """Skip where the endpoint is another server, whose tables and workers are not ours to make."""
    if os.environ.get("KEMPELEN_TEST_ENDPOINT"):
        pytest.skip("Another endpoint has tables and workers of its own.")


@pytest.fixture
def crowd(here: None, site: Server) -> Iterator[Callable[..., CrowdWorker]]:
    """Lets a worker of this name appear at the server, a new one with each call."""
    present: list[CrowdWorker] = []

    def come(name: str = "Cleo") -> CrowdWorker:
        present.append(CrowdWorker(site.url, people.worker_of(a_user(name))))
        return present[-1]

    yield come
    for worker in present:
        worker.close()
