"""What a task's form sends for what was entered in its controls, as a browser would."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from kempelen.rehearsal.filling.controls import Control, Entered, File

SUBMIT_PATH = "/mturk/externalSubmit"
Sent = tuple[str, str | File]
# A form's own fields, or what `<crowd-form>` makes of them: one field of JSON, or one for each leaf.
Style = Literal["form", "json", "flat"]


@dataclass(frozen=True)
class Part:
    """An element that sends something; `place` is that of its control among the task's.

    `constant` sends its value, `text` what was typed, `box` its value if its choice is chosen (an
    option of a list too), `press` likewise for the button that sends the form, `file` files, and
    `element` what a crowd element has to say.
    """

    name: str
    how: Literal["constant", "text", "box", "press", "file", "element"]
    place: int = -1
    choice: int = -1
    value: str = ""
    # Of `element`: its part of a crowd-form's answer (`NO_ANSWER` leaves its name out), and what it sends
    # in a form of HTML's own.
    says: Callable[[Control, Entered], Any] | None = None
    sends: Callable[[Control, Entered], Iterator[str]] | None = None
    # Of a list: how a crowd-form has it.
    is_list: bool = False


@dataclass(frozen=True)
class Form:
    """Where a form goes, and what is in it in its order."""

    action: str
    method: str = "post"
    is_multipart: bool = False
    style: Style = "form"
    parts: tuple[Part, ...] = ()
    # Sent first, whatever was entered.
    assignment_id: str = ""
    is_checked: bool = True

    @property
    def sends_answer(self) -> bool:
        """Whether it goes to MTurk's `externalSubmit`, and not to a page of the requester's own site."""
        return self.style != "form" or urlsplit(self.action).path.endswith(SUBMIT_PATH)


def native_fields(form: Form, controls: Sequence[Control], entered: Sequence[Entered]) -> Iterator[Sent]:
    """Give the fields of a form of HTML's own, in the order of the page."""
    for part in form.parts:
        now = entered[part.place] if part.place >= 0 else Entered()
        match part.how:
            case "constant":
                yield part.name, part.value
            case "text":
                yield part.name, now.text
            case "box" | "press":
                if part.choice in now.chosen:
                    yield part.name, part.value
            case "file":
                yield from ((part.name, file) for file in now.files or (File(""),))
            case "element":
                assert part.sends is not None
                yield from ((part.name, text) for text in part.sends(controls[part.place], now))
