"""A crowd's plan as people write it, YAML or JSON; what is wrong is named with its place, all at once."""

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from kempelen.rehearsal.crowd.plan import DEFAULT_KINDS, Answers, Held, Kind, Plan
from kempelen.toolkit import quantities
from kempelen.toolkit.troubles import Trouble

_MOST_WORKERS = 10_000
_LONGEST_SPAN = 365 * 86_400
_MOST_PROBLEMS = 20


class _Loader(yaml.SafeLoader):
    """YAML in which only `true` and `false` are no text: yes and no are answers, and NO is a country."""


_Loader.yaml_implicit_resolvers = {
    sign: [(tag, shape) for tag, shape in found if tag != "tag:yaml.org,2002:bool"]
    for sign, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)


class _Unfit(Exception):
    """A value cannot be used; `str()` says what would do."""


class _Reading:
    """What is being read, with the problems found so far."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.problems: list[str] = []

    def refuse(self, place: str, problem: str) -> None:
        self.problems.append(f"{self.where}, {place}: {problem}" if place else f"{self.where}: {problem}")

    def members(self, said: Any, place: str, readers: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
        """Give the members that can be read; names nobody knows and values that are none are problems."""
        if not isinstance(said, Mapping):
            self.refuse(
                place, f"{_shown(said)} has no members; write lines such as `{next(iter(readers))}: …`."
            )
            return {}
        found = {}
        for key, value in said.items():
            at = f"{place}.{key}" if place else str(key)
            read = readers.get(str(key))
            if read is None:
                self.refuse(at, f"there is no such thing to plan.{_near(str(key), readers)}")
                continue
            try:
                found[str(key)] = read(value)
            except _Unfit as unfit:
                self.refuse(at, f"{_shown(value)}: {unfit}")
        return found


def read(path: Path) -> Plan:
    """Read a plan's file; refuses (`Trouble`) with all that is wrong in it."""
    try:
        said = yaml.load(path.read_text(encoding="utf-8"), _Loader)
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        raise Trouble(f"{path} cannot be understood: {error}") from error
    return plan_of({} if said is None else said, where=str(path))


def plan_of(said: Any, *, where: str = "plan") -> Plan:
    """Give the plan that is said by its members; what is left out is as by default."""
    reading = _Reading(where)
    found = reading.members(said, "", _PLAN)
    for name, make in (("kinds", _kinds), ("holds", _held)):
        if name in found:
            found[name] = make(reading, found[name])
    if reading.problems:
        more = len(reading.problems) - _MOST_PROBLEMS
        lines = reading.problems[:_MOST_PROBLEMS] + ([f"… and {more} more."] if more > 0 else [])
        raise Trouble("\n".join(lines))
    return Plan(**found)


def _kinds(reading: _Reading, said: Mapping[Any, Any]) -> dict[str, Kind]:
    """Give the kinds; one of a default's name begins as that one, and `like:` names another to begin as."""
    kinds = {}
    for name, members in said.items():
        place = f"kinds.{name}"
        given = {"share": members} if isinstance(members, int | float) else members
        found = reading.members({} if given is None else given, place, _KIND)
        like = found.pop("like", name)
        base = DEFAULT_KINDS.get(str(like))
        if base is None and like != name:
            reading.refuse(
                f"{place}.like", f"there is no kind {like!r}. There are: {', '.join(DEFAULT_KINDS)}."
            )
        base = base or Kind()
        kinds[str(name)] = Kind(**{each.name: getattr(base, each.name) for each in fields(Kind)} | found)
    if not reading.problems and not sum(kind.share for kind in kinds.values()):
        reading.refuse("kinds", "all shares are 0, so that nobody would come; give one of them a share.")
    return kinds


def _held(reading: _Reading, said: Mapping[Any, Any]) -> dict[str, Held]:
    return {
        str(name): Held(**reading.members({} if one is None else one, f"holds.{name}", _HELD))
        for name, one in said.items()
    }


def _number(least: float, most: float, remedy: str) -> Callable[[Any], float]:
    def value(said: Any) -> float:
        if isinstance(said, bool) or not isinstance(said, int | float) or not least <= said <= most:
            raise _Unfit(remedy)
        return float(said)

    return value


