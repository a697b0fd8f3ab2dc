"""Many answers reviewed at once on the web: by ticks, by filter, and by a reviewed file."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from kempelen.domain.actions import background, bulk_reviews
from kempelen.domain.models import Assignment, Batch, BulkReview, Job, Payment, Worker
from kempelen.domain.queries import bulk_reviews as reads
from tests.factories import a_submitted_assignment, hits_of


@pytest.fixture
def answers(batch: Batch, cleo: Worker) -> list[Assignment]:
    """Cleo's answers to all three HITs, in their order."""
    return [a_submitted_assignment(cleo, hit) for hit in hits_of(batch)]


def statuses() -> list[str]:
    return list(Assignment.objects.order_by("pk").values_list("status", flat=True))


def planned(client: Client, at: Any, **data: Any) -> str:
    answer = client.post(at("batches/1/reviews/"), data)
    assert answer.status_code == 302
    return str(answer["Location"])


def test_ticked_answers_are_rejected_after_a_look_and_taken_back(
    owner: Client, at: Any, answers: list[Assignment]
) -> None:
    chosen = [answer.public_id for answer in answers[:2]]
    page = planned(owner, at, kind="reject", which="chosen", chosen=chosen, reason="No bird")
    shown = owner.get(page).text
    assert "Reject 2 answers" in shown
    assert "No bird" in shown
    assert statuses() == ["Submitted"] * 3
    owner.post(f"{page}confirm/")
    assert statuses() == ["Rejected", "Rejected", "Submitted"]
    assert "Take it back" in owner.get(page).text
    owner.post(f"{page}undo/")
    assert statuses() == ["Submitted"] * 3
    assert "2 decisions taken back" in owner.get(page).text


def test_all_of_a_filter_are_approved_and_what_is_left_out_is_told(
    owner: Client, at: Any, answers: list[Assignment]
) -> None:
    owner.post(at(f"batches/1/results/{answers[0].public_id}/approve/"))
    page = planned(owner, at, kind="approve", which="all", worker=answers[0].worker.public_id)
    shown = owner.get(page).text
    for words in ("Approve 2 answers", "$0.10", "1 already approved"):
        assert words in shown
    owner.post(f"{page}confirm/")
    assert statuses() == ["Approved"] * 3
    assert "Approved 2 answers" in owner.get(at("batches/1/reviews/")).text


def test_what_is_missing_is_said_where_it_was_asked(
    owner: Client, at: Any, answers: list[Assignment]
) -> None:
    for data, words in (
        ({"kind": "approve", "which": "chosen"}, "Choose answers first"),
        ({"kind": "burn", "which": "all"}, "Choose what to do"),
        ({"kind": "reject", "which": "all"}, "Say why"),
        ({"kind": "bonus", "which": "all", "reason": "Fine", "amount": "x"}, "not an amount"),
    ):
        answer = owner.post(at("batches/1/reviews/"), data, follow=True)
        assert words in str(*answer.context["messages"])
    assert not BulkReview.objects.exists()


def test_a_long_review_shows_how_far_it_is_and_can_be_stopped(
    owner: Client, at: Any, answers: list[Assignment], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_reviews, "PAGE", 1)
    page = planned(owner, at, kind="approve", which="all")
    owner.post(f"{page}confirm/")
    part = owner.get(page, headers={"HX-Request": "true"}).text
    assert "1 of 3" in part
    assert 'hx-trigger="every 1s"' in part
    owner.post(f"{page}undo/")
    bulk_reviews.undo_now(BulkReview.objects.get().pk)
    assert statuses() == ["Submitted"] * 3


def test_a_bonus_that_some_had_already_is_paid_to_the_others_or_to_all(
    owner: Client, at: Any, answers: list[Assignment]
) -> None:
    bonus = {"kind": "bonus", "amount": "0.50", "reason": "Well done"}
    first = planned(owner, at, which="chosen", chosen=[answers[0].public_id], **bonus)
    owner.post(f"{first}confirm/")
    page = planned(owner, at, which="all", **bonus)
    shown = " ".join(owner.get(page).text.split())
    for words in (
        "1 of these answers had a bonus already",
        "It was $0.50",
        "Pay the other 2, $1.00",
        "Pay all 3, $1.50",
    ):
        assert words in shown
    owner.post(f"{page}confirm/", {"leave_out": "repeated"})
    assert "1 had a bonus already" in owner.get(page).text
    assert Payment.objects.filter(kind="bonus").count() == 3


def test_a_plan_is_dropped(owner: Client, at: Any, answers: list[Assignment]) -> None:
    page = planned(owner, at, kind="approve", which="all")
    assert owner.post(f"{page}drop/")["Location"] == at("batches/1/results/")
    assert owner.get(page).status_code == 404


def upload(client: Client, at: Any, text: str, **data: str) -> Any:
    file = SimpleUploadedFile("reviewed.csv", text.encode(), "text/csv")
    return client.post(at("batches/1/reviews/upload/"), {"file": file, **data}, follow=True)


