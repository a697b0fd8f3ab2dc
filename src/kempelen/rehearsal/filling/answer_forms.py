"""Which of a page's forms carries the answer, and where it goes: as our runtime decides in a browser."""

import re
from urllib.parse import parse_qs, urljoin, urlsplit

from kempelen.rehearsal.filling.elements import CONTROLS, Element, Page
from kempelen.rehearsal.filling.forms import SUBMIT_PATH
from kempelen.rehearsal.filling.native import is_disabled, type_of

_OURS = re.compile(r"crowd-html-elements|externalHIT_v1", re.IGNORECASE)
_MTURKS = re.compile(r"\bfunction turkGetParam\b")
_SUBMITS = re.compile(r"externalSubmit|turkSubmitTo|turkSetAssignmentID", re.IGNORECASE)
_AMAZONS = re.compile(r"(?:^|\.)mturk(?:content)?\.com$", re.IGNORECASE)
_BRINGS_ITS_OWN = "crowd-entity-annotation"


def crowd_form(page: Page) -> Element | None:
    """Give the crowd-form, or the element that brings one of its own."""
    forms = page.named("crowd-form") or page.named(_BRINGS_ITS_OWN)
    return forms[0] if forms else None


def in_crowd_form(page: Page, form: Element) -> list[Element]:
    """Give what a crowd-form collects: first what stands beside it and names it, then all that is in it."""
    if form.name == _BRINGS_ITS_OWN:
        return [form]
    fields = [one for one in page.elements if one.name in CONTROLS or one.name.startswith("crowd-")]
    beside = [one for one in fields if form.get("id") and one.get("crowd-form-element-id") == form.get("id")]
    own = {id(one) for one in fields if one.within("crowd-form") is form}
    return [one for one in beside if id(one) not in own] + [one for one in fields if id(one) in own]


def native_form(page: Page, url: str) -> Element | None:
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
    target = urlsplit(joined(url, action))
    if target.scheme not in ("http", "https"):
        return False
    is_ours = target.netloc == urlsplit(url).netloc
    return is_ours or bool(_AMAZONS.search(target.hostname or "")) or target.path.endswith(SUBMIT_PATH)


def action_of(page: Page, form: Element, url: str) -> str:
    """Give where the answer goes: to the page's own server, or to where MTurk's parameters say.

    Pages that only take MTurk's address into their form by a script are taken at their word.
    """
    if submits_to := runtime_of(page):
        return submits_to
    named = form.get("action").strip()
    action = joined(url, named)
    host = parameter(url, "turkSubmitTo")
    parts = urlsplit(action)
    is_mturks = bool(_AMAZONS.search(parts.hostname or "")) or parts.path.endswith(SUBMIT_PATH)
    is_left_to_script = named in ("", "#") and any(map(_knows_mturk, page.named("script")))
    return host.rstrip("/") + SUBMIT_PATH if host and (is_mturks or is_left_to_script) else action


def _knows_mturk(script: Element) -> bool:
    return bool(_OURS.search(script.get("src")) or _SUBMITS.search(script.text))


def runtime_of(page: Page) -> str:
    """Give where our runtime says that answers go; empty in a page that has none."""
    for script in page.named("script"):
        if script.has("data-submit-url") and script.has("data-mode"):
            return script.get("data-submit-url")
    return ""


def is_theirs(script: Element) -> bool:
    """Tell whether a script is the page's own: neither our runtime, nor the elements, nor MTurk's helper."""
    if script.has("data-submit-url") or script.has("data-known") or _OURS.search(script.get("src")):
        return False
    kind = script.type
    if kind and "javascript" not in kind and kind != "module":
        return False
    return bool(script.get("src") or (script.text.strip() and not _MTURKS.search(script.text[:5000])))


def parameter(url: str, name: str) -> str:
    """Give a parameter of an address."""
    try:
        return parse_qs(urlsplit(url).query).get(name, [""])[0]
    except ValueError:
        return ""


def joined(url: str, address: str) -> str:
    """Give the whole address of what a page names."""
    try:
        return urljoin(url, address)
    except ValueError:
        return "about:blank"
