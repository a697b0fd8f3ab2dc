"""Known outside addresses in a task page's markup, and what stands in for them there.

Always: Amazon's own scripts, which are gone with the service.  Where the server and the project have it so:
the libraries that templates load from public networks (`kempelen.stand_ins`).  Addresses that scripts make
are exchanged by `static/kempelen/content/stand-ins.js`, from the same tables.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape

from kempelen.domain.batches import markup
from kempelen.stand_ins import table

_EXTERNAL_HIT = r"(?:https?:)?//[^/?#]*/(?:[^?#]*/)?externalHIT_v1\.js(?:[?#]|$)"
# The file itself and what its loader loads; ours is one file, and does nothing the second time.
_CROWD_FILES = r"(?:https?:)?//(?:assets\.crowd\.aws/[^?#]*|[^?#]*/crowd-html-elements[\w.-]*)"
_CROWD = rf"{_CROWD_FILES}\.js(?:[?#]|$)"
_CROWD_STYLES = rf"{_CROWD_FILES}\.css(?:[?#]|$)"
_LOADS = {"script": "src", "link": "href"}
# A local file may differ from theirs in its bytes, and is nobody's to be asked for with credentials.
_CHECKS = ("integrity", "crossorigin")
_OPENED_BEFORE = re.compile(table.CONNECTED, re.IGNORECASE | re.ASCII)
_IN_STYLES = re.compile(
    r"""(?:@import\s{0,9}["']|url\(\s{0,9}["']?)(?P<url>(?:https?:)?//[^"'()\s]{1,2000})""",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class KnownUrls:
    """The absolute addresses of what stands in; without `stand_ins`, other outside addresses stay."""

    external_hit: str
    crowd: str
    stand_ins: str = ""

    def stand_in_for(self, url: str) -> str:
        """Give the address that stands in for an outside one; empty if none does."""
        for pattern, ours in self._rows():
            if re.match(pattern, url.strip(), re.IGNORECASE | re.ASCII):
                return ours
        found = table.stand_in_for(url) if self.stand_ins else None
        return self.stand_ins + found.address if found else ""

    def for_scripts(self) -> str:
        """Give the tables as JSON, for the content runtime."""
        tables: dict[str, object] = {"ours": self._rows()}
        if self.stand_ins:
            tables |= {"folder": self.stand_ins, "hosts": table.HOSTS, "rows": table.rows_for_scripts()}
        return json.dumps(tables, separators=(",", ":"))

    def _rows(self) -> list[tuple[str, str]]:
        rows = [(_EXTERNAL_HIT, self.external_hit), (_CROWD, self.crowd)]
        styles = "data:text/css," if self.crowd else ""
        return [row for row in [*rows, (_CROWD_STYLES, styles)] if row[1]]


def exchanged(html: str, known: KnownUrls) -> str:
    """Give the page with known addresses exchanged: of scripts, style sheets, and in its styles."""
    pieces, done = [], 0
    for start, end, text in _changes(html, known):
        pieces += [html[done:start], text]
        done = end
    return "".join([*pieces, html[done:]])


def names_known(html: str) -> bool:
    """Whether the page may name any known address; most name none, and need not be looked through."""
    lower = html.lower()
    return "externalhit_v1" in lower or "crowd" in lower or table.may_hold_known(html)


def _changes(html: str, known: KnownUrls) -> Iterator[tuple[int, int, str]]:
    """Give what is replaced, in its order: from where to where, and by what."""
    for tag in markup.tags(html):
        if tag.is_end:
            continue
        if tag.name in _LOADS:
            yield from _in_tag(html, tag, known)
        elif tag.name == "style" and known.stand_ins:
            for found in _IN_STYLES.finditer(html, tag.end, tag.content_end):
                if ours := known.stand_in_for(found["url"]):
                    yield found.start("url"), found.end("url"), ours


def _in_tag(html: str, tag: markup.Tag, known: KnownUrls) -> Iterator[tuple[int, int, str]]:
    loading = _LOADS[tag.name]
    given = tag.attributes()
    url = unescape(given.get(loading, ""))
    ours = known.stand_in_for(url)
    if not ours and not (known.stand_ins and _is_opened_before(given, url)):
        return
    is_first = True
    for name, start, end in tag.attribute_places():
        if name == loading and is_first:
            is_first = False
            yield start, end, f'{loading}="{escape(ours)}"' if ours else ""
        elif name in _CHECKS and ours:
            yield start, end, ""


def _is_opened_before(given: dict[str, str], url: str) -> bool:
    """Whether a link only opens a connection to a host whose files then come from here."""
    is_hint = {"preconnect", "dns-prefetch"} & set(given.get("rel", "").lower().split())
    return bool(is_hint) and _OPENED_BEFORE.match(url.strip()) is not None
