"""A QuestionForm in its parts: what it shows and what it asks (question-schemas.md §2)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from kempelen.domain.errors import DocumentRefused
from kempelen.domain.questions import formatted_content, forms, validation, xml


@dataclass(frozen=True)
class Title:
    """A heading."""

    text: str


@dataclass(frozen=True)
class Text:
    """Plain text, with its line ends."""

    text: str


@dataclass(frozen=True)
class Items:
    """A list of plain texts."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Formatted:
    """Text with the mark-up of MTurk's subset of XHTML, as a tree that has passed its check."""

    tree: etree._Element = field(compare=False)


@dataclass(frozen=True)
class Binary:
    """An image, a sound or a film somewhere on the web; `kind` is image, audio or video."""

    kind: str
    url: str
    alt: str


@dataclass(frozen=True)
class Embedded:
    """Something that the page shows in a place of this size."""

    mime_type: str
    url: str
    alt: str
    width: str
    height: str
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Application:
    """A Flash film or a Java applet, which no browser runs any more."""

    kind: str
    url: str


Content = Title | Text | Items | Formatted | Binary | Embedded | Application


@dataclass(frozen=True)
class Pattern:
    """A regular expression of JavaScript's that must be found in the answer."""

    regex: str
    error_text: str = ""
    ignores_case: bool = False


@dataclass(frozen=True)
class FreeText:
    """An answer in words; bounds are None where the form has none."""

    is_numeric: bool = False
    lowest: int | None = None
    highest: int | None = None
    shortest: int | None = None
    longest: int | None = None
    patterns: tuple[Pattern, ...] = ()
    default: str = ""
    lines: int | None = None


@dataclass(frozen=True)
class Choice:
    """One of the things that can be chosen."""

    identifier: str
    label: Text | Binary | Formatted


@dataclass(frozen=True)
class Selection:
    """An answer by choosing; `other` is the field for what is not in the list."""

    choices: tuple[Choice, ...]
    lowest: int = 1
    highest: int = 1
    style: str = ""
    other: FreeText | None = None

    @property
    def is_list(self) -> bool:
        """Whether it is a list box, or a drop-down list for one choice; both hold words only."""
        is_plain = all(isinstance(choice.label, Text) for choice in self.choices)
        return is_plain and (self.style == "combobox" or (self.style == "dropdown" and self.highest <= 1))


@dataclass(frozen=True)
class Upload:
    """An answer that is a file of this many bytes, both bounds included."""

    largest: int
    smallest: int


Answer = FreeText | Selection | Upload


@dataclass(frozen=True)
class Question:
    """A question; `number` counts from 1 in the form, and names its fields (`form_fields`)."""

    number: int
    identifier: str
    content: tuple[Content, ...]
    answer: Answer
    display_name: str = ""
    is_required: bool = False

    @property
    def needs_answer(self) -> bool:
        """Whether nothing is no answer: as it says, or by a rule that MTurk's page had (§7.3)."""
        if self.is_required or not isinstance(self.answer, FreeText):
            return self.is_required
        return self.answer.is_numeric or bool(self.answer.shortest)


@dataclass(frozen=True)
class Overview:
    """What stands between the questions."""

    content: tuple[Content, ...]


