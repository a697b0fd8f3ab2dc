"""The relative addresses that a template loads, which are files of its project."""

import posixpath
import re
from collections.abc import Collection, Iterator
from urllib.parse import unquote

from kempelen.domain.batches.lint_page import Element, Finding, Page
from kempelen.domain.batches.outside_urls import loading_attributes
from kempelen.domain.batches.wording import shown

_IN_STYLES = re.compile(r"""url\(\s{0,9}["']?(?P<url>[^"'()\s]{1,2000})""", re.IGNORECASE)
# With a scheme, a host or a folder of ours, within the page, or filled in by a row.
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/|#|\?|$", re.IGNORECASE)
_FILLED = re.compile(r"\$\{|\{\{|\{%")


def missing_files(page: Page, files: Collection[str]) -> Iterator[Finding]:
    """Name each relative address, once, that is no file of the project; `files` are the paths of these."""
    known, seen = set(files), set[str]()
    by_lower = {path.lower(): path for path in known}
    for url, line in relative_urls(page):
        path = path_of(url)
        if path in known or path in seen:
            continue
        seen.add(path)
        like = by_lower.get(path.lower())
        hint = f"; there is {shown(like)}" if like else ": add it under Files, or write its whole address"
        yield Finding("warning", line, f"{shown(path)} is no file of this project{hint}")


def relative_urls(page: Page) -> Iterator[tuple[str, int]]:
    """Give the relative addresses in the page's elements and styles, with their lines."""
    for element in page.elements:
        for url in _of_element(element):
            if _is_relative(url):
                yield url, element.line
        if element.name == "style":
            for match in _IN_STYLES.finditer(page.html, element.tag.end, element.tag.content_end):
                if _is_relative(match["url"]):
                    yield match["url"], page.lines.line_of(match.start())


def path_of(url: str) -> str:
    """Give the path of the file that a relative address means."""
    return posixpath.normpath(unquote(re.split(r"[?#]", url, maxsplit=1)[0]))


def _of_element(element: Element) -> Iterator[str]:
    for name, _ in loading_attributes(element):
        yield element.attributes.get(name, "").strip()
    for candidate in element.attributes.get("srcset", "").split(","):
        yield candidate.strip().split(" ", 1)[0]
    for match in _IN_STYLES.finditer(element.attributes.get("style", "")):
        yield match["url"]


def _is_relative(url: str) -> bool:
    return not _ELSEWHERE.match(url) and not _FILLED.search(url)
