"""The page of a QuestionForm: our own markup, in the frame where all tasks are.

No script of a requester's is in it, and none could run: the page's policy knows only the hash of ours.
"""

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256

from django.http import HttpResponse

from kempelen.domain.answers import Field
from kempelen.domain.questions import form_pages
from kempelen.domain.questions.form_parts import Form
from kempelen.web.content import pages, sources
from kempelen.web.content.contained import limit


def response(form: Form, task: pages.Task, *, fields: Iterable[Field] | None = None) -> HttpResponse:
    """Show the form, with what has been entered if `fields` are given; only who works can fill it in."""
    is_locked = task.mode != "work"
    query = task.media_query
    shown = form_pages.render(form, fields=fields, is_locked=is_locked, query=query)
    runtime, style = sources.form_runtime(), sources.form_style()
    page = HttpResponse(pages.form_page(shown, task, runtime=runtime, style=style))
    return limit(page, _limits(task.submit_to))


def _limits(submit_to: str) -> list[str]:
    """Media come from anywhere, as the form names them; answers go to us, and files too."""
    return [
        "default-src 'none'",
        f"script-src '{_hash(sources.form_runtime())}'",
        f"style-src '{_hash(sources.form_style())}'",
        *(f"{kind}-src http: https:" for kind in ("img", "media", "object", "frame")),
        f"connect-src 'self' {submit_to}",
        f"form-action 'self' {submit_to}",
        "base-uri 'none'",
    ]


@cache
def _hash(source: str) -> str:
    return "sha256-" + b64encode(sha256(source.encode()).digest()).decode()
