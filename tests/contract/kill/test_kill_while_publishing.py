"""kill -9 amid uploading and publishing: nobody sees half a batch, and what was confirmed gets done."""

import contextlib
import http.client
import random
import re
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.servers import Server, new_server
from tests.visitors import Visitor

ROWS = 20_000  # four of the pages in which HITs are made
CSV = ("n,word\n" + "".join(f"{n},wörd {n}\n" for n in range(ROWS))).encode()
PATIENCE_SECONDS = 60


@dataclass
class Told:
    """What the server confirmed to the requester before it died."""

    batch_number: int = 0
    is_publishing: bool = False


def test_killing_the_server_leaves_no_half_batch(tmp_path: Path):
    kill_again_and_again(tmp_path, times=3)


@pytest.mark.proof
def test_killing_the_server_a_hundred_times_leaves_no_half_batch(tmp_path: Path):
    kill_again_and_again(tmp_path, times=100)


def kill_again_and_again(folder: Path, *, times: int) -> None:
    chance = random.Random(times)
    with new_server() as server:
        prepare_project(server.start(), folder)
        requester = log_in(server)
        longest = 1.1 * seconds_of(lambda: (publish(requester, Told()), wait_until_published(server)))
        for _ in range(times):
            requester.close()  # the server that it was connected to is gone
            told = publish_until_killed(server, requester, after_seconds=chance.uniform(0, longest))
            assert_half_a_batch_is_hidden(server)
            server.start()
            wait_until_published(server)
            assert_batches_are_whole(server, told)
        requester.close()


def prepare_project(server: Server, folder: Path) -> None:
    (folder / "task.html").write_text('<p>${n} ${word}</p><input name="answer">')
    (folder / "rows.csv").write_bytes(CSV[: CSV.index(b"\n1,") + 1])
    server.run("publish-hits", folder / "task.html", folder / "rows.csv")


def log_in(server: Server) -> Visitor:
    """The owner, whose log-in lasts while the server comes and goes."""
    visitor = Visitor(server.url)
    link = re.search(r"http\S+", server.run("login-link", "owner"))
    assert link
    visitor.get(urlsplit(link[0]).path)
    logged_in = visitor.post(urlsplit(link[0]).path)
    assert logged_in.status == 302, logged_in
    return visitor


def publish(requester: Visitor, told: Told) -> None:
    projects = requester.follow(requester.get("/r/")).text
    project = re.search(r'href="(/r/[\w-]+/projects/\d+/)"', projects)
    assert project, projects
    requester.get(f"{project[1]}publish/")
    uploaded = requester.post(f"{project[1]}publish/", files={"file": CSV})
    assert uploaded.status == 302, uploaded
    told.batch_number = int(uploaded.location.strip("/").rpartition("/")[2])
    begun = requester.post(f"{uploaded.location}publish/")
    assert begun.status == 302, begun
    told.is_publishing = True


def publish_until_killed(server: Server, requester: Visitor, *, after_seconds: float) -> Told:
    told = Told()
    killer = threading.Timer(after_seconds, server.kill)
    killer.start()
    try:
        publish(requester, told)
    except (OSError, http.client.HTTPException):
        requester.close()
    killer.join()
    return told


def assert_half_a_batch_is_hidden(server: Server) -> None:
    shown = server.rows(
        "SELECT g.public_id FROM kempelen_hitgroup g JOIN kempelen_batch b ON b.hit_group_id = g.id"
        " WHERE b.state <> 'published' AND g.status <> 'hidden'"
    )
    assert shown == []


def wait_until_published(server: Server) -> None:
    """Look at the worker's pages until all jobs are done: a group is there whole, or not at all."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    with contextlib.closing(Visitor(server.url)) as worker:
        while time.monotonic() < give_up_at:
            hidden = hidden_groups(server)
            if not hidden:
                return
            answers = [worker.get(f"/groups/{public_id}/") for public_id in hidden]
            if hidden_groups(server) == hidden:
                assert {answer.status for answer in answers} == {404}
    raise AssertionError(f"Not published within {PATIENCE_SECONDS} s.  The log:\n{server.log()}")


def hidden_groups(server: Server) -> list[str]:
    rows = server.rows("SELECT public_id FROM kempelen_hitgroup WHERE status = 'hidden' ORDER BY id")
    return [str(public_id) for (public_id,) in rows]


def assert_batches_are_whole(server: Server, told: Told) -> None:
    states = dict(server.rows("SELECT number, state FROM kempelen_batch"))
    assert set(states.values()) <= {"published", "uploaded"}
    if told.batch_number:
        assert told.batch_number in states
    if told.is_publishing:
        assert states[told.batch_number] == "published"
    torn = server.rows(
        "SELECT b.number, b.row_count, COUNT(h.id), COUNT(DISTINCT h.row_number), COUNT(DISTINCT h.seq)"
        " FROM kempelen_batch b LEFT JOIN kempelen_hit h ON h.group_id = b.hit_group_id"
        " WHERE b.state = 'published' AND b.number > (SELECT MAX(number) - 3 FROM kempelen_batch)"
        " GROUP BY b.id, b.number, b.row_count"
        " HAVING COUNT(h.id) <> b.row_count OR COUNT(DISTINCT h.row_number) <> b.row_count"
        " OR COUNT(DISTINCT h.seq) <> b.row_count"
    )
    published = [number for number, state in states.items() if state == "published"]
    events = server.rows("SELECT COUNT(*) FROM kempelen_event WHERE kind = 'BatchPublished'")
    assert (torn, events) == ([], [(len(published),)])


def seconds_of(what) -> float:
    started = time.monotonic()
    what()
    return time.monotonic() - started
