"""Many answers reviewed at once: planned, confirmed, done page by page, undone."""

import csv
import io
from collections.abc import Mapping
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db.models import Count

from kempelen.domain.actions import assignments, bulk_reviews, claims, deciding, decisions, planning
from kempelen.domain.errors import InvalidParameter, NotFound, WrongState
from kempelen.domain.models import (
    HIT,
    Assignment,
    BulkReview,
    Decision,
    Event,
    HITGroup,
    Job,
    Payment,
    Requester,
    Worker,
)
from kempelen.jobs.kinds import AFTER_LAST_FAILURE, KINDS
from tests.domain.moving_clock import MovingClock
from tests.domain.queues import a_group
from tests.factories import owner_of

APPROVE, REJECT, BONUS = "approve", "reject", "bonus"


def five_answers(requester: Requester, worker: Worker, **group: Any) -> HITGroup:
    made = a_group(requester, **{"hits": 5, **group})
    for _ in range(5):
        assignments.submit(claims.accept_next(worker, made).public_id, {"a": "yes"})
    return made


def hit_ids_of(group: HITGroup) -> list[str]:
    return list(HIT.objects.filter(group=group).order_by("pk").values_list("public_id", flat=True))


def ids_of(group: HITGroup) -> list[str]:
    return list(Assignment.objects.filter(group=group).order_by("pk").values_list("public_id", flat=True))


def statuses_of(group: HITGroup) -> dict[str, int]:
    counted = Assignment.objects.filter(group=group).order_by().values_list("status").annotate(Count("pk"))
    return dict(counted)


def do_jobs() -> None:
    for job in Job.objects.filter(finished_at__isnull=True).order_by("pk"):
        KINDS[job.kind](job)


def a_file(rows: list[Mapping[str, str]]) -> ContentFile:  # type: ignore[type-arg]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, ["HITId", "AssignmentId", "Answer.a", "Approve", "Reject"], restval="")
    writer.writeheader()
    writer.writerows(rows)
    return ContentFile(text.getvalue().encode())


def planned_file(requester: Requester, group: HITGroup, rows: list[Any], reason: str = "") -> BulkReview:
    review = bulk_reviews.plan_file(requester, group, a_file(rows), file_name="r.csv", reason=reason)
    do_jobs()
    review.refresh_from_db()
    return review


def test_nothing_happens_before_the_plan_is_confirmed(ada: Requester, cleo: Worker) -> None:
    group = five_answers(ada, cleo)
    review = bulk_reviews.plan(ada, group, APPROVE, selection={}, by=owner_of(ada))
    assert (review.state, review.figures["planned"]) == ("planned", {"approve": 5, "cents": 25})
    assert statuses_of(group) == {"Submitted": 5}
    bulk_reviews.confirm(review, by=owner_of(ada))
    assert (review.state, statuses_of(group)) == ("done", {"Approved": 5})
    told = Event.objects.get(kind="WorkReviewed")
    assert (told.data, told.user_pk, told.is_audited) == (
        {"approved": 5, "rejected": 0},
        owner_of(ada).pk,
        True,
    )


def test_a_long_review_goes_on_in_the_background_and_after_a_kill(
    ada: Requester, cleo: Worker, small_pages: None
) -> None:
    group = five_answers(ada, cleo)
    review = bulk_reviews.plan(ada, group, REJECT, selection={}, reason="No")
    assert review.state == "planning"
    do_jobs()
    do_jobs()
    review.refresh_from_db()
    assert review.figures["planned"] == {"reject": 5}
    bulk_reviews.confirm(review)
    assert (review.state, statuses_of(group)) == ("deciding", {"Rejected": 2, "Submitted": 3})
    assert bulk_reviews.decide_page(review.pk)  # and the process dies
    do_jobs()
    do_jobs()
    review.refresh_from_db()
    assert (review.state, review.figures["decided"]) == ("done", {"reject": 5})
    assert Event.objects.filter(kind="AssignmentRejected").count() == 5


