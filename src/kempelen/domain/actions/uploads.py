"""Batch files that were uploaded: checked against their template, and read again when they are published."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from itertools import islice
from pathlib import Path

from django.conf import settings

from kempelen.domain.batches import batch_files, filling, lint, liquid_templates, templates
from kempelen.domain.batches.csv_files import JSON_LINES, CheckedCsv
from kempelen.domain.batches.csv_problems import CsvProblems
from kempelen.domain.batches.liquid_templates import LiquidTemplate
from kempelen.domain.errors import FileRefused
from kempelen.domain.models import TemplateLanguage, TemplateVersion
from kempelen.domain.models.projects import RowsFile
from kempelen.domain.queries import tasks

# So many rows a template in Liquid is filled with, to see whether it takes them; each costs a millisecond.
TRIED_ROWS = 200
MOST_TROUBLES = 5


def check(source: RowsFile, version: TemplateVersion) -> None:
    """Look through a file of rows and note on it what it holds, or refuse with `FileRefused`."""
    problems = [
        f"Template, line {finding.line}: {finding.message}"
        for finding in lint.lint(version.html, language=version.language)
        if finding.level == "error"
    ]
    if problems:
        raise FileRefused(problems)
    try:
        if version.language == TemplateLanguage.LIQUID:
            checked = _checked_for_liquid(source, version)
        else:
            checked = _checked(source, version.html)
    except CsvProblems as refused:
        raise FileRefused(str(refused).splitlines()) from refused
    source.csv_facts = asdict(checked)
    source.columns = list(checked.columns)
    source.row_count = checked.row_count


def checked_of(source: RowsFile) -> CheckedCsv:
    """Give what the check of the file found, as it is needed to read the rows again."""
    facts = source.csv_facts
    return CheckedCsv(**{**facts, "columns": tuple(facts["columns"]), "warnings": tuple(facts["warnings"])})


def rows_of(source: RowsFile, checked: CheckedCsv, *, start: int = 0) -> Iterator[dict[str, str]]:
    """Give the inputs of the file's HITs, from the one after the first `start`.

    A file that is no longer what was checked raises `CsvProblems`.
    """
    for row in batch_files.rows(Path(source.csv_file.path), checked, start=start):
        yield batch_files.named(checked, row)


def _checked(source: RowsFile, html: str) -> CheckedCsv:
    template = templates.compile_template(html)
    return batch_files.check(
        Path(source.csv_file.path),
        wanted=template.required,
        wanted_in_scripts=template.in_scripts,
        file_name=source.file_name,
    )


def _checked_for_liquid(source: RowsFile, version: TemplateVersion) -> CheckedCsv:
    checked = batch_files.check(Path(source.csv_file.path), file_name=source.file_name)
    template = liquid_templates.look_through(version.html)
    known = liquid_templates.known_columns(version.html)
    if known and not known & set(checked.columns):
        names = ", ".join(f"task.input.{name}" for name in sorted(known)[:5])
        said = f"{source.file_name}: none of its columns is used by the template, which has {names}"
        raise FileRefused([f"{said}; is it another project’s file?"])
    tried = list(islice(rows_of(source, checked), TRIED_ROWS))
    _try(version, tried, is_json=checked.form == JSON_LINES)
    warnings = [*checked.warnings, *liquid_templates.warnings_about(template, checked.columns)]
    if _names_files_of_s3(template, tried):
        warnings.append(
            "The file has s3:// addresses, which browsers cannot open: have this server’s administrator set "
            "KEMPELEN_S3_ADDRESS, or write https:// addresses."
        )
    return replace(checked, warnings=tuple(warnings))


def _try(version: TemplateVersion, rows: list[dict[str, str]], *, is_json: bool) -> None:
    """Fill the template with the first rows; say which of them it cannot take."""
    troubles: list[str] = []
    for number, row in enumerate(rows, 1):
        try:
            tasks.page_of(version, row)
        except filling.TemplateTrouble as trouble:
            place = f"object {number}" if is_json else f"row {number} below the header"
            troubles.append(f"Template with {place}, {trouble}")
            if len(troubles) >= MOST_TROUBLES:
                break
    if troubles:
        raise FileRefused(troubles)


def _names_files_of_s3(template: LiquidTemplate, rows: list[dict[str, str]]) -> bool:
    if settings.KEMPELEN_S3_ADDRESS or not template.reads_files:
        return False
    return any("s3://" in cell for row in rows for cell in row.values())
