"""Style sheets that stand in for those of Google Fonts: each family by what the worker's machine has.

The fonts themselves are not shipped.  A page keeps its measure of serif, sans or mono, and asks nobody
else who is reading it.
"""

import re
from urllib.parse import parse_qs

# The name by which the style sheets are asked for.
FILE = "fonts.css"
_MOST_FAMILIES = 20
_NAME = re.compile(r"[A-Za-z0-9 ]{1,60}")
_SANS = ("Noto Sans", "Segoe UI", "Helvetica Neue", "Arial", "Liberation Sans", "DejaVu Sans")
_SERIF = ("Noto Serif", "Georgia", "Times New Roman", "Liberation Serif", "DejaVu Serif")
_MONO = ("Noto Sans Mono", "Consolas", "Menlo", "Courier New", "Liberation Mono", "DejaVu Sans Mono")
_WITH_SERIFS = re.compile(
    r"serif|slab|merriweather|playfair|lora|garamond|baskerville|bitter|crimson|vollkorn|tinos|arvo|domine",
    re.IGNORECASE,
)
_OF_ONE_WIDTH = re.compile(r"mono|code|courier|inconsolata", re.IGNORECASE)


def style_sheet(query: str) -> str:
    """The style sheet for a query such as `family=Open+Sans:400,700|Lora`, or of several `family=`."""
    asked = parse_qs(query).get("family", [])
    names = [part.split(":", 1)[0].strip() for one in asked for part in one.split("|")]
    return "".join(_faces(name) for name in dict.fromkeys(names[:_MOST_FAMILIES]) if _NAME.fullmatch(name))


def _faces(name: str) -> str:
    alike = _MONO if _OF_ONE_WIDTH.search(name) else _SERIF if _has_serifs(name) else _SANS
    faces = ""
    for weight, suffixes in (("400", ("",)), ("700", (" Bold",))):
        local = ", ".join(f'local("{font}{suffix}")' for font in (name, *alike) for suffix in suffixes)
        faces += f'@font-face {{ font-family: "{name}"; font-weight: {weight}; src: {local}; }}\n'
    return faces


def _has_serifs(name: str) -> bool:
    return "sans" not in name.lower() and _WITH_SERIFS.search(name) is not None
