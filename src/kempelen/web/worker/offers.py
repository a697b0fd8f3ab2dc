"""What a worker can do about a qualification now: ask, take its test, wait, or nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from kempelen.domain import clock
from kempelen.domain.actions import qualifications as asking
from kempelen.domain.models import Qualification, QualificationRequest, QualificationType

Step = Literal["ask", "begin", "go on", "wait", "later", "never", "held", "closed"]
_OPEN: dict[str, Step] = {
    QualificationRequest.Status.TAKING_TEST: "go on",
    QualificationRequest.Status.PENDING: "wait",
}


@dataclass(frozen=True)
class Offer:
    """The next step; `last` is what was asked for last, `again_at` from when on that is possible again."""

    step: Step
    last: QualificationRequest | None = None
    again_at: datetime | None = None


def offer(kind: QualificationType, held: Qualification | None, last: QualificationRequest | None) -> Offer:
    """Give what `qualifications.request` would do, and what of it is under way."""
    if last is not None and last.status in _OPEN:
        return Offer(_OPEN[last.status], last)
    if kind.status != QualificationType.Status.ACTIVE or not kind.is_requestable:
        return Offer("closed", last)
    is_held = held is not None and held.status == Qualification.Status.GRANTED
    if is_held and not kind.test:
        return Offer("held", last)
    step: Step = "begin" if kind.test else "ask"
    if last is None:
        return Offer(step)
    again_at = asking.may_ask_again_at(kind, last)
    if again_at is None:
        return Offer("never", last)
    return Offer("later", last, again_at) if again_at > clock.now() else Offer(step, last)
