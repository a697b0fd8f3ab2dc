"""From a task's page to what there is to fill in."""

from collections.abc import Callable, Sequence

from kempelen.rehearsal.filling import answer_forms, pictures, question_forms
from kempelen.rehearsal.filling.crowd_controls import CrowdFields
from kempelen.rehearsal.filling.elements import CONTROLS, Element, Page, page_of
from kempelen.rehearsal.filling.forms import SUBMIT_PATH, Form, Style
from kempelen.rehearsal.filling.labels import Labels
from kempelen.rehearsal.filling.tasks import Task
from kempelen.rehearsal.filling.tools.shapes import USUAL_SIZE

MOST_FIELDS = 5_000
_BY_BROWSER = "Let the crowd work in a browser (--browser)."
_NO_FORM = f"The page has no form; what its scripts make is there in a browser only. {_BY_BROWSER}"
_NOTHING = "The page has nothing to fill in: no form, and no scripts that could make one."
HAS_SCRIPTS = (
    "The page has scripts of its own. What they make, check or change happens in a browser only; "
    f"here its form is sent as its markup has it. {_BY_BROWSER}"
)
_TOO_LARGE = "The page is too large to be read whole."
_TOO_MANY = f"The form has more than {MOST_FIELDS:,} fields; the others are left out."
_SIZE_UNKNOWN = "It is not known how large a picture is; it is taken for one of {} x {}.".format(*USUAL_SIZE)

Size = tuple[int, int]


def read(
    page: str,
    url: str,
    *,
    size_of: Callable[[str], Size | None] | None = None,
    identifiers: Sequence[str] = (),
) -> Task:
    """Read a task's page as a worker's browser gets it at this address.

    `size_of` tells how wide and high the picture at an address is, for tools that draw on one (`pictures`
    finds it in a file); `identifiers` are those of a QuestionForm's questions in their order, which its page
    does not name: truths are found by them then.  Whatever the page, this raises nothing: a task without a
    form says why in its notes.
    """
    found = page_of(page)
    notes = [_TOO_LARGE] if found.is_cut else []
    has_scripts = any(map(answer_forms.is_theirs, found.named("script")))
    crowd = answer_forms.crowd_form(found)
    native = None if crowd is not None else answer_forms.native_form(found, url)
    form = crowd if native is None else native
    if form is None:
        return Task(url, (), None, (_NO_FORM if has_scripts else _NOTHING, *notes))
    if has_scripts:
        notes.append(HAS_SCRIPTS)
    reader = _Reader(found, url, size_of)
    made = reader.crowd(form) if native is None else reader.native(form, identifiers)
    return Task(url, tuple(reader.fields.controls), made, tuple(notes + reader.notes))


class _Reader:
    """Reads the form that was found."""

    def __init__(self, page: Page, url: str, size_of: Callable[[str], Size | None] | None) -> None:
        self.page = page
        self.url = url
        self.notes: list[str] = []
        self._size_of = size_of
        self.fields = CrowdFields(page, Labels(page), lambda src: answer_forms.joined(url, src), self._size)

    def native(self, form: Element, identifiers: Sequence[str]) -> Form:
        """Read a form of HTML's own."""
        elements = [
            one
            for one in self.page.elements
            if (one.name in CONTROLS or one.name.startswith("crowd-")) and self.page.form_of(one) is form
        ]
        self.fields.take(self._few(elements))
        if question_forms.is_one(self.page):
            question_forms.understand(self.page, self.fields, identifiers)
        submits_to = answer_forms.runtime_of(self.page)
        action = answer_forms.action_of(self.page, form, self.url)
        method = form.get("method").strip().lower()
        return Form(
            action,
            "post" if method == "post" or action.endswith(SUBMIT_PATH) else "get",
            "multipart" in form.get("enctype").lower(),
            "form",
            tuple(self.fields.parts),
            assignment_id="" if submits_to else answer_forms.parameter(self.url, "assignmentId"),
            is_checked=not form.has("novalidate"),
        )

    def crowd(self, form: Element) -> Form:
        """Read a crowd-form, or an element that brings one."""
        self.fields.take(self._few(answer_forms.in_crowd_form(self.page, form)), is_crowd=True)
        host = answer_forms.parameter(self.url, "turkSubmitTo").rstrip("/")
        action = answer_forms.runtime_of(self.page) or (host and host + SUBMIT_PATH)
        style: Style = "flat" if form.get("answer-format") == "flatten-objects" else "json"
        return Form(
            action or self.url,
            style=style,
            parts=tuple(self.fields.parts),
            assignment_id=answer_forms.parameter(self.url, "assignmentId"),
        )

    def _few(self, elements: list[Element]) -> list[Element]:
        if len(elements) > MOST_FIELDS:
            self.notes.append(_TOO_MANY)
        return elements[:MOST_FIELDS]

    def _size(self, address: str) -> Size:
        size = pictures.size_in_address(address)
        if size is None and self._size_of is not None:
            size = self._size_of(address)
        if size is None or min(size) < 1:
            if _SIZE_UNKNOWN not in self.notes:
                self.notes.append(_SIZE_UNKNOWN)
            return USUAL_SIZE
        return size
