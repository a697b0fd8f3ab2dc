"""The elements of a page as a browser makes them of its markup, as far as forms need to know.

Built on the tokenizer that templates are checked with (`domain.batches.markup`), in linear time whatever the
page: it is a requester's, and hostile until proven otherwise.  No script runs, so nothing is here that one
would make.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape

from kempelen.domain.batches import markup

MOST_CHARACTERS = 20_000_000
MOST_ELEMENTS = 100_000
_MOST_LABEL = 500
# As deep as browsers go.
_DEEPEST = 512
_VOID = frozenset(
    [
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source"),
        *("track", "wbr"),
    ]
)
_NOT_SHOWN = frozenset(
    ["iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "title", "xmp"]
)
# Whose next of the same kind ends it, where no end tag has.
_ENDED_BY_NEXT = frozenset(["p", "li", "dt", "dd", "tr", "td", "th", "option", "optgroup", "button"])
# How far end tags reach: those of parts of tables, of blocks, of all others.
_TABLE_PARTS = frozenset(["table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption"])
_TABLES = frozenset(["table", "template"])
_SCOPES = frozenset(["table", "td", "th", "caption", "template", "object", "applet", "marquee", "select"])
_NARROWER = {"p": frozenset(["button"]), "li": frozenset(["ol", "ul"])}
_SPECIAL = frozenset(
    [
        *("address", "article", "aside", "blockquote", "button", "center", "dd", "details", "dialog", "dir"),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4"),
        *("h5", "h6", "header", "hgroup", "li", "listing", "main", "menu", "nav", "ol", "p", "pre", "search"),
        *("section", "summary", "ul", *_TABLE_PARTS, *_SCOPES),
    ]
)
_ENDS_PARAGRAPH = _SPECIAL - _TABLE_PARTS - _SCOPES - frozenset(["button"]) | frozenset(["hr"])
_ENDED_BY_FORM = frozenset(["dd", "dt", "li", "optgroup", "option", "p"])
CONTROLS = frozenset(["input", "select", "textarea", "button"])
_OWN_TEXT = frozenset(["option", "textarea", "button"])
_COMMENT = re.compile(r"<!--(?:-?>|.*?--!?>)|<[!?/][^>]*+>", re.DOTALL)
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]*;?)")
_SPACES = re.compile(r"[\t\n\f\r ]+")


@dataclass(slots=True, eq=False)
class Element:
    """A start tag: its attributes, what it stands in, and between which runs of text it lies."""

    name: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    # The form that the parser gave it; `form=` of its own comes first (`Page.form_of`).
    form: "Element | None" = None
    # The nearest form that it stands in.
    form_around: "Element | None" = None
    text: str = ""
    first_run: int = 0
    last_run: int = -1

    def get(self, attribute: str, otherwise: str = "") -> str:
        """Give an attribute's value."""
        return self.attributes.get(attribute, otherwise)

    def has(self, attribute: str) -> bool:
        """Tell whether there is such an attribute, whatever its value."""
        return attribute in self.attributes

    @property
    def type(self) -> str:
        """The type of an input or a button, small letters."""
        return self.get("type").strip().lower()

    @property
    def form_inside(self) -> "Element | None":
        """The form that what is put into it belongs to: itself, or the one it stands in."""
        return self if self.name == "form" else self.form_around

    def around(self) -> Iterator["Element"]:
        """What it stands in, from inside out."""
        element = self.parent
        while element is not None:
            yield element
            element = element.parent

    def within(self, *names: str) -> "Element | None":
        """Give the nearest element of these names that it stands in."""
        return next((one for one in self.around() if one.name in names), None)


