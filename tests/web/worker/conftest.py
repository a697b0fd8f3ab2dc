"""Browsers of workers, as Django's test client plays them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kempelen.domain.models import Worker
from tests.domain.moving_clock import moving_clock

__all__ = ["moving_clock"]


@pytest.fixture
def as_cleo(cleo: Worker) -> Client:
    """Cleo's browser, logged in."""
    return logged_in(cleo)


@pytest.fixture
def as_dan(dan: Worker) -> Client:
    """Dan's browser, logged in."""
    return logged_in(dan)


def logged_in(worker: Worker) -> Client:
    """A browser of the worker, logged in."""
    assert worker.user
    client = Client()
    client.force_login(worker.user)
    return client


def queries_of(client: Client, path: str) -> int:
    """How many queries the page costs."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
        return len(asked)
