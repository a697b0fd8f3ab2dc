"""An AnswerKey as points beside choices, and back (question-schemas.md §6).

Where one choice is made, each choice has its points; where several are, each combination that earns some.
"""

from collections.abc import Mapping as AnyMapping
from dataclasses import replace
from typing import NamedTuple

from lxml import etree

from kempelen.domain.questions import validation, xml
from kempelen.domain.questions.building import trees
from kempelen.domain.questions.building.parts import KEY, Combination, Draft, Mapping, Part, Span
from kempelen.domain.questions.building.trees import named, with_text

_EMPTY = f'<AnswerKey xmlns="{KEY}"/>'


class _Scored(NamedTuple):
    """What a key says of a question; of options with the same selections, the first counts."""

    options: AnyMapping[frozenset[str], str]
    default: str


def read(draft: Draft, text: str) -> Draft:
    """Give the draft with the points of a key; one that says more than fields show is kept whole.

    Refuses what is no AnswerKey.
    """
    if not text.strip():
        return replace(draft, parts=tuple(map(_unscored, draft.parts)), mapping=Mapping(), key_xml="")
    root = trees.root_of(text, parameter="AnswerKey")
    if root.tag != f"{{{KEY}}}AnswerKey":
        raise xml.refuse(f"cvc-elt.1.a: Cannot find the declaration of element '{xml.local_name(root)}'.")
    filled = _filled(draft, root)
    if filled is not None and _means(trees.root_of(write(filled))) == _means(root):
        return filled
    parts = tuple(map(_unscored, draft.parts))
    return replace(draft, parts=parts, mapping=Mapping(), key_xml=text)


def write(draft: Draft) -> str:
    """Give the key, or nothing where no answer earns anything and the sum stays what it is."""
    if draft.key_xml:
        return draft.key_xml
    scored = [part for part in draft.questions if part.is_scored]
    if not scored and not draft.mapping.kind:
        return ""
    root = trees.root_of(_EMPTY)
    for part in scored:
        _question(part, root)
    if draft.mapping.kind:
        _mapping(draft.mapping, named("QualificationValueMapping", root))
    etree.indent(root, space="  ")
    return str(etree.tostring(root, encoding="unicode"))


def settled(part: Part) -> Part:
    """Give the question with its points where they belong: at choices, or at combinations."""
    if not part.is_selection:
        return part
    if part.takes_several:
        moved = [Combination((one.identifier,), one.points) for one in part.choices if one.points.strip()]
        choices = tuple(replace(one, points="") for one in part.choices)
        return replace(part, choices=choices, combinations=(*part.combinations, *moved)) if moved else part
    known = {choice.identifier for choice in part.choices if not choice.points.strip()}
    singles = {
        one.selections[0]: one.points
        for one in reversed(part.combinations)
        if len(one.selections) == 1 and one.selections[0] in known
    }
    if not singles:
        return part
    return replace(
        part,
        choices=tuple(replace(one, points=singles.get(one.identifier, one.points)) for one in part.choices),
        combinations=tuple(
            one for one in part.combinations if len(one.selections) != 1 or one.selections[0] not in singles
        ),
    )


def most_points(draft: Draft) -> int | None:
    """Give the best sum that answers can earn; None where some points are no numbers."""
    try:
        return sum(max(_all_points(part), default=0) for part in draft.questions if part.is_scored)
    except ValueError:
        return None


def _all_points(part: Part) -> list[int]:
    given = [int(one.points) for one in part.combinations if one.points.strip()]
    if not part.takes_several:
        given += [int(choice.points) for choice in part.choices if choice.points.strip()]
    return [*given, int(part.default_points or 0)]


def _unscored(part: Part) -> Part:
    choices = tuple(replace(choice, points="") for choice in part.choices)
    return replace(part, choices=choices, combinations=(), default_points="")


def _filled(draft: Draft, root: etree._Element) -> Draft | None:
    """Give the draft with what the key says, or None for a key that its schema refuses."""
    if validation.first_fault(root):
        return None
    by_identifier = {_text(one, "QuestionIdentifier"): one for one in root.findall("{*}Question")}
    parts = tuple(_scored(_unscored(part), by_identifier.get(part.identifier)) for part in draft.parts)
    mapping = root.find("{*}QualificationValueMapping")
    shown = Mapping() if mapping is None else _as_mapping(mapping[0])
    return None if shown is None else replace(draft, parts=parts, mapping=shown, key_xml="")


