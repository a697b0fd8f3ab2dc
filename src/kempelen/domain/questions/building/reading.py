"""A QuestionForm as the fields of the builder; what no field shows is kept as it stands.

Something is shown in fields if writing these fields again gives the same; so nothing is lost by looking.
"""

from dataclasses import replace

from lxml import etree

from kempelen.domain.questions import documents, xml
from kempelen.domain.questions.building import trees, writing
from kempelen.domain.questions.building.parts import KEPT, MEDIA, STYLES, Block, Choice, Draft, Part


def read(text: str) -> Draft:
    """Read a form, or refuse what is no QuestionForm; it need not fit its schema."""
    root = trees.root_of(text)
    tag = etree.QName(root)
    if tag.namespace not in documents.FORM_NAMESPACES or tag.localname != "QuestionForm":
        raise xml.refuse(f"cvc-elt.1.a: Cannot find the declaration of element '{xml.local_name(root)}'.")
    if (root.text or "").strip() or any((child.tail or "").strip() for child in root):
        raise xml.refuse("There is text between the questions, outside of any element.")
    parts = tuple(_part(child) for child in root)
    for child in list(root):
        root.remove(child)
    root.text = None
    frame = str(etree.tostring(root.getroottree(), encoding="unicode"))
    return Draft(parts, frame=trees.declaration_of(text) + frame)


def _part(element: etree._Element) -> Part:
    kept = Part(KEPT, xml=trees.text_of(element))
    if not trees.is_element(element):
        return kept
    name = xml.local_name(element)
    if name not in ("Overview", "Question"):
        return kept
    shown = Part("overview", _contents(element)) if name == "Overview" else _question(element)
    if not shown.content:
        return kept
    written = writing.question(shown, _beside(element))
    return shown if trees.say_the_same(element, written) and _fits(shown) else kept


def _question(element: etree._Element) -> Part:
    content, specification = element.find("{*}QuestionContent"), element.find("{*}AnswerSpecification")
    if content is None or specification is None or len(specification) != 1:
        return Part("question")
    shown = Part(
        "question",
        _contents(content),
        identifier=_text(element, "QuestionIdentifier"),
        name=_text(element, "DisplayName"),
        is_required=_text(element, "IsRequired").strip() in ("true", "1"),
    )
    return _with_answer(shown, specification[0])


def _contents(element: etree._Element) -> tuple[Block, ...]:
    return tuple(map(_block, element))


def _block(element: etree._Element) -> Block:
    """Give what is shown, or kept where the fields could not say all of it."""
    shown = _as_block(element)
    if shown is not None and trees.say_the_same(element, writing.block(shown, _beside(element))):
        return shown
    return Block(KEPT, xml=trees.text_of(element))


def _as_block(element: etree._Element) -> Block | None:
    if not trees.is_element(element):
        return None
    text = element.text or ""
    match xml.local_name(element):
        case "Title" | "Text" | "FormattedContent" as name if "\r" not in text:
            return Block({"Title": "title", "Text": "text"}.get(name, "formatted"), text)
        case "List":
            items = [item.text or "" for item in element]
            fits = items and not any("\n" in item or "\r" in item for item in items)
            return Block("list", "\n".join(items)) if fits else None
        case "Binary":
            kind = _text(element, "MimeType/{*}Type")
            address, words = _text(element, "DataURL"), _text(element, "AltText")
            subtype = _text(element, "MimeType/{*}SubType")
            fits = kind in MEDIA and not any(_has_lines(one) for one in (address, words, subtype))
            return Block(kind, words, address, subtype) if fits else None
    return None


def _with_answer(shown: Part, element: etree._Element) -> Part:
    kept = replace(shown, answer=KEPT, xml=trees.text_of(element))
    if not trees.is_element(element):
        return kept
    match xml.local_name(element):
        case "FreeTextAnswer":
            answered = _free_text(shown, element)
        case "SelectionAnswer":
            answered = _selection(shown, element)
        case "FileUploadAnswer":
            sizes = (_text(element, f"{bound}FileSizeInBytes") for bound in ("Max", "Min"))
            answered = replace(shown, answer="file", largest=next(sizes), smallest=next(sizes))
        case _:
            return kept
    written = writing.answer(answered, _beside(element))
    return answered if trees.say_the_same(element, written) and _fits(answered) else kept


def _free_text(shown: Part, element: etree._Element) -> Part:
    numeric, length, pattern = (
        element.find(f"{{*}}Constraints/{{*}}{name}") for name in ("IsNumeric", "Length", "AnswerFormatRegex")
    )
    return replace(
        shown,
        answer="text" if numeric is None else "number",
        minimum=_attribute(numeric, "minValue"),
        maximum=_attribute(numeric, "maxValue"),
        shortest=_attribute(length, "minLength"),
        longest=_attribute(length, "maxLength"),
        regex=_attribute(pattern, "regex"),
        error_text=_attribute(pattern, "errorText"),
        ignores_case=_attribute(pattern, "flags") == "i",
        default=_text(element, "DefaultText"),
        lines=_text(element, "NumberOfLinesSuggestion"),
    )


def _selection(shown: Part, element: etree._Element) -> Part:
    style = _text(element, "StyleSuggestion")
    return replace(
        shown,
        answer=style if style in STYLES else "selection",
        lowest=_text(element, "MinSelectionCount"),
        highest=_text(element, "MaxSelectionCount"),
        choices=tuple(map(_choice, element.iterfind("{*}Selections/{*}Selection"))),
        has_other=element.find("{*}Selections/{*}OtherSelection") is not None,
    )


def _choice(element: etree._Element) -> Choice:
    children = element.iterchildren(tag=etree.Element)
    labels = [child for child in children if xml.local_name(child) != "SelectionIdentifier"]
    label = _block(labels[0]) if len(labels) == 1 else Block("text")
    return Choice(_text(element, "SelectionIdentifier"), label)


def _fits(shown: Part) -> bool:
    """Tell whether browsers send the part's values back as they are: single lines without line ends."""
    lines = [value for name, value in vars(shown).items() if isinstance(value, str) and name not in _LONG]
    lines += [choice.identifier for choice in shown.choices]
    lines += [choice.label.text for choice in shown.choices if choice.label.kind == "text"]
    return not any(map(_has_lines, lines)) and "\r" not in shown.default


_LONG = ("xml", "default")


def _has_lines(text: str) -> bool:
    return "\n" in text or "\r" in text


def _beside(element: etree._Element) -> etree._Element:
    """Give an empty element in the same namespace, to write into."""
    return etree.Element(f"{{{etree.QName(element).namespace}}}beside", nsmap=element.nsmap)


def _attribute(element: etree._Element | None, name: str) -> str:
    return "" if element is None else str(element.get(name, ""))


def _text(element: etree._Element, path: str) -> str:
    return str(element.findtext(f"{{*}}{path}", ""))
