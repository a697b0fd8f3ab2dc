"""kill -9 amid accepting and submitting: what a worker was told holds, and nothing is half done."""

import http.client
import json
import random
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.servers import Server, new_server
from tests.visitors import Visitor

WORKERS, PLACES, ROWS = 4, 2, 20_000


@dataclass
class Told:
    """What the server confirmed to one worker, and what was on its way when it died."""

    accepted: list[str] = field(default_factory=list)
    submitted: dict[str, str] = field(default_factory=dict)
    sent: dict[str, str] = field(default_factory=dict)


def test_killing_the_server_loses_no_confirmed_work(tmp_path: Path):
    kill_again_and_again(tmp_path, times=3)


@pytest.mark.proof
def test_killing_the_server_a_hundred_times_loses_no_confirmed_work(tmp_path: Path):
    kill_again_and_again(tmp_path, times=100)


def kill_again_and_again(folder: Path, *, times: int) -> None:
    chance = random.Random(times)
    with new_server() as server:
        group_id = published_group(server, folder)
        told: list[Told] = []
        for _ in range(times):
            server.start()
            told += work_until_killed(server, group_id, after_seconds=chance.uniform(0.05, 0.6))
        assert sum(len(one.submitted) for one in told) >= times
        server.start()
        assert_confirmed_work_is_there(server, told)
        assert_nothing_is_half_done(server)


def published_group(server: Server, folder: Path) -> str:
    """The public id of a group with more HITs than will be done."""
    (folder / "task.html").write_text('<p>${n}</p><input name="answer">')
    (folder / "rows.csv").write_text("n\n" + "\n".join(map(str, range(ROWS))))
    server.start()
    server.run("publish-hits", folder / "task.html", folder / "rows.csv", "--assignments", str(PLACES))
    server.stop()
    return str(server.rows("SELECT public_id FROM kempelen_hitgroup")[0][0])


def work_until_killed(server: Server, group_id: str, *, after_seconds: float) -> list[Told]:
    """Let workers work, kill the server among it, and give what each was told."""
    told = [Told() for _ in range(WORKERS)]
    begun = threading.Event()
    threads = [threading.Thread(target=work, args=(server.url, group_id, one, begun)) for one in told]
    for thread in threads:
        thread.start()
    assert begun.wait(60), server.log()
    threading.Event().wait(after_seconds)
    server.kill()
    for thread in threads:
        thread.join(60)
    return told


def work(url: str, group_id: str, told: Told, begun: threading.Event) -> None:
    """Accept and submit as quickly as an anonymous browser can, until the server is gone."""
    visitor = Visitor(url)
    try:
        visitor.get(f"/groups/{group_id}/")
        while True:
            accepted = visitor.post(f"/groups/{group_id}/accept/")
            assert accepted.status == 302, accepted
            assignment_id = accepted.location.strip("/").rpartition("/")[2]
            told.accepted.append(assignment_id)
            begun.set()
            told.sent[assignment_id] = f"é ☃ {random.random()}"
            fields = {"assignmentId": assignment_id, "answer": told.sent[assignment_id]}
            submitted = visitor.post("/mturk/externalSubmit", fields)
            assert submitted.status == 200, submitted
            told.submitted[assignment_id] = told.sent[assignment_id]
    except (OSError, http.client.HTTPException):
        visitor.close()


def assert_confirmed_work_is_there(server: Server, told: list[Told]) -> None:
    stored = {
        public_id: (status, answers if isinstance(answers, dict | None) else json.loads(answers))
        for public_id, status, answers in server.rows(
            "SELECT public_id, status, answers FROM kempelen_assignment"
        )
    }
    for one in told:
        assert set(one.accepted) <= set(stored)
        for assignment_id, answer in one.submitted.items():
            assert stored[assignment_id] == ("Submitted", {"answer": answer})
        # What was sent but not confirmed is there whole, or not at all.
        for assignment_id in set(one.sent) - set(one.submitted):
            whole = ("Submitted", {"answer": one.sent[assignment_id]})
            assert stored[assignment_id] in [whole, ("Accepted", None)]


def assert_nothing_is_half_done(server: Server) -> None:
    miscounted = server.rows(
        "SELECT hit.id FROM kempelen_hit hit LEFT JOIN kempelen_assignment a ON a.hit_id = hit.id"
        " GROUP BY hit.id, hit.max_assignments, hit.places_left, hit.pending_count, hit.unreviewed_count"
        " HAVING hit.places_left <> hit.max_assignments - COUNT(a.id)"
        " OR hit.pending_count <> SUM(CASE WHEN a.status = 'Accepted' THEN 1 ELSE 0 END)"
        " OR hit.unreviewed_count <> SUM(CASE WHEN a.status = 'Submitted' THEN 1 ELSE 0 END)"
    )
    doubled = server.rows(
        "SELECT hit_id, worker_id FROM kempelen_assignment GROUP BY hit_id, worker_id HAVING COUNT(*) > 1"
    )
    without_their_events = server.rows(
        "SELECT a.id FROM kempelen_assignment a LEFT JOIN kempelen_event e ON e.assignment_pk = a.id"
        " GROUP BY a.id, a.status"
        " HAVING SUM(CASE WHEN e.kind = 'AssignmentAccepted' THEN 1 ELSE 0 END) <> 1"
        " OR SUM(CASE WHEN e.kind = 'AssignmentSubmitted' THEN 1 ELSE 0 END)"
        " <> CASE WHEN a.status = 'Submitted' THEN 1 ELSE 0 END"
    )
    assert (miscounted, doubled, without_their_events) == ([], [], [])