@dataclass(frozen=True)
class Form:
    """Overviews and questions in their order."""

    parts: tuple[Overview | Question, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions in their order."""
        return tuple(part for part in self.parts if isinstance(part, Question))


@lru_cache(maxsize=64)
def read(text: str) -> Form:
    """Read a QuestionForm; refuses what is none (`DocumentRefused`), as CreateHIT does."""
    root = xml.parse(text)
    validation.check(root)
    if xml.local_name(root) != "QuestionForm":
        raise xml.refuse(f"'{xml.local_name(root)}' is no QuestionForm.")
    forms.check(root)
    return Form(tuple(_parts(root)))


@lru_cache(maxsize=64)
def form_in(question: str) -> Form | None:
    """Read a HIT's question if it is a QuestionForm; None for any other, and for none."""
    is_likely = "/QuestionForm.xsd" in question
    return read(question) if is_likely and xml.local_name(xml.parse(question)) == "QuestionForm" else None


def identifiers(question: str) -> tuple[str, ...]:
    """Give the identifiers of a QuestionForm's questions in their order; none of any other question's."""
    try:
        form = form_in(question)
    except DocumentRefused:  # taken by an earlier version, which looked less closely
        return ()
    return () if form is None else tuple(one.identifier for one in form.questions)


def _parts(root: etree._Element) -> Iterator[Overview | Question]:
    number = 0
    for element in root:
        if xml.local_name(element) == "Overview":
            yield Overview(_contents(element))
        else:
            number += 1
            yield _question(element, number)


def _question(element: etree._Element, number: int) -> Question:
    content, specification = element[-2], element[-1]
    return Question(
        number,
        _text(element, "QuestionIdentifier"),
        _contents(content),
        _answer(specification[0]),
        _text(element, "DisplayName"),
        _text(element, "IsRequired").strip() in ("true", "1"),
    )


def _contents(element: etree._Element) -> tuple[Content, ...]:
    return tuple(map(_content, element))


def _content(element: etree._Element) -> Content:
    match xml.local_name(element):
        case "Title":
            return Title(element.text or "")
        case "List":
            return Items(tuple(item.text or "" for item in element))
        case "EmbeddedBinary":
            return _embedded(element)
        case "Application":
            return Application(
                xml.local_name(element[0]), "".join(part.text or "" for part in element[0][:1])
            )
        case _:
            return _label(element)


def _label(element: etree._Element) -> Text | Binary | Formatted:
    match xml.local_name(element):
        case "FormattedContent":
            return Formatted(formatted_content.parse(element.text or ""))
        case "Binary":
            kind = _text(element[0], "Type").strip()
            return Binary(kind, _text(element, "DataURL").strip(), _text(element, "AltText"))
        case _:
            return Text(element.text or "")


def _embedded(element: etree._Element) -> Embedded:
    kind, subtype = (part.text or "" for part in element[0])
    return Embedded(
        f"{kind.strip()}/{subtype.strip()}",
        _text(element, "DataURL").strip(),
        _text(element, "AltText"),
        _text(element, "Width").strip(),
        _text(element, "Height").strip(),
        tuple(
            (_text(one, "Name"), _text(one, "Value"))
            for one in element.iterchildren("{*}ApplicationParameter")
        ),
    )


def _answer(element: etree._Element) -> Answer:
    match xml.local_name(element):
        case "FreeTextAnswer":
            return _free_text(element)
        case "SelectionAnswer":
            return _selection(element)
        case _:
            return Upload(*(_number(_text(element, f"{bound}FileSizeInBytes")) for bound in ("Max", "Min")))


def _free_text(element: etree._Element) -> FreeText:
    numeric, length = (element.find(f"{{*}}Constraints/{{*}}{name}") for name in ("IsNumeric", "Length"))
    lowest, highest = _bound(numeric, "minValue"), _bound(numeric, "maxValue")
    if lowest is not None and highest is not None and lowest > highest:
        lowest, highest = highest, lowest  # as MTurk's page did (§7.3)
    lines = _text(element, "NumberOfLinesSuggestion")
    return FreeText(
        numeric is not None,
        lowest,
        highest,
        _bound(length, "minLength"),
        _bound(length, "maxLength"),
        tuple(
            Pattern(one.get("regex", ""), one.get("errorText", ""), one.get("flags", "") == "i")
            for one in element.iterfind("{*}Constraints/{*}AnswerFormatRegex")
        ),
        _text(element, "DefaultText"),
        _number(lines) if lines else None,
    )


def _selection(element: etree._Element) -> Selection:
    other = element.find("{*}Selections/{*}OtherSelection")
    lowest, highest = (_text(element, f"{bound}SelectionCount") for bound in ("Min", "Max"))
    return Selection(
        tuple(
            Choice(_text(one, "SelectionIdentifier"), _label(one[1]))
            for one in element.iterfind("{*}Selections/{*}Selection")
        ),
        _number(lowest) if lowest else 1,
        _number(highest) if highest else 1,
        _text(element, "StyleSuggestion").strip(),
        None if other is None else _free_text(other),
    )


def _bound(element: etree._Element | None, name: str) -> int | None:
    value = None if element is None else element.get(name)
    return None if value is None else _number(value)


def _number(text: str) -> int:
    """Give a whole number; schemas let some have thousands of digits, which mean no more than very many."""
    digits = text.strip()
    is_huge = len(digits.lstrip("+-0")) > len(str(10**10))
    if is_huge:
        return -(10**11) if digits.startswith("-") else 10**11
    return int(digits)


def _text(element: etree._Element, name: str) -> str:
    return str(element.findtext(f"{{*}}{name}", ""))
