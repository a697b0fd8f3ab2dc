"""The requester's account."""

from kempelen.api.callers import Caller
from kempelen.api.handlers import Role, operation
from kempelen.aws import shapes

# A sandbox has always had this much, whatever was paid; nothing here is prepaid, in production either.
_BALANCE = "10000.00"


@operation("GetAccountBalance", role=Role.VIEWER)
def get_account_balance(
    caller: Caller, request: shapes.GetAccountBalanceRequest
) -> shapes.GetAccountBalanceResponse:
    """Give what MTurk's sandbox gives (mturk-api.md §2, GetAccountBalance); OnHoldBalance is absent."""
    return {"AvailableBalance": _BALANCE}
