"""Reviewing one by one: what comes next, who was quicker, undo; with our scripts and without."""

import re
from typing import Any

import pytest
from django.test import Client

from kempelen.domain.actions import assignments, decisions
from kempelen.domain.models import Assignment, Batch, Payment, Requester, Worker
from tests.domain.api_hits import a_hit_type, a_new_hit
from tests.factories import a_submitted_assignment, hits_of

JSON = {"Accept": "application/json"}


@pytest.fixture
def answers(batch: Batch, cleo: Worker) -> list[Assignment]:
    """Cleo's answers to all three HITs, in their order."""
    return [a_submitted_assignment(cleo, hit) for hit in hits_of(batch)]


def page_of(at: Any, answer: Assignment, action: str = "", query: str = "?status=submitted") -> str:
    return str(at(f"batches/1/results/{answer.public_id}/{action}{query}"))


def test_reviewing_begins_with_the_first_answer_that_waits(
    owner: Client, at: Any, ada: Requester, answers: list[Assignment]
) -> None:
    assignments.approve(ada, answers[0].public_id)
    assert owner.get(at("batches/1/review/"))["Location"] == page_of(at, answers[1])
    assert owner.get(at("batches/1/review/?status=submitted&q=2"))["Location"].endswith(
        "status=submitted&q=2"
    )
    for answer in answers[1:]:
        assignments.approve(ada, answer.public_id)
    assert "All is reviewed" in owner.get(at("batches/1/review/")).text
    assert "Nothing left to review here" in owner.get(at("batches/1/review/?q=2")).text


def test_without_scripts_a_decision_leads_to_the_next_answer(
    owner: Client, at: Any, answers: list[Assignment]
) -> None:
    said = {"from": "task", "seen": "Submitted"}
    first = owner.post(page_of(at, answers[0], "approve/"), said)
    assert first["Location"] == page_of(at, answers[1])
    second = owner.post(page_of(at, answers[1], "reject/"), said | {"feedback": "No bird"})
    assert second["Location"] == page_of(at, answers[2])
    page = owner.get(second["Location"]).text
    assert "1</strong> left to review" in page
    assert "You rejected the answer of" in page
    last = owner.post(page_of(at, answers[2], "approve/"), said)
    assert last["Location"] == at("batches/1/review/?status=submitted")
    assert list(Assignment.objects.order_by("pk").values_list("status", "feedback")) == [
        ("Approved", ""),
        ("Rejected", "No bird"),
        ("Approved", ""),
    ]


def test_our_script_hears_where_to_go_and_what_can_be_undone(
    owner: Client, at: Any, answers: list[Assignment]
) -> None:
    said = owner.post(page_of(at, answers[0], "approve/"), {"seen": "Submitted"}, headers=JSON).json()
    assert said["next"] == page_of(at, answers[1])
    assert "You approved the answer of" in said["bar"]
    undone = owner.post(page_of(at, answers[0], "undo/"), headers=JSON).json()
    assert undone["next"] == page_of(at, answers[0])
    assert "Undo" not in undone["bar"]
    refused = owner.post(page_of(at, answers[0], "reject/"), {"feedback": " "}, headers=JSON)
    assert (refused.status_code, refused.json()["message"][:7]) == (422, "Say why")


def test_who_was_slower_hears_what_another_decided(
    owner: Client, member: Any, at: Any, ada: Requester, answers: list[Assignment]
) -> None:
    reviewer = member("reviewer")
    reviewer.post(page_of(at, answers[0], "reject/"), {"feedback": "No bird", "seen": "Submitted"})
    late = owner.post(page_of(at, answers[0], "approve/"), {"seen": "Submitted"}, headers=JSON)
    assert late.status_code == 409
    assert late.json()["message"] == (
        "Reviewer has rejected this answer just now: “No bird”. Nothing was changed."
    )
    assignments.approve(ada, answers[1].public_id)
    late = owner.post(
        page_of(at, answers[1], "reject/"), {"seen": "Submitted", "feedback": "No"}, headers=JSON
    )
    assert late.json()["message"] == "This answer is approved by now. Nothing was changed."
    assert not Payment.objects.exclude(assignment=answers[1]).exists()


