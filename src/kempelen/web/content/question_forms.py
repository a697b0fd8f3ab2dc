"""The page of a QuestionForm: our own markup, in the frame where all tasks are."""

from collections.abc import Iterable

from django.http import HttpResponse

from kempelen.domain.answers import Field
from kempelen.domain.questions import form_pages
from kempelen.domain.questions.form_parts import Form
from kempelen.web.content import pages, sources
from kempelen.web.content.contained import limit
from kempelen.web.policies import form_limits


def response(form: Form, task: pages.Task, *, fields: Iterable[Field] | None = None) -> HttpResponse:
    """Show the form, with what has been entered if `fields` are given; only who works can fill it in."""
    is_locked = task.mode != "work"
    query = task.media_query
    shown = form_pages.render(form, fields=fields, is_locked=is_locked, query=query)
    runtime, style = sources.form_runtime(), sources.form_style()
    page = HttpResponse(pages.form_page(shown, task, runtime=runtime, style=style))
    return limit(page, form_limits(task.submit_to, runtime=runtime, style=style))
