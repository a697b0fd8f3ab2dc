"""AnswerKeys: what a qualification test's answers are worth (question-schemas.md §6)."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from lxml import etree

from kempelen.domain.questions import validation, xml

NAMESPACE = f"{xml.NAMESPACES}2005-10-01/AnswerKey.xsd"
_NAMES = {"k": NAMESPACE}
_LOWEST, _HIGHEST = -(2**31), 2**31 - 1


@dataclass(frozen=True)
class ScoredOption:
    """A set of selections, and what choosing it, all of it and no other, is worth."""

    selections: frozenset[str]
    score: int


@dataclass(frozen=True)
class ScoredQuestion:
    """The options of a question; `default_score` is for every other answer, and for none."""

    identifier: str
    options: tuple[ScoredOption, ...]
    default_score: int = 0

    def score(self, chosen: Collection[str]) -> int:
        """Give the points for what was chosen: order and repetition do not matter, parts earn nothing."""
        selections = frozenset(chosen)
        return next(
            (option.score for option in self.options if option.selections == selections), self.default_score
        )


@dataclass(frozen=True)
class Percentage:
    """The sum as a percentage of a maximum; not clamped, as MTurk documents no clamping."""

    maximum: int

    def value(self, summed: int) -> int:
        """Give the percentage, rounded to the nearest."""
        return _nearest(Fraction(100 * summed, self.maximum))


@dataclass(frozen=True)
class Scale:
    """The sum multiplied."""

    multiplier: Fraction

    def value(self, summed: int) -> int:
        """Give the product, rounded to the nearest (MTurk's values are integers; how is not documented)."""
        return _nearest(summed * self.multiplier)


@dataclass(frozen=True)
class ScoreRange:
    """Sums from `lowest` to `highest`, both included, have a value."""

    lowest: int
    highest: int
    value: int


@dataclass(frozen=True)
class Ranges:
    """A value for each range of sums, and one for the sums in none."""

    ranges: tuple[ScoreRange, ...]
    otherwise: int

    def value(self, summed: int) -> int:
        """Give the value of the first range that has the sum."""
        return next(
            (span.value for span in self.ranges if span.lowest <= summed <= span.highest), self.otherwise
        )


@dataclass(frozen=True)
class AnswerKey:
    """What answers are worth; without a mapping the value is the sum of the points itself."""

    questions: tuple[ScoredQuestion, ...]
    mapping: Percentage | Scale | Ranges | None = None

    def summed(self, chosen: Mapping[str, Collection[str]]) -> int:
        """Add the points of all questions; one without an answer counts as answered with nothing."""
        return sum(question.score(chosen.get(question.identifier, ())) for question in self.questions)

    def value(self, chosen: Mapping[str, Collection[str]]) -> int:
        """Give the qualification's value for the selections chosen, by question.

        It stays within the 32 bits that MTurk's values have.
        """
        summed = self.summed(chosen)
        value = summed if self.mapping is None else self.mapping.value(summed)
        return max(_LOWEST, min(value, _HIGHEST))


def parse(text: str) -> AnswerKey:
    """Read an AnswerKey, or refuse what is none, and what could not be scored with (§6.4)."""
    root = xml.parse(text, parameter="AnswerKey")
    if root.tag != f"{{{NAMESPACE}}}AnswerKey":
        raise xml.refuse(f"cvc-elt.1.a: Cannot find the declaration of element '{xml.local_name(root)}'.")
    validation.check(root)
    questions = tuple(map(_question, root.findall("k:Question", _NAMES)))
    identifiers = [question.identifier for question in questions]
    for identifier in identifiers:
        if identifiers.count(identifier) > 1:
            raise xml.refuse(f"Several questions have the QuestionIdentifier '{identifier}'.")
    mapping = root.find("k:QualificationValueMapping", _NAMES)
    return AnswerKey(questions, None if mapping is None else _mapping(mapping[0]))


def _question(element: etree._Element) -> ScoredQuestion:
    default = element.find("k:DefaultScore", _NAMES)
    return ScoredQuestion(
        _text(element, "QuestionIdentifier"),
        tuple(map(_option, element.findall("k:AnswerOption", _NAMES))),
        0 if default is None else int(default.text or ""),
    )


def _option(element: etree._Element) -> ScoredOption:
    selections = element.findall("k:SelectionIdentifier", _NAMES)
    return ScoredOption(frozenset(one.text or "" for one in selections), _integer(element, "AnswerScore"))


def _mapping(element: etree._Element) -> Percentage | Scale | Ranges:
    match xml.local_name(element):
        case "PercentageMapping":
            maximum = _integer(element, "MaximumSummedScore")
            if maximum <= 0:
                raise xml.refuse(f"MaximumSummedScore is {maximum}; it must be 1 or more.")
            return Percentage(maximum)
        case "ScaleMapping":
            return Scale(_multiplier(_text(element, "SummedScoreMultiplier").strip()))
        case _:
            return _ranges(element)


def _multiplier(text: str) -> Fraction:
    number = float(text.replace("INF", "inf"))
    if not math.isfinite(number):
        raise xml.refuse(f"SummedScoreMultiplier is {text[:100]}; it must be a number.")
    # As it is written: 0.1 is a tenth here, which no double is.  What a double holds not, is not written so.
    return Fraction(repr(number))


def _ranges(element: etree._Element) -> Ranges:
    ranges = tuple(map(_range, element.findall("k:SummedScoreRange", _NAMES)))
    upward = sorted(ranges, key=lambda span: span.lowest)
    for span, following in pairwise(upward):
        if following.lowest <= span.highest:
            raise xml.refuse(
                f"The ranges {span.lowest} to {span.highest} and {following.lowest} to {following.highest} "
                "overlap."
            )
    return Ranges(ranges, _integer(element, "OutOfRangeQualificationValue"))


def _range(element: etree._Element) -> ScoreRange:
    lowest, highest, value = (int(part.text or "") for part in element)
    if lowest > highest:
        raise xml.refuse(f"InclusiveLowerBound {lowest} is above InclusiveUpperBound {highest}.")
    return ScoreRange(lowest, highest, value)


def _text(element: etree._Element, name: str) -> str:
    return str(element.findtext(f"k:{name}", "", _NAMES))


def _integer(element: etree._Element, name: str) -> int:
    return int(_text(element, name))


def _nearest(number: Fraction) -> int:
    """Round to the nearest integer, halves up, as Java does; MTurk does not say how halves go."""
    return math.floor(number + Fraction(1, 2))
