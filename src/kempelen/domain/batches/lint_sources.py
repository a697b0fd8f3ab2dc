"""Lint about what a page loads from elsewhere: each address with its line, and what to do about it."""

import re
from collections.abc import Iterator

from kempelen.domain.batches.lint_page import Finding, Level, Page
from kempelen.domain.batches.outside_urls import Kind, OutsideUrl, outside_urls
from kempelen.domain.batches.wording import shown
from kempelen.stand_ins import table

_MTURK_SCRIPT = re.compile(r"/externalHIT_v1\.js(?:[?#]|$)", re.IGNORECASE)
_CROWD = re.compile(r"//assets\.crowd\.aws/|/crowd-html-elements[\w.-]*\.(?:js|css)(?:[?#]|$)", re.IGNORECASE)
_REACH = "workers’ browsers must reach it"
_REMEDIES: dict[Kind, tuple[Level, str]] = {
    "script": ("warning", "the task fails where it is out of reach; paste it into the template to be safe"),
    "style sheet": (
        "warning",
        "the task looks wrong where it is out of reach; paste it into a <style> to be safe",
    ),
    "font": ("info", f"{_REACH}, and it must answer any origin (Access-Control-Allow-Origin: *)"),
    "picture": ("info", _REACH),
    "sound or video": ("info", _REACH),
    "frame": ("info", f"{_REACH}, and it must let itself be framed"),
    "file": ("info", _REACH),
    "request": ("info", f"{_REACH}, and it must answer any origin (Access-Control-Allow-Origin: *)"),
}


def outside(page: Page) -> Iterator[Finding]:
    """Everything from elsewhere; what Kempelen has itself is said to come from here."""
    for found in outside_urls(page):
        if ours := _ours(found):
            yield Finding("info", found.line, ours)
        elif found.url.lower().startswith("http://"):
            message = f"{shown(found.url)} is loaded by http:, which browsers refuse on an https: page"
            yield Finding("warning", found.line, f"{message}; write https:")
        else:
            level, remedy = _REMEDIES[found.kind]
            what = "a script asks" if found.kind == "request" else f"this {found.kind} comes from"
            yield Finding(level, found.line, f"{what} {shown(found.host)}; {remedy}")


def _ours(found: OutsideUrl) -> str:
    """Say what stands in for an address; empty if nothing does."""
    if not found.is_exchanged:
        return ""
    if _MTURK_SCRIPT.search(found.url):
        return "MTurk's externalHIT_v1.js is replaced by Kempelen's own, which works offline"
    if _CROWD.search(found.url):
        return "Crowd HTML Elements are Kempelen's own, which work offline"
    known = table.stand_in_for(found.url)
    return (
        f"{shown(found.host)}: served from here ({known.library.title}), which works offline" if known else ""
    )


RULES = (outside,)
