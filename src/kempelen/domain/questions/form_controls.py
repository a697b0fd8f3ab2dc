"""The fields that a QuestionForm's questions are answered with, as HTML (question-schemas.md §7.2).

Style suggestions are followed as MTurk's page followed them, but for two: where several can be chosen
there are no radio buttons, and a drop-down list begins with nothing chosen, not with its first choice.
"""

import json
from collections.abc import Iterable, Iterator
from html import escape
from math import ceil

from kempelen.domain.answers import Field, texts_of
from kempelen.domain.questions import form_contents, form_fields, form_hints
from kempelen.domain.questions.form_parts import Choice, FreeText, Question, Selection, Text, Upload

_MOST_ROWS = 50
_TICKED = ("checkbox", "multichooser")
_SCROLLED = ("list", "multichooser")
_NOTHING_CHOSEN = '<option value="">Choose…</option>'


class Given:
    """What has been entered: the values of each field."""

    def __init__(self, fields: Iterable[Field]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in fields:
            self._values.setdefault(name, []).extend(texts_of(value))

    def values(self, name: str) -> list[str]:
        """Give the field's values, none if it was not sent."""
        return self._values.get(name, [])

    def text(self, name: str) -> str:
        """Give the field's only value, as of one that is typed into."""
        return "|".join(self.values(name))


def control(question: Question, given: Given | None, *, has_fault: bool) -> str:
    """Give the fields of a question, with what has been entered; without (None) with its defaults."""
    hint = form_hints.hint(question)
    described = f'aria-describedby="question-{question.number}-hint question-{question.number}-fault"'
    about = f"{_named(question)} {described}" + (' aria-invalid="true"' if has_fault else "")
    match question.answer:
        case FreeText() as asked:
            fields = _free_text(question, asked, given, about)
        case Selection() as asked:
            fields = _selection(question, asked, given, about)
        case asked:
            fields = _upload(question, asked, given, about)
    return f'<p class="hint" id="question-{question.number}-hint">{hint}</p>{fields}'


def _named(question: Question) -> str:
    """Name a question's field for who does not see it: by its heading and its content."""
    own = f"question-{question.number}"
    parts = [f"{own}-name"] if question.display_name.strip() else []
    if any(map(form_contents.says_something, question.content)):
        parts.append(f"{own}-content")
    return f'aria-labelledby="{" ".join(parts)}"' if parts else f'aria-label="Question {question.number}"'


def _free_text(question: Question, asked: FreeText, given: Given | None, about: str) -> str:
    name = form_fields.text(question.number)
    required = ' aria-required="true"' if question.needs_answer else ""
    text = asked.default if given is None else given.text(name)
    asks = f'data-asks="text"{" data-required" if question.is_required else ""}'
    return f'<div class="answer" {asks}>{_typed(name, asked, text, about + required)}</div>'


def _typed(name: str, asked: FreeText, text: str, about: str) -> str:
    """Give a field to type in: of one line, or as high as the form suggests."""
    rows = asked.lines or 1
    own = f'name="{name}" {about}{_constraints(asked)}'
    if rows == 1 and "\n" not in asked.default + text:
        keys = ' inputmode="decimal"' if asked.is_numeric else ""
        return f'<input type="text" size="60" {own}{keys} value="{escape(text)}" autocomplete="off">'
    rows = min(max(rows, 1 + asked.default.count("\n"), ceil(len(asked.default) / 80)), _MOST_ROWS)
    # A browser takes a line end that comes first for none.
    return f'<textarea cols="80" rows="{rows}" {own}>\n{escape(text)}</textarea>'


def _constraints(asked: FreeText) -> str:
    """Write down what question-form.js checks."""
    bounds = {
        "lowest": asked.lowest,
        "highest": asked.highest,
        "shortest": asked.shortest,
        "longest": asked.longest,
    }
    written = [" data-numeric"] if asked.is_numeric else []
    written += [f' data-{name}="{bound}"' for name, bound in bounds.items() if bound is not None]
    if asked.patterns:
        patterns = [[one.regex, one.error_text, "i" if one.ignores_case else ""] for one in asked.patterns]
        written.append(f' data-patterns="{escape(json.dumps(patterns))}"')
    return "".join(written)


def _selection(question: Question, asked: Selection, given: Given | None, about: str) -> str:
    required = " data-required" if question.is_required else ""
    asks = f'data-asks="choice" data-least="{asked.lowest}" data-most="{asked.highest}"{required}'
    draw = _options if asked.is_list else _boxes
    fields = draw(question, asked, given, about)
    return f'<div class="answer" {asks}>{fields}</div>'


def _boxes(question: Question, asked: Selection, given: Given | None, about: str) -> str:
    """Give radio buttons where one can be chosen, else boxes to tick."""
    is_one = asked.highest <= 1 and asked.style not in _TICKED
    role = ' role="radiogroup"' if is_one else ""
    required = ' aria-required="true"' if is_one and question.is_required else ""
    scrolled = " scrolled" if asked.style in _SCROLLED else ""
    # Whether they are right is true of all of them together: groups are not `aria-invalid`.
    about = about if is_one else about.replace(' aria-invalid="true"', "")
    rows = "".join(_box_rows(question, asked, given, "radio" if is_one else "checkbox"))
    return f'<fieldset class="choices{scrolled}"{role} {about}{required}>{rows}</fieldset>'


def _box_rows(question: Question, asked: Selection, given: Given | None, kind: str) -> Iterator[str]:
    name = form_fields.choice(question.number)
    chosen = given.values(name) if given else []
    for place, choice in enumerate(asked.choices, 1):
        value = form_fields.value(choice.identifier)
        ticked = " checked" if value in chosen else ""
        named = "" if form_contents.says_something(choice.label) else f' aria-label="Choice {place}"'
        yield (
            f'<label class="choice"><input type="{kind}" name="{name}" value="{value}"{ticked}{named}>'
            f"{form_contents.label(choice.label)}</label>"
        )
    if asked.other is not None:
        ticked = " checked" if form_fields.OTHER in chosen else ""
        yield (
            f'<div class="choice other"><label><input type="{kind}" name="{name}" value="{form_fields.OTHER}"'
            f"{ticked}><span>Other:</span></label>{_other(question, asked.other, given)}</div>"
        )


def _options(question: Question, asked: Selection, given: Given | None, about: str) -> str:
    name = form_fields.choice(question.number)
    chosen = given.values(name) if given else []
    rows = [] if asked.style == "combobox" else [_NOTHING_CHOSEN]
    rows += [_option(choice, chosen) for choice in asked.choices]
    if asked.other is not None:
        ticked = " selected" if form_fields.OTHER in chosen else ""
        rows.append(f'<option value="{form_fields.OTHER}"{ticked}>Other (see below)</option>')
    required = ' aria-required="true"' if question.is_required else ""
    words = (
        f"<label><span>Other:</span> {_other(question, asked.other, given)}</label>" if asked.other else ""
    )
    other = f'<div class="other">{words}</div>' if words else ""
    height = _height(asked, len(rows))
    return f'<select name="{name}" {about}{required}{height}>{"".join(rows)}</select>{other}'


def _option(choice: Choice, chosen: list[str]) -> str:
    assert isinstance(choice.label, Text)
    value = form_fields.value(choice.identifier)
    ticked = " selected" if value in chosen else ""
    return (
        f'<option value="{value}"{ticked}>{escape(choice.label.text.strip() or choice.identifier)}</option>'
    )


def _height(asked: Selection, rows: int) -> str:
    """Give a list box the rows that MTurk's had; a drop-down list none."""
    if asked.style != "combobox":
        return ""
    several = " multiple" if asked.highest > 1 else ""
    return f'{several} size="{max(2, min(10 if asked.highest < 10 else 5, rows))}"'


def _other(question: Question, asked: FreeText, given: Given | None) -> str:
    name = form_fields.other(question.number)
    text = asked.default if given is None else given.text(name)
    described = f'aria-label="Other" aria-describedby="question-{question.number}-fault"'
    return _typed(name, asked, text, described)


def _upload(question: Question, asked: Upload, given: Given | None, about: str) -> str:
    name = form_fields.upload(question.number)
    required = " data-required" if question.is_required else ""
    sent = "".join(f"<li>{escape(value)}</li>" for value in (given.values(name) if given else []) if value)
    return (
        f'<div class="answer" data-asks="file"{required}>'
        f'<input type="file" name="{name}" {about} data-largest="{asked.largest}" '
        f'data-smallest="{asked.smallest}">{f"<ul class=files>{sent}</ul>" if sent else ""}</div>'
    )
