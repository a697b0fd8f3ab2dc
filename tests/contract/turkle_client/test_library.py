"""The client's Python classes, as scripts use them."""

import threading
from collections.abc import Mapping
from typing import Any

import pytest
from turkle_client.client import Client
from turkle_client.exceptions import TurkleClientException
from turkle_client.monitor import BatchMonitor

from kempelen.domain.actions import assignments, claims
from kempelen.domain.models import Batch, Worker
from tests.servers import Server
from tests.turkle_api.calling import CSV, TEMPLATE


@pytest.fixture
def client(site: Server, token: str) -> Any:
    """The library with an administrator's token."""
    return Client(site.url, token)


def test_a_monitor_tells_when_a_batch_is_done(client: Any, cleo: Worker) -> None:
    project = client.projects.create({"name": "Birds", "filename": "b.html", "html_template": TEMPLATE})
    renamed = client.projects.update({"id": project["id"], "name": "Owls"})
    assert (renamed["id"], renamed["name"]) == (project["id"], "Owls")
    made = {"name": "May", "project": project["id"], "filename": "may.csv", "csv_text": CSV}
    batch = client.batches.create(made)
    reached: list[Mapping[str, int]] = []
    done = threading.Event()

    def goal(progress: Mapping[str, int]) -> bool:
        return progress["total_finished_tasks"] == progress["total_tasks"]

    def told(progress: Mapping[str, int]) -> None:
        reached.append(progress)
        done.set()

    monitor = BatchMonitor(client, batch["id"], goal, told, interval=0.05)
    monitor.start_background()
    group = Batch.objects.get(pk=batch["id"]).hit_group
    for _ in range(2):
        assignments.submit(claims.accept_next(cleo, group).public_id, {"answer": "yes"})
    assert done.wait(60)
    assert reached[0]["total_tasks"] == 2


def test_its_exceptions_say_what_was_wrong(client: Any) -> None:
    with pytest.raises(TurkleClientException, match="html_template"):
        client.projects.create({"name": "x", "filename": "x.html", "html_template": "<p>"})
    with pytest.raises(TurkleClientException, match="No Project matches"):
        client.permissions.retrieve("project", 999_999)
