"""A QuestionForm as HTML, for workers to fill in and for others to look at (question-schemas.md §7).

A fragment to stand inside a `<form>`: the fields have the names of `form_fields`, and what is to be checked
is written beside them for content/question-form.js, which checks as `form_checks` does.  A question is
`<… class="question" id="question-N">`, and has a place for its fault, `id="question-N-fault"`.
Nothing in it runs, and the requester's mark-up is written anew (`form_formatted`).
"""

from collections.abc import Iterable, Mapping
from html import escape

from kempelen.domain.answers import Field
from kempelen.domain.errors import AnswersRefused
from kempelen.domain.questions import form_contents, form_fields
from kempelen.domain.questions.form_controls import Given, control
from kempelen.domain.questions.form_parts import Form, Overview, Question


def render(
    form: Form,
    *,
    fields: Iterable[Field] | None = None,
    faults: Mapping[int, str] | None = None,
    is_locked: bool = False,
    query: str = "",
) -> str:
    """Give the form as HTML.

    `fields` are what has been entered, as names and values; None is a form that nobody has touched, with
    the defaults in it.  `faults` say what is wrong, by the question's number.  A locked form is only
    looked at.  `query` is what embedded media are asked with.
    """
    found = faults or {}
    given = None if fields is None else Given(fields)
    parts = (
        _overview(part, query)
        if isinstance(part, Overview)
        else _question(part, given, found.get(part.number, ""), query)
        for part in form.parts
    )
    locked = " disabled" if is_locked else ""
    return (
        f'<div class="question-form">{_summary(found)}<fieldset class="whole"{locked}>'
        f"{''.join(parts)}</fieldset></div>"
    )


def _summary(faults: Mapping[int, str]) -> str:
    hidden, words = ("", AnswersRefused(faults, list(faults.values())).summary) if faults else (" hidden", "")
    return f'<p class="form-fault" role="alert"{hidden}>{words}</p>'


def _overview(part: Overview, query: str) -> str:
    blocks = "".join(form_contents.block(content, query=query) for content in part.content)
    return f'<div class="overview">{blocks}</div>'


def _question(question: Question, given: Given | None, fault: str, query: str) -> str:
    own = f"question-{question.number}"
    name = f'<h2 class="name" id="{own}-name">{escape(question.display_name)}</h2>'
    blocks = "".join(form_contents.block(content, query=query) for content in question.content)
    hidden = "" if fault else " hidden"
    return (
        f'<div class="question{" has-fault" if fault else ""}" id="{own}">'
        f'<input type="hidden" name="{form_fields.MARKER}" value="{question.number}">'
        f"{name if question.display_name.strip() else ''}"
        f'<div class="content" id="{own}-content">{blocks}</div>'
        f"{control(question, given, has_fault=bool(fault))}"
        f'<p class="fault" id="{own}-fault"{hidden}>{escape(fault)}</p></div>'
    )
