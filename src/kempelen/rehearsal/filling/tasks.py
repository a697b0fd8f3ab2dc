"""A task that was read, and the answer to it that a browser would post."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from kempelen.rehearsal.filling import crowd_answers, forms
from kempelen.rehearsal.filling.controls import Chooser, Control, Entered, File, NoForm, NotTaken
from kempelen.rehearsal.filling.entering import entered_as
from kempelen.rehearsal.filling.faults import fault_of
from kempelen.rehearsal.filling.forms import Form, Sent


@dataclass(frozen=True)
class Task:
    """A page with something to fill in; `notes` say what a browser would do that is not done here.

    `form` is None where nothing can be filled in by HTTP; then the first note says why.
    """

    url: str
    controls: tuple[Control, ...]
    form: Form | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filled:
    """What was entered, in the order of the task's controls, and what is sent for it."""

    task: Task
    entered: tuple[Entered, ...]
    fields: tuple[Sent, ...]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Names and values; of files, their names."""
        return [(name, value.name if isinstance(value, File) else value) for name, value in self.fields]

    @property
    def files(self) -> list[tuple[str, File]]:
        """The files that go beside, each with its field's name."""
        return [(name, value) for name, value in self.fields if isinstance(value, File) and value.name]

    def encoded(self, assignment_id: str = "") -> tuple[bytes, str]:
        """Give the body of the request that sends the form, and its content type.

        `assignment_id` is added where the form lacks it, as the page's own scripts do (mturk-api.md §8.2).
        """
        is_named = not assignment_id or any(name == "assignmentId" for name, _ in self.fields)
        fields = self.fields if is_named else (("assignmentId", assignment_id), *self.fields)
        if not self.files:
            pairs = replace(self, fields=fields).pairs
            return urlencode(pairs, errors="replace").encode(), "application/x-www-form-urlencoded"
        return _multipart(fields)


def answer(task: Task, chooser: Chooser) -> list[tuple[str, str]]:
    """Give the names and values that a browser would post; of files only their names (`fill` has them)."""
    return fill(task, chooser).pairs


def fill(task: Task, chooser: Chooser) -> Filled:
    """Ask the chooser about each control, in the order of the page; gives what a browser would post.

    Raises `NotTaken` where a browser would not send the form, and `NoForm` where there is none.
    """
    if task.form is None:
        raise NoForm(" ".join(task.notes) or "The page has no form.")
    entered: list[Entered] = []
    faults: dict[str, str] = {}
    for control in task.controls:
        try:
            now = entered_as(control, chooser(control))
        except NotTaken as refusal:
            faults |= refusal.faults
            continue
        entered.append(now)
        if task.form.is_checked and (fault := fault_of(control, now)):
            faults[control.name] = fault
    if faults:
        raise NotTaken(faults)
    return Filled(task, tuple(entered), tuple(_fields(task.form, task.controls, entered)))


def _fields(form: Form, controls: Sequence[Control], entered: Sequence[Entered]) -> list[Sent]:
    own = forms.native_fields if form.style == "form" else crowd_answers.fields
    fields = list(own(form, controls, entered))
    if not form.assignment_id:
        return fields
    return [("assignmentId", form.assignment_id), *(one for one in fields if one[0] != "assignmentId")]


def _multipart(fields: Sequence[Sent]) -> tuple[bytes, str]:
    boundary = uuid.uuid4().hex
    body = bytearray()
    for name, value in fields:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{_quoted(name)}"'
        if isinstance(value, File):
            head += f'; filename="{_quoted(value.name)}"\r\nContent-Type: {value.kind}'
        body += f"{head}\r\n\r\n".encode("utf-8", "replace")
        body += value.content if isinstance(value, File) else _text(value)
        body += b"\r\n"
    body += f"--{boundary}--\r\n".encode()
    return bytes(body), f"multipart/form-data; boundary={boundary}"


def _quoted(name: str) -> str:
    return name.replace("\r\n", "%0D%0A").replace("\n", "%0A").replace("\r", "%0D").replace('"', "%22")


def _text(text: str) -> bytes:
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8", "replace")
