"""MTurk's own way to send an answer (mturk-api.md §8.2)."""

from typing import Any

import pytest
from django.test import Client

from kempelen.domain.actions import assignments, claims
from kempelen.domain.answers import MOST_CHARACTERS, answers_in
from kempelen.domain.models import Assignment, HITGroup, Worker
from tests.domain.moving_clock import MovingClock
from tests.domain.queues import a_group

URL = "/mturk/externalSubmit"
PROBLEM = "There was a problem submitting your results for this HIT."


@pytest.fixture
def group(db: None) -> HITGroup:
    return a_group(hits=1)


@pytest.fixture
def in_hand(cleo: Worker, group: HITGroup) -> Assignment:
    return claims.accept_next(cleo, group)


@pytest.fixture
def stranger() -> Client:
    """Another site's page: no cookies, no CSRF token."""
    return Client(enforce_csrf_checks=True)


def stored(assignment: Assignment) -> object:
    assignment.refresh_from_db()
    return assignment.answers


def test_a_form_from_another_site_is_stored(stranger: Client, in_hand: Assignment) -> None:
    sent = {"assignmentId": in_hand.public_id, "hitId": "3H", "word": "knight", "tag": ["a", "b"]}
    page = stranger.post(URL, sent, headers={"Origin": "null"})

    assert page.status_code == 200
    assert "Your answer has been sent" in page.text
    assert stored(in_hand) == {"word": "knight", "tag": ["a", "b"]}
    assert not page.cookies


def test_fields_in_the_address_count_as_well(stranger: Client, in_hand: Assignment) -> None:
    stranger.post(f"{URL}?assignmentId={in_hand.public_id}&a=1", {"b": "2", "a": "3"})

    assert stored(in_hand) == {"a": ["1", "3"], "b": "2"}


def test_get_works_as_it_did(stranger: Client, in_hand: Assignment) -> None:
    stranger.get(URL, {"assignmentId": in_hand.public_id, "word": "knight"})

    assert stored(in_hand) == {"word": "knight"}


@pytest.mark.parametrize("assignment_id", ["", "3NOSUCH", "ASSIGNMENT_ID_NOT_AVAILABLE", "<b>\x00"])
def test_a_wrong_assignment_gets_mturks_error(stranger: Client, db: None, assignment_id: str) -> None:
    page = stranger.post(URL, {"assignmentId": assignment_id, "word": "knight"})

    assert page.status_code == 400
    assert PROBLEM in page.text


def test_an_answer_needs_a_field(stranger: Client, in_hand: Assignment) -> None:
    page = stranger.post(URL, {"assignmentId": in_hand.public_id, "hitId": "3H", "workerId": "A1"})

    assert PROBLEM in page.text
    assert stored(in_hand) is None


def test_a_repeat_gets_the_same_page_and_changes_nothing(stranger: Client, in_hand: Assignment) -> None:
    first = stranger.post(URL, {"assignmentId": in_hand.public_id, "word": "knight"})
    again = stranger.post(URL, {"assignmentId": in_hand.public_id, "word": "rook"})

    assert again.text == first.text
    assert stored(in_hand) == {"word": "knight"}


def test_a_returned_hit_takes_no_answer(stranger: Client, in_hand: Assignment, cleo: Worker) -> None:
    assignments.return_assignment(cleo, in_hand.public_id)

    assert PROBLEM in stranger.post(URL, {"assignmentId": in_hand.public_id, "word": "x"}).text


def test_a_late_answer_counts_while_its_place_is_free(
    stranger: Client, in_hand: Assignment, moving_clock: MovingClock
) -> None:
    moving_clock.forward(700)
    stranger.post(URL, {"assignmentId": in_hand.public_id, "word": "knight"})

    assert stored(in_hand) == {"word": "knight"}


def test_a_late_answer_is_kept_as_a_draft_when_its_place_is_taken(
    stranger: Client, in_hand: Assignment, dan: Worker, group: HITGroup, moving_clock: MovingClock
) -> None:
    moving_clock.forward(700)
    claims.accept_next(dan, group)
    page = stranger.post(URL, {"assignmentId": in_hand.public_id, "word": "knight"})

    assert "kept as a draft" in page.text
    assert stored(in_hand) is None
    assert answers_in(in_hand.draft) == {"word": "knight"}


def test_what_is_too_large_is_refused_in_words(stranger: Client, in_hand: Assignment, settings: Any) -> None:
    page = stranger.post(URL, {"assignmentId": in_hand.public_id, "word": "x" * (MOST_CHARACTERS + 1)})
    many = stranger.post(URL, {"assignmentId": in_hand.public_id} | {f"n{n}": "x" for n in range(5_001)})
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
    larger = stranger.post(URL, {"assignmentId": in_hand.public_id, "word": "x" * 1_000_001})

    assert f"at most {MOST_CHARACTERS:,} are kept" in page.text
    assert "5,001 fields" in many.text
    assert "too large: more than 1 MB" in larger.text
    assert stored(in_hand) is None
