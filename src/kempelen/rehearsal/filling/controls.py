"""What a task asks for, as whoever fills it in sees it: controls, their choices, and what they take.

A group of radio buttons is one control, and so are boxes of one name: who answers thinks of the question.
What each of the page's elements sends for it is the form's affair (`forms`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Kind = Literal[
    "text",
    "number",
    "date",
    "colour",
    "choice",
    "choices",
    "tick",
    "file",
    "boxes",
    "keypoints",
    "polygons",
    "polylines",
    "lines",
    "regions",
    "instances",
    "entities",
    "ranking",
    "questions",
    "pairs",
]
# Answered by drawing on a picture.
DRAWN: tuple[Kind, ...] = ("boxes", "keypoints", "polygons", "polylines", "lines", "regions", "instances")


@dataclass(frozen=True)
class File:
    """A file that somebody chose."""

    name: str
    content: bytes = b""
    kind: str = "application/octet-stream"


@dataclass(frozen=True)
class Choice:
    """One of the things that can be chosen: what truths call it, and what people read."""

    value: str
    label: str = ""


@dataclass(frozen=True)
class Pattern:
    """A regular expression of JavaScript's; the whole text has to match, or it is found somewhere in it."""

    regex: str
    ignores_case: bool = False
    is_whole: bool = False


@dataclass(frozen=True)
class Entered:
    """What stands in a control: a text, the places of what is chosen, files, or what a tool has made.

    Beside choices the text is what was typed for the other one.
    """

    text: str = ""
    chosen: tuple[int, ...] = ()
    files: tuple[File, ...] = ()
    data: Any = None


NOTHING = Entered()


@dataclass(frozen=True)
class Control:
    """A question of a task.

    `type` is HTML's (`email`, `datetime-local`, `textarea`, `select`) or the crowd element's name.  `lowest`,
    `highest` and `step` are numbers; of dates, as `dates.number_of` gives them.  `fewest` and `most` count
    choices, `shortest` and `longest` UTF-16 units, of files bytes.  `initial` is what stands in it untouched.
    """

    name: str
    kind: Kind
    type: str = "text"
    label: str = ""
    choices: tuple[Choice, ...] = ()
    is_required: bool = False
    lowest: float | None = None
    highest: float | None = None
    step: float | None = None
    step_base: float = 0
    shortest: int | None = None
    longest: int | None = None
    patterns: tuple[Pattern, ...] = ()
    fewest: int = 0
    most: int | None = None
    accepts: str = ""
    # Whether what is typed has to be a number, as a QuestionForm may ask.
    is_numeric: bool = False
    initial: Entered = NOTHING
    # What is typed for the last choice, which stands for all that are not among the choices.
    other: "Control | None" = None
    # Of a tool: the picture's address and size, or the text that is marked.
    source: str = ""
    size: tuple[int, int] | None = None
    # Whatever else a tool needs to say its answer, as its attributes have it.
    settings: Mapping[str, Any] = field(default_factory=dict, hash=False)
    # What truths may call it besides its name.
    aliases: tuple[str, ...] = ()


Value = str | float | bool | File | Sequence[Any] | Mapping[str, Any] | None


class Chooser(Protocol):
    """Who answers: gives a value for a control, or None to leave it as it is."""

    def __call__(self, control: Control, /) -> Value:
        """Give what to enter.

        A text, number or date; a choice by its value or label; a list of choices; whether to tick; a `File`;
        for a tool what it makes, as its answer has it (docs/reference/rehearsal-forms.md).
        """
        ...


class NotTaken(ValueError):
    """The form would not be sent: says of each control what is wrong with what was entered."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {fault}" for name, fault in faults.items()))
        self.faults = dict(faults)


class NoForm(ValueError):
    """The page has nothing to fill in and send by HTTP; says why, and what can be done."""