def test_a_rejection_is_overridden_by_who_saw_it(owner: Client, at: Any, answers: list[Assignment]) -> None:
    owner.post(page_of(at, answers[0], "reject/"), {"feedback": "No", "seen": "Submitted"})
    assert "Approve after all" in owner.get(page_of(at, answers[0])).text
    owner.post(page_of(at, answers[0], "approve/"), {"seen": "Rejected"})
    answers[0].refresh_from_db()
    assert (answers[0].status, answers[0].feedback) == ("Approved", "")


def test_a_bonus_is_paid_and_undone(owner: Client, at: Any, answers: list[Assignment]) -> None:
    address = page_of(at, answers[0], "bonus/")
    for amount in ("", "0", "much", "0.001", "10001"):
        assert owner.post(address, {"feedback": "Fine", "amount": amount}, headers=JSON).status_code == 422
    stays = owner.post(address, {"feedback": "Fine", "amount": "0.50", "from": "task"})
    assert stays["Location"] == page_of(at, answers[0])
    assert Payment.objects.get().amount_cents == 50
    assert "$0.50 bonus" in owner.get(page_of(at, answers[0])).text
    owner.post(page_of(at, answers[0], "undo/"), {"from": "task"})
    assert not Payment.objects.exists()


def test_a_bonus_form_that_is_sent_twice_pays_once(owner: Client, at: Any, answers: list[Assignment]) -> None:
    (token,) = re.findall(r'name="token" value="(\w+)"', owner.get(page_of(at, answers[0])).text)
    said = {"feedback": "Fine", "amount": "0.50", "from": "task", "token": token}
    owner.post(page_of(at, answers[0], "bonus/"), said)
    again = owner.post(page_of(at, answers[0], "bonus/"), said, headers=JSON).json()
    assert (again["message"], again["next"]) == (
        "This bonus was paid already; nothing was paid twice.",
        page_of(at, answers[0]),
    )
    assert Payment.objects.get().amount_cents == 50


def test_the_next_answer_comes_alone_for_who_fetches_it_ahead(
    owner: Client, at: Any, answers: list[Assignment]
) -> None:
    ask = {"HX-Request": "true"}
    whole = owner.get(page_of(at, answers[0]), headers=ask | {"HX-Target": "desk"})
    assert whole.text.strip().startswith("<article")
    assert whole.context["after"] == page_of(at, answers[1])
    assert whole["Vary"].count("HX-Target") == 1
    aside = owner.get(page_of(at, answers[0]), headers=ask | {"HX-Target": "aside"})
    assert aside.text.strip().startswith("<aside")
    task = owner.get(page_of(at, answers[0]), headers=ask)
    assert "desk-aside" not in task.text


def test_reasons_are_offered_again(owner: Client, at: Any, answers: list[Assignment]) -> None:
    owner.post(page_of(at, answers[0], "reject/"), {"feedback": "No <bird>", "seen": "Submitted"})
    assert '<option value="No &lt;bird&gt;">' in owner.get(page_of(at, answers[1])).text


def test_a_viewer_looks_and_decides_nothing(member: Any, at: Any, answers: list[Assignment]) -> None:
    viewer = member("viewer")
    page = viewer.get(page_of(at, answers[0])).text
    assert "data-decides" not in page
    assert viewer.post(page_of(at, answers[0], "approve/")).status_code == 403


def test_what_is_left_is_counted_up_to_a_bound(
    owner: Client, at: Any, answers: list[Assignment], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kempelen.web.requester.desk.MOST_COUNTED", 2)
    assert "more than 2</strong> left to review" in " ".join(owner.get(page_of(at, answers[0])).text.split())


def test_hits_of_programs_are_reviewed_alike(owner: Client, at: Any, ada: Requester, cleo: Worker) -> None:
    sent = a_submitted_assignment(cleo, a_new_hit(a_hit_type(ada)))
    place = at(f"groups/{sent.group.public_id}/")
    first = owner.get(f"{place}review/")["Location"]
    assert first == f"{place}results/{sent.public_id}/?status=submitted"
    done = owner.post(f"{place}results/{sent.public_id}/approve/", {"from": "task", "seen": "Submitted"})
    assert done["Location"] == f"{place}review/"


def test_an_answer_takes_the_same_few_queries_however_many_there_are(
    owner: Client, at: Any, answers: list[Assignment], ada: Requester, django_assert_max_num_queries: Any
) -> None:
    decisions.decide(ada, answers[1].public_id, "approve")
    with django_assert_max_num_queries(32):
        owner.get(page_of(at, answers[0]))
