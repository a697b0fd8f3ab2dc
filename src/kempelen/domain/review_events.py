"""What members took back of what they had decided about an answer.

Programs are told of neither: what can be undone is told only when it no longer can be (`verdicts`).
"""

from kempelen.domain.events import AssignmentHappening, RequesterHappening


class ApprovalTakenBack(AssignmentHappening):
    """An approval was undone, and the reward with it: `data["status"]` is what the work is again."""


class RejectionTakenBack(AssignmentHappening):
    """A rejection was undone; the work waits for its review again."""


class BonusTakenBack(AssignmentHappening):
    """A bonus was undone: `data["cents"]`."""


class ReviewTakenBack(RequesterHappening):
    """Many decisions made at once were undone: `data["decisions"]`, `data["kept"]` (counts)."""
