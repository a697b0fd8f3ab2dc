"""Answers of a HIT are compared with each other some time after they were sent."""

import pytest

from kempelen.domain.actions import assignments, comparing
from kempelen.domain.models import HIT, Assignment, Worker
from tests.factories import a_hit, a_submitted_assignment, a_worker


@pytest.fixture
def hit(db: None) -> HIT:
    """A HIT with three places, whose answers may be corrected."""
    return a_hit(places=3, allows_corrections=True)


def percents(hit: HIT) -> list[int | None]:
    return list(Assignment.objects.filter(hit=hit).order_by("pk").values_list("agreement_percent", flat=True))


def test_answers_are_compared_once_there_are_two(hit: HIT, cleo: Worker, dan: Worker) -> None:
    a_submitted_assignment(cleo, hit, answers={"a": "x"})
    assert comparing.compare_some() == 0
    a_submitted_assignment(dan, hit, answers={"a": "y"})
    assert comparing.compare_some() == 1
    assert percents(hit) == [0, 0]
    a_submitted_assignment(a_worker(), hit, answers={"a": "y"})
    comparing.compare_some()
    assert percents(hit) == [0, 100, 100]
    assert comparing.compare_some() == 0


def test_a_corrected_answer_is_compared_anew(hit: HIT, cleo: Worker, dan: Worker) -> None:
    a_submitted_assignment(cleo, hit, answers={"a": "x"})
    mine = a_submitted_assignment(dan, hit, answers={"a": "y"})
    comparing.compare_some()
    assignments.correct(dan, mine.public_id, {"a": "x"})
    comparing.compare_some()
    assert percents(hit) == [100, 100]


def test_an_answer_that_comes_meanwhile_is_not_forgotten(
    hit: HIT, cleo: Worker, dan: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    for worker in (cleo, dan):
        a_submitted_assignment(worker, hit, answers={"a": "x"})
    compute = comparing._percents_of

    def and_meanwhile(hits: list[int]) -> dict[int, dict[int, int | None]]:
        monkeypatch.setattr(comparing, "_percents_of", compute)
        found = compute(hits)
        a_submitted_assignment(a_worker(), hit, answers={"a": "z"})
        return found

    monkeypatch.setattr(comparing, "_percents_of", and_meanwhile)
    comparing.compare_some()
    comparing.compare_some()
    assert percents(hit) == [100, 100, 0]


def test_long_answers_are_not_read(
    hit: HIT, cleo: Worker, dan: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "LONGEST", 100)
    for worker in (cleo, dan):
        a_submitted_assignment(worker, hit, answers={"a": "x", "mask": "m" * 200})
    comparing.compare_some()
    assert percents(hit) == [None, None]
