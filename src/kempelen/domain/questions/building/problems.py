"""What is wrong with a test that somebody builds, in plain words, each at its field.

What is found here no worker could answer, or no key could score; the form's schema and the checks of
`forms` stay the last word.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from kempelen.domain.errors import DocumentRefused
from kempelen.domain.questions import formatted_content, javascript_patterns
from kempelen.domain.questions.building import scoring
from kempelen.domain.questions.building.parts import KEPT, MEDIA, Block, Draft, Mapping, Part

_INT = (-(2**31), 2**31 - 1)
_COUNT = (1, 10**9)
_LARGEST_FILE = 2_000_000_000
_WEB = ("http://", "https://")


class Problem(NamedTuple):
    """What is wrong, the name of its field (`parts-0-identifier`), and the question's number or 0."""

    field: str
    text: str
    number: int = 0


def problems(draft: Draft, *, is_test: bool = True) -> list[Problem]:
    """Say all that is wrong; `is_test`: also what a qualification test must not ask for."""
    found = list(_of_parts(draft))
    has_key = bool(scoring.write(draft))
    if not any(part.kind != "overview" for part in draft.parts):
        found.append(Problem("", "Add at least one question."))
    for index, part, number in _numbered(draft):
        if is_test and part.answer == "file":
            found.append(
                _at(index, "answer", "A qualification test takes no files; MTurk refuses it.", number)
            )
        if has_key and part.kind == "question" and (part.answer in ("text", "number") or part.has_other):
            field = "has_other" if part.has_other and part.is_selection else "answer"
            text = "What is typed cannot be scored by itself. Take it away, or take all points away."
            if field == "has_other" or not part.is_selection:
                found.append(_at(index, field, text, number))
    if not draft.key_xml:
        found += _of_mapping(draft)
    return found


def _of_parts(draft: Draft) -> Iterator[Problem]:
    counted = Counter(part.identifier for part in draft.questions)
    for index, part, number in _numbered(draft):
        if part.kind == KEPT:
            continue
        for problem in _of_content(index, part):
            yield problem._replace(number=number)
        if part.kind == "question":
            for problem in _of_question(index, part, counted):
                yield problem._replace(number=number)


def _numbered(draft: Draft) -> Iterator[tuple[int, Part, int]]:
    number = 0
    for index, part in enumerate(draft.parts):
        is_question = part.kind == "question" or (part.kind == KEPT and not part.xml.startswith("<!--"))
        number += is_question
        yield index, part, number if is_question else 0


def _of_content(index: int, part: Part) -> Iterator[Problem]:
    if not part.content:
        yield _at(index, "content", "Nothing is shown yet: add a text.")
    for place, block in enumerate(part.content):
        for field, text in _of_block(block):
            yield _at(index, f"content-{place}-{field}", text)
    is_silent = all(block.kind == "text" and not block.text.strip() for block in part.content)
    if part.content and is_silent:
        what = "Write what is asked." if part.kind == "question" else "Write what is to be shown."
        yield _at(index, "content-0-text", what)


def _of_block(block: Block) -> Iterator[tuple[str, str]]:
    if block.kind == "formatted":
        try:
            formatted_content.check(block.text)
        except DocumentRefused as refused:
            yield "text", _details(refused)
    elif block.kind in MEDIA and not block.url.strip().startswith(_WEB):
        yield "url", "The address begins with https:// (or http://)."


def _details(refused: DocumentRefused) -> str:
    """Give what is wrong with formatted content, less the request it would have been in."""
    text = str(refused).partition("Details: ")[2] or str(refused)
    return text.partition(" Invalid content: ")[0]


def _of_question(index: int, part: Part, counted: Counter[str]) -> Iterator[Problem]:
    if not part.identifier:
        yield _at(index, "identifier", "Give it a name for your results, such as capital.")
    elif counted[part.identifier] > 1:
        yield _at(index, "identifier", "Another question has this identifier.")
    check = _of_selection if part.is_selection else _CHECKS.get(part.answer)
    if check is not None:
        yield from check(index, part)


def _of_selection(index: int, part: Part) -> Iterator[Problem]:
    if not part.choices:
        yield _at(index, "choices", "Add something to choose.")
    counted = Counter(choice.identifier for choice in part.choices)
    for place, choice in enumerate(part.choices):
        if not choice.identifier:
            yield _at(index, f"choices-{place}-identifier", "Each choice needs an identifier.")
        elif counted[choice.identifier] > 1:
            yield _at(index, f"choices-{place}-identifier", "Another choice has this identifier.")
        if choice.label.kind == "text" and not choice.label.text.strip():
            yield _at(index, f"choices-{place}-text", "Write what can be chosen.")
        for field, text in _of_block(choice.label):
            yield _at(index, f"choices-{place}-{field}", text)
        yield from _number(index, f"choices-{place}-points", choice.points, _INT)
    yield from _of_counts(index, part)
    yield from _of_points(index, part)


def _of_counts(index: int, part: Part) -> Iterator[Problem]:
    wrong = [
        *_number(index, "lowest", part.lowest, (0, _COUNT[1])),
        *_number(index, "highest", part.highest, _COUNT),
    ]
    yield from wrong
    if wrong:
        return
    lowest, highest = int(part.lowest or 1), int(part.highest or 1)
    choosable = len(part.choices) + part.has_other
    if lowest > highest:
        yield _at(index, "lowest", f"At least {lowest} is more than at most {highest}.")
    elif lowest > choosable and part.choices:
        yield _at(index, "lowest", f"There are only {choosable} to choose from.")


