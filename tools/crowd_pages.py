"""The pages of docs/crowd-elements: each element live, made of what it says of itself, and their one script.

They work from a disk and from any server, with nothing but what lies beside them.  An element's `demo` is the
markup that its page shows, a list of lines; elements without one get a page that says so, and a test fails.
"""

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from kempelen.crowd.bundle import FILE_NAME, bundle
from kempelen.crowd.definitions import definitions
from kempelen.domain.batches.crowd_markup import FORMS
from tools.crowd_elements import kind_of

FOLDER = Path(__file__).parents[1] / "docs/crowd-elements"
GROUPS = ("Forms and fields", "Choices", "Drawing on pictures", "Text", "What is shown")
_CODE = re.compile(r"`([^`]+)`")
_MARKUP = re.compile(r"<[^>]+>")

_HEAD = """\
<!doctype html>
<!-- Made from the code by `make docs`; change it there. -->
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="look.css">
{scripts}</head>
<body>
<header>
<a class="home" href="index.html">Crowd HTML Elements</a>
<nav aria-label="More">
<a href="../reference/crowd-elements.md">Reference</a>
<a href="{script}">The script</a>
</nav>
</header>
<main>
"""
_FORMATS = """\
<div class="answer">
<h3 id="answer-title">The answer, as you play</h3>
<fieldset><legend>As</legend>
<label><input type="radio" name="format" value="json" checked> one field, taskAnswers</label>
<label><input type="radio" name="format" value="flat"> a field for each leaf</label></fieldset>
<pre id="answer" role="region" aria-labelledby="answer-title" tabindex="0"></pre>
</div>
"""


def pages() -> dict[Path, str]:
    """Each file's path and what it should say: the index, a page for each element, and the script."""
    everything = definitions()
    names = list(everything)
    made = {FOLDER / "index.html": _index(everything), FOLDER / FILE_NAME: bundle()}
    for at, (name, definition) in enumerate(everything.items()):
        beside = (names[at - 1] if at else "", names[at + 1] if at + 1 < len(names) else "")
        made[FOLDER / f"{name}.html"] = "".join(_page(definition, beside))
    return made


def without_demo() -> list[str]:
    """The elements that cannot be shown, each with the remedy."""
    return [
        f'elements/{name}.js: give the definition a "demo", a list of lines of markup that show the element'
        for name, definition in definitions().items()
        if not definition.get("demo")
    ]


def demo_of(definition: Mapping[str, Any]) -> str:
    """An element's demo as a template has it: in a form, unless it brings its own."""
    lines = definition.get("demo", [])
    if definition["element"] not in FORMS:
        lines = ["<crowd-form>", *(f"  {line}" for line in lines), "</crowd-form>"]
    return "\n".join(lines)


def _index(everything: Mapping[str, Mapping[str, Any]]) -> str:
    grouped: dict[str, list[str]] = {group: [] for group in GROUPS}
    for name, definition in everything.items():
        first = _MARKUP.sub("", definition["summary"]).split(". ")[0].rstrip(" .,:…")
        card = f'<li><a href="{name}.html"><code>{name}</code><span>{_text(first)}.</span></a></li>'
        grouped[_group(definition)].append(card)
    sections = [
        f'<h2>{group}</h2>\n<ul class="cards">\n' + "\n".join(cards) + "\n</ul>\n"
        for group, cards in grouped.items()
        if cards
    ]
    tag = f'<script src="{FILE_NAME}"></script>'
    intro = (
        "<h1>Crowd HTML Elements</h1>\n"
        '<p class="lead">Amazon’s elements for tasks, made anew: open, without a network, from one script. '
        f"Each of these {len(everything)} can be played with on its page, with its attributes and its answer."
        "</p>\n"
        f"{_code('The script', tag)}"
    )
    return _head("Crowd HTML Elements") + intro + "".join(sections) + "</main>\n</body>\n</html>\n"


def _group(definition: Mapping[str, Any]) -> str:
    attributes = definition["attributes"]
    if "categories" in attributes:
        return "Choices"
    if "short-instructions" in definition["slots"] and definition["element"] != "crowd-form":
        return "Drawing on pictures" if "src" in attributes and "labels" in attributes else "Text"
    return "What is shown" if definition["answer"] == "none" else "Forms and fields"


def _page(definition: Mapping[str, Any], beside: tuple[str, str]) -> Iterator[str]:
    name, demo = definition["element"], demo_of(definition)
    yield _head(f"{name} · Crowd HTML Elements", is_live=True)
    yield f'<h1><code>&lt;{name}&gt;</code></h1>\n<p class="lead">{_text(definition["summary"])}</p>\n'
    yield '<section class="live" aria-labelledby="live-title">\n<h2 id="live-title">Try it</h2>\n'
    if definition.get("demo"):
        yield re.sub(rf"<{name}(?=[\s>])", f"<{name} data-demo", demo, count=1) + "\n"
    else:
        yield '<p class="missing">Nobody has written a demo yet.</p>\n'
    yield (_FORMATS if _is_answered(definition, demo) else "") + "</section>\n"
    yield "<h2>Markup</h2>\n" + _code("Markup", demo)
    yield from _attributes(definition["attributes"])
    yield from _list("Inside", definition["slots"])
    yield from _list("Events", definition["events"])
    yield from _list("Keys", definition.get("keys", {}), "kbd")
    yield from _answer(definition)
    yield '<nav class="pages" aria-label="Elements">'
    yield " ".join(
        f'<a href="{one}.html">{arrow} <code>{one}</code></a>' if one else "<span></span>"
        for one, arrow in zip(beside, ("←", "→"), strict=True)
    )
    yield "</nav>\n</main>\n</body>\n</html>\n"


def _head(title: str, *, is_live: bool = False) -> str:
    scripts = (
        f'<script src="{FILE_NAME}"></script>\n<script src="live.js" defer></script>\n' if is_live else ""
    )
    return _HEAD.format(title=title, scripts=scripts, script=FILE_NAME)


def _is_answered(definition: Mapping[str, Any], demo: str) -> bool:
    return bool(definition.get("demo")) and (definition["answer"] != "none" or ' name="' in demo)


def _text(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", escape(text, quote=False))


def _attributes(attributes: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    if not attributes:
        return
    yield "<h2>Attributes</h2>\n<table>\n"
    yield "<thead><tr><th>Name</th><th>Kind</th><th>What it does</th></tr></thead>\n<tbody>\n"
    for name, attribute in attributes.items():
        yield (
            f"<tr><td><code>{name}</code></td><td>{_text(kind_of(dict(attribute)))}</td>"
            f"<td>{_text(attribute['about'])}</td></tr>\n"
        )
    yield "</tbody>\n</table>\n"


def _list(title: str, told: Mapping[str, str], tag: str = "code") -> Iterator[str]:
    if not told:
        return
    yield f"<h2>{title}</h2>\n<dl>\n"
    for name, about in told.items():
        term = f"<{tag}>{escape(name)}</{tag}>" if name else "content"
        yield f"<dt>{term}</dt><dd>{_text(about)}</dd>\n"
    yield "</dl>\n"


def _answer(definition: Mapping[str, Any]) -> Iterator[str]:
    if definition["answer"] == "none":
        return
    yield f"<h2>Answer</h2>\n<p>{_text(definition['answer'])}</p>\n"
    if "sample" in definition:
        yield _code("A sample answer", json.dumps(definition["sample"], ensure_ascii=False, indent=2))


def _code(label: str, text: str) -> str:
    """Code that may be scrolled sideways, by keys too."""
    return f'<pre tabindex="0" role="region" aria-label="{label}"><code>{escape(text)}</code></pre>\n'
