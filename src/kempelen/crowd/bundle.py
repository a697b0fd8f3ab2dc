"""One classic script made of our modules, since templates load the original as one, synchronously.

Nothing of JavaScript is understood beyond the lines with which our modules import and export; a line that
looks like one and is none of them stops the making, so that nothing is sent half translated.
"""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
FILE_NAME = "crowd-html-elements.js"

_IMPORT = re.compile(r'^import \{\s+([\w$, \n]+?),?\s+\} from "(\.{1,2}/[\w./-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:const|function\*?|class) ([\w$]+))", re.MULTILINE)
_MODULE_LINE = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_OPENING_COMMENT = re.compile(r"\A/\*(?:(?!\*/).)*\*/\n", re.DOTALL)
_HEAD = """\
/*
 * Crowd HTML Elements, an independent implementation by the Kempelen project, under the Apache License 2.0.
 * One classic script; load it with <script src="crowd-html-elements.js"></script>. It needs nothing else.
 */
(() => {
"use strict";
if (window.customElements.get("crowd-form")) return;
"""


class NotUnderstood(Exception):
    """A module has a line about importing or exporting that is not of the kinds we write."""


@cache
def bundle() -> str:
    """Give the file: every module once, each after those that it imports."""
    made: dict[Path, str] = {}
    for path in sorted((FOLDER / "elements").glob("*.js")):
        _add(path, made, FOLDER, ())
    return f"{_HEAD}{''.join(made.values())}}})();\n"


def combine(folder: Path) -> str:
    """Give one script of a folder's modules, in a scope of their own."""
    made: dict[Path, str] = {}
    for path in sorted(folder.rglob("*.js")):
        _add(path.resolve(), made, folder.resolve(), ())
    return f'(() => {{\n"use strict";\n{"".join(made.values())}}})();\n'


def _add(path: Path, made: dict[Path, str], folder: Path, importers: tuple[Path, ...]) -> None:
    """Add a module after those that it imports, unless it is there."""
    if path in made:
        return
    if path in importers:
        raise NotUnderstood(f"{path.name} imports itself by way of {importers[-1].name}.")
    source = path.read_text(encoding="utf-8")
    for match in _IMPORT.finditer(source):
        _add((path.parent / match[2]).resolve(), made, folder, (*importers, path))
    made[path] = _block(source, path, folder)


def _block(source: str, path: Path, folder: Path) -> str:
    """Give a module as a constant: a function that runs at once and gives what it exports."""

    def imported(match: re.Match[str]) -> str:
        names = " ".join(match[1].split()).replace(" as ", ": ")
        return f"const {{ {names} }} = {_constant((path.parent / match[2]).resolve(), folder)};\n"

    exports = [match[1] for match in _EXPORT.finditer(source)]
    body = _IMPORT.sub(imported, _EXPORT.sub("", _OPENING_COMMENT.sub("", source)))
    if left := _MODULE_LINE.search(body):
        raise NotUnderstood(f"{path.name}: write this import or export as others do: {left[0]}")
    name = path.relative_to(folder).as_posix()
    return (
        f"\n// {name}\nconst {_constant(path, folder)} = (() => {{\n{body}"
        f"return {{ {', '.join(exports)} }};\n}})();\n"
    )


def _constant(path: Path, folder: Path) -> str:
    return "$" + re.sub(r"\W", "_", path.relative_to(folder).with_suffix("").as_posix())
