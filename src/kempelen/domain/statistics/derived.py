"""What follows from figures of work; alike for a row of them and for sums."""


class Derived:
    """Has the counts of `WorkFigures`, and gives what is worked out from them."""

    accepted: int
    submitted: int
    approved: int
    rejected: int
    returned: int
    abandoned: int
    work_milliseconds: int
    reward_cents: int
    bonus_cents: int

    @property
    def waiting(self) -> int:
        """How much is submitted and not reviewed."""
        return self.submitted - self.approved - self.rejected

    @property
    def given_up(self) -> int:
        """How much was returned, or not finished in time."""
        return self.returned + self.abandoned

    @property
    def in_hand(self) -> int:
        """How much is being worked on."""
        return self.accepted - self.submitted - self.given_up

    @property
    def paid_cents(self) -> int:
        """Rewards and bonuses for assignments."""
        return self.reward_cents + self.bonus_cents

    @property
    def work_seconds(self) -> float:
        """How long all answers took together, each from accept to submit."""
        return self.work_milliseconds / 1000

    @property
    def approval_percent(self) -> float | None:
        """How much of what is reviewed is approved."""
        reviewed = self.approved + self.rejected
        return 100 * self.approved / reviewed if reviewed else None

    @property
    def cents_per_hour(self) -> float | None:
        """What an hour of work has brought by now: what waits for review counts as time, not as money."""
        return self.paid_cents * 3_600_000 / self.work_milliseconds if self.work_milliseconds > 0 else None
