"""What the builder's buttons do: each is a command in words, such as `part:2:up`; bad ones do nothing."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from kempelen.domain.questions.building.parts import (
    ANSWERS,
    BLOCKS,
    KEPT,
    MEDIA,
    MOST_PARTS,
    Block,
    Choice,
    Combination,
    Draft,
    Part,
    Span,
)

T = TypeVar("T")
_SEVERAL = ("checkbox", "multichooser", "combobox")
_MOST_SIGNS = 9


def change(draft: Draft, command: str) -> tuple[Draft, str]:
    """Give the draft after a command, and the name of the field that people go on with.

    `add:KIND` (overview, or how a question is answered) · `part:P:up|down|copy|remove` ·
    `block:P:add:KIND` · `block:P:B:up|down|remove` · `choice:P:add` · `choice:P:C:up|down|remove` ·
    `combination:P:add` · `combination:P:N:remove` · `span:add` · `span:N:remove`
    """
    what, *words = command.split(":")
    does = _COMMANDS.get(what)
    if does is None or not words or any(len(word) > _MOST_SIGNS and word.isdecimal() for word in words):
        return draft, ""
    return does(draft, words)


def became(part: Part, was: str) -> Part:
    """Give a question that is answered otherwise than before with what its new kind needs."""
    if part.answer == was or part.kind != "question" or part.answer == KEPT:
        return part
    if part.answer in _SEVERAL and not part.highest and len(part.choices) > 1:
        return replace(part, highest=str(len(part.choices)))
    if part.answer in ("radiobutton", "dropdown"):
        return replace(part, lowest="", highest="")
    if part.is_selection and not part.choices:
        return replace(part, choices=(_choice(()), _choice((_choice(()),))))
    return part


def _add(draft: Draft, words: list[str]) -> tuple[Draft, str]:
    kind = words[0]
    if len(draft.parts) >= MOST_PARTS or (kind not in ANSWERS and kind != "overview") or kind == KEPT:
        return draft, ""
    made = Part("overview", (Block("text"),)) if kind == "overview" else _question(draft, kind)
    focus = f"parts-{len(draft.parts)}-content-0-text"
    return replace(draft, parts=(*draft.parts, made)), focus


def _question(draft: Draft, kind: str) -> Part:
    made = Part(
        "question", (Block("text"),), identifier=_free_identifier(draft), answer=kind, is_required=True
    )
    if kind == "file":
        return replace(made, largest="1000000", smallest="1")
    if not made.is_selection:
        return made
    first = _choice(())
    return became(replace(made, choices=(first, _choice((first,)))), "")


def _free_identifier(draft: Draft, wanted: str = "question") -> str:
    taken = {part.identifier for part in draft.questions}
    numbers = range(1, len(taken) + 2)
    return next(name for number in numbers if (name := f"{wanted}_{number}") not in taken)


def _choice(others: Sequence[Choice]) -> Choice:
    taken = {choice.identifier for choice in others}
    numbers = range(1, len(others) + 2)
    return Choice(
        next(name for number in numbers if (name := f"choice_{number}") not in taken), Block("text")
    )


def _change_part(draft: Draft, words: list[str]) -> tuple[Draft, str]:
    if len(words) != 2 or (index := _index(words[0], draft.parts)) is None:
        return draft, ""
    if words[1] == "copy":
        if len(draft.parts) >= MOST_PARTS:
            return draft, ""
        copied = draft.parts[index]
        if copied.kind == "question":
            copied = replace(copied, identifier=_free_identifier(draft, copied.identifier or "question"))
        parts = (*draft.parts[: index + 1], copied, *draft.parts[index + 1 :])
        return replace(draft, parts=parts), f"parts-{index + 1}-content-0-text"
    parts, place = _moved(draft.parts, index, words[1])
    return replace(draft, parts=parts), f"parts-{place}-{words[1]}"


def _change_block(draft: Draft, words: list[str]) -> tuple[Draft, str]:
    index = _index(words[0], draft.parts)
    if index is None or len(words) != 3:
        return draft, ""
    part, name = draft.parts[index], f"parts-{index}-content"
    if words[1] == "add":
        if words[2] not in BLOCKS or words[2] == KEPT:
            return draft, ""
        made = Block(words[2])
        field = "url" if words[2] in MEDIA else "text"
        return _with(draft, index, replace(part, content=(*part.content, made))), (
            f"{name}-{len(part.content)}-{field}"
        )
    at = _index(words[1], part.content)
    if at is None:
        return draft, ""
    content, place = _moved(part.content, at, words[2])
    return _with(draft, index, replace(part, content=content)), f"{name}-{place}-{words[2]}"


def _change_choice(draft: Draft, words: list[str]) -> tuple[Draft, str]:
    index = _index(words[0], draft.parts)
    if index is None:
        return draft, ""
    part, name = draft.parts[index], f"parts-{index}-choices"
    if words[1:] == ["add"]:
        choices = (*part.choices, _choice(part.choices))
        return _with(draft, index, _all_choosable(part, choices)), f"{name}-{len(part.choices)}-text"
    if len(words) != 3 or (at := _index(words[1], part.choices)) is None:
        return draft, ""
    choices, place = _moved(part.choices, at, words[2])
    gone = {choice.identifier for choice in part.choices} - {choice.identifier for choice in choices}
    kept = tuple(one for one in part.combinations if gone.isdisjoint(one.selections))
    changed = replace(_all_choosable(part, choices), combinations=kept)
    return _with(draft, index, changed), f"{name}-{place}-{words[2]}"


def _all_choosable(part: Part, choices: tuple[Choice, ...]) -> Part:
    """Give the question with other choices; where all could be chosen, all can be."""
    all_can = part.takes_several and part.highest == str(len(part.choices)) and len(choices) > 1
    return replace(part, choices=choices, highest=str(len(choices)) if all_can else part.highest)


def _change_combination(draft: Draft, words: list[str]) -> tuple[Draft, str]:
    index = _index(words[0], draft.parts)
    if index is None:
        return draft, ""
    part, name = draft.parts[index], f"parts-{index}-combinations"
    if words[1:] == ["add"]:
        changed = replace(part, combinations=(*part.combinations, Combination()))
        return _with(draft, index, changed), f"{name}-{len(part.combinations)}-points"
    if len(words) != 3 or (at := _index(words[1], part.combinations)) is None or words[2] != "remove":
        return draft, ""
    combinations, _ = _moved(part.combinations, at, "remove")
    return _with(draft, index, replace(part, combinations=combinations)), f"{name}-add"


def _change_span(draft: Draft, words: list[str]) -> tuple[Draft, str]:
    spans = draft.mapping.spans
    if words == ["add"]:
        changed = replace(draft.mapping, spans=(*spans, Span()))
        return replace(draft, mapping=changed), f"mapping-spans-{len(spans)}-lowest"
    if len(words) != 2 or (at := _index(words[0], spans)) is None or words[1] != "remove":
        return draft, ""
    left, _ = _moved(spans, at, "remove")
    return replace(draft, mapping=replace(draft.mapping, spans=left)), "mapping-spans-add"


def _with(draft: Draft, index: int, part: Part) -> Draft:
    return replace(draft, parts=(*draft.parts[:index], part, *draft.parts[index + 1 :]))


def _index(word: str, things: Sequence[object]) -> int | None:
    return int(word) if word.isdecimal() and int(word) < len(things) else None


def _moved(things: tuple[T, ...], index: int, how: str) -> tuple[tuple[T, ...], int]:
    """Give the things with one moved or taken away, and where people are then."""
    rest = (*things[:index], *things[index + 1 :])
    if how == "remove":
        return rest, max(min(index, len(rest) - 1), 0)
    place = {"up": index - 1, "down": index + 1}.get(how, index)
    if not 0 <= place < len(things):
        return things, index
    return (*rest[:place], things[index], *rest[place:]), place


_COMMANDS: dict[str, Callable[[Draft, list[str]], tuple[Draft, str]]] = {
    "add": _add,
    "part": _change_part,
    "block": _change_block,
    "choice": _change_choice,
    "combination": _change_combination,
    "span": _change_span,
}
