"""Reviews of many answers as pages show them."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from kempelen.domain.actions import repeated_bonuses, verdicts
from kempelen.domain.models import BulkReview, Decision, HITGroup, Project

PAGE = 50
_LISTED = 50
_PLACE = re.compile(r"([a-z]{1,7})-([0-9]{1,9})", re.ASCII)
_WHY = {
    "approved": "already approved",
    "rejected": "already rejected",
    "unsent": "not there, or not submitted",
    "old": "rejected work that was submitted more than 30 days ago",
    "deleted": "the HIT is deleted",
    "changed": "decided otherwise since",
    "late": "too late to be taken back",
    "given_up": "not done: the server failed, and it was given up",
    "repeated": "had a bonus already with the same reason or within a day",
    "due": "would be approved by the clock anyway",
}


@dataclass(frozen=True)
class Phase:
    """What of a review is planned, done or taken back; `left`: of how many it was not possible, and why."""

    approve: int
    override: int
    reject: int
    bonus: int
    cents: int
    left: tuple[tuple[int, str], ...]
    # How many of those are rejected already.
    left_rejected: int = 0
    # Of a plan: how many of the bonuses go to answers that had one already (`repeated_bonuses`).
    repeated: int = 0

    @property
    def total(self) -> int:
        """How many answers."""
        return self.approve + self.reject + self.bonus

    @property
    def left_count(self) -> int:
        """How many were not possible."""
        return sum(count for count, _ in self.left)

    @property
    def seen(self) -> int:
        """How many were looked at."""
        return self.total + self.left_count

    @property
    def not_repeated(self) -> int:
        """How many bonuses are left if those that repeat one are left out."""
        return self.bonus - self.repeated


@dataclass(frozen=True)
class Figures:
    """A review in figures; `rows` are those of a file, and `silent` the ones that say nothing."""

    planned: Phase
    decided: Phase
    undone: Phase
    rows: int
    silent: int

    @classmethod
    def of(cls, review: BulkReview) -> "Figures":
        """Give the figures of a review."""
        planned = review.figures.get("planned", {})
        return cls(
            planned=_phase(planned),
            decided=_phase(review.figures.get("decided", {})),
            undone=_phase(review.figures.get("undone", {})),
            rows=planned.get("rows", 0),
            silent=planned.get("silent", 0),
        )


def newest(of: HITGroup | Project) -> list[tuple[BulkReview, Figures]]:
    """Give the newest reviews of many answers of a group, or of a project, with their figures."""
    theirs = BulkReview.objects.filter(project=of) if isinstance(of, Project) else of.bulk_reviews.all()
    found = theirs.select_related("by").defer("chosen_ids", "problems")
    return [(review, Figures.of(review)) for review in found.order_by("-pk")[:_LISTED]]


@dataclass(frozen=True)
class EarlierBonus:
    """The newest of the bonuses that a plan would repeat."""

    at: datetime
    cents: int
    reason: str


def earlier_bonus(review: BulkReview) -> EarlierBonus | None:
    """Give the newest bonus that the plan would repeat, if it repeats any."""
    newest = review.figures.get(repeated_bonuses.NEWEST)
    if newest is None:
        return None
    return EarlierBonus(datetime.fromisoformat(newest["at"]), newest["cents"], newest["reason"])


def rows(review: BulkReview, *, after: str = "") -> list[Decision]:
    """Give what a file's rows ask for by state, one more than a page; of other reviews there are no rows.

    `after` is the `place_of` the last one seen.  The order is that of an index: a file may have 100,000
    rows.
    """
    if not review.csv_file:
        return []
    found = Decision.objects.filter(review=review)
    if place := _PLACE.fullmatch(after):
        state, number = place[1], int(place[2])
        found = found.filter(Q(state=state, row_number__gt=number) | Q(state__gt=state))
    found = found.select_related("assignment__worker").defer("assignment__answers", "assignment__draft")
    page = list(found.order_by("state", "pk")[: PAGE + 1])
    for decision in page:
        decision.words = _WHY.get(decision.why, "")  # type: ignore[attr-defined]
    return page


def place_of(decision: Decision) -> str:
    """Give where a row stands among those of its file."""
    return f"{decision.state}-{decision.row_number}"


def undone_until(review: BulkReview) -> datetime | None:
    """Give when what is done becomes final."""
    return review.finished_at + verdicts.UNDO_TIME if review.finished_at else None


def _phase(figures: dict[str, int]) -> Phase:
    left = tuple(
        (count, _WHY[name.partition(" ")[2]]) for name, count in figures.items() if " " in name and count
    )
    counted = {name: figures.get(name, 0) for name in ("approve", "override", "reject", "bonus", "cents")}
    return Phase(
        **counted,
        left=left,
        left_rejected=figures.get("left rejected", 0),
        repeated=figures.get("repeated", 0),
    )
