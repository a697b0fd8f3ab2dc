"""The origin of task pages: what a worker's browser would load in the frame, contained in the same way."""

import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from html import escape
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qsl, unquote

from kempelen.crowd import bundle
from kempelen.domain.answers import Field, Uploaded
from kempelen.domain.batches.filling import TemplateTrouble
from kempelen.domain.errors import Refusal
from kempelen.domain.questions import external, form_pages, form_parts
from kempelen.domain.questions.documents import ExternalQuestion, HTMLQuestion, Question
from kempelen.stand_ins import fonts, libraries
from kempelen.toolkit.preview.reading import Reading
from kempelen.toolkit.preview.serving import NOTHING_HERE, Asked, Reply
from kempelen.web.content import pages, sources
from kempelen.web.policies import (
    CONTENT_HEADERS,
    content_policy,
    form_limits,
    permissions_policy,
    sandbox_flags,
)

ASSIGNMENT_ID = "3PREVIEWPREVIEWPREVIEWPREVIEWA"
WORKER_ID = "APREVIEWPREVIEW"
_EXTERNAL_HIT = "externalHIT_v1.js"
_STAND_INS = "stand-ins/"
_ROWS = "row/"
_SCROLL = "scroll.js"
# Of the files beside a template only such go to its page: what it says it needs may be anything.
_MEDIA = ("image/", "audio/", "video/", "font/", "text/css", "text/javascript", "text/vtt", "application/pdf")
_SCRIPT_KIND = "text/javascript; charset=utf-8"
_FOR_ANY_ORIGIN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
Mode = Literal["work", "preview"]


