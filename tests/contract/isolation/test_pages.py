"""Every page, tried by every kind of person."""

from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client

from kempelen.domain.models import Requester, Worker
from tests.contract.api.test_isolation import everything
from tests.contract.isolation.pages import PAGES, Row
from tests.contract.isolation.world import WHO, World, addresses, world_of

ADDRESSES = dict(addresses())


@pytest.fixture
def world(ada: Requester, ben: Requester, cleo: Worker, settings: Any, tmp_path: Any) -> World:
    """One of everything."""
    settings.MEDIA_ROOT = tmp_path
    return world_of(ada, ben, cleo)


def used(client: Client, row: Row, address: str) -> HttpResponseBase:
    """What the page answers when it is used as the row says."""
    sends: Any = dict(row.sends or {})
    if row.method == "get":
        return client.get(address, sends)
    if row.method == "json":
        return client.post(address, sends, content_type="application/json")
    if row.method == "file":
        sends |= {"field": "photo", "file": SimpleUploadedFile("a.txt", b"ink")}
    return client.post(address, sends)


def outcome_of(answer: HttpResponseBase) -> str:
    """The word of the table for this answer."""
    if answer.streaming:
        b"".join(answer)
    if answer.status_code == 302 and answer["Location"].startswith("/account/login/"):
        return "login"
    return {404: "none", 403: "role", 401: "token"}.get(answer.status_code, "yes")


def breaches(world: World, who: str) -> Iterator[str]:
    """What differs from the table for this person, page by page; each page finds the world as it was."""
    client, before = world.browser_of(who), everything()
    cookies = SimpleCookie(client.cookies)
    for name, pattern in ADDRESSES.items():
        row = PAGES[name]
        expected = row.outcomes[WHO.index(who)]
        savepoint = transaction.savepoint()
        found = outcome_of(used(client, row, world.address_of(pattern, name)))
        if found != expected.replace("idle", "yes"):
            yield f"{name}: {found}, not {expected}"
        if expected != "yes" and row.method != "get" and everything() != before:
            yield f"{name}: refused, but something has changed"
        transaction.savepoint_rollback(savepoint)
        client.cookies = SimpleCookie(cookies)


def test_every_page_has_a_row_in_the_table() -> None:
    assert set(ADDRESSES) == set(PAGES), "Say who may open them in tests/contract/isolation/pages.py."


def test_every_row_gives_each_kind_of_person_a_known_outcome() -> None:
    for row in PAGES.values():
        assert len(row.outcomes) == len(WHO)
        assert set(row.outcomes) <= {"yes", "idle", "login", "none", "role", "token"}


@pytest.mark.parametrize("who", WHO)
def test_everybody_can_do_what_the_table_says_and_no_more(world: World, who: str) -> None:
    assert not list(breaches(world, who))
