"""What an assignment adds to which figures: taken away as it was counted, added as it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kempelen.domain.models import Assignment, Scope
from kempelen.domain.statistics import work_times

NOT_YET = -1
FIGURES = (
    "accepted",
    "submitted",
    "approved",
    "rejected",
    "returned",
    "abandoned",
    "work_milliseconds",
    "reward_cents",
    "bonus_cents",
)
_AT = {name: position for position, name in enumerate(FIGURES)}
_STATUS_FIGURE = {
    Assignment.Status.APPROVED.value: _AT["approved"],
    Assignment.Status.REJECTED.value: _AT["rejected"],
    Assignment.Status.RETURNED.value: _AT["returned"],
    Assignment.Status.ABANDONED.value: _AT["abandoned"],
}


class Counted(NamedTuple):
    """An assignment as far as figures know it: the columns of `CountedAssignment` after its id."""

    status: str
    accepted_hour: int
    ended_hour: int
    work_milliseconds: int
    reward_cents: int
    bonus_cents: int


class Owners(NamedTuple):
    """What an assignment belongs to."""

    group: int
    project: int | None
    requester: int
    worker: int

    def scopes(self) -> list[tuple[int, int]]:
        """Give what its figures are about, the worker last."""
        named = [(Scope.GROUP, self.group), (Scope.REQUESTER, self.requester), (Scope.WORKER, self.worker)]
        if self.project is not None:
            named.insert(1, (Scope.PROJECT, self.project))
        return [(int(scope), pk) for scope, pk in named]


@dataclass
class OfWorker:
    """What changes about a worker's work in a scope."""

    figures: list[int] = field(default_factory=lambda: [0] * len(FIGURES))
    log_milliseconds: int = 0
    last_hour: int = 0


@dataclass
class Changes:
    """What is to be added to the rows of figures; by scope, its row's key, and hour, worker or bin."""

    hours: dict[tuple[int, int, int], list[int]] = field(default_factory=dict)
    workers: dict[tuple[int, int, int], OfWorker] = field(default_factory=dict)
    bins: dict[tuple[int, int, int], int] = field(default_factory=dict)

    def count_anew(self, owners: Owners, was: Counted | None, now: Counted) -> None:
        """Take away what the assignment was counted as, and add what it is."""
        scopes = owners.scopes()
        if was is not None:
            self._count(scopes, owners.worker, was, -1)
        self._count(scopes, owners.worker, now, +1)

    def _count(self, scopes: list[tuple[int, int]], worker: int, one: Counted, sign: int) -> None:
        ended = _ended(one, sign)
        for scope, pk in scopes:
            self._hour(scope, pk, one.accepted_hour)[0] += sign
            if ended:
                _add(self._hour(scope, pk, one.ended_hour), ended)
            if scope != Scope.WORKER:
                self._count_worker((scope, pk, worker), one, ended, sign)
        if one.work_milliseconds != NOT_YET:
            its_bin = work_times.bin_of(one.work_milliseconds)
            for scope, pk in scopes:
                key = (scope, pk, its_bin)
                self.bins[key] = self.bins.get(key, 0) + sign

    def _hour(self, scope: int, pk: int, hour: int) -> list[int]:
        found = self.hours.get((scope, pk, hour))
        if found is None:
            found = self.hours[scope, pk, hour] = [0] * len(FIGURES)
        return found

    def _count_worker(
        self, key: tuple[int, int, int], one: Counted, ended: Mapping[int, int], sign: int
    ) -> None:
        found = self.workers.get(key)
        if found is None:
            found = self.workers[key] = OfWorker()
        found.figures[0] += sign
        _add(found.figures, ended)
        is_done = one.work_milliseconds != NOT_YET
        if is_done:
            found.log_milliseconds += sign * work_times.log_of(one.work_milliseconds)
        found.last_hour = max(found.last_hour, one.ended_hour if is_done else one.accepted_hour)


def _ended(one: Counted, sign: int) -> dict[int, int]:
    """Give what the assignment's end adds, by position in `FIGURES`."""
    changed = {}
    if one.work_milliseconds != NOT_YET:
        changed[_AT["submitted"]] = sign
        changed[_AT["work_milliseconds"]] = sign * one.work_milliseconds
        changed[_AT["reward_cents"]] = sign * one.reward_cents
        changed[_AT["bonus_cents"]] = sign * one.bonus_cents
    position = _STATUS_FIGURE.get(one.status)
    if position is not None:
        changed[position] = sign
    return changed


def _add(figures: list[int], changed: Mapping[int, int]) -> None:
    for position, change in changed.items():
        figures[position] += change