def _of_points(index: int, part: Part) -> Iterator[Problem]:
    seen = set[frozenset[str]]()
    for place, one in enumerate(part.combinations):
        field = f"combinations-{place}-points"
        if not one.selections:
            yield _at(index, field, "Tick what has to be chosen for these points.")
        elif frozenset(one.selections) in seen:
            yield _at(index, field, "The same has points already.")
        seen.add(frozenset(one.selections))
        if not one.points.strip():
            yield _at(index, field, "Say how many points it earns.")
        yield from _number(index, field, one.points, _INT)
    yield from _number(index, "default_points", part.default_points, _INT)
    has_option = part.combinations or any(choice.points.strip() for choice in part.choices)
    if part.default_points.strip() and not has_option:
        yield _at(index, "default_points", "Give at least one choice points of its own.")


def _of_words(index: int, part: Part) -> Iterator[Problem]:
    limits = {"shortest": (0, _COUNT[1]), "longest": _COUNT, "lines": _COUNT}
    if part.answer == "number":
        limits |= {"minimum": _INT, "maximum": _INT}
    wrong = [
        problem
        for name, limit in limits.items()
        for problem in _number(index, name, getattr(part, name), limit)
    ]
    yield from wrong
    if not wrong and part.shortest and part.longest and int(part.shortest) > int(part.longest):
        yield _at(index, "shortest", "No answer can have at least so many and at most fewer characters.")
    if part.regex:
        try:
            javascript_patterns.check(part.regex)
        except javascript_patterns.NotAPattern as error:
            yield _at(index, "regex", f"It is no regular expression: {error}")
    elif part.error_text or part.ignores_case:
        yield _at(index, "regex", "Write the expression that answers have to match.")


def _of_file(index: int, part: Part) -> Iterator[Problem]:
    for name in ("smallest", "largest"):
        given = getattr(part, name)
        if not given.strip():
            yield _at(index, name, "Say how many bytes.")
        yield from _number(index, name, given, (1, _LARGEST_FILE))


_CHECKS: dict[str, Callable[[int, Part], Iterator[Problem]]] = {
    "text": _of_words,
    "number": _of_words,
    "file": _of_file,
    "": lambda index, part: iter([_at(index, "answer", "Choose how it is answered.")]),
}


def _of_mapping(draft: Draft) -> Iterator[Problem]:
    mapping = draft.mapping
    if mapping.kind and not any(part.is_scored for part in draft.questions):
        yield Problem("mapping-kind", "No answer earns points yet, so there is nothing to make a value of.")
    if mapping.kind == "percentage":
        yield from _needed("mapping-maximum", mapping.maximum, (1, _INT[1]))
    elif mapping.kind == "scale" and not _is_multiplier(mapping.multiplier):
        yield Problem("mapping-multiplier", "Write a number, such as 2.5.")
    elif mapping.kind == "range":
        yield from _of_spans(mapping)


def _is_multiplier(text: str) -> bool:
    try:
        # No longer number is meant, and none of these is what a scale could be.
        return abs(float(text)) < float("inf") and len(text) < 100 and "_" not in text
    except ValueError:
        return False


def _of_spans(mapping: Mapping) -> Iterator[Problem]:
    if not mapping.spans:
        yield Problem("mapping-kind", "Add at least one range.")
    wrong = []
    for place, span in enumerate(mapping.spans):
        for name in ("lowest", "highest", "value"):
            wrong += _needed(f"mapping-spans-{place}-{name}", getattr(span, name), _INT)
    yield from wrong
    yield from _needed("mapping-otherwise", mapping.otherwise, _INT)
    if wrong:
        return
    upward = sorted((int(span.lowest), int(span.highest), place) for place, span in enumerate(mapping.spans))
    before = None
    for lowest, highest, place in upward:
        field = f"mapping-spans-{place}-lowest"
        if lowest > highest:
            yield Problem(field, f"From {lowest} to {highest} there is nothing.")
        elif before is not None and lowest <= before:
            yield Problem(field, "Another range has this sum already.")
        before = highest if before is None else max(before, highest)


def _needed(field: str, given: str, limits: tuple[int, int]) -> list[Problem]:
    text = "Write a whole number." if not given.strip() else _not_within(given, limits)
    return [Problem(field, text)] if text else []


def _number(index: int, field: str, given: str, limits: tuple[int, int]) -> Iterator[Problem]:
    if given.strip() and (text := _not_within(given, limits)):
        yield _at(index, field, text)


def _not_within(given: str, limits: tuple[int, int]) -> str:
    lowest, highest = limits
    digits = given.strip()
    is_whole = (
        digits.removeprefix("-").removeprefix("+").isdecimal() and digits.isascii() and len(digits) < 20
    )
    if not is_whole or digits.startswith("-+"):
        return "Write a whole number."
    return "" if lowest <= int(digits) <= highest else f"From {lowest:,} to {highest:,}."


def _at(index: int, field: str, text: str, number: int = 0) -> Problem:
    return Problem(f"parts-{index}-{field}", text, number)
