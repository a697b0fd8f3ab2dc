"""Responses ranked by dimensions, 1 being the best: the tool of crowd-text-ranking."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from kempelen.rehearsal.filling.controls import Control, Value
from kempelen.rehearsal.filling.tools.tool import CannotMake


@dataclass(frozen=True)
class Ranking:
    """Ranks of each response by each dimension; the control's choices are the responses."""

    def taken(self, control: Control, value: Any) -> list[list[int]]:
        """Give the ranks in the order of dimensions and responses.

        They come by the dimension's name, as one list for each dimension, or as a whole answer.
        """
        dimensions = control.settings["dimensions"]
        by_name = _by_name(value, [one["name"] for one in dimensions])
        return [
            _ranks(by_name.get(one["name"]), len(control.choices), may_tie=one["allowTie"])
            for one in dimensions
        ]

    def fault(self, control: Control, data: Any) -> str:
        """Everything has to be ranked."""
        is_asked = bool(control.choices and control.settings["dimensions"])
        return "rank every response" if data is None and is_asked else ""

    def says(self, control: Control, data: Any) -> Any:
        """Give the dimensions with the ranks of the responses."""
        if data is None:
            return None
        dimensions = control.settings["dimensions"]
        ranked = [{**one, "responseRankings": ranks} for one, ranks in zip(dimensions, data, strict=True)]
        return {"ordinalRankingDimensions": ranked} if control.settings["is_named"] else ranked

    def sample(self, control: Control, random: Random) -> Value:
        """Rank in any order."""
        count = len(control.choices)
        return [random.sample(range(1, count + 1), count) for _ in control.settings["dimensions"]]


def _by_name(value: Any, names: list[str]) -> Mapping[str, Any]:
    if isinstance(value, Mapping) and isinstance(value.get("ordinalRankingDimensions"), list):
        value = value["ordinalRankingDimensions"]
    if isinstance(value, list) and all(isinstance(one, Mapping) for one in value):
        return {str(one.get("name")): one.get("responseRankings") for one in value}
    if isinstance(value, Mapping):
        return value
    if isinstance(value, list | tuple):
        ranks = [value] if len(names) == 1 and not any(isinstance(one, list) for one in value) else value
        return dict(zip(names, ranks, strict=False))
    raise CannotMake("asks for ranks by dimension")


def _ranks(given: Any, count: int, *, may_tie: bool) -> list[int]:
    if not isinstance(given, list | tuple) or len(given) != count:
        raise CannotMake(f"asks for {count} ranks by each dimension")
    if not all(isinstance(rank, int) and 1 <= rank <= count for rank in given):
        raise CannotMake(f"asks for ranks from 1 to {count}")
    if not may_tie and len(set(given)) < count:
        raise CannotMake("takes each rank once")
    return list(given)


RANKING = Ranking()