@dataclass
class Page:
    """All elements of a page in their order, and the texts between them."""

    elements: list[Element] = field(default_factory=list)
    runs: list[tuple[str, bool]] = field(default_factory=list)
    ids: dict[str, Element] = field(default_factory=dict)
    is_cut: bool = False
    _texts: dict[int, str] = field(default_factory=dict)

    def named(self, *names: str) -> list[Element]:
        """Give the elements of these names, in the order of the page."""
        return [element for element in self.elements if element.name in names]

    @cached_property
    def legends(self) -> dict[int, Element]:
        """The first legend of each fieldset, by the fieldset's `id()`."""
        found: dict[int, Element] = {}
        for legend in self.named("legend"):
            found.setdefault(id(legend.parent), legend)
        return found

    @cached_property
    def options(self) -> dict[int, list[Element]]:
        """The options of each list, by the list's `id()`."""
        found: dict[int, list[Element]] = {}
        for option in self.named("option"):
            found.setdefault(id(option.within("select")), []).append(option)
        return found

    def text_in(self, element: Element) -> str:
        """Give what is written in an element, without what its fields hold, on one line and not for ever."""
        if id(element) not in self._texts:
            self._texts[id(element)] = self._joined(element.first_run, element.last_run)
        return self._texts[id(element)]

    def text_after(self, element: Element, until: Element | None) -> str:
        """Give the first words that follow an element, before another."""
        return self._first(element.last_run, len(self.runs) if until is None else until.first_run)

    def text_before(self, element: Element, since: Element | None) -> str:
        """Give the last words before an element, after another."""
        first = 0 if since is None else since.last_run
        for at in range(element.first_run - 1, max(first, element.first_run - 20) - 1, -1):
            if words := _plain(self.runs[at][0]):
                return words[-_MOST_LABEL:]
        return ""

    def form_of(self, element: Element) -> Element | None:
        """Give the form that an element belongs to."""
        if not element.has("form"):
            return element.form
        form = self.ids.get(element.get("form"))
        return form if form is not None and form.name == "form" else None

    def _first(self, first: int, last: int) -> str:
        for text, is_of_control in self.runs[first : min(last, first + 20)]:
            if not is_of_control and (words := _plain(text)):
                return words[:_MOST_LABEL]
        return ""

    def _joined(self, first: int, last: int) -> str:
        parts: list[str] = []
        size = 0
        for at in range(first, len(self.runs) if last < 0 else last):
            text, is_of_control = self.runs[at]
            if is_of_control:
                continue
            parts.append(text[:_MOST_LABEL])
            size += len(parts[-1])
            if size > 4 * _MOST_LABEL:
                break
        return _plain("".join(parts))[:_MOST_LABEL]


