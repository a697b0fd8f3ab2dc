"""What the work page asks of the server, as JSON; and what a worker may do with an assignment."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kempelen.domain.actions import assignments, claims, people
from kempelen.domain.models import Assignment, Worker
from kempelen.web.worker import work
from tests.domain.queues import a_group

KNIGHT = [["word", "knight"]]


@pytest.fixture
def first(cleo: Worker, client: Client) -> Assignment:
    """Cleo is logged in and has accepted the first of three HITs."""
    assert cleo.user
    client.force_login(cleo.user)
    return claims.accept_next(cleo, a_group(hits=3))


def post(client: Client, assignment: Assignment, fields: Any) -> Any:
    url = reverse("worker:submit", args=[assignment.public_id])
    body = json.dumps({"fields": fields})
    return client.post(url, body, content_type="application/json", headers={"Accept": "application/json"})


def test_submitting_answers_where_to_go(client: Client, first: Assignment) -> None:
    reply = post(client, first, KNIGHT).json()

    assert reply["status"] == "submitted"
    assert reply["next"] == reverse("worker:preview_next", args=[first.group.public_id])
    first.refresh_from_db()
    assert first.answers == {"word": "knight"}


def test_a_repeat_is_answered_like_the_first_and_accepts_nothing_more(
    client: Client, first: Assignment
) -> None:
    people.set_accepts_next(first.worker, accepts_next=True)
    once = post(client, first, KNIGHT).json()
    again = post(client, first, [["word", "rook"]]).json()

    assert again == once
    assert Assignment.objects.filter(status="Accepted").count() == 1
    first.refresh_from_db()
    assert first.answers == {"word": "knight"}


def test_asking_changes_nothing(client: Client, first: Assignment) -> None:
    assert post(client, first, None).json() == {"status": "open", "message": "", "next": ""}


def test_a_refusal_has_its_reason(client: Client, first: Assignment) -> None:
    refused = post(client, first, [["assignmentId", "only this"]])

    assert refused.status_code == 409
    assert "empty" in refused.json()["message"]


def test_nobody_submits_for_another_worker(first: Assignment, dan: Worker) -> None:
    assert dan.user
    dans = Client()
    dans.force_login(dan.user)

    assert post(dans, first, KNIGHT).status_code == 404
    assert post(Client(), first, KNIGHT).status_code == 404


@pytest.mark.parametrize("verb", ["submit", "return", "skip_assignment"])
def test_another_site_cannot_act_for_a_worker(first: Assignment, verb: str) -> None:
    forged = Client(enforce_csrf_checks=True)
    assert first.worker.user
    forged.force_login(first.worker.user)

    assert forged.post(reverse(f"worker:{verb}", args=[first.public_id])).status_code == 403
    first.refresh_from_db()
    assert first.status == "Accepted"


def test_a_worker_who_has_not_chosen_gets_what_the_server_is_set_to(cleo: Worker, settings: Any) -> None:
    settings.KEMPELEN_NEXT_HIT_ON_SUBMIT = True
    assert work.wants_next(cleo)
    people.set_accepts_next(cleo, accepts_next=False)
    assert not work.wants_next(cleo)


def test_skipping_the_only_hit_left_says_so(client: Client, first: Assignment) -> None:
    others = [claims.accept_next(first.worker, first.group) for _ in range(2)]
    for other in others:
        assignments.submit(other.public_id, {"a": "1"})
    page = client.post(reverse("worker:skip_assignment", args=[first.public_id]), follow=True)

    assert "This is the only HIT left for you" in page.text


def test_returning_a_submitted_hit_is_refused(client: Client, first: Assignment) -> None:
    assignments.submit(first.public_id, {"a": "1"})
    page = client.post(reverse("worker:return", args=[first.public_id]))

    assert page.status_code == 409
    assert "cannot be returned" in page.text


def test_choosing_without_scripts_leads_back(client: Client, first: Assignment) -> None:
    back = "http://testserver/queue/"
    page = client.post(reverse("worker:auto_accept"), {"accepts_next": "on"}, headers={"Referer": back})

    assert page["Location"] == back
    first.worker.refresh_from_db()
    assert first.worker.accepts_next is True
