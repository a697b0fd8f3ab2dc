"""What differs between two versions of a template, line by line and within lines; pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "removed", "added", "left_out"]
# A part of a line, and whether it differs from the line on the other side.
Part = tuple[str, bool]

CONTEXT = 3
# Comparing costs up to the square of it: this many take a second at the very worst.
MOST_COMPARED = 1_500
# Within lines, too; longer ones, and those after so many signs, are shown as wholly different.
LONGEST_COMPARED = 200
MOST_SIGNS_COMPARED = 40_000
MOST_SHOWN = 4_000
_ALIKE = 0.5
_WORD = re.compile(r"\w+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the comparison: its number before and after, where it is there, and its text in parts.

    `left_out` stands for `count` lines that are the same on both sides.
    """

    kind: Kind
    before: int | None = None
    after: int | None = None
    parts: list[Part] = field(default_factory=list)
    count: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """All lines to show, and how many were added and removed."""

    lines: list[Line]
    added: int
    removed: int
    # Whether there was too much to be compared line by line.
    is_coarse: bool = False
    # How many more lines there are than are shown.
    more: int = 0


def compare(before: str, after: str, *, context: int = CONTEXT) -> Comparison:
    """Compare two texts; far from every change, lines are left out."""
    old, new = before.splitlines(), after.splitlines()
    head = _same_at_start(old, new)
    tail = _same_at_start(old[head:][::-1], new[head:][::-1])
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    is_coarse = max(len(middle_old), len(middle_new)) > MOST_COMPARED
    steps = _coarse(middle_old, middle_new) if is_coarse else _steps(middle_old, middle_new)
    budget = _Budget()
    lines: list[Line] = [_same(old[at], at, at) for at in range(head)]
    for tag, start_old, end_old, start_new, end_new in steps:
        if tag == "equal":
            shift = head + start_new - start_old
            lines += [_same(old[head + at], head + at, shift + at) for at in range(start_old, end_old)]
            continue
        pair = middle_old[start_old:end_old], middle_new[start_new:end_new]
        lines += _changed(*pair, (head + start_old, head + start_new), budget)
    first_old, first_new = len(old) - tail, len(new) - tail
    lines += [_same(old[first_old + at], first_old + at, first_new + at) for at in range(tail)]
    added, removed = (sum(line.kind == kind for line in lines) for kind in ("added", "removed"))
    shown = list(_with_gaps(lines, context))
    more = max(0, len(shown) - MOST_SHOWN)
    return Comparison(shown[:MOST_SHOWN], added, removed, is_coarse, more)


# As difflib has them: what is to be done, and from where to where on either side.
Step = tuple[str, int, int, int, int]


def _steps(old: Sequence[str], new: Sequence[str]) -> list[Step]:
    return list(SequenceMatcher(None, old, new).get_opcodes())


def _coarse(old: Sequence[str], new: Sequence[str]) -> list[Step]:
    return [("replace", 0, len(old), 0, len(new))]


def _same_at_start(old: Sequence[str], new: Sequence[str]) -> int:
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _same(text: str, before: int, after: int) -> Line:
    return Line("same", before + 1, after + 1, [(text, False)])


@dataclass(slots=True)
class _Budget:
    """How many signs may still be compared one by one."""

    signs: int = MOST_SIGNS_COMPARED

    def allows(self, *texts: str) -> bool:
        """Take the texts from what is left, if they fit."""
        if max(map(len, texts)) > LONGEST_COMPARED or self.signs <= 0:
            return False
        self.signs -= sum(map(len, texts))
        return True


def _changed(
    old: Sequence[str], new: Sequence[str], starts: tuple[int, int], budget: _Budget
) -> Iterator[Line]:
    """Give lines that were replaced: those removed, then those added, each marked against its counterpart."""
    pairs = [_parts(one, other, budget) for one, other in zip(old, new, strict=False)]
    olds = [one for one, _ in pairs] + [_whole(text) for text in old[len(pairs) :]]
    news = [other for _, other in pairs] + [_whole(text) for text in new[len(pairs) :]]
    before, after = starts
    yield from (Line("removed", before + at + 1, None, parts) for at, parts in enumerate(olds))
    yield from (Line("added", None, after + at + 1, parts) for at, parts in enumerate(news))


def _parts(old: str, new: str, budget: _Budget) -> tuple[list[Part], list[Part]]:
    """Part a line and the one in its place into what both have and what differs; unlike lines stay whole."""
    if not budget.allows(old, new):
        return _whole(old), _whole(new)
    words, others = _WORD.findall(old), _WORD.findall(new)
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    if matcher.quick_ratio() < _ALIKE or matcher.ratio() < _ALIKE:
        return _whole(old), _whole(new)
    olds, news = list[Part](), list[Part]()
    for tag, start_old, end_old, start_new, end_new in matcher.get_opcodes():
        differs = tag != "equal"
        if start_old < end_old:
            olds.append(("".join(words[start_old:end_old]), differs))
        if start_new < end_new:
            news.append(("".join(others[start_new:end_new]), differs))
    return olds, news


def _whole(text: str) -> list[Part]:
    return [(text, False)]


def _with_gaps(lines: Sequence[Line], context: int) -> Iterator[Line]:
    """Leave out what is far from every change; a gap of one line is shown instead."""
    near = [False] * len(lines)
    last = -context - 1
    for at, line in enumerate(lines):
        last = at if line.kind != "same" else last
        near[at] = at - last <= context
    last = len(lines) + context + 1
    for at in range(len(lines) - 1, -1, -1):
        last = at if lines[at].kind != "same" else last
        near[at] = near[at] or last - at <= context
    skipped: list[Line] = []
    for line, is_near in zip(lines, near, strict=True):
        if not is_near:
            skipped.append(line)
            continue
        yield from _gap(skipped)
        skipped = []
        yield line
    yield from _gap(skipped)


def _gap(skipped: Sequence[Line]) -> Iterator[Line]:
    if len(skipped) == 1:
        yield skipped[0]
    elif skipped:
        yield Line("left_out", skipped[0].before, skipped[0].after, count=len(skipped))
