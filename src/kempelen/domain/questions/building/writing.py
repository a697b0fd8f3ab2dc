"""A form that somebody built, as a QuestionForm (question-schemas.md §2)."""

from collections.abc import Callable

from lxml import etree

from kempelen.domain.questions.building import trees
from kempelen.domain.questions.building.parts import (
    KEPT,
    LATEST,
    MEDIA,
    SELECTIONS,
    Block,
    Choice,
    Draft,
    Part,
)
from kempelen.domain.questions.building.trees import named, with_text

_EMPTY = f'<QuestionForm xmlns="{LATEST}"/>'
_STEP = "  "


def write(draft: Draft) -> str:
    """Give the document; refuses only pieces that were kept and are no XML any more.

    Whether it is a form that workers can answer, `problems` and the form's own check say.
    """
    frame = draft.frame or _EMPTY
    root = trees.root_of(frame)
    for part in draft.parts:
        _part(part, root)
        root[-1].tail = f"\n{_STEP}"
    if len(root):
        root.text, root[-1].tail = f"\n{_STEP}", "\n"
    return trees.declaration_of(frame) + str(etree.tostring(root.getroottree(), encoding="unicode"))


def question(part: Part, root: etree._Element) -> etree._Element:
    """Add the element of a part that fields show to the form."""
    kept: list[etree._Element] = []
    element = _overview(part, root, kept) if part.kind == "overview" else _question(part, root, kept)
    _indent(element, kept)
    return element


def block(shown: Block, parent: etree._Element) -> etree._Element:
    """Add what is shown; a list's last line end is none of its own."""
    if shown.kind == KEPT:
        piece = trees.piece_of(shown.xml)
        parent.append(piece)
        return piece
    if shown.kind in MEDIA:
        return _media(shown, parent)
    if shown.kind == "list":
        items = named("List", parent)
        for line in shown.text.split("\n"):
            with_text("ListItem", line, items)
        return items
    if shown.kind == "formatted":
        return _formatted(shown.text, parent)
    return with_text("Title" if shown.kind == "title" else "Text", shown.text, parent)


def answer(part: Part, parent: etree._Element) -> etree._Element:
    """Add what a question is answered with."""
    return _ANSWERS[part.answer](part, parent)


def _part(part: Part, root: etree._Element) -> None:
    if part.kind == KEPT:
        root.append(trees.piece_of(part.xml))
    else:
        question(part, root)


def _overview(part: Part, root: etree._Element, kept: list[etree._Element]) -> etree._Element:
    element = named("Overview", root)
    _content(part, element, kept)
    return element


def _question(part: Part, root: etree._Element, kept: list[etree._Element]) -> etree._Element:
    element = named("Question", root)
    with_text("QuestionIdentifier", part.identifier, element)
    if part.name:
        with_text("DisplayName", part.name, element)
    if part.is_required:
        with_text("IsRequired", "true", element)
    _content(part, named("QuestionContent", element), kept)
    written = answer(part, named("AnswerSpecification", element))
    if part.answer == KEPT:
        kept.append(written)
    return element


def _content(part: Part, element: etree._Element, kept: list[etree._Element]) -> None:
    for shown in part.content:
        written = block(shown, element)
        if shown.kind == KEPT:
            kept.append(written)


def _indent(element: etree._Element, kept: list[etree._Element]) -> None:
    """Put each element on a line of its own, less what stays as it was."""
    places = []
    for piece in kept:
        place = etree.Element("place")
        parent = piece.getparent()
        assert parent is not None
        parent.replace(piece, place)
        places.append(place)
    etree.indent(element, space=_STEP, level=1)
    for piece, place in zip(kept, places, strict=True):
        piece.tail, parent = place.tail, place.getparent()
        assert parent is not None
        parent.replace(place, piece)


def _formatted(text: str, parent: etree._Element) -> etree._Element:
    element = named("FormattedContent", parent)
    cleaned = trees.clean(text)
    # Where a CDATA section would end too early, escaped text says the same.
    element.text = cleaned if "]]>" in cleaned or not cleaned else etree.CDATA(cleaned)
    return element


def _media(shown: Block, parent: etree._Element) -> etree._Element:
    element = named("Binary", parent)
    kind = named("MimeType", element)
    with_text("Type", shown.kind, kind)
    if shown.subtype:
        with_text("SubType", shown.subtype, kind)
    with_text("DataURL", shown.url, element)
    with_text("AltText", shown.text, element)
    return element


def _free_text(part: Part, parent: etree._Element) -> etree._Element:
    element = named("FreeTextAnswer", parent)
    _constraints(part, element)
    if part.default:
        with_text("DefaultText", part.default, element)
    if part.lines:
        with_text("NumberOfLinesSuggestion", part.lines, element)
    return element


def _constraints(part: Part, element: etree._Element) -> None:
    is_numeric = part.answer == "number"
    has_length = bool(part.shortest or part.longest)
    if not (is_numeric or has_length or part.regex):
        return
    constraints = named("Constraints", element)
    if is_numeric:
        _set(named("IsNumeric", constraints), minValue=part.minimum, maxValue=part.maximum)
    if has_length:
        _set(named("Length", constraints), minLength=part.shortest, maxLength=part.longest)
    if part.regex:
        pattern = named("AnswerFormatRegex", constraints)
        _set(pattern, regex=part.regex, errorText=part.error_text, flags="i" if part.ignores_case else "")


def _set(element: etree._Element, **attributes: str) -> None:
    for name, value in attributes.items():
        if value:
            element.set(name, trees.clean(value))


def _selection(part: Part, parent: etree._Element) -> etree._Element:
    element = named("SelectionAnswer", parent)
    if part.lowest:
        with_text("MinSelectionCount", part.lowest, element)
    if part.highest:
        with_text("MaxSelectionCount", part.highest, element)
    if part.answer != "selection":
        with_text("StyleSuggestion", part.answer, element)
    selections = named("Selections", element)
    for one in part.choices:
        _choice(one, selections)
    if part.has_other:
        named("OtherSelection", selections)
    return element


def _choice(one: Choice, selections: etree._Element) -> None:
    element = named("Selection", selections)
    with_text("SelectionIdentifier", one.identifier, element)
    block(one.label, element)


def _file(part: Part, parent: etree._Element) -> etree._Element:
    element = named("FileUploadAnswer", parent)
    with_text("MaxFileSizeInBytes", part.largest, element)
    with_text("MinFileSizeInBytes", part.smallest, element)
    return element


def _kept(part: Part, parent: etree._Element) -> etree._Element:
    piece = trees.piece_of(part.xml)
    parent.append(piece)
    return piece


_ANSWERS: dict[str, Callable[[Part, etree._Element], etree._Element]] = {
    **dict.fromkeys(SELECTIONS, _selection),
    "text": _free_text,
    "number": _free_text,
    "file": _file,
    KEPT: _kept,
}
