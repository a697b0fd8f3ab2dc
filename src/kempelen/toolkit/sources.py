"""What work is made from: a template's file, somebody's own page, a layout, and properties beside them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kempelen.domain.batches import liquid_templates, templates
from kempelen.toolkit import properties
from kempelen.toolkit.properties import Properties
from kempelen.toolkit.troubles import Trouble

LAYOUT = "layout:"
BESIDE = ("project.yaml", "project.yml", "project.toml")


def properties_of(source: str, project: Path | None, options: Mapping[str, Any]) -> Properties:
    """Give what the project's file says, or one beside the template, changed by options."""
    if project is None and not (is_address(source) or source.startswith(LAYOUT)):
        beside = (Path(source).parent / each for each in BESIDE)
        project = next((path for path in beside if path.is_file()), None)
    found = properties.read(project) if project is not None else Properties()
    return properties.changed(found, options, where="options")


def is_liquid_text(text: str, compiled: templates.CompiledTemplate) -> bool:
    """Tell whether a template is taken as Liquid: it looks like it, and has no `${variables}`."""
    return not compiled.required and liquid_templates.looks_like_liquid(text)


def is_address(source: str) -> bool:
    """Tell the address of somebody's own page from a template's file."""
    return source.startswith(("https://", "http://"))


def text_of(path: Path) -> str:
    """Give a template as text; refuses one that is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Trouble(f"{path} is not UTF-8 (byte {error.start}). Save it as UTF-8.") from error
