"""A test that is being written, in its two shapes: the builder's fields, and the XML beside them.

Both come with each request, with marks of what was shown.  What differs from its mark was changed, and the
other follows; where both were changed, people are asked which counts.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256

from django.http import QueryDict

from kempelen.domain.errors import DocumentRefused, Refusal
from kempelen.domain.qualifications import documents
from kempelen.domain.questions.building import changing, problems, reading, scoring, writing
from kempelen.domain.questions.building.parts import Draft
from kempelen.domain.questions.building.problems import Problem
from kempelen.web.requester import qualification_fields
from kempelen.web.requester.qualification_builder import Builder

FIELDS, XML = "fields", "xml"
_MARKS = ("seen_fields", "seen_test", "seen_answer_key")


@dataclass(frozen=True)
class Written:
    """The test as it stands: its draft, its documents, and what is wrong with them."""

    draft: Draft
    test: str = ""
    answer_key: str = ""
    faults: dict[str, str] = field(default_factory=dict)
    is_conflict: bool = False
    focus: str = ""
    # Which of the shapes was changed, and what the last request said had been seen: what cannot be read is
    # not seen yet, so that the fields do not write over it.
    shape: str = ""
    seen: dict[str, str] = field(default_factory=dict)

    @cached_property
    def problems(self) -> list[Problem]:
        """What is wrong at the fields; nothing is, while the XML cannot be read."""
        return [] if self.faults or self.is_conflict else problems.problems(self.draft)

    @cached_property
    def document_faults(self) -> dict[str, str]:
        """What is wrong with the documents: `test` and `answer_key`, with the line."""
        if self.faults or self.problems or self.is_conflict:
            return self.faults
        return _checked(self.test, self.answer_key)

    @property
    def is_sound(self) -> bool:
        """Whether workers could take it."""
        return not (self.is_conflict or self.problems or self.document_faults)

    def builder_of(self, *, focus_only: bool = False) -> Builder:
        """Give what the page shows of the fields: with the problems at theirs, or with the focus alone.

        While somebody builds, what is missing is listed beside, and no fault yet.
        """
        found = {} if focus_only else {one.field: one.text for one in reversed(self.problems)}
        return Builder(self.draft, found, self.focus)

    @property
    def marks(self) -> dict[str, str]:
        """What the next request is compared with."""
        return self.seen or {
            "seen_fields": _mark(*_documents_of(self.draft)),
            "seen_test": _mark(self.test),
            "seen_answer_key": _mark(self.answer_key),
        }


def stored(test: str, answer_key: str) -> Written:
    """Give a test as it is stored, its XML as it was sent."""
    return _from_xml(_one_line_end(test), _one_line_end(answer_key), Draft()) if test else Written(Draft())


def mark_of(written: Written) -> str:
    """Give a mark of the test's documents: two that say the same have the same."""
    return _mark(written.test, written.answer_key)


def sent(post: QueryDict, *, counts: str = "", command: str = "") -> Written:
    """Give what a form says; `counts` names the shape that does, `command` is a button's (`changing`)."""
    drawn = qualification_fields.read(post)
    test, answer_key = (_one_line_end(post.get(name, "")) for name in ("test", "answer_key"))
    seen = {name: post.get(name, "") for name in _MARKS}
    try:
        by_fields = _documents_of(drawn)
    except DocumentRefused as refused:  # what was kept was spoiled on the way: only the XML can count
        if counts != XML:
            return Written(drawn, test, answer_key, {"test": _details(refused)}, seen=seen)
        drawn, by_fields = Draft(), ("", "")
    shape = counts or _changed(post, by_fields, test, answer_key)
    if shape == "both":
        return Written(drawn, test, answer_key, is_conflict=True, shape=shape, seen=seen)
    if shape == XML:
        written = replace(_from_xml(test, answer_key, drawn), shape=XML)
        written = replace(written, seen=seen) if written.faults else written
    elif shape == FIELDS:
        written = Written(drawn, *by_fields, shape=FIELDS)
    else:
        written = Written(drawn, test, answer_key)
    return _after(written, command) if command and not written.faults else written


def _changed(post: QueryDict, by_fields: tuple[str, str], test: str, answer_key: str) -> str:
    """Say which shape was changed: fields, xml, both or none."""
    if not post.get("seen_test"):
        return XML if test.strip() else FIELDS
    has_fields = _mark(*by_fields) != post.get("seen_fields")
    has_xml = (_mark(test), _mark(answer_key)) != (post.get("seen_test"), post.get("seen_answer_key"))
    if has_fields and has_xml:
        return "" if by_fields == (test, answer_key) else "both"
    return FIELDS if has_fields else XML if has_xml else ""


def _from_xml(test: str, answer_key: str, before: Draft) -> Written:
    """Read the documents; those that are none leave the fields as they were."""
    if not test.strip() and not answer_key.strip():
        return Written(Draft(), test, answer_key)
    try:
        draft = reading.read(test)
    except Refusal as refused:
        return Written(before, test, answer_key, {"test": _details(refused)})
    try:
        draft = scoring.read(draft, answer_key)
    except Refusal as refused:
        kept = replace(draft, key_xml=answer_key)
        return Written(kept, test, answer_key, {"answer_key": _details(refused)})
    return Written(draft, test, answer_key)


def _after(written: Written, command: str) -> Written:
    changed, focus = changing.change(written.draft, command)
    if changed == written.draft:
        return replace(written, focus=focus)
    return Written(changed, *_documents_of(changed), focus=focus, shape=FIELDS)


def _documents_of(draft: Draft) -> tuple[str, str]:
    """Give a draft's documents; a test of nothing is none."""
    return (writing.write(draft) if draft.parts else "", scoring.write(draft))


def _checked(test: str, answer_key: str) -> dict[str, str]:
    try:
        documents.check_test(test)
    except Refusal as refused:
        return {"test": _details(refused)}
    if not answer_key.strip():
        return {}
    try:
        documents.check_answer_key(answer_key)
        documents.check_scoring(test, answer_key)
    except Refusal as refused:
        return {"answer_key": _details(refused)}
    return {}


def _details(refused: Refusal) -> str:
    """Give what is wrong with a document, less the request that MTurk would speak of."""
    return str(refused).partition("Details: ")[2] or str(refused)


def _mark(*texts: str) -> str:
    return sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