def _scored(part: Part, element: etree._Element | None) -> Part:
    if element is None or not part.is_selection:
        return part
    places = {choice.identifier: place for place, choice in enumerate(part.choices)}
    combinations = tuple(
        Combination(
            tuple(
                sorted(
                    {one.text or "" for one in option.iterfind("{*}SelectionIdentifier")},
                    key=lambda identifier: (places.get(identifier, len(places)), identifier),
                )
            ),
            score,
        )
        for option in element.iterfind("{*}AnswerOption")
        for score in [_number(option, "AnswerScore")]
    )
    return settled(replace(part, combinations=combinations, default_points=_number(element, "DefaultScore")))


def _as_mapping(element: etree._Element) -> Mapping | None:
    match xml.local_name(element) if trees.is_element(element) else "":
        case "PercentageMapping":
            return Mapping("percentage", maximum=_number(element, "MaximumSummedScore"))
        case "ScaleMapping":
            return Mapping("scale", multiplier=_text(element, "SummedScoreMultiplier").strip())
        case "RangeMapping":
            spans = tuple(
                Span(*(str(int(bound.text or "")) for bound in span.iterchildren(tag=etree.Element)))
                for span in element.iterfind("{*}SummedScoreRange")
            )
            return Mapping("range", spans=spans, otherwise=_number(element, "OutOfRangeQualificationValue"))
    return None


def _question(part: Part, root: etree._Element) -> None:
    element = named("Question", root)
    with_text("QuestionIdentifier", part.identifier, element)
    singles = [Combination((one.identifier,), one.points) for one in part.choices if one.points.strip()]
    for option in (*(() if part.takes_several else singles), *part.combinations):
        written = named("AnswerOption", element)
        for identifier in option.selections:
            with_text("SelectionIdentifier", identifier, written)
        with_text("AnswerScore", option.points.strip(), written)
    if part.default_points.strip():
        with_text("DefaultScore", part.default_points.strip(), element)


def _mapping(mapping: Mapping, element: etree._Element) -> None:
    match mapping.kind:
        case "percentage":
            with_text("MaximumSummedScore", mapping.maximum.strip(), named("PercentageMapping", element))
        case "scale":
            with_text("SummedScoreMultiplier", mapping.multiplier.strip(), named("ScaleMapping", element))
        case _:
            ranges = named("RangeMapping", element)
            for span in mapping.spans:
                written = named("SummedScoreRange", ranges)
                with_text("InclusiveLowerBound", span.lowest.strip(), written)
                with_text("InclusiveUpperBound", span.highest.strip(), written)
                with_text("QualificationValue", span.value.strip(), written)
            with_text("OutOfRangeQualificationValue", mapping.otherwise.strip(), ranges)


def _means(root: etree._Element) -> object:
    """Give what a key says, comparable; a comment, or what its schema refuses, is like nothing else."""
    has_more = any(not trees.is_element(one) or one.attrib for one in root.iter())
    beside = root.getprevious() is not None or root.getnext() is not None
    questions = root.findall("{*}Question")
    said = {_text(one, "QuestionIdentifier"): _of_question(one) for one in questions}
    if has_more or beside or len(said) != len(questions) or validation.first_fault(root):
        return object()
    mapping = root.find("{*}QualificationValueMapping")
    return said, None if mapping is None else _as_mapping(mapping[0])


def _of_question(element: etree._Element) -> _Scored:
    options: dict[frozenset[str], str] = {}
    for option in element.iterfind("{*}AnswerOption"):
        selections = frozenset(one.text or "" for one in option.iterfind("{*}SelectionIdentifier"))
        options.setdefault(selections, _number(option, "AnswerScore"))
    return _Scored(options, _number(element, "DefaultScore"))


def _number(element: etree._Element, name: str) -> str:
    text = _text(element, name).strip()
    try:
        return str(int(text)) if text else ""
    except ValueError:
        return text


def _text(element: etree._Element, name: str) -> str:
    return str(element.findtext(f"{{*}}{name}", ""))
