"""The page of a row: a template of either language, filled.  The one place where pages of HITs are made."""

from collections.abc import Mapping
from functools import lru_cache

from kempelen.domain.batches import liquid_templates, templates
from kempelen.domain.batches.liquid_templates import TemplateTrouble
from kempelen.domain.batches.templates import Use

__all__ = ["LIQUID", "MTURK", "TemplateTrouble", "page_of", "used_columns"]

# The values of `TemplateLanguage`.
MTURK, LIQUID = "mturk", "liquid"


def page_of(html: str, row: Mapping[str, str], *, language: str, s3_address: str = "") -> str:
    """Give the page that a template makes of a row; only one in Liquid may refuse, with `TemplateTrouble`."""
    if language == LIQUID:
        return liquid_templates.fill(html, row, s3_address=s3_address)
    return _compiled(html).fill(row)


def used_columns(html: str, language: str) -> list[Use]:
    """Give the columns that a template asks for, each once with its first line, in that order."""
    is_liquid = language == LIQUID
    uses = liquid_templates.look_through(html).columns if is_liquid else _compiled(html).required
    first: dict[str, Use] = {}
    for use in uses:
        first.setdefault(use.name, use)
    return list(first.values())


@lru_cache(maxsize=64)
def _compiled(html: str) -> templates.CompiledTemplate:
    return templates.compile_template(html)
