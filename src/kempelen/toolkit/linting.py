"""What will not work in a template, with the rows that it is for."""

from pathlib import Path

from kempelen.domain.batches import batch_files, filling, liquid_templates, templates
from kempelen.domain.batches import lint as rules
from kempelen.domain.batches.csv_problems import CsvProblems
from kempelen.domain.batches.lint import Finding
from kempelen.toolkit import sources
from kempelen.toolkit.troubles import Trouble


def findings(template: Path, data: Path | None) -> list[Finding]:
    """Give what is to be said by line; `Trouble` where a file cannot be read as what it should be.

    As `publish` does, what looks like Liquid and has no `${variables}` is taken as Liquid.
    """
    html = sources.text_of(template)
    compiled = templates.compile_template(html)
    if not compiled.required and liquid_templates.looks_like_liquid(html):
        return rules.lint(html, language=filling.LIQUID)
    if data is None:
        return rules.lint(html)
    try:
        columns = batch_files.check(data).columns
    except CsvProblems as problems:
        raise Trouble(f"{data} cannot be published.\n{problems}") from problems
    return rules.lint_with_columns(html, columns)
