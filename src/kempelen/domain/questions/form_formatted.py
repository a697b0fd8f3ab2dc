"""FormattedContent as HTML, written anew from its tree by a table of what may be (question-schemas.md §3.5).

Nothing of the requester's text gets out as it came in: names of elements and attributes are ours, every
value is escaped, and a value that could do something is looked at first.
"""

import re
from collections.abc import Callable, Iterator
from html import escape

from lxml import etree

from kempelen.domain.questions import xml

# Names of places in a page, less what could clash with ours.
_PLACE = "content-"
_LINK = re.compile(r"(?:https?|ftp)://[^\s\"<>\\]+", re.IGNORECASE)
_MEDIA = re.compile(r"https?://[^\s\"<>\\]+", re.IGNORECASE)
_NAME = re.compile(r"[\w.:-]+")
_MAIL = "mailto://"


def link(url: str) -> str:
    """Give an address to link to, or nothing for one that is none of the web's or of mail's."""
    url = url.strip()
    if url.startswith(_MAIL):  # which the subset wants with slashes, and no mail program does
        return f"mailto:{url.removeprefix(_MAIL)}"
    return url if _LINK.fullmatch(url) else ""


def media(url: str) -> str:
    """Give an address to load something from, or nothing for one that is none of the web's."""
    return url if _MEDIA.fullmatch(url.strip()) else ""


def _as_is(value: str) -> str:
    return value


def _place(value: str) -> str:
    return _PLACE + value if _NAME.fullmatch(value) else ""


def _map_place(value: str) -> str:
    return f"#{_PLACE}{value[1:]}" if value.startswith("#") and _NAME.fullmatch(value[1:]) else ""


_Check = Callable[[str], str]
# `accesskey` and `tabindex` would take keys from our own pages; `id` and `headers` name things in the page.
_EVERYWHERE: dict[str, _Check] = dict.fromkeys(("title", "lang", "dir"), _as_is)
_OF_CELLS = ("align", "char", "charoff", "valign")
_PLAIN = {
    "em strong code cite sub sup i b big small u s strike dt dd center blockquote q": "",
    "p h1 h2 h3 h4 h5 h6": "align",
    "font": "size face color",
    "ins del": "datetime",
    "ul": "type compact",
    "ol": "type compact start",
    "li": "type value",
    "dl": "compact",
    "pre": "width",
    "hr": "align noshade size width",
    "br": "clear",
    "a": "",
    "img": "alt height width border ismap align hspace vspace",
    "map": "",
    "area": "shape coords alt nohref",
    "table": "summary width border frame rules cellspacing cellpadding align bgcolor",
    "thead tfoot tbody": "",
    "tr": "bgcolor",
    "th td": "abbr axis scope rowspan colspan nowrap bgcolor width height",
    "colgroup col": "span width",
}
_CELLS = frozenset(["thead", "tfoot", "tbody", "tr", "th", "td", "colgroup", "col"])
_CHECKED: dict[str, dict[str, _Check]] = {
    "a": {"href": link, "name": _place},
    "area": {"href": link},
    "img": {"src": media, "usemap": _map_place},
    "map": {"name": _place},
}
_ATTRIBUTES: dict[str, dict[str, _Check]] = {
    tag: {
        **_EVERYWHERE,
        **dict.fromkeys(plain.split(), _as_is),
        **dict.fromkeys(_OF_CELLS if tag in _CELLS else (), _as_is),
        **_CHECKED.get(tag, {}),
    }
    for tags, plain in _PLAIN.items()
    for tag in tags.split()
}
ELEMENTS = frozenset(_ATTRIBUTES)
_EMPTY = frozenset(["area", "br", "col", "hr", "img"])
_COLOURED = frozenset(["bgcolor", "color"])
# What every link and image of a requester's gets besides: no way back to us, and no word of where it stood.
_OURS = {
    "a": ' target="_blank" rel="noopener noreferrer nofollow"',
    "area": ' target="_blank" rel="noopener noreferrer nofollow"',
    "img": ' referrerpolicy="no-referrer"',
}


def html(tree: etree._Element) -> str:
    """Give the content of a tree that `formatted_content.parse` gave."""
    return "".join(_inside(tree))


def has_colours(tree: etree._Element) -> bool:
    """Tell whether the content has colours of its own, which are meant for a white page."""
    return any(not _COLOURED.isdisjoint(element.attrib) for element in tree.iter())


def _inside(element: etree._Element) -> Iterator[str]:
    yield escape(element.text or "")
    for child in element:
        yield from _element(child)
        yield escape(child.tail or "")


def _element(element: etree._Element) -> Iterator[str]:
    name = xml.local_name(element)
    allowed = _ATTRIBUTES.get(name)
    if allowed is None:  # which the check has refused
        yield from _inside(element)
        return
    yield f"<{name}{_attributes(element, allowed)}{_OURS.get(name, '')}>"
    if name not in _EMPTY:
        # A browser takes a line end that comes first for none.
        yield "\n" if name == "pre" and (element.text or "").startswith("\n") else ""
        yield from _inside(element)
        yield f"</{name}>"


def _attributes(element: etree._Element, allowed: dict[str, _Check]) -> str:
    written = []
    for name, check in allowed.items():
        value = element.get(name)
        safe = None if value is None else check(value)
        if safe or (safe is not None and not value):
            written.append(f' {name}="{escape(safe)}"')
    return "".join(written)
