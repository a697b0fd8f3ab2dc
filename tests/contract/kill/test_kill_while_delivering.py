"""kill -9 amid telling of events: each event that happened is told, if need be twice."""

import http.client
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

from tests.outside import KEYS, Cloud
from tests.servers import Server, new_server
from tests.visitors import Visitor

WORKERS, ROWS = 3, 20_000
TOLD = ("AssignmentAccepted", "AssignmentSubmitted", "HITReviewable")
# A message that was being sent when its server died is due again after this long, and is then sent.
PATIENCE_SECONDS = 120


@pytest.fixture
def server(cloud: Cloud) -> Iterator[Server]:
    settings = {
        "KEMPELEN_NOTIFICATION_ENDPOINT_URL": cloud.endpoint,
        "KEMPELEN_NOTIFICATION_ACCESS_KEY_ID": KEYS["aws_access_key_id"],
        "KEMPELEN_NOTIFICATION_SECRET_ACCESS_KEY": KEYS["aws_secret_access_key"],
    }
    with new_server(settings=settings) as server:
        yield server


def test_killing_the_server_loses_no_event(server: Server, cloud: Cloud, tmp_path: Path):
    kill_again_and_again(server, cloud, tmp_path, times=3)


@pytest.mark.proof
def test_killing_the_server_a_hundred_times_loses_no_event(server: Server, cloud: Cloud, tmp_path: Path):
    kill_again_and_again(server, cloud, tmp_path, times=100)


def kill_again_and_again(server: Server, cloud: Cloud, folder: Path, *, times: int) -> None:
    chance = random.Random(times)
    queue = cloud.new_queue()
    group_id = published_group(server, queue, folder)
    for _ in range(times):
        server.start()
        work_until_killed(server, group_id, after_seconds=chance.uniform(0.1, 0.8))
    server.start()
    messages = told_in_the_end(server, cloud, queue)
    assert_each_event_was_told(server, messages)


def published_group(server: Server, queue: str, folder: Path) -> str:
    """The public id of a group with more HITs than will be done, whose type tells the queue."""
    (folder / "task.html").write_text('<p>${n}</p><input name="answer">')
    (folder / "rows.csv").write_text("n\n" + "\n".join(map(str, range(ROWS))))
    server.start()
    server.run("publish-hits", folder / "task.html", folder / "rows.csv")
    key = json.loads(server.run("access-key", "create", "--json"))
    mturk = boto3.client(
        "mturk",
        endpoint_url=server.url,
        region_name="us-east-1",
        aws_access_key_id=key["AccessKeyId"],
        aws_secret_access_key=key["SecretAccessKey"],
    )
    mturk.update_notification_settings(
        HITTypeId=server.rows("SELECT public_id FROM kempelen_hittype")[0][0],
        Notification={
            "Destination": queue,
            "Transport": "SQS",
            "Version": "2006-05-05",
            "EventTypes": list(TOLD),
        },
    )
    mturk.close()
    server.stop()
    return str(server.rows("SELECT public_id FROM kempelen_hitgroup")[0][0])


def work_until_killed(server: Server, group_id: str, *, after_seconds: float) -> None:
    """Let workers work, which makes events, and kill the server amid it."""
    begun = threading.Event()
    threads = [threading.Thread(target=work, args=(server.url, group_id, begun)) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    assert begun.wait(60), server.log()
    threading.Event().wait(after_seconds)
    server.kill()
    for thread in threads:
        thread.join(60)


def work(url: str, group_id: str, begun: threading.Event) -> None:
    """Accept and submit as quickly as an anonymous browser can, until the server is gone."""
    visitor = Visitor(url)
    try:
        visitor.get(f"/groups/{group_id}/")
        while True:
            accepted = visitor.post(f"/groups/{group_id}/accept/")
            assignment_id = accepted.location.strip("/").rpartition("/")[2]
            visitor.post("/mturk/externalSubmit", {"assignmentId": assignment_id, "answer": "yes"})
            begun.set()
    except (OSError, http.client.HTTPException):
        visitor.close()


def told_in_the_end(server: Server, cloud: Cloud, queue: str) -> list[dict[str, Any]]:
    """What the queue has got when nothing is left to be told."""
    got: list[str] = []
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up_at:
        is_over = server.rows(
            "SELECT (SELECT COUNT(*) FROM kempelen_event WHERE awaits_notification)"
            " + (SELECT COUNT(*) FROM kempelen_delivery WHERE finished_at IS NULL)"
        ) == [(0,)]
        got += cloud.take(queue)
        if is_over:
            return [json.loads(body) for body in got]
        time.sleep(0.1)
    raise AssertionError(f"Not all was told within {PATIENCE_SECONDS} s.  The log:\n{server.log()}")


def assert_each_event_was_told(server: Server, messages: list[dict[str, Any]]) -> None:
    happened = Counter(
        server.rows(
            "SELECT e.kind, h.public_id FROM kempelen_event e JOIN kempelen_hit h ON h.id = e.hit_pk"
            " WHERE e.kind IN ('AssignmentAccepted', 'AssignmentSubmitted', 'HITReviewable')"
        )
    )
    # A message that came twice is known by its id.
    once = {message["EventDocId"]: message["Events"] for message in messages}
    told = Counter((event["EventType"], event["HITId"]) for events in once.values() for event in events)
    assert len(happened) >= len(TOLD)
    assert told == happened
