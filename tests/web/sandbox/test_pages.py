"""What pages say of a clock that was moved."""

import re
from typing import Any

import pytest
from django.test import Client

from kempelen.domain import clock
from kempelen.web.ui.moved_clock import moved_clock
from tests.factories import an_assignment
from tests.web.sandbox.asking import Program, an_administrator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox_clock")]


def page(client: Client, path: str = "/") -> str:
    """What stands on a page."""
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_pages_say_that_the_clock_was_moved_and_how(program: Program, client: Client) -> None:
    assert "The clock of this sandbox" not in page(client)

    program.ask({"advance": "3d"})

    shown = page(client)
    assert "The clock of this sandbox shows" in shown
    assert "it is 3 days ahead<" in shown
    assert 'data-clock="' in shown
    program.ask({"run": 0})
    # By how much it is ahead is less with each moment now.
    assert "ahead and stands still" in page(client)
    program.ask({"run": 1})
    assert "and stands still" not in page(client)


def test_the_page_of_a_task_says_it_too(program: Program, client: Client) -> None:
    assignment = an_assignment()
    assert assignment.worker.user
    client.force_login(assignment.worker.user)

    program.ask({"run": 100})

    shown = page(client, f"/work/{assignment.public_id}/")
    assert "runs 100 times as fast" in shown
    assert ' 100.0"' in shown


def test_administrators_read_it_among_the_servers_facts(program: Program, client: Client) -> None:
    client.force_login(an_administrator())
    program.ask({"advance": "1h 30min"})

    assert page(client, "/site/").count("it is 1 hour 30 minutes ahead") == 2


def test_a_clock_that_stands_still_falls_behind(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    program.ask({"run": 0})
    later = clock.real_now() + (clock.real_now() - clock.real_now().replace(year=2020))
    monkeypatch.setattr(clock, "real_now", lambda: later)

    said: Any = moved_clock()

    assert said.now < later
    assert said.difference.endswith("behind and stands still")


def test_a_new_password_is_not_asked_for_since_sessions_are_of_the_worlds_time(
    program: Program, client: Client
) -> None:
    client.force_login(an_administrator())
    program.ask({"advance": "400d"})

    assert "Root" in page(client, "/account/")


def test_when_somebody_logged_in_is_said_by_the_worlds_time_as_it_is_kept(
    program: Program, client: Client
) -> None:
    administrator = an_administrator()
    client.force_login(administrator)
    program.ask({"advance": "400d"})

    for path in ("/site/users/", f"/site/users/{administrator.username}/"):
        shown = page(client, path)
        told = re.search(r"Last log-in(?:</dt>|\">).*?<time [^>]*>([^<]*)</time>", shown, re.DOTALL)
        assert told and told[1] == "just now"
