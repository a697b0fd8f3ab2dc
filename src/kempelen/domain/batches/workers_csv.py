"""Amazon's file of workers (mturk-api.md §7.4): its columns and cells; pure functions.

Of each worker it has figures, and a pair of columns for each qualification type and for blocks: what is, and
what an upload shall change.  Blank cells change nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

WORKER_ID = "Worker ID"
_WORKER_IDS = ("workerid", "worker_id", "worker id")
_SPANS = ("Lifetime", "Last 30 days", "Last 7 days")
_RATES = ("Your Lifetime Approval Rate", "Your 30-day Approval Rate", "Your 7-day Approval Rate")
CURRENT, UPDATE = "CURRENT-", "UPDATE-"
CURRENT_BLOCK, UPDATE_BLOCK, BLOCK_REASON = "CURRENT BlockStatus", "UPDATE BlockStatus", "BlockReason"
_BLOCK_WITH_A_DASH = "UPDATE-BlockStatus"
BLOCKED, NEVER_BLOCKED = "Blocked", "Never Blocked"
BLOCK, UNBLOCK, REVOKE = "Block", "Unblock", "Revoke"
# Of a plain file about one type.
VALUE = "value"


@dataclass(frozen=True)
class Rate:
    """How many of a worker's assignments that were reviewed in some time were approved."""

    reviewed: int = 0
    approved: int = 0

    def cells(self) -> list[str]:
        """Give both numbers, and the share as a percentage; empty where nothing was reviewed."""
        share = f"{100 * self.approved // self.reviewed}%" if self.reviewed else ""
        return [str(self.reviewed), str(self.approved), share]


def header(types: Sequence[str]) -> list[str]:
    """Give the names of all columns, with a pair for each of the types' names."""
    rates = []
    for span, rate in zip(_SPANS, _RATES, strict=True):
        rates += [
            f"Number of HITs approved or rejected - {span}",
            f"Number of HITs approved - {span}",
            rate,
        ]
    pairs = [f"{which}{name}" for name in types for which in (CURRENT, UPDATE)]
    return [WORKER_ID, *rates, *pairs, CURRENT_BLOCK, UPDATE_BLOCK, BLOCK_REASON]


def row(
    worker_id: str, rates: Iterable[Rate], scores: Iterable[int | None], *, is_blocked: bool
) -> list[str]:
    """Give a worker's cells: three rates, a score or None for each type, and no change to anything."""
    cells = [worker_id]
    for rate in rates:
        cells += rate.cells()
    for score in scores:
        cells += ["" if score is None else str(score), ""]
    return [*cells, BLOCKED if is_blocked else NEVER_BLOCKED, "", ""]


@dataclass(frozen=True)
class Columns:
    """Where a file has what: names of its columns, by what they mean; None where there is none."""

    worker: str | None
    block: str | None
    reason: str | None
    # The type's name by the column's.
    types: Mapping[str, str]
    value: str | None

    @property
    def changing(self) -> list[str]:
        """The columns that can change something, and who it is changed of."""
        named = [self.worker, self.block, self.reason, *self.types, self.value]
        return [name for name in named if name is not None]


def columns_in(names: Sequence[str], types: Iterable[str]) -> Columns:
    """Find the columns that an upload may have; others, such as the figures, change nothing.

    Amazon's guide writes `UPDATE-BlockStatus`, files have `UPDATE BlockStatus`; the first is a type's column
    if there is a type of that name.
    """
    types = set(types)
    blocks = [UPDATE_BLOCK.lower()]
    if "BlockStatus" not in types:
        blocks.append(_BLOCK_WITH_A_DASH.lower())
    return Columns(
        worker=_first(names, _WORKER_IDS),
        block=_first(names, blocks),
        reason=_first(names, [BLOCK_REASON.lower()]),
        types={
            name: name.removeprefix(UPDATE)
            for name in names
            if name.startswith(UPDATE) and name.lower() not in blocks
        },
        value=_first(names, [VALUE, "score"]),
    )


def _first(names: Sequence[str], wanted: Iterable[str]) -> str | None:
    wanted = set(wanted)
    return next((name for name in names if name.strip().lower() in wanted), None)
