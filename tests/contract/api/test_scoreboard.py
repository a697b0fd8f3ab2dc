"""All of MTurk's API is answered and proven, and docs/reference/mturk-compatibility.md says what is true.

That the page is up to date is seen with the other pages made from code (tests/docs).
"""

import pytest
from botocore.loaders import Loader
from botocore.session import Session
from tools import compatibility, differences, proofs

from kempelen.api import handlers

pytestmark = pytest.mark.once
OPERATIONS = tuple(Session().get_service_model("mturk").operation_names)


def test_all_39_operations_of_boto3s_own_model_are_answered() -> None:
    assert (
        Loader().load_service_model("mturk", "service-2")["metadata"]["endpointPrefix"] == "mturk-requester"
    )
    assert len(OPERATIONS) == 39
    assert set(handlers.by_name()) == set(OPERATIONS)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_is_proven(operation: str) -> None:
    assert proofs.by_operation()[operation], (
        f"No test in tests/contract/api calls {operation} and names it in its docstring or its module's."
    )


def test_differences_are_of_operations_that_exist() -> None:
    assert set(differences.OF_OPERATIONS) <= set(OPERATIONS)


def test_the_scoreboard_says_39_of_39() -> None:
    assert "**39 of 39 operations**" in compatibility.page()


def test_a_test_proves_what_it_calls_and_names() -> None:
    names = {proof.name for proof in proofs.by_operation()["ApproveAssignment"]}
    assert "test_approving_twice_fails" in names
    assert "test_the_balance_is_that_of_the_sandbox_without_money_on_hold" not in names
    # A test of bonuses needs a HIT, and proves nothing of how HITs are made.
    assert "test_bonuses.py" not in {proof.file for proof in proofs.by_operation()["CreateHIT"]}
