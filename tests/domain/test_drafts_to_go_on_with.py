"""What a worker finds entered in a HIT that they take up."""

import pytest

from kempelen.domain.actions import assignments, claims
from kempelen.domain.models import Assignment, Worker
from kempelen.domain.queries import drafts
from tests.domain.queues import a_group


@pytest.fixture
def in_hand(cleo: Worker) -> Assignment:
    return claims.accept_next(cleo, a_group(hits=1, places=2))


def fields_of(assignment: Assignment) -> object:
    assignment.refresh_from_db()
    draft = drafts.to_go_on_with(assignment)
    return draft and draft["fields"]


def test_a_new_hit_is_empty(in_hand: Assignment) -> None:
    assert fields_of(in_hand) is None


def test_a_draft_is_the_assignments_own(in_hand: Assignment) -> None:
    assignments.save_draft(in_hand.worker, in_hand.public_id, [("a", "1")])

    assert fields_of(in_hand) == [["a", "1"]]


def test_who_takes_a_hit_again_goes_on_with_what_they_had(in_hand: Assignment) -> None:
    assignments.save_draft(in_hand.worker, in_hand.public_id, [("a", "1")])
    assignments.skip(in_hand.worker, in_hand.public_id)
    again = claims.accept(in_hand.worker, in_hand.hit)

    assert fields_of(again) == [["a", "1"]]
    assignments.save_draft(again.worker, again.public_id, [("a", "2")])
    assert fields_of(again) == [["a", "2"]]


def test_nobody_goes_on_with_what_others_had(in_hand: Assignment, dan: Worker) -> None:
    assignments.save_draft(in_hand.worker, in_hand.public_id, [("a", "1")])
    assignments.return_assignment(in_hand.worker, in_hand.public_id)

    assert fields_of(claims.accept(dan, in_hand.hit)) is None