def test_exactly_what_was_confirmed_is_done(ada: Requester, cleo: Worker, dan: Worker) -> None:
    group = five_answers(ada, cleo, hits=6)
    review = bulk_reviews.plan(ada, group, APPROVE, selection={"status": "submitted"})
    late = assignments.submit(claims.accept_next(dan, group).public_id, {"a": "yes"}).assignment
    changed = ids_of(group)[0]
    assignments.reject(ada, changed, feedback="By a program")
    bulk_reviews.confirm(review)
    assert review.figures["decided"] == {"approve": 4, "cents": 20, "left rejected": 1} or (
        Assignment.objects.get(public_id=changed).status == "Approved"
    )
    late.refresh_from_db()
    assert late.status == "Submitted"


def test_what_is_not_possible_is_left_out_and_told_why(ada: Requester, cleo: Worker) -> None:
    group = five_answers(ada, cleo)
    first, second, *_ = ids_of(group)
    assignments.approve(ada, first)
    assignments.reject(ada, second, feedback="No")
    review = bulk_reviews.plan(ada, group, APPROVE, selection={})
    assert review.figures["planned"] == {
        "approve": 3,
        "cents": 15,
        "left approved": 1,
        "left rejected": 1,
    }
    chosen = bulk_reviews.plan(ada, group, APPROVE, chosen_ids=[first, second, "3NOBODY"])
    assert chosen.figures["planned"] == {
        "approve": 1,
        "override": 1,
        "cents": 5,
        "left approved": 1,
        "left unsent": 1,
    }


def test_rejections_are_overridden_by_a_selection_of_only_them(ada: Requester, cleo: Worker) -> None:
    group = five_answers(ada, cleo)
    assignments.reject(ada, ids_of(group)[0], feedback="No")
    review = bulk_reviews.plan(ada, group, APPROVE, selection={"status": "rejected"})
    bulk_reviews.confirm(review)
    assert statuses_of(group) == {"Approved": 1, "Submitted": 4}


def test_all_is_undone_within_ten_minutes_but_what_was_decided_otherwise(
    ada: Requester, cleo: Worker, small_pages: None, moving_clock: MovingClock
) -> None:
    group = five_answers(ada, cleo)
    review = bulk_reviews.plan(ada, group, REJECT, selection={}, reason="No")
    planning.plan_all(review.pk)
    bulk_reviews.confirm(review)
    bulk_reviews.decide_now(review.pk)
    assignments.approve(ada, ids_of(group)[0], override_rejection=True)
    decisions.undo(ada, ids_of(group)[1])
    moving_clock.forward(500)
    review.refresh_from_db()
    bulk_reviews.undo(review, by=owner_of(ada))
    bulk_reviews.undo_now(review.pk)
    review.refresh_from_db()
    assert (review.state, review.figures["undone"]) == ("undone", {"reject": 3, "kept changed": 1})
    assert statuses_of(group) == {"Approved": 1, "Submitted": 4}
    assert Event.objects.get(kind="ReviewTakenBack").data == {"decisions": 3, "kept": 1}


def test_after_ten_minutes_nothing_is_undone(ada: Requester, cleo: Worker, moving_clock: MovingClock) -> None:
    review = bulk_reviews.plan(ada, five_answers(ada, cleo), APPROVE, selection={})
    bulk_reviews.confirm(review)
    moving_clock.forward(601)
    with pytest.raises(WrongState, match="ten minutes"):
        bulk_reviews.undo(review)
    assert Payment.objects.count() == 5


def test_undo_stops_a_review_that_is_at_work(ada: Requester, cleo: Worker, small_pages: None) -> None:
    group = five_answers(ada, cleo)
    review = bulk_reviews.plan(ada, group, APPROVE, selection={})
    planning.plan_all(review.pk)
    review.refresh_from_db()
    bulk_reviews.confirm(review)
    bulk_reviews.undo(review)
    bulk_reviews.decide_now(review.pk)
    bulk_reviews.undo_now(review.pk)
    assert statuses_of(group) == {"Submitted": 5}
    assert HIT.objects.filter(group=group, unreviewed_count=1, reviewed_count=0).count() == 5


