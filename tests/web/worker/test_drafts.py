"""What the work page sends to be kept while a worker types."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kempelen.domain import clock
from kempelen.domain.actions import assignments, claims
from kempelen.domain.answers import MOST_FIELDS
from kempelen.domain.models import Assignment, Worker
from tests.domain.api_hits import external_question
from tests.domain.queues import a_group
from tests.web.content.tasks import a_group_showing

KNIGHT = [["word", "knight"], ["box", "a"], ["box", "b"]]


@pytest.fixture
def in_hand(cleo: Worker, client: Client) -> Assignment:
    """Cleo is logged in and has a HIT in hand."""
    assert cleo.user
    client.force_login(cleo.user)
    return claims.accept_next(cleo, a_group_showing("<input name=word>"))


def post(client: Client, assignment: Assignment, fields: Any, *, age: object = "0") -> Any:
    url = reverse("worker:draft", args=[assignment.public_id])
    body = json.dumps({"fields": fields})
    headers = {"Accept": "application/json"}
    return client.post(f"{url}?age={age}", body, content_type="application/json", headers=headers)


def kept(assignment: Assignment) -> Any:
    assignment.refresh_from_db()
    return assignment.draft and assignment.draft["fields"]


def test_fields_are_kept_in_their_order(client: Client, in_hand: Assignment) -> None:
    before = clock.now()
    reply = post(client, in_hand, KNIGHT).json()

    assert reply["status"] == "kept"
    assert reply["at"] > before.isoformat()
    assert kept(in_hand) == KNIGHT


def test_the_work_page_brings_the_draft(client: Client, in_hand: Assignment) -> None:
    post(client, in_hand, [["word", "</script>"]])
    page = client.get(reverse("worker:work", args=[in_hand.public_id])).text

    data = page.split('<script type="application/json">')[1].split("</script>")[0]
    assert json.loads(data)["fields"] == [["word", "</script>"]]


def test_a_hit_without_a_draft_brings_none(client: Client, in_hand: Assignment) -> None:
    page = client.get(reverse("worker:work", args=[in_hand.public_id])).text

    assert "application/json" not in page
    assert "<work-draft" in page


def test_somebody_elses_page_keeps_no_drafts_and_says_so(cleo: Worker, client: Client) -> None:
    group = a_group(hits=1)
    question = external_question("https://example.org/")
    group.hits.update(template_version=None, inputs=None, question=question)
    assert cleo.user
    client.force_login(cleo.user)
    assignment = claims.accept_next(cleo, group)
    page = client.get(reverse("worker:work", args=[assignment.public_id])).text

    assert "<work-draft" not in page
    assert "Drafts are not kept here" in page


def test_an_older_draft_does_not_replace_a_newer_one(client: Client, in_hand: Assignment) -> None:
    post(client, in_hand, KNIGHT)

    assert post(client, in_hand, [["word", "pawn"]], age=60).json() == {"status": "older"}
    assert kept(in_hand) == KNIGHT


def test_what_was_typed_offline_replaces_what_is_older_still(client: Client, in_hand: Assignment) -> None:
    post(client, in_hand, KNIGHT)
    in_hand.refresh_from_db()
    assert in_hand.draft
    in_hand.draft["at"] = (clock.now() - timedelta(minutes=5)).isoformat()
    in_hand.save()

    assert post(client, in_hand, [["word", "rook"]], age=60).json()["status"] == "kept"
    assert kept(in_hand) == [["word", "rook"]]


@pytest.mark.parametrize("age", ["", "x", "nan", "-5", "1e400"])
def test_an_age_that_is_none_counts_as_now(client: Client, in_hand: Assignment, age: str) -> None:
    assert post(client, in_hand, KNIGHT, age=age).json()["status"] == "kept"


def test_what_is_submitted_takes_no_draft_any_more(client: Client, in_hand: Assignment) -> None:
    assignments.submit(in_hand.public_id, {"word": "knight"})

    assert post(client, in_hand, KNIGHT).json() == {"status": "over"}
    assert kept(in_hand) is None


def test_nobody_keeps_drafts_for_another_worker(in_hand: Assignment, dan: Worker) -> None:
    assert dan.user
    dans = Client()
    dans.force_login(dan.user)

    assert post(dans, in_hand, KNIGHT).status_code == 404
    assert post(Client(), in_hand, KNIGHT).status_code == 404
    assert kept(in_hand) is None


def test_another_site_cannot_keep_drafts_for_a_worker(in_hand: Assignment) -> None:
    forged = Client(enforce_csrf_checks=True)
    assert in_hand.worker.user
    forged.force_login(in_hand.worker.user)

    assert post(forged, in_hand, KNIGHT).status_code == 403


@pytest.mark.parametrize("fields", [None, "x", [["a"]], [["a", 1]], [["a", ""]] * (MOST_FIELDS + 1)])
def test_what_cannot_be_kept_is_refused_with_a_reason(
    client: Client, in_hand: Assignment, fields: Any
) -> None:
    refused = post(client, in_hand, fields)

    assert refused.status_code == 409
    assert refused.json()["message"]
    assert kept(in_hand) is None


def test_a_draft_larger_than_a_request_may_be_is_refused(client: Client, in_hand: Assignment) -> None:
    assert post(client, in_hand, [["word", "x" * 32_000_001]]).status_code == 413


def test_keeping_a_draft_costs_few_queries(
    client: Client, in_hand: Assignment, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(6):
        post(client, in_hand, KNIGHT)
