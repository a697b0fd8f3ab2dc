"""From a task's page to what there is to fill in."""

import re
from collections.abc import Callable, Sequence
from urllib.parse import parse_qs, urljoin, urlsplit

from kempelen.rehearsal.filling import question_forms
from kempelen.rehearsal.filling.elements import CONTROLS, Element, Page, page_of
from kempelen.rehearsal.filling.forms import Form
from kempelen.rehearsal.filling.labels import Labels
from kempelen.rehearsal.filling.native import Fields, is_disabled, type_of
from kempelen.rehearsal.filling.tasks import Task

SUBMIT_PATH = "/mturk/externalSubmit"
MOST_FIELDS = 5_000
_BY_BROWSER = "Let the crowd work in a browser (--browser)."
_NO_FORM = (
    f"The page has no form, and whatever its scripts make is not there without a browser. {_BY_BROWSER}"
)
_NOTHING = "The page has nothing to fill in: no form, and no scripts that could make one."
_HAS_SCRIPTS = (
    "The page has scripts of its own. What they make, check or change happens in a browser only; "
    f"here its form is sent as its markup has it. {_BY_BROWSER}"
)
_TOO_LARGE = "The page is too large to be read whole."
_TOO_MANY = f"The form has more than {MOST_FIELDS:,} fields; the others are left out."
_OURS = re.compile(r"crowd-html-elements|externalHIT_v1", re.IGNORECASE)
_MTURKS = re.compile(r"\bfunction turkGetParam\b")
_AMAZONS = re.compile(r"(?:^|\.)mturk(?:content)?\.com$", re.IGNORECASE)
_CROWD_FORMS = ("crowd-form", "crowd-entity-annotation")

Size = tuple[int, int]


def read(
    page: str,
    url: str,
    *,
    size_of: Callable[[str], Size | None] | None = None,
    identifiers: Sequence[str] = (),
) -> Task:
    """Read a task's page as a worker's browser gets it at this address.

    `size_of` tells how wide and high the picture at an address is, for tools that draw on one (`pictures`);
    `identifiers` are those of a QuestionForm's questions in their order, which its page does not name: truths
    are found by them then.  Whatever the page, this raises nothing: a task without a form says why in its
    notes.
    """
    found = page_of(page)
    form = _answer_form(found, url)
    notes = [_TOO_LARGE] if found.is_cut else []
    has_scripts = any(map(_is_theirs, found.named("script")))
    if form is None:
        return Task(url, (), None, (_NO_FORM if has_scripts else _NOTHING, *notes))
    if has_scripts:
        notes.append(_HAS_SCRIPTS)
    elements = [one for one in found.named(*CONTROLS) if found.form_of(one) is form]
    if len(elements) > MOST_FIELDS:
        notes.append(_TOO_MANY)
    fields = Fields(found, Labels(found))
    fields.take(elements[:MOST_FIELDS])
    if question_forms.is_one(found):
        question_forms.understand(found, fields, identifiers)
    submits_to = _runtime(found)
    assignment_id = "" if submits_to else _parameter(url, "assignmentId")
    made = Form(
        _action(form, url, submits_to),
        form.get("method").strip().lower() if form.get("method").strip().lower() == "get" else "post",
        "multipart" in form.get("enctype").lower(),
        "form",
        tuple(fields.parts),
        assignment_id=assignment_id,
        is_checked=not form.has("novalidate"),
    )
    return Task(url, tuple(fields.controls), made, tuple(notes))


# ---- Which form it is ------------------------------------------------------------------------------------


def _answer_form(page: Page, url: str) -> Element | None:
    """Give the form that carries the answer: of several, the one with most to fill in."""
    forms = [one for one in page.named("form") if _is_answer(one, url)]
    if len(forms) < 2:
        return forms[0] if forms else None
    counts = {id(form): [0, 0, 0] for form in forms}
    for one in page.named(*CONTROLS):
        form = page.form_of(one)
        if form is None or id(form) not in counts or is_disabled(page, one):
            continue
        kind = type_of(one)
        counts[id(form)][0] += kind in ("submit", "image")
        counts[id(form)][1] += bool(one.get("name")) and kind not in ("submit", "image", "button", "reset")
    return max(
        forms,
        key=lambda form: (form.get("id") == "mturk_form", counts[id(form)][1], counts[id(form)][0] > 0),
    )


def _is_answer(form: Element, url: str) -> bool:
    """Tell whether a form is the answer, as the page's runtime does: unless it clearly goes elsewhere."""
    if form.get("method").strip().lower() == "dialog":
        return False
    action = form.get("action").strip()
    if not action:
        return True
    target = urlsplit(_joined(url, action))
    if target.scheme not in ("http", "https"):
        return False
    is_ours = target.netloc == urlsplit(url).netloc
    return is_ours or bool(_AMAZONS.search(target.hostname or "")) or target.path.endswith(SUBMIT_PATH)


def _action(form: Element, url: str, submits_to: str) -> str:
    """Give where the answer goes: to the page's own server, or to where MTurk's parameters say."""
    if submits_to:
        return submits_to
    action = _joined(url, form.get("action").strip())
    parts = urlsplit(action)
    is_amazons = bool(_AMAZONS.search(parts.hostname or ""))
    host = _parameter(url, "turkSubmitTo")
    if host and (is_amazons or parts.path.endswith(SUBMIT_PATH)):
        return host.rstrip("/") + SUBMIT_PATH
    return action


def _runtime(page: Page) -> str:
    """Give where our runtime says that answers go; empty in a page that has none."""
    for script in page.named("script"):
        if script.has("data-submit-url") and script.has("data-mode"):
            return script.get("data-submit-url")
    return ""


def _is_theirs(script: Element) -> bool:
    if script.has("data-submit-url") or script.has("data-known") or _OURS.search(script.get("src")):
        return False
    kind = script.type
    if kind and "javascript" not in kind and kind != "module":
        return False
    return bool(script.get("src") or (script.text.strip() and not _MTURKS.search(script.text[:5000])))


def _parameter(url: str, name: str) -> str:
    try:
        return parse_qs(urlsplit(url).query).get(name, [""])[0]
    except ValueError:
        return ""


def _joined(url: str, address: str) -> str:
    try:
        return urljoin(url, address)
    except ValueError:
        return "about:blank"