def test_our_own_results_file_is_reviewed_and_uploaded(
    owner: Client, at: Any, answers: list[Assignment]
) -> None:
    lines = b"".join(owner.get(at("batches/1/results.csv"))).decode().splitlines()
    filled = [lines[0], f'{lines[1]},"X"', f'{lines[2]},"","No bird"', lines[3]]
    page = upload(owner, at, "\r\n".join(filled))
    shown = " ".join(page.content.decode().split())
    for words in ("Approve 1 answer, reject 1", "Row by row", "No bird", "Rows that say nothing"):
        assert words in shown
    assert statuses() == ["Submitted"] * 3
    owner.post(f"{page.redirect_chain[-1][0]}confirm/")
    assert statuses() == ["Approved", "Rejected", "Submitted"]


def test_the_rows_of_a_file_come_page_by_page(
    owner: Client, at: Any, answers: list[Assignment], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reads, "PAGE", 1)
    owner.post(at(f"batches/1/results/{answers[1].public_id}/approve/"))
    text = "AssignmentId,Approve,Reject\r\n" + "".join(f"{answer.public_id},x,\r\n" for answer in answers)
    page = upload(owner, at, text)
    address, seen = page.redirect_chain[-1][0], []
    while page.context["rows"]:
        seen.append(page.context["rows"][0].row_number)
        if not page.context["after"]:
            break
        page = owner.get(address, {"after": page.context["after"]})
    assert seen == [3, 2, 4]  # what is left out comes first
    assert owner.get(address, {"after": "rubbish"}).context["rows"][0].row_number == 3


def test_a_faulty_file_names_row_and_column(owner: Client, at: Any, answers: list[Assignment]) -> None:
    page = upload(owner, at, f"AssignmentId,Approve,Reject\r\n{answers[0].public_id},x,No\r\n3NONE,x,\r\n")
    shown = page.content.decode()
    assert "Row 2, column Reject:" in shown
    assert "Row 3, column AssignmentId:" in shown
    assert "Upload it again" in shown


def test_a_reason_for_all_that_say_x_must_be_fit(owner: Client, at: Any, answers: list[Assignment]) -> None:
    text = f"AssignmentId,Approve,Reject\r\n{answers[0].public_id},,x\r\n"
    assert upload(owner, at, text, reason="bell \x07").status_code == 422
    page = upload(owner, at, text, reason="Too short")
    assert "Too short" in page.content.decode()


def test_reviewers_may_and_viewers_may_not(member: Any, at: Any, answers: list[Assignment]) -> None:
    page = planned(member("reviewer"), at, kind="approve", which="all")
    viewer = member("viewer")
    assert viewer.get(page).status_code == 403
    assert viewer.post(f"{page}confirm/").status_code == 403


def test_the_page_takes_the_same_few_queries_however_many_answers(
    owner: Client, at: Any, answers: list[Assignment], django_assert_max_num_queries: Any
) -> None:
    page = planned(owner, at, kind="approve", which="all")
    with django_assert_max_num_queries(16):
        owner.get(page)


@pytest.fixture
def failed(owner: Client, at: Any, answers: list[Assignment], monkeypatch: pytest.MonkeyPatch) -> str:
    """The page of a review that failed for the last time after one of three answers."""
    monkeypatch.setattr(bulk_reviews, "PAGE", 1)
    page = planned(owner, at, kind="approve", which="all")
    owner.post(f"{page}confirm/")
    problem = "OSError(28, 'No space left on device')"
    Job.objects.filter(kind="decide_review").update(finished_at=now(), failed_at=now(), problem=problem)
    return page


def test_a_review_that_failed_says_so_and_goes_on_when_it_is_tried_again(
    owner: Client, at: Any, failed: str
) -> None:
    shown = owner.get(failed).text
    for words in ("Reviewing many answers failed", "disk is full", "Try again", "Stopped"):
        assert words in shown
    assert "hx-trigger" not in shown
    job = Job.objects.get(failed_at__isnull=False)
    assert owner.post(at(f"jobs/{job.pk}/again/"))["Location"] == failed
    assert "Under way" in owner.get(failed).text
    assert Job.objects.filter(pk=job.pk, finished_at=None, attempts=0).exists()


def test_a_review_that_failed_can_be_given_up(owner: Client, at: Any, failed: str) -> None:
    job = Job.objects.get(failed_at__isnull=False)
    owner.post(at(f"jobs/{job.pk}/give-up/"))
    shown = owner.get(failed).text
    assert "Approved 1 answer" in shown
    assert "2 not done: the server failed, and it was given up" in shown
    assert statuses() == ["Approved", "Submitted", "Submitted"]


def test_what_editors_began_is_not_decided_by_reviewers(
    owner: Client, member: Any, at: Any, batch: Batch
) -> None:
    job = background.ask_for("change_hits", group=batch.hit_group_id)
    Job.objects.filter(pk=job.pk).update(finished_at=now(), failed_at=now(), problem="ValueError()")
    reviewer = member("reviewer")
    assert "Try again" not in reviewer.get(at("batches/1/")).text
    assert reviewer.post(at(f"jobs/{job.pk}/again/")).status_code == 403
    page = owner.get(at("batches/1/")).text
    assert "Extending or ending all HITs failed" in page
    assert owner.get(at("batches/1/progress/?seen=open&failed=0"))["HX-Refresh"] == "true"
    assert owner.post(at(f"jobs/{job.pk}/give-up/"))["Location"] == at("batches/1/")
    assert "HX-Refresh" not in owner.get(at("batches/1/progress/?seen=open&failed=0"))
