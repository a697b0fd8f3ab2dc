"""GetAccountBalance, the call that every script begins with (mturk-api.md §2)."""

from typing import Any


def test_the_balance_is_that_of_the_sandbox_without_money_on_hold(mturk: Any) -> None:
    answer = mturk.get_account_balance()
    assert answer["AvailableBalance"] == "10000.00"
    assert "OnHoldBalance" not in answer