def _whole(least: int, most: int) -> Callable[[Any], int]:
    def value(said: Any) -> int:
        if isinstance(said, bool) or not isinstance(said, int) or not least <= said <= most:
            raise _Unfit(f"write a whole number from {least:,} to {most:,}.")
        return said

    return value


def _span(said: Any) -> int:
    try:
        found = quantities.span(said) if isinstance(said, str | int) and not isinstance(said, bool) else -1
    except ValueError:
        found = -1
    if not 0 <= found <= _LONGEST_SPAN:
        raise _Unfit("write a span of time such as 45min, 8h or 3d, of a year at most.")
    return found


def _seconds(said: Any) -> float:
    found = float(said) if isinstance(said, float) else float(_span(said))
    # Infinity and what is no number are floats, too.
    if not 0 < found <= _LONGEST_SPAN:
        raise _Unfit("a task takes more than no time, and a year at most; write 20s or 2min.")
    return found


def _yes_or_no(said: Any) -> bool:
    if not isinstance(said, bool):
        raise _Unfit("write true or false.")
    return said


def _one_of(kind: type[StrEnum]) -> Callable[[Any], StrEnum]:
    def value(said: Any) -> StrEnum:
        try:
            return kind(said)
        except ValueError as error:
            raise _Unfit(f"write one of {', '.join(kind)}.") from error

    return value


def _names(said: Any) -> Mapping[Any, Any]:
    if not isinstance(said, Mapping) or not said:
        raise _Unfit("write a line for each, with a name and a colon.")
    return said


def _shares(said: Any) -> dict[str, float]:
    found = {str(name): _chance(share) for name, share in _names(said).items()}
    if sum(found.values()) > 1.000001:
        raise _Unfit("the shares are more than 1 together.")
    return found


def _texts(said: Any) -> dict[str, str]:
    return {str(name): str(text) for name, text in _names(said).items()}


def _confusion(said: Any) -> dict[str, Mapping[str, float] | float]:
    """Read a row for each right answer: the chance to see it, or the chances of what it is taken for."""
    found: dict[str, Mapping[str, float] | float] = {}
    for right, row in _names(said).items():
        if not isinstance(row, Mapping):
            found[str(right)] = _chance(row)
            continue
        chances = {str(taken): _chance(chance) for taken, chance in row.items()}
        if abs(sum(chances.values()) - 1) > 0.01:
            raise _Unfit(
                f"the chances in the row {right!r} are {sum(chances.values()):g} together; make them 1."
            )
        found[str(right)] = chances
    return found


def _text(said: Any) -> str:
    return str(said)


def _near(name: str, known: Mapping[str, Any]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    return f" Did you mean {near[0]}?" if near else f" Known are: {', '.join(known)}."


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


_chance = _number(0, 1, "write a number from 0 to 1, such as 0.05.")
_PLAN: Mapping[str, Callable[[Any], Any]] = {
    "workers": _whole(1, _MOST_WORKERS),
    "kinds": _names,
    "span": _span,
    "starts_at": _whole(0, 23),
    "daily": _yes_or_no,
    "looks": _whole(0, 100),
    "looks_after": _span,
    "fit": _yes_or_no,
    "hard": _chance,
    "countries": _shares,
    "holds": _names,
    "tests": _texts,
}
_KIND: Mapping[str, Callable[[Any], Any]] = {
    "like": _text,
    "share": _number(0, 1_000_000, "write a number such as 60; shares need not be 100 together."),
    "answers": _one_of(Answers),
    "skill": _chance,
    "confusion": _confusion,
    "seconds": _seconds,
    "spread": _number(0, 3, "write a number from 0 to 3; 0.4 is usual."),
    "tasks": _whole(1, 1_000_000),
    "returns": _chance,
    "abandons": _chance,
    "skips": _chance,
    "previews": _chance,
    "goes_on": _chance,
    "blanks": _chance,
    "asks": _chance,
    "test_skill": _chance,
}
_HELD: Mapping[str, Callable[[Any], Any]] = {"share": _chance, "score": _whole(0, 2**31 - 1)}
