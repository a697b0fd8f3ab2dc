"""The worker whom hostile tasks attack: logged in, and a requester's owner too, so with much to lose."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from kempelen.domain.models import Requester, User
from tests.factories import a_requester, a_user


@pytest.fixture
def page(new_visitor: Callable[..., Page]) -> Page:
    """A visitor's page; that scripts of the tasks fail in it is the point."""
    return new_visitor()


@pytest.fixture
def victim(site: object) -> User:
    """A user who works and owns a requester."""
    return a_user("Cleo")


@pytest.fixture
def victims_requester(victim: User) -> Requester:
    """The requester that the victim owns."""
    return a_requester("Cleo", owner=victim)
