"""Every call of the API for Turkle's programs, tried by each kind of token and by none."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from kempelen.domain import clock
from kempelen.domain.actions import api_tokens
from kempelen.domain.models import ApiToken, Batch, Requester, User, Worker, WorkerGroup
from kempelen.turkle_api import urls
from tests.contract.api.test_isolation import everything
from tests.contract.isolation.calls import CALLERS, CALLS, Call
from tests.contract.isolation.world import World, world_of

_OUTCOMES = {400: "wrong", 401: "login", 403: "role", 404: "none"}


@dataclass(frozen=True)
class Asking:
    """Somebody's token, and what stands in addresses and bodies about what is Ada's."""

    before: str
    headers: dict[str, str]
    things: dict[str, Any]

    def call(self, name: str, call: Call) -> HttpResponseBase:
        """What the API answers."""
        method, _, address = name.partition(" ")
        pattern = next(one for one in urls.urlpatterns if one.name == address)
        values = {part: self.things[f"{address} {part}"] for part in pattern.pattern.regex.groupindex}
        path = self.before + reverse(address, urlconf=urls, kwargs=values)
        body = {"data": json.dumps(self._filled(call.sends)), "content_type": "application/json"}
        return getattr(Client(), method)(path, headers=self.headers, **(body if call.sends else {}))

    def _filled(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._filled(one) for name, one in value.items()}
        if isinstance(value, list):
            return [self._filled(one) for one in value]
        return self.things[value] if isinstance(value, str) and value.startswith("{") else value


@pytest.fixture
def world(ada: Requester, ben: Requester, cleo: Worker, settings: Any, tmp_path: Any) -> World:
    """One of everything; Cleo is in a group of Ada's, and so known to her members."""
    settings.MEDIA_ROOT = tmp_path
    return world_of(ada, ben, cleo)


def asking(who: str, world: World, ada: Requester, cleo: Worker) -> Asking:
    """The token of somebody, used a moment ago: its use is noted no more."""
    batch = Batch.objects.get(requester=ada, published_at__isnull=False)
    group = WorkerGroup.objects.get(requester=ada, name="Pilots")
    zoe = User.objects.get(username="Zoe")
    things: dict[str, Any] = {f"{name} pk": batch.project_id for name in PROJECTS}
    things |= {f"{name} pk": batch.pk for name in BATCHES}
    things |= {f"{name} pk": group.pk for name in ("group", "group_users")}
    things |= {"user pk": zoe.pk, "username username": zoe.username, "group_name name": "Pilots"}
    things |= {"{project}": batch.project_id, "{group}": group.pk, "{cleo}": cleo.public_id}
    headers = {}
    user = None if who == "nobody" else world.users["admin" if who == "administrator" else who]
    if user is not None:
        scope = "administrator" if who == "administrator" else "user"
        _, key = api_tokens.create(user, scope=scope)
        headers = {"Authorization": f"Token {key}"}
    ApiToken.objects.update(last_used_at=clock.now())
    return Asking(f"/r/{ada.slug}/api" if who == "administrator" else "/api", headers, things)


PROJECTS = ("project", "project_batches", "project_permissions")
BATCHES = tuple(f"batch{rest}" for rest in ("", "_tasks", "_input", "_results", "_progress", "_permissions"))


def breaches(asked: Asking, who: str) -> Iterator[str]:
    """What differs from the table for this token, call by call; each call finds the world as it was."""
    before = everything()
    for name, call in CALLS.items():
        expected = call.outcomes[CALLERS.index(who)]
        savepoint = transaction.savepoint()
        answer = asked.call(name, call)
        if answer.streaming:
            b"".join(answer)
        found = _OUTCOMES.get(answer.status_code, "yes" if answer.status_code < 300 else "?")
        if found != expected:
            yield f"{name}: {found} ({answer.status_code}), not {expected}"
        if expected != "yes" and not name.startswith("get ") and everything() != before:
            yield f"{name}: refused, but something has changed"
        transaction.savepoint_rollback(savepoint)


def test_every_call_has_a_row_in_the_table() -> None:
    there_are = set()
    for pattern in urls.urlpatterns:
        methods = getattr(pattern.callback, "actions", None) or {"get": ""}
        there_are |= {f"{method} {pattern.name}" for method in methods if method != "head"}
    assert there_are == set(CALLS), "Say who may make them in tests/contract/isolation/calls.py."
    assert {len(call.outcomes) for call in CALLS.values()} == {len(CALLERS)}


@pytest.mark.parametrize("who", CALLERS)
def test_each_token_does_what_the_table_says_and_no_more(
    who: str, world: World, ada: Requester, cleo: Worker
) -> None:
    assert not list(breaches(asking(who, world, ada, cleo), who))
