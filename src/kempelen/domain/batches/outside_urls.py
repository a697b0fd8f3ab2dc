"""The addresses elsewhere that a template loads or asks, as far as its text shows them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from kempelen.domain.batches.lint_page import Element, Page

Kind = Literal["script", "style sheet", "font", "picture", "sound or video", "frame", "file", "request"]

_BY_ELEMENT: dict[str, Kind] = {
    "script": "script",
    "img": "picture",
    "input": "picture",
    "image": "picture",
    "picture": "picture",
    "audio": "sound or video",
    "video": "sound or video",
    "source": "sound or video",
    "track": "sound or video",
    "iframe": "frame",
    "frame": "frame",
    "embed": "frame",
    "object": "frame",
}
# What a link loads, by its relation; others (preconnect, canonical) load nothing.
_BY_RELATION: dict[str, Kind] = {
    "stylesheet": "style sheet",
    "icon": "picture",
    "apple-touch-icon": "picture",
    "preload": "file",
    "modulepreload": "script",
}
_URL = r"(?P<url>(?:https?:)?//[^\s\"'`<>()\\]{3,2000})"
_IN_STYLES = re.compile(
    rf"(?:(?P<import>@import)\s{{0,9}}(?:url\(\s{{0,9}})?|url\(\s{{0,9}})[\"']?{_URL}", re.IGNORECASE
)
# What scripts set `src` or `href` to, import, and ask: fetch, XMLHttpRequest, jQuery's ways.
_IN_SCRIPTS = re.compile(
    rf"""(?P<how>\b(?:src|href)\s{{0,9}}[=:,]|\bimport\s{{0,9}}\(?|\bfrom\b|\bimportScripts\s{{0,9}}\(|getScript\s{{0,9}}\(
        |\bfetch\s{{0,9}}\(|\.(?:get|post|getJSON|ajax|load|sendBeacon)\s{{0,9}}\(|\burl\s{{0,9}}:
        |\.open\s{{0,9}}\(\s{{0,9}}["']\w{{1,9}}["']\s{{0,9}},|\b(?:WebSocket|EventSource|Worker|Image)\s{{0,9}}\()
        \s{{0,9}}["'`]{_URL}""",
    re.IGNORECASE | re.VERBOSE,
)
_LOADS = re.compile(r"^(?:src|href|import|from|getscript)", re.IGNORECASE)
_BY_SUFFIX: tuple[tuple[str, Kind], ...] = (
    (r"\.m?js$", "script"),
    (r"\.css$", "style sheet"),
    (r"\.(?:woff2?|ttf|otf|eot)$", "font"),
    (r"\.(?:png|jpe?g|gif|svg|webp|avif|ico|bmp)$", "picture"),
    (r"\.(?:mp3|mp4|m4a|ogg|wav|webm|mov)$", "sound or video"),
)


@dataclass(frozen=True, slots=True)
class OutsideUrl:
    """An address elsewhere, what it is asked for, and in which line.

    `is_exchanged` where pages get a local copy in its place if there is one.
    """

    url: str
    kind: Kind
    line: int
    is_exchanged: bool = False

    @property
    def host(self) -> str:
        """The host that is asked; empty where a variable of the row names it."""
        try:
            host = urlsplit(self.url).netloc
        except ValueError:
            return ""
        return "" if "$" in host or "{" in host else host


def outside_urls(page: Page) -> Iterator[OutsideUrl]:
    """Every address elsewhere, once for each kind of use, in the page's order."""
    seen: set[tuple[str, Kind]] = set()
    for found in _all(page):
        if found.host and (found.url, found.kind) not in seen:
            seen.add((found.url, found.kind))
            yield found


def _all(page: Page) -> Iterator[OutsideUrl]:
    for element in page.elements:
        yield from _of_tag(element)
        start, end = element.tag.end, element.tag.content_end
        if element.name == "style":
            yield from _of_styles(page, start, end)
        elif element.name == "script":
            yield from _of_script(page, start, end)
        if "style" in element.attributes:
            for match in _IN_STYLES.finditer(element.attributes["style"]):
                yield OutsideUrl(match["url"], _kind_of(match["url"], "picture"), element.line)


def _of_tag(element: Element) -> Iterator[OutsideUrl]:
    for name, kind in loading_attributes(element):
        url = element.attributes.get(name, "").strip()
        if is_outside(url):
            yield OutsideUrl(url, kind, element.line, is_exchanged=element.name in ("script", "link"))
    for candidate in element.attributes.get("srcset", "").split(","):
        url = candidate.strip().split(" ", 1)[0]
        if is_outside(url):
            yield OutsideUrl(url, "picture", element.line)


def loading_attributes(element: Element) -> Iterator[tuple[str, Kind]]:
    """Give the attributes by which an element loads something, and what that would be."""
    if element.name == "link":
        relations = element.attributes.get("rel", "").lower().split()
        kinds = [_BY_RELATION[relation] for relation in relations if relation in _BY_RELATION]
        if kinds:
            yield "href", kinds[0]
        return
    url = element.attributes.get("src", "").strip()
    yield (
        "src",
        _BY_ELEMENT.get(element.name, "picture") if element.name != "source" else _kind_of(url, "picture"),
    )
    yield "poster", "picture"
    if element.name == "object":
        yield "data", "frame"


def _of_styles(page: Page, start: int, end: int) -> Iterator[OutsideUrl]:
    for match in _IN_STYLES.finditer(page.html, start, end):
        kind: Kind = "style sheet" if match["import"] else _kind_of(match["url"], "picture")
        yield OutsideUrl(match["url"], kind, page.lines.line_of(match.start()), is_exchanged=True)


def _of_script(page: Page, start: int, end: int) -> Iterator[OutsideUrl]:
    for match in _IN_SCRIPTS.finditer(page.html, start, end):
        loads = _LOADS.match(match["how"].lstrip(". ")) is not None
        kind: Kind = _kind_of(match["url"], "file") if loads else "request"
        yield OutsideUrl(match["url"], kind, page.lines.line_of(match.start("url")), is_exchanged=loads)


def _kind_of(url: str, otherwise: Kind) -> Kind:
    path = re.split(r"[?#]", url, maxsplit=1)[0].lower()
    return next((kind for suffix, kind in _BY_SUFFIX if re.search(suffix, path)), otherwise)


def is_outside(url: str) -> bool:
    """Whether an address names its host."""
    return url[:8].lower().startswith(("http://", "https://", "//"))
