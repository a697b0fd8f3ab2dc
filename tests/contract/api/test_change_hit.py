"""CreateAdditionalAssignmentsForHIT, UpdateExpirationForHIT, DeleteHIT, UpdateHITReviewStatus and
UpdateHITTypeOfHIT (mturk-api.md §2, §3.1).
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.contract.api.hits import PROPERTIES, a_hit

PAST = datetime(2015, 1, 1, tzinfo=UTC)


def status(mturk: Any, hit: dict[str, Any]) -> tuple[str, int, int]:
    now = mturk.get_hit(HITId=hit["HITId"])["HIT"]
    return now["HITStatus"], now["NumberOfAssignmentsAvailable"], now["NumberOfAssignmentsPending"]


def test_the_counts_are_those_of_the_developer_guide(mturk: Any, crowd: Callable[..., Any]) -> None:
    """§3.1 [S33], with three places."""
    hit = a_hit(mturk, MaxAssignments=3)
    hit_id, workers = hit["HITId"], [crowd(name) for name in ("Cleo", "Dan", "Eve")]
    taken = [worker.accept(hit_id) for worker in workers[:2]]
    assert status(mturk, hit) == ("Assignable", 1, 2)
    taken.append(workers[2].accept(hit_id))
    workers[0].submit(taken[0])
    assert status(mturk, hit) == ("Unassignable", 0, 2)
    workers[1].give_back(taken[1])
    assert status(mturk, hit) == ("Assignable", 1, 1)
    workers[2].submit(taken[2])
    workers[1].answer(hit_id)
    assert status(mturk, hit) == ("Reviewable", 0, 0)
    assert mturk.get_hit(HITId=hit_id)["HIT"]["NumberOfAssignmentsCompleted"] == 0


def test_more_assignments_open_a_hit_that_was_done(mturk: Any, crowd: Callable[..., Any]) -> None:
    hit = a_hit(mturk)
    crowd().answer(hit["HITId"])
    assert status(mturk, hit) == ("Reviewable", 0, 0)
    mturk.create_additional_assignments_for_hit(HITId=hit["HITId"], NumberOfAdditionalAssignments=2)
    assert status(mturk, hit) == ("Assignable", 2, 0)
    assert crowd("Dan").accept_next(hit["HITGroupId"])


def test_nine_assignments_stay_below_ten(mturk: Any) -> None:
    """CreateAdditionalAssignmentsForHIT [D]."""
    hit = a_hit(mturk, MaxAssignments=9)
    with pytest.raises(mturk.exceptions.RequestError) as refused:
        mturk.create_additional_assignments_for_hit(HITId=hit["HITId"], NumberOfAdditionalAssignments=1)
    code = refused.value.response["TurkErrorCode"]
    assert code == "AWS.MechanicalTurk.InvalidMaximumAssignmentsIncrease"


def test_a_past_time_expires_a_hit_and_leaves_what_was_announced(mturk: Any) -> None:
    """§9 [S15]; Available stays too [S6][S15]."""
    hit = a_hit(mturk, MaxAssignments=5)
    mturk.update_expiration_for_hit(HITId=hit["HITId"], ExpireAt=PAST)
    now = mturk.get_hit(HITId=hit["HITId"])["HIT"]
    assert (now["HITStatus"], now["Expiration"], now["NumberOfAssignmentsAvailable"]) == (
        "Reviewable",
        hit["Expiration"],
        5,
    )
    with pytest.raises(mturk.exceptions.RequestError) as refused:
        mturk.update_expiration_for_hit(HITId=hit["HITId"], ExpireAt=PAST)
    token = f"{hit['HITId']}Thu Jan 01 00:00:00 UTC 2015"
    message = f'The idempotency token "{token}" has already been processed. ('
    assert refused.value.response["Message"].startswith(message)


def test_an_expired_hit_is_opened_again_by_a_time_to_come(mturk: Any) -> None:
    hit = a_hit(mturk)
    mturk.update_expiration_for_hit(HITId=hit["HITId"], ExpireAt=PAST)
    later = datetime.now(tz=UTC).replace(microsecond=0) + timedelta(hours=2)
    mturk.update_expiration_for_hit(HITId=hit["HITId"], ExpireAt=later)
    now = mturk.get_hit(HITId=hit["HITId"])["HIT"]
    assert (now["HITStatus"], now["Expiration"]) == ("Assignable", later)


def test_an_end_is_not_moved_nearer(mturk: Any) -> None:
    """UpdateExpirationForHIT [S14]."""
    hit = a_hit(mturk)
    with pytest.raises(ClientError) as refused:
        mturk.update_expiration_for_hit(
            HITId=hit["HITId"], ExpireAt=hit["Expiration"] - timedelta(seconds=600)
        )
    assert refused.value.response["Error"]["Code"] == "ParameterValidationError"
    message = "The value -600 is invalid for ExpirationIncrementInSeconds. Valid values range from 60 to "
    assert message in refused.value.response["Error"]["Message"]
    mturk.update_expiration_for_hit(HITId=hit["HITId"], ExpireAt=hit["Expiration"] + timedelta(seconds=60))


def test_a_hit_is_deleted_when_its_work_is_reviewed(mturk: Any, crowd: Callable[..., Any]) -> None:
    """DeleteHIT [S15][S9]."""
    hit = a_hit(mturk)
    mine = crowd().answer(hit["HITId"])
    with pytest.raises(mturk.exceptions.RequestError) as refused:
        mturk.delete_hit(HITId=hit["HITId"])
    assert refused.value.response["TurkErrorCode"] == "AWS.MechanicalTurk.InvalidHITState"
    assert refused.value.response["Message"].startswith(
        "This HIT is currently in the state 'Reviewable'.  "
        "This operation can be called with a status of: Reviewing, Reviewable ("
    )
    mturk.approve_assignment(AssignmentId=mine)
    mturk.delete_hit(HITId=hit["HITId"])
    with pytest.raises(mturk.exceptions.RequestError, match="in the state 'Disposed'"):
        mturk.delete_hit(HITId=hit["HITId"])
    (kept,) = mturk.list_assignments_for_hit(HITId=hit["HITId"])["Assignments"]
    assert kept["AssignmentId"] == mine


def test_reviewing_is_a_mark_that_can_be_taken_off(mturk: Any) -> None:
    """UpdateHITReviewStatus."""
    hit = a_hit(mturk)
    with pytest.raises(mturk.exceptions.RequestError, match="in the state 'Assignable'"):
        mturk.update_hit_review_status(HITId=hit["HITId"])
    mturk.update_expiration_for_hit(HITId=hit["HITId"], ExpireAt=0)
    mturk.update_hit_review_status(HITId=hit["HITId"])
    assert status(mturk, hit)[0] == "Reviewing"
    mturk.update_hit_review_status(HITId=hit["HITId"], Revert=True)
    assert status(mturk, hit)[0] == "Reviewable"


def test_a_hit_of_another_type_has_its_reward_and_stands_in_its_group(
    mturk: Any, crowd: Callable[..., Any]
) -> None:
    """UpdateHITTypeOfHIT: HITTypeId and HITGroupId change; repeating it does no harm."""
    hit = a_hit(mturk)
    dear = mturk.create_hit_type(**{**PROPERTIES, "Reward": "2.00"})["HITTypeId"]
    for _ in range(2):
        mturk.update_hit_type_of_hit(HITId=hit["HITId"], HITTypeId=dear)
    now = mturk.get_hit(HITId=hit["HITId"])["HIT"]
    assert (now["HITTypeId"], now["Reward"]) == (dear, "2.00")
    assert now["HITGroupId"] != hit["HITGroupId"]
    assert crowd().accept_next(now["HITGroupId"])


def test_what_does_not_exist_cannot_be_changed(mturk: Any) -> None:
    """§1.3 [S2]: well-formed ids of nothing."""
    dear = mturk.create_hit_type(**PROPERTIES)["HITTypeId"]
    for change in (
        lambda: mturk.delete_hit(HITId="ABC"),
        lambda: mturk.update_hit_review_status(HITId="ABC"),
        lambda: mturk.update_expiration_for_hit(HITId="ABC", ExpireAt=0),
        lambda: mturk.create_additional_assignments_for_hit(HITId="ABC", NumberOfAdditionalAssignments=1),
        lambda: mturk.update_hit_type_of_hit(HITId="ABC", HITTypeId=dear),
        lambda: mturk.list_assignments_for_hit(HITId="ABC"),
    ):
        with pytest.raises(mturk.exceptions.RequestError) as refused:
            change()
        assert refused.value.response["TurkErrorCode"] == "AWS.MechanicalTurk.HITDoesNotExist"
        assert refused.value.response["Message"].startswith("Hit ABC does not exist. (")
