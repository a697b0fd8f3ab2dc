"""GetAssignment and ListAssignmentsForHIT (mturk-api.md §2, §3.2, §8.3)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from kempelen.domain import clock
from kempelen.domain.models import Assignment, Requester
from tests.contract.api.hits import a_hit


def test_submitted_work_is_shown_as_mturk_showed_it(mturk: Any, crowd: Callable[..., Any]) -> None:
    """ListAssignmentsForHIT [S31]: no Deadline; AutoApprovalTime from SubmitTime on."""
    hit = a_hit(mturk)
    cleo = crowd()
    assignment_id = cleo.answer(hit["HITId"], {"text": "naïve & <b>"})
    (shown,) = mturk.list_assignments_for_hit(HITId=hit["HITId"])["Assignments"]
    assert set(shown) == {
        "AssignmentId",
        "WorkerId",
        "HITId",
        "AssignmentStatus",
        "AutoApprovalTime",
        "AcceptTime",
        "SubmitTime",
        "Answer",
    }
    assert (shown["AssignmentId"], shown["WorkerId"], shown["HITId"]) == (
        assignment_id,
        cleo.id,
        hit["HITId"],
    )
    assert shown["AutoApprovalTime"] - shown["SubmitTime"] == timedelta(hours=1)
    assert shown["Answer"].startswith(
        '<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http:'
    )
    assert "<FreeText>na&#239;ve &amp; &lt;b&gt;</FreeText>" in shown["Answer"]
    one = mturk.get_assignment(AssignmentId=assignment_id)
    assert one["Assignment"] == shown
    assert one["HIT"] == mturk.get_hit(HITId=hit["HITId"])["HIT"]


def test_work_comes_in_the_order_of_submission_and_by_status(mturk: Any, crowd: Callable[..., Any]) -> None:
    hit = a_hit(mturk, MaxAssignments=4)
    workers = [crowd(name) for name in ("Cleo", "Dan", "Eve", "Ida")]
    taken = [worker.accept(hit["HITId"]) for worker in workers]
    for index in (2, 0, 1):
        workers[index].submit(taken[index])
    mturk.approve_assignment(AssignmentId=taken[0], RequesterFeedback="Thank you.")
    mturk.reject_assignment(AssignmentId=taken[1], RequesterFeedback="Empty.")

    def listed(**members: Any) -> list[str]:
        found = mturk.list_assignments_for_hit(HITId=hit["HITId"], **members)["Assignments"]
        return [assignment["AssignmentId"] for assignment in found]

    assert listed() == [taken[2], taken[0], taken[1]]
    assert listed(AssignmentStatuses=["Submitted"]) == [taken[2]]
    assert listed(AssignmentStatuses=["Approved", "Rejected"]) == [taken[0], taken[1]]
    approved = mturk.get_assignment(AssignmentId=taken[0])["Assignment"]
    assert (approved["AssignmentStatus"], approved["RequesterFeedback"]) == ("Approved", "Thank you.")
    assert "ApprovalTime" in approved
    rejected = mturk.get_assignment(AssignmentId=taken[1])["Assignment"]
    assert "RejectionTime" in rejected
    assert "ApprovalTime" not in rejected


def test_pages_of_assignments_follow_each_other(mturk: Any, crowd: Callable[..., Any]) -> None:
    hit = a_hit(mturk, MaxAssignments=3)
    sent = [crowd(name).answer(hit["HITId"]) for name in ("Cleo", "Dan", "Eve")]
    # Of the same moment, so that only their ids keep them apart.
    Assignment.objects.update(submitted_at=clock.now())
    pages = mturk.get_paginator("list_assignments_for_hit").paginate(
        HITId=hit["HITId"], PaginationConfig={"PageSize": 1}
    )
    assert [its["AssignmentId"] for page in pages for its in page["Assignments"]] == sent


def test_work_in_hand_is_not_shown(mturk: Any, crowd: Callable[..., Any]) -> None:
    """GetAssignment [S19]; ListAssignmentsForHIT never lists it."""
    hit = a_hit(mturk)
    mine = crowd().accept(hit["HITId"])
    with pytest.raises(mturk.exceptions.RequestError) as refused:
        mturk.get_assignment(AssignmentId=mine)
    assert refused.value.response["TurkErrorCode"] == "AWS.MechanicalTurk.InvalidAssignmentState"
    assert refused.value.response["Message"].startswith(
        "This operation can be called with a status of: Reviewable,Approved,Rejected ("
    )
    assert mturk.list_assignments_for_hit(HITId=hit["HITId"])["Assignments"] == []


def test_work_is_approved_by_the_clock_before_it_is_shown(mturk: Any, crowd: Callable[..., Any]) -> None:
    """§3.2: no feedback; ApprovalTime is set."""
    hit = a_hit(mturk)
    crowd().answer(hit["HITId"])
    Assignment.objects.update(auto_approval_at=clock.now())
    (shown,) = mturk.list_assignments_for_hit(HITId=hit["HITId"])["Assignments"]
    assert shown["AssignmentStatus"] == "Approved"
    assert shown["ApprovalTime"] == shown["AutoApprovalTime"]
    assert mturk.get_hit(HITId=hit["HITId"])["HIT"]["NumberOfAssignmentsCompleted"] == 1


def test_assignments_of_others_do_not_exist(
    mturk_of: Callable[..., Any], mturk: Any, ben: Requester, crowd: Callable[..., Any]
) -> None:
    """§1.3 [S2]."""
    mine = crowd().answer(a_hit(mturk)["HITId"])
    others = mturk_of(ben)
    for assignment_id in (mine, "ABC"):
        with pytest.raises(others.exceptions.RequestError) as refused:
            others.get_assignment(AssignmentId=assignment_id)
        assert refused.value.response["TurkErrorCode"] == "AWS.MechanicalTurk.AssignmentDoesNotExist"
        assert refused.value.response["Message"].startswith(f"Assignment {assignment_id} does not exist. (")
