"""Our own scripts and styles, as they stand in task pages."""

from functools import cache
from pathlib import Path

from kempelen.web.content.compact import compact

FOLDER = Path(__file__).parents[1] / "static" / "kempelen" / "content"
_RUNTIME = ("runtime.js", "files.js", "drafts.js", "keys.js")


@cache
def source(name: str) -> str:
    """Give a file of ours, less what only people read."""
    return compact((FOLDER / name).read_text(encoding="utf-8"))


@cache
def runtime(*more: str) -> str:
    """Give the script of every task page, with more parts if a kind of page has any."""
    # One block, so that the parts share what the page's own scripts do not see.
    return "{\n" + "".join(map(source, (*_RUNTIME, *more))) + "}\n"


def form_runtime() -> str:
    """Give the script of pages that show a QuestionForm."""
    return runtime("question-form.js")


def form_style() -> str:
    """Give the style of pages that show a QuestionForm."""
    return source("question-form.css")