def page_of(html: str) -> Page:
    """Read a page; what lies beyond the bounds is left out, and `is_cut` says so."""
    page = Page(is_cut=len(html) > MOST_CHARACTERS)
    builder = _Builder(html[:MOST_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n"), page)
    builder.build()
    return page


class _Builder:
    """Reads the tags once; `open` are the elements that nothing has ended yet."""

    def __init__(self, html: str, page: Page) -> None:
        self.html = html
        self.page = page
        self.open: list[Element] = []
        # How many are open of each name, so that most questions need no look at them all.
        self.counts: Counter[str] = Counter()
        self.form: Element | None = None

    def build(self) -> None:
        at = 0
        for tag in markup.tags(self.html):
            if len(self.page.elements) >= MOST_ELEMENTS:
                self.page.is_cut = True
                break
            self._text(self.html[at : tag.start])
            at = tag.content_end
            if not tag.is_closed and tag.content_end == tag.end:
                break  # what begins and does not end is no tag
            if tag.is_end:
                self._end(tag.name)
            else:
                self._start(tag)
        else:
            self._text(self.html[at:])
        for element in self.open:
            element.last_run = len(self.page.runs)

    def _text(self, raw: str) -> None:
        if raw and not self.counts["template"]:
            text = unescape(_COMMENT.sub("", raw) if "<" in raw else raw)
            is_of_control = any(element.name in _OWN_TEXT for element in self.open[-3:])
            self.page.runs.append((text, is_of_control))
            for element in self.open[-2:]:
                if element.name == "option":
                    element.text += text

    def _start(self, tag: markup.Tag) -> None:
        if tag.name == "form" and (self.form is not None or self.counts["template"]):
            return
        if tag.name in ("input", "select") and self._is_in_list():
            self._end("select")
            if tag.name == "select":
                return
        self._end_before(tag.name)
        element = Element(tag.name, _attributes(tag), self.open[-1] if self.open else None, self.form)
        if element.parent is not None:
            element.form_around = element.parent.form_inside
        element.form = self.form or element.form_around
        element.first_run = element.last_run = len(self.page.runs)
        if tag.name == "form":
            self.form = element
        element.text = self._own_text(tag)
        if not self.counts["template"]:
            self.page.elements.append(element)
            if element.get("id"):
                self.page.ids.setdefault(element.get("id"), element)
        is_leaf = tag.name in _VOID or tag.name in _NOT_SHOWN or tag.name == "textarea"
        if not is_leaf and len(self.open) < _DEEPEST:
            element.last_run = -1
            self.open.append(element)
            self.counts[tag.name] += 1

    def _own_text(self, tag: markup.Tag) -> str:
        """Give the text of what holds nothing but text."""
        text = self.html[tag.end : tag.content_end]
        return unescape(text.removeprefix("\n")) if tag.name == "textarea" else text

    def _is_in_list(self) -> bool:
        """Tell whether a list is open, as browsers look for one."""
        if not self.counts["select"]:
            return False
        for element in reversed(self.open):
            if element.name == "select":
                return True
            if element.name in _SCOPES:
                return False
        return False

    def _end_before(self, name: str) -> None:
        if name in _ENDS_PARAGRAPH:
            self._end("p")
        if not self.open:
            return
        top = self.open[-1].name
        if name in _ENDED_BY_NEXT and top == name:
            self._pop()
        elif name == "optgroup" and top == "option":
            self._end("optgroup" if len(self.open) > 1 and self.open[-2].name == "optgroup" else "option")

    def _end(self, name: str) -> None:
        if name == "form" and not self.counts["template"]:
            self._end_form()
        elif self._ends(name):
            while self._pop().name != name:
                pass

    def _ends(self, name: str) -> bool:
        """Tell whether an end tag ends something: it reaches no further than browsers let it."""
        if not self.counts[name]:
            return False
        reach = _TABLES if name in _TABLE_PARTS else _SCOPES if name in _SPECIAL else _SPECIAL
        stops = frozenset() if name == "template" else reach | _NARROWER.get(name, frozenset())
        for element in reversed(self.open):
            if element.name == name:
                return True
            if element.name in stops:
                return False
        return False

    def _end_form(self) -> None:
        """What is open in the form stays open, and what then follows in that belongs to it still."""
        form, self.form = self.form, None
        if form is None or not self._ends("form"):
            return
        while self.open[-1].name in _ENDED_BY_FORM:
            self._pop()
        self.open.remove(form)
        self.counts["form"] -= 1
        form.last_run = len(self.page.runs)

    def _pop(self) -> Element:
        element = self.open.pop()
        element.last_run = len(self.page.runs)
        self.counts[element.name] -= 1
        return element


def _attributes(tag: markup.Tag) -> dict[str, str]:
    return {name: in_attribute(value) for name, value in tag.attributes().items()}


def in_attribute(raw: str) -> str:
    """Read references in an attribute as browsers do: `&copy=1` in an address is none."""
    if "&" not in raw:
        return raw

    def read(match: re.Match[str]) -> str:
        following = raw[match.end() : match.end() + 1]
        is_open = not match[0].endswith(";") and not match[0].startswith("&#")
        return match[0] if is_open and (following == "=" or following.isalnum()) else unescape(match[0])

    return _REFERENCE.sub(read, raw)


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
