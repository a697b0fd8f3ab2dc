"""Money: the balance and bonuses."""

from datetime import datetime
from typing import NotRequired, TypedDict

from kempelen.aws.shapes.named import CurrencyAmount, CustomerId, EntityId, IdempotencyToken
from kempelen.aws.shapes.paging import Page, Paged


class BonusPayment(TypedDict, total=False):
    """A bonus that was paid."""

    WorkerId: CustomerId
    BonusAmount: CurrencyAmount
    AssignmentId: EntityId
    Reason: str
    GrantTime: datetime


class GetAccountBalanceRequest(TypedDict):
    """Show how much money there is to spend."""


class GetAccountBalanceResponse(TypedDict, total=False):
    """The money that there is.

    AvailableBalance: What can be spent, in US dollars.
    OnHoldBalance: What has been paid in and cannot be spent yet.
    """

    AvailableBalance: CurrencyAmount
    OnHoldBalance: CurrencyAmount


class ListBonusPaymentsRequest(Paged, total=False):
    """List the bonuses paid for a HIT or for an assignment; name one of the two."""

    HITId: EntityId
    AssignmentId: EntityId


class ListBonusPaymentsResponse(Page, total=False):
    """A page of bonuses."""

    BonusPayments: list[BonusPayment]


class SendBonusRequest(TypedDict):
    """Pay a worker more than the reward for work that was submitted."""

    WorkerId: CustomerId
    BonusAmount: CurrencyAmount
    AssignmentId: EntityId
    Reason: str
    UniqueRequestToken: NotRequired[IdempotencyToken]
