"""What will not work in a template, said before anything is published.

Errors keep a template from being published.  What scripts may well do while the page runs (make
fields, name them, submit) is never an error.
"""

from collections.abc import Collection, Iterable, Iterator

from kempelen.domain.batches import (
    filling,
    lint_crowd,
    lint_fields,
    lint_liquid,
    lint_sources,
    lint_structure,
    liquid_templates,
    own_files,
)
from kempelen.domain.batches.lint_page import Finding, Level, Page
from kempelen.domain.batches.templates import Use, column_like
from kempelen.domain.batches.wording import shown

__all__ = ["Finding", "Level", "lint", "lint_with_columns"]

MOST_FINDINGS = 100

_SEVERITY = {"error": 0, "warning": 1, "info": 2}


def lint(html: str, *, language: str = filling.MTURK, files: Collection[str] | None = None) -> list[Finding]:
    """What a template's author should know, by line; at most 100 findings, errors before others.

    `files` are the paths of the project's files, where it is known which those are.
    """
    is_liquid = language == filling.LIQUID
    page = Page(html, liquid_templates.masked(html)) if is_liquid else Page(html)
    missing = own_files.missing_files(page, files) if files is not None else ()
    if is_liquid:
        return _in_order([*lint_liquid.liquid(html), *_found_in(page), *missing])
    return _in_order([*_found_in(page), *_look_alikes(page), *lint_liquid.not_liquid(page), *missing])


def lint_with_columns(html: str, columns: Collection[str]) -> list[Finding]:
    """As `lint`, and what the variables lack among the columns of a CSV file."""
    page = Page(html)
    return _in_order([*_found_in(page), *_look_alikes(page), *_without_column(page, columns)])


def _found_in(page: Page) -> list[Finding]:
    if found := list(lint_structure.question_xml(page)):
        return found  # what else could be said about XML would only mislead
    crowd = [*lint_structure.crowd_elements(page), *lint_crowd.crowd(page)]
    fields = () if lint_structure.is_crowd(page) else lint_fields.RULES
    rules = (*fields, *lint_structure.RULES, *lint_sources.RULES)
    return crowd + [finding for rule in rules for finding in rule(page)]


def _look_alikes(page: Page) -> Iterator[Finding]:
    for text, line in page.template.look_alikes:
        if text.endswith("}"):
            message = f"{shown(text)} is no variable (names have letters, digits, spaces, _ - .); it stays"
            yield Finding("info", line, message)
        else:
            level: Level = "info" if text == "${" else "warning"
            yield Finding(level, line, f"{shown(text)} is not closed by }} on its line; it stays")


def _without_column(page: Page, columns: Collection[str]) -> Iterator[Finding]:
    for name, line in _first_uses(page.template.required, columns):
        like = column_like(name, columns)
        hint = f'; there is "{shown(like)}"' if like else ""
        yield Finding("error", line, f"${{{name}}} has no column in the file{hint}")
    for name, line in _first_uses(page.template.in_scripts, columns):
        yield Finding("warning", line, f"${{{name}}} in a script has no column and stays as it is")


def _first_uses(uses: Iterable[Use], columns: Collection[str]) -> list[Use]:
    known = set(columns)
    first: dict[str, Use] = {}
    for use in uses:
        if use.name not in known:
            first.setdefault(use.name, use)
    return list(first.values())


def _in_order(findings: list[Finding]) -> list[Finding]:
    most_severe = sorted(findings, key=lambda finding: _SEVERITY[finding.level])[:MOST_FINDINGS]
    return sorted(most_severe, key=lambda finding: (finding.line, _SEVERITY[finding.level]))
