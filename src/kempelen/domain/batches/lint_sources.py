"""Lint about what a page loads from elsewhere."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from kempelen.domain.batches.lint_page import Element, Finding, Page
from kempelen.domain.batches.wording import shown

_MTURK_SCRIPT = re.compile(r"/externalHIT_v1\.js(?:[?#]|$)")
_CSS_HTTP = re.compile(r"""(?:url\(\s*+["']?|@import\s*+["'])http://""", re.IGNORECASE)
_LOADED_RELATIONS = {"stylesheet", "icon", "preload", "modulepreload"}
_INSECURE_CSS = "styles load a file by http:, which browsers refuse on an https: page"


def unencrypted(page: Page) -> Iterator[Finding]:
    """Files by http:, which a page served by https: does not get."""
    for element in page.elements:
        for url in _loaded_by(element):
            if url.lower().startswith("http://"):
                message = f"{shown(url)} is loaded by http:, which browsers refuse on an https: page"
                yield Finding("warning", element.line, message)
        if _CSS_HTTP.search(element.attributes.get("style", "")):
            yield Finding("warning", element.line, _INSECURE_CSS)
        if element.name == "style" and _CSS_HTTP.search(page.html, element.tag.end, element.tag.content_end):
            yield Finding("warning", element.line, _INSECURE_CSS)


def other_hosts(page: Page) -> Iterator[Finding]:
    """Scripts and styles that need the internet; MTurk's own script does not, since we have one."""
    for element in page.elements:
        is_script = element.name == "script"
        if not is_script and "stylesheet" not in _relations(element):
            continue
        url = element.attributes.get("src" if is_script else "href", "").strip()
        if _MTURK_SCRIPT.search(url):
            message = "MTurk's externalHIT_v1.js is replaced by Kempelen's own, which works offline"
            yield Finding("info", element.line, message)
        elif host := _host(url):
            kind = "script" if is_script else "style sheet"
            yield Finding(
                "info", element.line, f"this {kind} comes from {shown(host)}; workers need to reach it"
            )


def _loaded_by(element: Element) -> Iterator[str]:
    loading = ["src", "poster"]
    if element.name == "object":
        loading.append("data")
    if _relations(element) & _LOADED_RELATIONS:
        loading.append("href")
    for name in loading:
        if name in element.attributes:
            yield element.attributes[name].strip()


def _relations(element: Element) -> set[str]:
    if element.name != "link":
        return set()
    return set(element.attributes.get("rel", "").lower().split())


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""


RULES = (unencrypted, other_hosts)
