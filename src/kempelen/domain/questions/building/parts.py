"""What a form is made of while somebody builds it: every value as it was typed, right or wrong.

What XML says and no field shows is in `xml`, as it stood there, and is written again as it was.
"""

from dataclasses import dataclass

from kempelen.domain.questions.xml import NAMESPACES

LATEST = f"{NAMESPACES}2017-11-06/QuestionForm.xsd"
KEY = f"{NAMESPACES}2005-10-01/AnswerKey.xsd"

KEPT = "kept"
# MTurk's StyleSuggestions; "selection" is a SelectionAnswer that suggests none.
STYLES = ("radiobutton", "checkbox", "list", "dropdown", "combobox", "multichooser")
SELECTIONS = (*STYLES, "selection")
WORDS = ("text", "number")
ANSWERS = (*SELECTIONS, *WORDS, "file", KEPT)
MEDIA = ("image", "audio", "video")
BLOCKS = ("title", "text", "list", "formatted", *MEDIA, KEPT)
MAPPINGS = ("", "percentage", "scale", "range")
MOST_PARTS = 500


@dataclass(frozen=True)
class Block:
    """Something that is shown; a list has an item in each line of `text`, media have an address."""

    kind: str
    text: str = ""
    url: str = ""
    subtype: str = ""
    xml: str = ""


@dataclass(frozen=True)
class Choice:
    """Something to choose, and what it earns where one choice is made."""

    identifier: str
    label: Block
    points: str = ""


@dataclass(frozen=True)
class Combination:
    """What choosing exactly these earns."""

    selections: tuple[str, ...] = ()
    points: str = ""


@dataclass(frozen=True)
class Part:
    """An overview, a question, or something between them that no field shows.

    A question has fields for every kind of answer; only those of its kind are written.
    """

    kind: str
    content: tuple[Block, ...] = ()
    identifier: str = ""
    name: str = ""
    is_required: bool = False
    answer: str = ""
    # Of selections.
    choices: tuple[Choice, ...] = ()
    lowest: str = ""
    highest: str = ""
    has_other: bool = False
    combinations: tuple[Combination, ...] = ()
    default_points: str = ""
    # Of answers in words and numbers.
    minimum: str = ""
    maximum: str = ""
    shortest: str = ""
    longest: str = ""
    regex: str = ""
    error_text: str = ""
    ignores_case: bool = False
    default: str = ""
    lines: str = ""
    # Of files.
    largest: str = ""
    smallest: str = ""
    # Of the part, or of its answer, where no field shows it.
    xml: str = ""

    @property
    def is_selection(self) -> bool:
        """Whether it is answered by choosing."""
        return self.kind == "question" and self.answer in SELECTIONS

    @property
    def takes_several(self) -> bool:
        """Whether more than one can be chosen, so that points go to combinations."""
        digits = self.highest.strip().lstrip("+0")
        return self.is_selection and digits.isdecimal() and digits != "1"

    @property
    def is_scored(self) -> bool:
        """Whether the key says anything of it."""
        earns = any(choice.points.strip() for choice in self.choices) and not self.takes_several
        return self.is_selection and (earns or bool(self.combinations or self.default_points.strip()))


@dataclass(frozen=True)
class Span:
    """The value of sums from `lowest` to `highest`."""

    lowest: str = ""
    highest: str = ""
    value: str = ""


@dataclass(frozen=True)
class Mapping:
    """How the sum of the points becomes the qualification's value; without a kind it is the value."""

    kind: str = ""
    maximum: str = ""
    multiplier: str = ""
    spans: tuple[Span, ...] = ()
    otherwise: str = ""


@dataclass(frozen=True)
class Draft:
    """A test while it is written.

    `frame` is the document less its parts, for what stands before and after; `key_xml` a key that no field
    shows, which is kept whole.
    """

    parts: tuple[Part, ...] = ()
    mapping: Mapping = Mapping()
    frame: str = ""
    key_xml: str = ""

    @property
    def questions(self) -> tuple[Part, ...]:
        """The questions in their order; those that no field shows are not among them."""
        return tuple(part for part in self.parts if part.kind == "question")
