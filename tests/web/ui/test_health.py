"""What proxies and container engines are told of a node."""

import pytest
from django.db import OperationalError, connection
from django.test import Client


@pytest.mark.django_db
def test_a_node_with_its_database_is_healthy_for_strangers_too(client: Client) -> None:
    answer = client.get("/health/", headers={"Host": "localhost:8080"})
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]
    assert client.post("/health/").status_code == 405


@pytest.mark.django_db
def test_a_node_without_its_database_asks_to_be_left_out(client: Client) -> None:
    def gone(*_: object) -> None:
        raise OperationalError("the connection is gone")

    with connection.execute_wrapper(gone):
        answer = client.get("/health/")
    assert answer.status_code == 503
