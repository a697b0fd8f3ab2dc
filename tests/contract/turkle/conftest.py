"""The probes' cast: Ada's project, programs with tokens, browsers that are held to tokens of forms."""

from pathlib import Path

import pytest
from django.test import Client

from kempelen.domain.models import Project, Requester, User, Worker
from tests.factories import a_project, owner_of
from tests.turkle_api.calling import Api


@pytest.fixture(autouse=True)
def _uploads_apart(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def logged_in(user: User | None) -> Client:
    """A browser that is held to tokens of forms, as real ones are."""
    client = Client(enforce_csrf_checks=True)
    assert user
    client.force_login(user)
    return client


@pytest.fixture
def project(ada: Requester) -> Project:
    """A project of Ada's, two answers for each row."""
    return a_project(ada, name="Opinions", places=2)


@pytest.fixture
def api(ada: Requester) -> Api:
    """A program of Ada's."""
    return Api(owner_of(ada))


@pytest.fixture
def workers_api(cleo: Worker) -> Api:
    """A program of a worker's, who has no right to anything."""
    return Api(cleo.user)
