"""The builder of a test as its page shows it: parts, their fields, and what is wrong with each."""

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from functools import cached_property

from kempelen.domain.questions.building import scoring
from kempelen.domain.questions.building.parts import (
    KEPT,
    MEDIA,
    SELECTIONS,
    WORDS,
    Block,
    Choice,
    Combination,
    Draft,
    Part,
    Span,
)

ANSWER_LABELS = {
    "radiobutton": "Radio buttons",
    "checkbox": "Check boxes",
    "list": "List",
    "dropdown": "Drop-down list",
    "combobox": "List box",
    "multichooser": "Multi-chooser",
    "selection": "Choices, no style given",
    "text": "Free text",
    "number": "Number",
    "file": "File upload",
    KEPT: "As its XML says",
}
BLOCK_LABELS = {
    "title": "Title",
    "text": "Text",
    "list": "List, an item in each line",
    "formatted": "Formatted text (XHTML)",
    "image": "Image",
    "audio": "Sound",
    "video": "Film",
    KEPT: "Kept as it is",
}
_SHORT_LABELS = {"formatted": "XHTML"}
ADDED_BLOCKS = ("title", "text", "list", "formatted", "image")
# What one more question can be; the others are a choice away.
ADDED_QUESTIONS = ("radiobutton", "checkbox", "dropdown", "text", "number")
MAPPING_LABELS = {
    "": "The sum of the points",
    "percentage": "A percentage of the best sum",
    "scale": "The sum, multiplied",
    "range": "A value for each range of sums",
}
_NUMBERS = frozenset(
    [
        *("lowest", "highest", "points", "default_points", "minimum", "maximum", "shortest", "longest"),
        *("lines", "largest", "smallest", "multiplier", "otherwise", "value"),
    ]
)


@dataclass(frozen=True)
class Control:
    """A field: its name, what it holds, and what is wrong with it."""

    name: str
    value: str
    problem: str = ""
    is_focused: bool = False

    @property
    def id(self) -> str:
        """The name in the page, by which problems link to it."""
        return f"b-{self.name}"

    @property
    def is_number(self) -> bool:
        """Whether phones should show digits."""
        return self.name.rpartition("-")[2] in _NUMBERS


@dataclass(frozen=True)
class Shown:
    """Everything below a name; `about` are the problems of the whole draft."""

    name: str
    about: "About"

    def control(self, field: str, value: str) -> Control:
        """Give a field below the name."""
        name = f"{self.name}-{field}"
        return Control(name, value, self.about.problems.get(name, ""), self.about.focus == name)

    @property
    def focus(self) -> str:
        """What people go on with, of what is below: `up` for the button that moves it up."""
        return (
            self.about.focus.removeprefix(f"{self.name}-") if self.about.focus.startswith(self.name) else ""
        )


@dataclass(frozen=True)
class About:
    """What holds for the whole draft."""

    problems: AnyMapping[str, str]
    focus: str = ""


@dataclass(frozen=True)
class ShownBlock(Shown):
    """Something shown, with its fields."""

    block: Block
    command: str

    @property
    def label(self) -> str:
        """What it is."""
        return BLOCK_LABELS[self.block.kind]

    @property
    def is_media(self) -> bool:
        """Whether it has an address."""
        return self.block.kind in MEDIA

    @property
    def text(self) -> Control:
        """Its words; those of a picture say what it shows."""
        return self.control("text", self.block.text)

    @property
    def url(self) -> Control:
        """Where it is."""
        return self.control("url", self.block.url)

    @property
    def subtype(self) -> Control:
        """Its format, such as png."""
        return self.control("subtype", self.block.subtype)


@dataclass(frozen=True)
class ShownChoice(ShownBlock):
    """Something to choose."""

    choice: Choice
    number: int

    @property
    def count(self) -> str:
        """Its number, as a word of names."""
        return str(self.number)

    @property
    def identifier(self) -> Control:
        """What the answer says."""
        return self.control("identifier", self.choice.identifier)

    @property
    def points(self) -> Control:
        """What it earns."""
        return self.control("points", self.choice.points)

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """What its label can be."""
        kinds = dict.fromkeys(("text", "formatted", "image", self.block.kind))
        return [(kind, _SHORT_LABELS.get(kind, BLOCK_LABELS[kind])) for kind in kinds]


@dataclass(frozen=True)
class ShownCombination(Shown):
    """What several choices together earn."""

    combination: Combination
    part: Part
    command: str

    @property
    def choices(self) -> list[tuple[int, str, bool]]:
        """Each choice by its place: its words, and whether it belongs to this."""
        return [
            (place, choice.label.text or choice.identifier, choice.identifier in self.combination.selections)
            for place, choice in enumerate(self.part.choices)
        ]

    @property
    def points(self) -> Control:
        """What it earns."""
        return self.control("points", self.combination.points)