def test_bonuses_are_paid_once_each_and_taken_back(ada: Requester, cleo: Worker) -> None:
    group = five_answers(ada, cleo)
    review = bulk_reviews.plan(ada, group, BONUS, selection={}, reason="Splendid", amount_cents=30)
    assert review.figures["planned"] == {"bonus": 5, "cents": 150}
    bulk_reviews.confirm(review)
    bulk_reviews.confirm(review)
    assert list(Payment.objects.values_list("kind", "amount_cents")) == [("bonus", 30)] * 5
    bulk_reviews.undo(review)
    assert not Payment.objects.exists()


def test_a_plan_can_be_dropped_and_is_forgotten_after_a_day(
    ada: Requester, cleo: Worker, moving_clock: MovingClock
) -> None:
    group = five_answers(ada, cleo)
    bulk_reviews.drop(bulk_reviews.plan(ada, group, APPROVE, selection={}))
    bulk_reviews.plan(ada, group, APPROVE, selection={})
    done = bulk_reviews.plan(ada, group, APPROVE, chosen_ids=ids_of(group)[:1])
    bulk_reviews.confirm(done)
    with pytest.raises(WrongState):
        bulk_reviews.drop(done)
    moving_clock.forward(90_000)
    assert bulk_reviews.forget_plans() == 1
    assert BulkReview.objects.get() == done
    assert Decision.objects.count() == 1


def test_a_reviewed_file_is_planned_row_by_row(ada: Requester, cleo: Worker, small_pages: None) -> None:
    group = five_answers(ada, cleo)
    ids = ids_of(group)
    assignments.reject(ada, ids[3], feedback="No")
    rows = [
        {"AssignmentId": ids[0], "Approve": "X"},
        {"AssignmentId": ids[1], "Approve": "Thank you!"},
        {"AssignmentId": ids[2], "Reject": "Not in English"},
        {"AssignmentId": ids[3], "Approve": "x"},
        {"AssignmentId": ids[4]},
    ]
    review = planned_file(ada, group, rows)
    assert review.figures["planned"] == {
        "rows": 5,
        "silent": 1,
        "approve": 3,
        "override": 1,
        "reject": 1,
        "cents": 15,
    }
    bulk_reviews.confirm(review)
    do_jobs()
    answers = Assignment.objects.filter(group=group).order_by("pk").values_list("status", "feedback")
    assert list(answers) == [
        ("Approved", ""),
        ("Approved", "Thank you!"),
        ("Rejected", "Not in English"),
        ("Approved", ""),
        ("Submitted", ""),
    ]
    assert list(review.decisions.order_by("pk").values_list("row_number", flat=True)) == [2, 3, 4, 5]


def test_what_is_wrong_in_a_file_is_told_with_its_place_and_nothing_is_planned(
    ada: Requester, ben: Requester, cleo: Worker, small_pages: None
) -> None:
    group, elsewhere = five_answers(ada, cleo), five_answers(ben, cleo)
    ids, hit_ids = ids_of(group), hit_ids_of(group)
    rows = [
        {"AssignmentId": ids[0], "Approve": "x", "Reject": "No"},
        {"AssignmentId": ids_of(elsewhere)[0], "Approve": "x"},
        {"AssignmentId": ids[1], "HITId": hit_ids[4], "Approve": "x"},
        {"AssignmentId": ids[2], "Reject": "X"},
        {"AssignmentId": ids[3], "Reject": "y" * 1025},
        {"AssignmentId": ids[4], "HITId": hit_ids[4], "Approve": "x"},
        {"AssignmentId": ids[4], "Approve": "x"},
        {"Approve": "x"},
    ]
    review = planned_file(ada, group, rows)
    assert [(row, column) for row, column, _ in review.problems] == [
        (2, "Reject"),
        (3, "AssignmentId"),
        (4, "HITId"),
        (5, "Reject"),
        (6, "Reject"),
        (8, "AssignmentId"),
        (9, "AssignmentId"),
    ]
    assert (review.state, review.decisions.count()) == ("faulty", 0)
    with pytest.raises(WrongState):
        bulk_reviews.confirm(review)


