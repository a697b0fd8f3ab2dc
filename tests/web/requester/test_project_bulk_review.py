"""Answers to all batches of a project reviewed at once: by ticks, by filter, and by a reviewed file."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kempelen.domain.models import Assignment, Batch, BulkReview, Project, Requester, Worker
from tests.factories import a_batch, a_project, a_submitted_assignment, hits_of


@pytest.fixture
def answers(project: Project, batch: Batch, cleo: Worker) -> list[Assignment]:
    """Cleo's answers to all HITs of two batches, of which the second pays more."""
    project.reward_cents = 7
    project.save()
    return [a_submitted_assignment(cleo, hit) for one in (batch, a_batch(project)) for hit in hits_of(one)]


def statuses() -> list[str]:
    return list(Assignment.objects.order_by("pk").values_list("status", flat=True))


def planned(client: Client, at: Any, **data: Any) -> str:
    answer = client.post(at("projects/1/reviews/"), data)
    assert answer.status_code == 302
    return str(answer["Location"])


def test_ticked_answers_of_several_batches_are_rejected_and_taken_back(
    owner: Client, at: Any, answers: list[Assignment]
) -> None:
    shown = owner.get(at("projects/1/results/")).text
    assert shown.count('name="chosen"') == 6
    chosen = [answers[0].public_id, answers[5].public_id]
    page = planned(owner, at, kind="reject", which="chosen", chosen=chosen, reason="No bird")
    assert "Reject 2 answers" in owner.get(page).text
    owner.post(f"{page}confirm/")
    assert statuses() == ["Rejected", *["Submitted"] * 4, "Rejected"]
    owner.post(f"{page}undo/")
    assert statuses() == ["Submitted"] * 6


def test_all_of_a_filter_are_approved_each_for_the_reward_of_its_batch(
    owner: Client, at: Any, answers: list[Assignment]
) -> None:
    page = planned(owner, at, kind="approve", which="all", status="submitted")
    shown = owner.get(page).text
    for words in ("Approve 6 answers", "$0.36"):
        assert words in shown
    owner.post(f"{page}confirm/")
    assert statuses() == ["Approved"] * 6
    assert "Approved 6 answers" in owner.get(at("projects/1/reviews/")).text


def test_a_reviewed_file_of_the_whole_project_is_carried_out(
    owner: Client, at: Any, answers: list[Assignment]
) -> None:
    text = f"AssignmentId,Approve,Reject\n{answers[1].public_id},x,\n{answers[4].public_id},,Empty\n"
    file = SimpleUploadedFile("reviewed.csv", text.encode(), "text/csv")
    page = owner.post(at("projects/1/reviews/upload/"), {"file": file}, follow=True)
    for words in ("Approve 1 answer, reject 1", f"/batches/2/results/{answers[4].public_id}/"):
        assert words in " ".join(page.content.decode().split())
    owner.post(f"{page.redirect_chain[-1][0]}confirm/")
    assert statuses() == ["Submitted", "Approved", "Submitted", "Submitted", "Rejected", "Submitted"]


def test_answers_of_other_projects_are_left_alone(
    owner: Client, at: Any, answers: list[Assignment], ada: Requester, cleo: Worker
) -> None:
    other = a_batch(a_project(ada, name="Other"))
    foreign = a_submitted_assignment(cleo, hits_of(other)[0])
    page = planned(owner, at, kind="approve", which="chosen", chosen=[foreign.public_id])
    assert "There is nothing to do" in owner.get(page).text
    review = BulkReview.objects.get().public_id
    assert owner.get(at(f"projects/2/reviews/{review}/")).status_code == 404
    page = planned(owner, at, kind="approve", which="all")
    owner.post(f"{page}confirm/")
    foreign.refresh_from_db()
    assert foreign.status == "Submitted"


def test_who_may_only_look_finds_no_ticks(member: Any, at: Any, answers: list[Assignment]) -> None:
    viewer = member("viewer")
    assert 'name="chosen"' not in viewer.get(at("projects/1/results/")).text
    assert viewer.post(at("projects/1/reviews/"), {"kind": "approve", "which": "all"}).status_code == 403