@dataclass(frozen=True)
class ShownPart(Shown):
    """A part with its fields, and its number if it is a question."""

    part: Part
    index: int
    number: int

    @property
    def title(self) -> str:
        """What stands above it."""
        if self.number:
            return f"Question {self.number}"
        return "Text between" if self.part.kind == "overview" else "Something between"

    @property
    def command(self) -> str:
        """What its buttons say first."""
        return f"{self.index}"

    @property
    def add_choice_id(self) -> str:
        """The button that adds a choice, by its name in the page."""
        return f"b-{self.name}-choices-add"

    @property
    def fields(self) -> dict[str, Control]:
        """Its plain fields, by their names."""
        texts = {name: value for name, value in vars(self.part).items() if isinstance(value, str)}
        return {name: self.control(name, value) for name, value in texts.items()}

    @property
    def problem(self) -> str:
        """What is wrong with the part as a whole."""
        found = (self.about.problems.get(f"{self.name}-{field}", "") for field in ("content", "choices"))
        return " ".join(filter(None, found))

    @property
    def other_problem(self) -> str:
        """What is wrong with the choice that is not in the list."""
        return self.about.problems.get(f"{self.name}-has_other", "")

    @property
    def is_words(self) -> bool:
        """Whether it is answered by typing."""
        return self.part.kind == "question" and self.part.answer in WORDS

    @property
    def answers(self) -> list[tuple[str, str]]:
        """How it can be answered."""
        known = [*SELECTIONS[:-1], *WORDS, "file"]
        kinds = dict.fromkeys([*known, self.part.answer] if self.part.answer else known)
        return [(kind, ANSWER_LABELS[kind]) for kind in kinds]

    @cached_property
    def blocks(self) -> list[ShownBlock]:
        """What it shows."""
        return [
            ShownBlock(f"{self.name}-content-{place}", self.about, block, f"block:{self.index}:{place}")
            for place, block in enumerate(self.part.content)
        ]

    @cached_property
    def choices(self) -> list[ShownChoice]:
        """What can be chosen."""
        return [
            ShownChoice(
                f"{self.name}-choices-{place}",
                self.about,
                choice.label,
                f"choice:{self.index}:{place}",
                choice,
                place + 1,
            )
            for place, choice in enumerate(self.part.choices)
        ]

    @cached_property
    def combinations(self) -> list[ShownCombination]:
        """What choices earn together."""
        return [
            ShownCombination(
                f"{self.name}-combinations-{place}",
                self.about,
                one,
                self.part,
                f"combination:{self.index}:{place}",
            )
            for place, one in enumerate(self.part.combinations)
        ]


@dataclass(frozen=True)
class ShownSpan(Shown):
    """A range of sums, and the value of those."""

    span: Span
    command: str

    @property
    def controls(self) -> dict[str, Control]:
        """From, to, and what that is worth."""
        return {name: self.control(name, value) for name, value in vars(self.span).items()}


@dataclass(frozen=True)
class Builder:
    """The whole builder, for requester/builder/_builder.html."""

    draft: Draft
    problems: AnyMapping[str, str]
    focus: str = ""

    @property
    def about(self) -> About:
        """What holds for all of it."""
        return About(self.problems, self.focus)

    @cached_property
    def parts(self) -> list[ShownPart]:
        """The parts in their order; questions are numbered as workers see them."""
        shown, number = [], 0
        for index, part in enumerate(self.draft.parts):
            is_question = part.kind == "question" or (part.kind == KEPT and "Question" in part.xml[:80])
            number += is_question
            shown.append(ShownPart(f"parts-{index}", self.about, part, index, number if is_question else 0))
        return shown

    @property
    def kept_count(self) -> int:
        """How many things the fields cannot show."""
        parts = self.draft.parts
        whole = sum(part.kind == KEPT or part.answer == KEPT for part in parts)
        return whole + sum(block.kind == KEPT for part in parts for block in part.content)

    @property
    def mapping(self) -> dict[str, Control]:
        """The fields that say what becomes of the sum."""
        shown = Shown("mapping", self.about)
        texts = {name: value for name, value in vars(self.draft.mapping).items() if isinstance(value, str)}
        return {name: shown.control(name, value) for name, value in texts.items()}

    @property
    def mappings(self) -> list[tuple[str, str]]:
        """What can become of the sum."""
        return list(MAPPING_LABELS.items())

    @property
    def spans(self) -> list[ShownSpan]:
        """The ranges of sums."""
        return [
            ShownSpan(f"mapping-spans-{place}", self.about, span, f"span:{place}:remove")
            for place, span in enumerate(self.draft.mapping.spans)
        ]

    @property
    def most_points(self) -> int | None:
        """The best sum, if the points are numbers."""
        return scoring.most_points(self.draft)

    @property
    def has_points(self) -> bool:
        """Whether answers are scored by what the fields say."""
        return any(part.is_scored for part in self.draft.questions)

    @property
    def added_questions(self) -> list[tuple[str, str]]:
        """Questions that one button adds."""
        return [(kind, ANSWER_LABELS[kind]) for kind in ADDED_QUESTIONS]

    @property
    def added_blocks(self) -> list[tuple[str, str]]:
        """What one button adds to a part."""
        return [(kind, BLOCK_LABELS[kind].partition(",")[0].partition(" (")[0]) for kind in ADDED_BLOCKS]
