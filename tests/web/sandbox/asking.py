"""Calls of what only a sandbox has, made in this process."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from kempelen.domain.actions import accounts, api_tokens, clock_following
from kempelen.domain.models import ApiToken, User
from tests.factories import a_user


def an_administrator() -> User:
    """Give a user who administers the server."""
    accounts.set_administrator(a_user("Root"), is_administrator=True)
    return User.objects.get(username="Root")


class Program:
    """A program with a token, if with any."""

    def __init__(self, key: str = "", *, scheme: str = "Bearer") -> None:
        self.headers = {"Authorization": f"{scheme} {key}"} if key else {}
        self.client = Client(enforce_csrf_checks=True)

    def look(self, what: str = "clock", *, status: int = 200) -> Any:
        """What GET answers, which must have this status."""
        answer = self.client.get(f"/kempelen/sandbox/{what}", headers=self.headers)
        assert answer.status_code == status, answer.content
        return answer.json()

    def ask(self, arguments: Any, what: str = "clock", *, status: int = 200) -> Any:
        """What POST answers, which must have this status."""
        answer = self.client.post(
            f"/kempelen/sandbox/{what}", arguments, content_type="application/json", headers=self.headers
        )
        assert answer.status_code == status, answer.content
        return answer.json()


@pytest.fixture
def program(db: None) -> Program:
    """A program of an administrator."""
    return Program(api_tokens.create(an_administrator(), scope=ApiToken.Scope.ADMINISTRATOR)[1])


@pytest.fixture
def sandbox_clock(tmp_path: Path) -> Iterator[None]:
    """The clock of this process follows the database's, as that of a server does, until the test ends."""
    clock_following.begin(tmp_path)
    yield
    clock_following.end()
