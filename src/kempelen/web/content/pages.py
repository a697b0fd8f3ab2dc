"""From a filled template to the page that a worker's browser loads in the contained frame.

Three kinds of template (crowd-elements.md §8, question-schemas.md §4.1): a fragment, which gets MTurk's
page and form around it; a fragment with a form of its own, which gets the page only; and a whole
document, which stays as it is.  In each our runtime is the first script.
"""

import re
from dataclasses import dataclass
from html import escape
from typing import Literal
from urllib.parse import urlencode

from kempelen.domain.batches import markup
from kempelen.web.content import known_urls
from kempelen.web.content.known_urls import KnownUrls

# What a page is opened for; to correct an answer is work once more, for those who may.
Mode = Literal["work", "preview", "review", "correct"]

NO_ASSIGNMENT = "ASSIGNMENT_ID_NOT_AVAILABLE"
SUBMIT_PATH = "/mturk/externalSubmit"

_DOCTYPE = re.compile(
    r"\ufeff?\s*+(?:<!--(?:(?!-->).)*+-->\s*+)*+<!doctype[^>]*+>", re.IGNORECASE | re.DOTALL
)
_HEAD_ONLY = frozenset(["title", "style", "meta", "link", "script", "base", "noscript", "template"])
_NOTHING_SHOWN = re.compile(r"(?:\s++|<!--(?:-?>|.*?--!?>)|<[!?/][^>]*+>)*+", re.DOTALL)
_LOADS_CROWD = re.compile(r"crowd-html-elements|assets\.crowd\.aws", re.IGNORECASE)
_CALLS_MTURK = re.compile(r"\bturk(?:SetAssignmentID|GetParam|GetSubmitToHost)\s*\(")
_HAS_MTURKS = re.compile(r"externalHIT_v1|\b(?:function|var|let|const)\s+turk", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b[^>]*", re.IGNORECASE)
_HANDLER = re.compile(r"""[\s/"']on[a-z]{3,30}\s{0,9}=|javascript:""", re.IGNORECASE)
_SUBMIT = (
    '<p class="text-center">'
    '<input type="submit" id="submitButton" class="btn btn-primary" value="Submit"></p>\n'
)


@dataclass(frozen=True)
class Ours:
    """What we add to task pages: sources, which stand in the page itself, and absolute addresses.

    Browsers keep no cache for opaque origins, so each file would be loaded again with each task; and a
    task without its runtime, lost on a bad network, would look whole and send its answer astray.
    """

    runtime: str
    external_hit: str
    style: str
    external_hit_url: str
    crowd_url: str = ""
    # The folder of local copies; empty where known outside addresses stay as they are.
    stand_ins_url: str = ""
    # The script that exchanges known addresses where the page's own scripts ask for them.
    exchange: str = ""

    @property
    def known_urls(self) -> KnownUrls:
        """What stands in for which addresses."""
        return KnownUrls(self.external_hit_url, self.crowd_url, self.stand_ins_url)


@dataclass(frozen=True)
class Task:
    """Whose page it is, and where its answer goes: an origin without a slash at its end."""

    mode: Mode
    hit_id: str
    submit_to: str
    assignment_id: str = NO_ASSIGNMENT
    worker_id: str = ""
    # Whether its project lets local copies stand in for known outside addresses.
    has_local_copies: bool = True

    @property
    def submit_url(self) -> str:
        """Where MTurk's own pages post the answer."""
        return self.submit_to + SUBMIT_PATH

    @property
    def query(self) -> str:
        """The parameters that MTurk appended to a frame's address (mturk-api.md §8.1)."""
        parameters = {"assignmentId": self.assignment_id, "hitId": self.hit_id}
        if self.assignment_id != NO_ASSIGNMENT:
            parameters |= {"workerId": self.worker_id, "turkSubmitTo": self.submit_to}
        return urlencode(parameters)

    @property
    def media_query(self) -> str:
        """What a form's embedded media are asked with (question-schemas.md §7.1)."""
        return urlencode({"assignmentId": self.assignment_id, "hitId": self.hit_id})


def uses_crowd_elements(html: str) -> bool:
    """Tell whether the template is made with Crowd HTML Elements."""
    return "<crowd-" in html.lower() and any(tag.name.startswith("crowd-") for tag in markup.tags(html))


def page(html: str, task: Task, ours: Ours) -> str:
    """Make the whole page around (or inside) a filled template."""
    lacks_crowd = uses_crowd_elements(html) and not _LOADS_CROWD.search(html)
    if known_urls.names_known(html):
        html = known_urls.exchanged(html, ours.known_urls)
    ours_first = _runtime(task, ours)
    if _has_scripts(html, ours):
        ours_first += _exchange(ours)
    if lacks_crowd:
        ours_first += f'\n<script src="{escape(ours.crowd_url)}"></script>'
    outline = _outline(html)
    if outline.is_document:
        # MTurk's own page around a template had its script, also for those that load nothing.
        if _CALLS_MTURK.search(html) and not _HAS_MTURKS.search(html):
            ours_first += f"\n<script>\n{ours.external_hit}</script>"
        return _document(html, outline, task, ours_first)
    body = html if outline.has_form else _form_around(html, outline, task)
    return (
        "<!doctype html>\n<html>\n<head>\n"
        f'<meta charset="utf-8">\n{ours_first}\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>HIT</title>\n'
        f"<style>\n{ours.style}</style>\n<script>\n{ours.external_hit}</script>\n"
        f"</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def form_page(form: str, task: Task, *, runtime: str, style: str) -> str:
    """Make the page of a QuestionForm: markup of ours alone, and no script but ours."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<script data-mode="{task.mode}" data-submit-url="{escape(task.submit_url)}">{runtime}</script>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>The task</title>\n'
        f"<style>{style}</style>\n</head>\n<body>\n{_form_around(form, _Outline(), task)}\n</body>\n</html>\n"
    )


@dataclass
class _Outline:
    """What the markup holds, and where in it something may be put in."""

    doctype_end: int = 0
    html_end: int = 0
    head_end: int = 0
    body_end: int = 0
    body_close: int = 0
    has_form: bool = False
    scripts_write_forms: bool = False
    has_submit: bool = False

    @property
    def is_document(self) -> bool:
        return bool(self.doctype_end or self.html_end or self.head_end or self.body_end)

    def note(self, tag: markup.Tag, html: str) -> None:
        """Take one more tag into account."""
        if tag.is_end:
            if tag.name in ("body", "html"):
                self.body_close = self.body_close or tag.start
            return
        match tag.name:
            case "html":
                self.html_end = self.html_end or tag.end
            case "head":
                self.head_end = self.head_end or tag.end
            case "body":
                self.body_end = self.body_end or tag.end
            # Frames leave no body that a form could be in; the third makes a form of its own.
            case "form" | "frameset" | "crowd-form" | "crowd-entity-annotation":
                self.has_form = True
            case "script":
                text = html[tag.end : tag.content_end].lower()
                writes = "<form" in text or "<crowd-form" in text
                self.scripts_write_forms = self.scripts_write_forms or writes
            case "input" | "button":
                self.has_submit = self.has_submit or _submits(tag)


def _outline(html: str) -> _Outline:
    doctype = _DOCTYPE.match(html)
    outline = _Outline(doctype_end=doctype.end() if doctype else 0)
    for tag in markup.tags(html):
        outline.note(tag, html)
    return outline


def _body_start(html: str) -> int:
    """Where a browser begins the body of a document without a tag for it: after what a head may hold."""
    at = depth = 0
    for tag in markup.tags(html):
        depth += 0 if tag.name != "template" else -1 if tag.is_end else 1
        if depth == 0:
            shown = _NOTHING_SHOWN.match(html, at, tag.start)
            if shown and shown.end() < tag.start:
                return shown.end()
            if tag.name not in _HEAD_ONLY and tag.name not in ("html", "head"):
                return tag.start
        at = tag.content_end
    shown = _NOTHING_SHOWN.match(html, at)
    return shown.end() if shown else at


def _submits(tag: markup.Tag) -> bool:
    """Tell whether pressing the control sends the form it stands in."""
    kind = tag.attributes().get("type", "").strip().lower()
    return kind not in ("button", "reset") if tag.name == "button" else kind in ("submit", "image")


def _runtime(task: Task, ours: Ours) -> str:
    needed = f'data-mode="{task.mode}" data-submit-url="{escape(task.submit_url)}"'
    return f"<script {needed}>\n{ours.runtime}</script>"


def _exchange(ours: Ours) -> str:
    # In single quotes, since JSON is full of double ones.
    known = escape(ours.known_urls.for_scripts(), quote=False).replace("'", "&#x27;")
    return f"\n<script data-known='{known}'>\n{ours.exchange}</script>"


def _has_scripts(html: str, ours: Ours) -> bool:
    """Whether anything may run but our own files; if in doubt it may."""
    our_files = [f'src="{escape(url)}"' for url in (ours.external_hit_url, ours.crowd_url) if url]
    scripts = (found[0] for found in _SCRIPT.finditer(html))
    return any(not any(file in tag for file in our_files) for tag in scripts) or bool(_HANDLER.search(html))


def _form_around(html: str, outline: _Outline, task: Task) -> str:
    return (
        f'<form name="mturk_form" method="post" id="mturk_form" action="{escape(task.submit_url)}">\n'
        f'<input type="hidden" name="assignmentId" id="assignmentId" value="{escape(task.assignment_id)}">\n'
        f"{html}\n{'' if outline.has_submit else _SUBMIT}</form>"
    )


def _document(html: str, outline: _Outline, task: Task, ours_first: str) -> str:
    """Put the runtime first in the head, and a form around the body where nothing makes one."""
    at = outline.head_end or outline.html_end or outline.doctype_end
    start, rest = html[:at] + ours_first, html[at:]
    if outline.has_form or outline.scripts_write_forms:
        return start + rest
    opens = max((outline.body_end or _body_start(html)) - at, 0)
    closes = max((outline.body_close or len(html)) - at, opens)
    return start + rest[:opens] + _form_around(rest[opens:closes], outline, task) + rest[closes:]