@dataclass
class Content:
    """What task pages are made of; `reading` gives the files as they are now."""

    reading: Callable[[], Reading]
    # Called with each file beside the template that a page loads, and each answer that it sends by itself.
    on_file: Callable[[Path], None]
    on_answer: Callable[[list[Field]], None]
    # By the name under which the browser reaches this machine.
    address: Callable[[str], str]
    page_origin: Callable[[str], str]

    def answer(self, asked: Asked) -> Reply:
        """Answer a browser."""
        if asked.path == pages.SUBMIT_PATH.removeprefix("/"):
            return self._take_answer(asked)
        if asked.method == "POST":
            return NOTHING_HERE
        if asked.path == bundle.FILE_NAME:
            return Reply(bundle.bundle().encode(), _SCRIPT_KIND, headers=_FOR_ANY_ORIGIN)
        if asked.path == _EXTERNAL_HIT:
            return Reply(sources.source(_EXTERNAL_HIT).encode(), _SCRIPT_KIND, headers=_FOR_ANY_ORIGIN)
        if asked.path.startswith(_STAND_INS):
            return _stand_in(asked.path.removeprefix(_STAND_INS), asked.raw_query)
        number, _, path = asked.path.removeprefix(_ROWS).partition("/")
        if not asked.path.startswith(_ROWS) or not number.isdecimal() or len(number) > 9:
            return NOTHING_HERE
        return self._own_file(path) if path else self._task_page(asked, int(number))

    def frame_of(self, number: int, mode: Mode, host_name: str) -> tuple[str, str, int]:
        """Give the address, sandbox flags and height (0: the window's) of the frame that shows a row."""
        task = self._task(number, mode, host_name)
        found = self.reading()
        try:
            question = _question(found, number)
        except (Refusal, TemplateTrouble):
            question = None
        if isinstance(question, ExternalQuestion):
            url = external.with_parameters(question.url, task.query)
            return url, sandbox_flags("its own"), question.frame_height
        height = question.frame_height if isinstance(question, HTMLQuestion) else 0
        url = f"{self.address(host_name)}/{_ROWS}{number}/?{task.query}&mode={mode}"
        return url, sandbox_flags(""), height

    def form_of(self, number: int) -> form_parts.Form | None:
        """Give the form that a row asks with, if it is one."""
        found = self.reading()
        document = found.document_of(found.row(number))
        question = found.question_of(document)
        is_form = not isinstance(question, HTMLQuestion | ExternalQuestion)
        return form_parts.read(document) if is_form else None

    def _task(self, number: int, mode: Mode, host_name: str) -> pages.Task:
        hit_id = f"3PREVIEWHIT{number:019}"
        if mode == "preview":
            return pages.Task("preview", hit_id, submit_to=self.address(host_name))
        return pages.Task(
            "work", hit_id, self.address(host_name), assignment_id=ASSIGNMENT_ID, worker_id=WORKER_ID
        )

    def _task_page(self, asked: Asked, number: int) -> Reply:
        task = self._task(
            number, "preview" if asked.query.get("mode") == "preview" else "work", asked.host_name
        )
        found = self.reading()
        limits: list[str] = []
        try:
            document = found.document_of(found.row(number))
            question = found.question_of(document)
            if isinstance(question, HTMLQuestion):
                body = pages.page(question.html, task, self._ours(asked.host_name))
            elif isinstance(question, ExternalQuestion):
                body = _message("This task is a page of its requester’s own site.", "It has its own address.")
            else:
                runtime, style = sources.runtime("question-form.js", _SCROLL), sources.form_style()
                is_locked = task.mode != "work"
                form = form_pages.render(
                    form_parts.read(document), is_locked=is_locked, query=task.media_query
                )
                body = pages.form_page(form, task, runtime=runtime, style=style)
                limits = form_limits(self._origin(asked.host_name), runtime=runtime, style=style)
        except (Refusal, TemplateTrouble) as trouble:
            body = _message("This task cannot be shown", str(trouble))
        policy = content_policy(self.page_origin(asked.host_name), sandbox_flags(""), limits)
        headers = CONTENT_HEADERS | {
            "Content-Security-Policy": policy,
            "Permissions-Policy": permissions_policy({}),
        }
        return Reply(body.encode(), "text/html; charset=utf-8", headers=headers)

    def _origin(self, host_name: str) -> str:
        return self.address(host_name).rpartition("/")[0]

    def _ours(self, host_name: str) -> pages.Ours:
        address = self.address(host_name)
        return pages.Ours(
            runtime=sources.runtime(_SCROLL),
            exchange=sources.source("stand-ins.js"),
            external_hit=sources.source(_EXTERNAL_HIT),
            style=sources.source("page.css"),
            external_hit_url=f"{address}/{_EXTERNAL_HIT}",
            crowd_url=f"{address}/{bundle.FILE_NAME}",
            stand_ins_url=f"{address}/{_STAND_INS}",
        )

    def _own_file(self, path: str) -> Reply:
        """Give a file from beside the template, or below: media, scripts and styles, and nothing hidden."""
        template = self.reading().files.template
        kind = mimetypes.guess_type(path)[0] or ""
        parts = path.split("/")
        is_plain = not any(
            part.startswith(".") or part == "" or "\\" in part or "\0" in part for part in parts
        )
        if template is None or not is_plain or not kind.startswith(_MEDIA):
            return NOTHING_HERE
        folder = template.parent.resolve()
        file = (folder / path).resolve()
        self.on_file(folder / path)
        # A link may lead elsewhere.
        if not file.is_relative_to(folder) or not file.is_file():
            return NOTHING_HERE
        headers = _FOR_ANY_ORIGIN | {"Content-Security-Policy": f"sandbox {sandbox_flags('')}"}
        return Reply(file.read_bytes(), kind, headers=headers)

    def _take_answer(self, asked: Asked) -> Reply:
        """Take an answer that a page sends by itself, as MTurk's own contract has it (mturk-api.md §8.2)."""
        fields: list[Field] = list(parse_qsl(asked.raw_query, keep_blank_values=True))
        kind = asked.headers.get("Content-Type", "")
        if asked.method == "POST" and kind.startswith("multipart/form-data"):
            fields += _parts(kind, asked.body)
        elif asked.method == "POST":
            fields += parse_qsl(asked.body.decode(errors="replace"), keep_blank_values=True)
        self.on_answer(fields)
        text = _message(
            "Your answer would have been sent.", "The preview shows what it holds, and keeps nothing."
        )
        headers = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
        return Reply(text.encode(), "text/html; charset=utf-8", headers=headers)


def _question(found: Reading, number: int) -> Question:
    return found.question_of(found.document_of(found.row(number)))


def _parts(kind: str, body: bytes) -> list[Field]:
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    fields: list[Field] = []
    for part in message.iter_parts() if message.is_multipart() else ():
        name = part.get_param("name", "", header="content-disposition")
        content = part.get_payload(decode=True)
        held = content if isinstance(content, bytes) else b""
        file_name = part.get_filename()
        if file_name is None:
            fields.append((str(name), held.decode(errors="replace")))
        elif file_name or held:
            fields.append((str(name), Uploaded(file="PREVIEW", name=file_name, size=len(held))))
    return fields


def _stand_in(path: str, query: str) -> Reply:
    library, _, rest = path.partition("/")
    file = rest.partition("/")[2]
    kind = libraries.TYPES.get(file[file.rfind(".") :].lower())
    if kind is None:
        return NOTHING_HERE
    if (library, file) == (libraries.OWN, fonts.FILE):
        body: bytes | None = fonts.style_sheet(unquote(query.replace("+", "%20"))).encode()
    else:
        body = libraries.read(library, file)
    return NOTHING_HERE if body is None else Reply(body, kind, headers=_FOR_ANY_ORIGIN)


def _message(title: str, text: str) -> str:
    """Make the page of a sentence of ours where a task would be."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n<style>\n{sources.source('message.css')}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{escape(title)}</h1>\n<p>{escape(text)}</p>\n</main>\n</body>\n</html>\n"
    )
