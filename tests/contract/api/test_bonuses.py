"""SendBonus and ListBonusPayments (mturk-api.md §2)."""

from typing import Any

import pytest

from kempelen.domain.models import Assignment, Payment, Requester, Worker
from tests.factories import a_hit, a_submitted_assignment, an_assignment


@pytest.fixture
def submitted(ada: Requester, cleo: Worker, mturk: Any) -> Assignment:
    """An answer of Cleo's to a HIT of Ada's."""
    return a_submitted_assignment(cleo, a_hit(ada))


def send(mturk: Any, assignment: Assignment, **changes: Any) -> Any:
    request = {
        "WorkerId": assignment.worker.public_id,
        "AssignmentId": assignment.public_id,
        "BonusAmount": "1.5",
        "Reason": "A great answer",
    }
    return mturk.send_bonus(**(request | changes))


def test_a_bonus_is_listed_by_assignment_and_by_hit(mturk: Any, submitted: Assignment) -> None:
    assert set(send(mturk, submitted)) == {"ResponseMetadata"}
    for asked in ({"AssignmentId": submitted.public_id}, {"HITId": submitted.hit.public_id}):
        answer = mturk.list_bonus_payments(**asked)
        [bonus] = answer["BonusPayments"]
        assert (answer["NumResults"], bonus["BonusAmount"]) == (1, "1.50")
        assert bonus["WorkerId"] == submitted.worker.public_id
        assert bonus["AssignmentId"] == submitted.public_id
        assert bonus["Reason"] == "A great answer"
        assert bonus["GrantTime"]


def test_bonuses_come_a_page_at_a_time_each_once(mturk: Any, submitted: Assignment) -> None:
    for cents in range(1, 8):
        send(mturk, submitted, BonusAmount=f"0.0{cents}")
    pages = mturk.get_paginator("list_bonus_payments").paginate(
        HITId=submitted.hit.public_id, PaginationConfig={"PageSize": 3}
    )
    sizes, amounts = [], []
    for page in pages:
        sizes.append(page["NumResults"])
        amounts += [bonus["BonusAmount"] for bonus in page["BonusPayments"]]
    assert (sizes, amounts) == ([3, 3, 1, 0], [f"0.0{cents}" for cents in range(1, 8)])


def test_no_bonuses_are_an_empty_list_without_a_token(mturk: Any, submitted: Assignment) -> None:
    # Recorded in [S20].
    answer = mturk.list_bonus_payments(AssignmentId=submitted.public_id)
    assert (answer["NumResults"], answer["BonusPayments"], "NextToken" in answer) == (0, [], False)


def test_either_a_hit_or_an_assignment_is_named(mturk: Any, submitted: Assignment) -> None:
    both = {"HITId": submitted.hit.public_id, "AssignmentId": submitted.public_id}
    for asked in ({}, both):
        with pytest.raises(mturk.exceptions.ClientError) as refusal:
            mturk.list_bonus_payments(**asked)
        assert refusal.value.response["Error"]["Code"] == "ParameterValidationError"


def test_the_same_token_pays_once(mturk: Any, submitted: Assignment) -> None:
    send(mturk, submitted, UniqueRequestToken="t1")
    with pytest.raises(mturk.exceptions.RequestError) as refusal:
        send(mturk, submitted, UniqueRequestToken="t1")
    # Recorded in [S7].
    assert 'The idempotency token "t1" has already been processed.' in refusal.value.response["Message"]
    send(mturk, submitted)
    assert Payment.objects.count() == 2


def test_an_unknown_worker_is_no_valid_parameter(mturk: Any, submitted: Assignment) -> None:
    # Recorded in [S12].
    with pytest.raises(mturk.exceptions.ClientError) as refusal:
        send(mturk, submitted, WorkerId="A1NOBODY")
    error = refusal.value.response["Error"]
    assert error["Code"] == "ParameterValidationError"
    assert error["Message"].startswith('The value "A1NOBODY" is not valid for the parameter WorkerId. (')


@pytest.mark.parametrize("amount", ["0.9752", "-1", "1e3"])
def test_an_amount_has_two_decimals_at_most(mturk: Any, submitted: Assignment, amount: str) -> None:
    # Recorded in [S10].
    with pytest.raises(mturk.exceptions.ClientError) as refusal:
        send(mturk, submitted, BonusAmount=amount)
    error = refusal.value.response["Error"]
    assert error["Code"] == "ValidationException"
    assert f"Value '{amount}' at 'bonusAmount' failed to satisfy constraint" in error["Message"]


@pytest.mark.parametrize("amount", ["0", "0.00", "10000.01", "9" * 30])
def test_a_bonus_is_from_a_cent_to_ten_thousand_dollars(
    mturk: Any, submitted: Assignment, amount: str
) -> None:
    with pytest.raises(mturk.exceptions.ClientError) as refusal:
        send(mturk, submitted, BonusAmount=amount)
    assert refusal.value.response["Error"]["Code"] == "ParameterValidationError"
    send(mturk, submitted, BonusAmount="10000")


def test_a_bonus_needs_work_that_was_submitted_by_this_worker_to_this_requester(
    ada: Requester, ben: Requester, dan: Worker, mturk: Any, mturk_of: Any, submitted: Assignment
) -> None:
    # Recorded in [S20]: before it is submitted it "does not exist".
    in_hand = an_assignment(dan, a_hit(ada))
    for client, assignment, changes in (
        (mturk, in_hand, {}),
        (mturk, submitted, {"WorkerId": dan.public_id}),
        (mturk_of(ben), submitted, {}),
    ):
        with pytest.raises(mturk.exceptions.ClientError) as refusal:
            send(client, assignment, **changes)
        answer = refusal.value.response
        assert answer["TurkErrorCode"] == "AWS.MechanicalTurk.AssignmentDoesNotExist"
        assert answer["Message"].startswith(f"Assignment {assignment.public_id} does not exist.")
    assert not Payment.objects.exists()
