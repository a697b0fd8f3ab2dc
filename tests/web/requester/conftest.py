"""Ada's requester with one of everything, and browsers for people with each right to it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client

from kempelen.domain.actions import messages, people
from kempelen.domain.models import Assignment, Batch, Message, Project, Requester, User, Worker
from tests.factories import a_batch, a_project, a_submitted_assignment, a_user, an_upload, hits_of, owner_of


@pytest.fixture(autouse=True)
def _uploads_apart(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def logged_in(user: User) -> Client:
    """A browser in which this user is logged in."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def owner(ada: Requester) -> Client:
    """Ada's own browser."""
    return logged_in(owner_of(ada))


@pytest.fixture
def member(ada: Requester) -> Callable[[str], Client]:
    """A function that gives the browser of a member of Ada's requester, by role."""

    def browser_of(role: str) -> Client:
        user = a_user(role.title())
        people.add_member(ada, user, role=role)
        return logged_in(user)

    return browser_of


@pytest.fixture
def project(ada: Requester) -> Project:
    """A project of Ada's: 5 cents, two assignments per HIT."""
    return a_project(ada, name="Opinions", places=2, reward_cents=5)


@pytest.fixture
def upload(project: Project) -> Batch:
    """A checked CSV of three rows, not published."""
    return an_upload(project)


@pytest.fixture
def batch(project: Project) -> Batch:
    """A published batch of three HITs."""
    return a_batch(project)


@pytest.fixture
def answer(batch: Batch, cleo: Worker) -> Assignment:
    """Cleo's answer to the first HIT."""
    return a_submitted_assignment(cleo, hits_of(batch)[0], answers={"answer": "über <b>", "tick": ["a", "b"]})


@pytest.fixture
def message(batch: Batch, cleo: Worker) -> Message:
    """What Cleo says about the first HIT."""
    return messages.tell(cleo, hits_of(batch)[0], kind="broken", text="The picture is <b>missing</b>.")


@dataclass(frozen=True)
class Place:
    """Where Ada's things are: `/r/ada/…`."""

    slug: str

    def __call__(self, path: str = "") -> str:
        return f"/r/{self.slug}/{path}"


@pytest.fixture
def at(ada: Requester) -> Place:
    """Addresses of Ada's pages."""
    return Place(ada.slug)