def test_a_plan_that_the_server_cannot_make_says_so(ada: Requester, cleo: Worker, small_pages: None) -> None:
    review = bulk_reviews.plan(ada, five_answers(ada, cleo), APPROVE, selection={})
    AFTER_LAST_FAILURE["plan_review"](Job.objects.get(kind="plan_review"))
    review.refresh_from_db()
    assert (review.state, review.problems[0][2]) == (
        "faulty",
        "The server failed several times; its log says why.",
    )
    bulk_reviews.drop(review)
    assert not Decision.objects.exists()


def test_one_reason_may_stand_for_all_that_only_say_x(ada: Requester, cleo: Worker) -> None:
    group = five_answers(ada, cleo)
    review = planned_file(ada, group, [{"AssignmentId": ids_of(group)[0], "Reject": "x"}], reason="Too short")
    bulk_reviews.confirm(review)
    assert Assignment.objects.get(status="Rejected").feedback == "Too short"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b"AssignmentId,Approve\r\n3A,x\r\n", "there is no such column"),
        (b"AssignmentId,Approve,Reject,Reject\r\n", "2 columns have this name"),
        (b'AssignmentId,Approve,Reject\r\n"3A,x,\r\n', "cannot be read"),
        (b"AssignmentId,Approve,Reject\r\n3A,x,,,\r\n", "5 values for 3 columns"),
        (b"\xff\xfe\x00", ""),
    ],
)
def test_a_file_that_is_no_reviewed_table_is_refused(
    ada: Requester, cleo: Worker, content: bytes, problem: str
) -> None:
    group = five_answers(ada, cleo)
    review = bulk_reviews.plan_file(ada, group, ContentFile(content), file_name="r.csv")
    assert review.state == "faulty"
    assert problem in str(review.problems)


def test_an_undo_that_comes_too_late_keeps_what_programs_may_have_heard_of(
    ada: Requester, cleo: Worker, small_pages: None, moving_clock: MovingClock
) -> None:
    group = five_answers(ada, cleo)
    review = bulk_reviews.plan(ada, group, APPROVE, selection={})
    planning.plan_all(review.pk)
    review.refresh_from_db()
    bulk_reviews.confirm(review)
    bulk_reviews.decide_now(review.pk)
    bulk_reviews.undo(review)  # the first page; then the server is down for long
    moving_clock.forward(3600)
    bulk_reviews.undo_now(review.pk)
    assert statuses_of(group) == {"Approved": 3, "Submitted": 2}
    assert Decision.objects.filter(state="kept", why="late").count() == 3


def test_others_find_no_review(ada: Requester, ben: Requester, cleo: Worker) -> None:
    group = five_answers(ada, cleo)
    review = bulk_reviews.plan(ada, group, APPROVE, selection={})
    assert bulk_reviews.found(ada, group, review.public_id) == review
    with pytest.raises(NotFound):
        bulk_reviews.found(ben, group, review.public_id)
    with pytest.raises(InvalidParameter):
        bulk_reviews.plan(ada, group, REJECT, selection={})


def test_a_page_of_decisions_takes_as_many_queries_as_one(
    ada: Requester, cleo: Worker, django_assert_max_num_queries: Any
) -> None:
    group = five_answers(ada, cleo)
    review = bulk_reviews.plan(ada, group, APPROVE, selection={})
    page = list(review.decisions.all())
    with django_assert_max_num_queries(10):
        deciding.carry_out(page, by=None)
