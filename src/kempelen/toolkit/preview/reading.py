"""The files of a preview, read anew whenever one changes; what is wrong with them is part of what is read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Literal, TypeVar
from xml.sax.saxutils import escape

from kempelen.domain.batches import batch_files, filling, own_files, templates, typed_cells
from kempelen.domain.batches import lint as rules
from kempelen.domain.batches.csv_files import CheckedCsv
from kempelen.domain.batches.csv_problems import CsvProblems
from kempelen.domain.batches.lint import Finding
from kempelen.domain.batches.lint_page import Page
from kempelen.domain.errors import Refusal
from kempelen.domain.questions import documents, layouts
from kempelen.domain.questions.documents import ExternalQuestion, Question
from kempelen.toolkit import sources
from kempelen.toolkit.properties import Properties
from kempelen.toolkit.troubles import Trouble

Kind = Literal["html", "document", "address"]
# Whose content is a page by itself, where values stand as they are.
_PAGE = "<HTMLQuestion"
_DOCUMENTS = ("<QuestionForm", "<HTMLQuestion", "<ExternalQuestion")
_T = TypeVar("_T")


@dataclass(frozen=True)
class Files:
    """Which files the preview is of; `source` is a template's file, or the address of somebody's own page."""

    source: str
    data: Path | None = None
    project: Path | None = None

    @property
    def template(self) -> Path | None:
        """The template's file, if it is one."""
        return None if sources.is_address(self.source) else Path(self.source)

    def watched(self) -> Iterator[Path]:
        """Give the files on which it depends, those that may come beside the template too."""
        if self.template is not None:
            yield self.template
            if self.project is None:
                yield from (self.template.parent / name for name in sources.BESIDE)
        yield from (path for path in (self.data, self.project) if path is not None)


@dataclass
class Reading:
    """What the files say, or as much of it as can be understood."""

    files: Files
    text: str = ""
    kind: Kind = "html"
    language: str = filling.MTURK
    checked: CheckedCsv | None = None
    properties: Properties | None = None
    findings: list[Finding] = field(default_factory=list)
    # Of the files as a whole, each with its remedy.
    problems: list[str] = field(default_factory=list)
    # The last that was asked for: in a long file each costs reading up to it.
    _row: tuple[int, dict[str, str]] = (0, {})

    @property
    def row_count(self) -> int:
        """How many rows there are; 0 without a file that can be used."""
        return self.checked.row_count if self.checked else 0

    def row(self, number: int) -> dict[str, str]:
        """Give a row's cells by column, with how they are meant; the first is 1, none is beyond the last."""
        if self.checked is None or self.files.data is None:
            return {}
        if self._row[0] != number:
            found = islice(batch_files.rows(self.files.data, self.checked, start=number - 1), 1)
            try:
                cells = next(found, [])
            except (CsvProblems, OSError, ValueError):
                cells = []  # it has just changed: what it says now is read at the next look
            self._row = number, dict(zip(batch_files.names(self.checked), cells, strict=False))
        return self._row[1]

    def document_of(self, row: dict[str, str]) -> str:
        """Give the question document that `publish` would send for a row; raises `TemplateTrouble`."""
        if self.kind == "html":
            return layouts.document(self.text, row, language=self.language)
        if self.kind == "document" and _PAGE not in self.text:
            row = {name: escape(cell) for name, cell in row.items()}
        return templates.compile_template(self.text).fill(row)

    def question_of(self, document: str) -> Question:
        """Read a question document, or raise the `Refusal` that publishing would meet."""
        if self.kind == "address":
            return ExternalQuestion(document, self.properties.frame_height if self.properties else 0)
        return documents.parse(document)


def read(files: Files) -> Reading:
    """Read all files; nothing that is wrong with them is raised."""
    found = Reading(files)
    text = _tried(found, lambda: _text(files))
    if text is not None:
        _take_text(found, text)
    found.properties = _tried(found, lambda: sources.properties_of(files.source, files.project, {}))
    if files.data is not None:
        data = files.data
        found.checked = _tried(found, lambda: batch_files.check(data))
    if text is not None:
        found.findings = _findings(found)
    if found.checked is not None:
        found.findings += [Finding("warning", 0, warning) for warning in found.checked.warnings]
    return found


def shown_cells(row: dict[str, str]) -> dict[str, str]:
    """Give a row less the entry that says how its cells are meant."""
    return {name: cell for name, cell in row.items() if name != typed_cells.TYPES}


def _text(files: Files) -> str:
    return files.source if files.template is None else sources.text_of(files.template)


def _take_text(found: Reading, text: str) -> None:
    found.text = text
    if found.files.template is None:
        found.kind = "address"
    elif any(name in text[:2000] for name in _DOCUMENTS) and text.lstrip("\ufeff \t\r\n").startswith("<"):
        found.kind = "document"
    elif sources.is_liquid_text(text, templates.compile_template(text)):
        found.language = filling.LIQUID


def _tried(found: Reading, act: Callable[[], _T]) -> _T | None:
    """Give what comes of an act, or note why nothing does."""
    try:
        return act()
    except CsvProblems as problems:
        found.problems += str(problems).splitlines()
    except (Trouble, Refusal) as trouble:
        found.problems.append(str(trouble))
    except OSError as error:
        found.problems.append(f"{error.filename}: {error.strerror}. Write it, and it is shown.")
    return None


def _findings(found: Reading) -> list[Finding]:
    columns = found.checked.columns if found.checked else None
    if found.kind != "html":
        hint = Finding("info", 1, "kempelen publish takes no question documents; send it with CreateHIT")
        hints = [hint] if found.kind == "document" else []
        return [*hints, *_without_column(found.text, columns)]
    if found.language == filling.LIQUID:
        return rules.lint(found.text, language=filling.LIQUID)
    if columns is not None:
        listed = rules.lint_with_columns(found.text, columns)
    else:
        listed = rules.lint(found.text)
        if found.files.data is None:
            listed += _without_data(found.text)
    return sorted([*listed, *_own_files(found)], key=lambda finding: finding.line)


def _without_column(text: str, columns: tuple[str, ...] | None) -> Iterator[Finding]:
    for use in templates.compile_template(text).required:
        if columns is not None and use.name not in columns:
            yield Finding("error", use.line, f"${{{use.name}}} has no column in the file")


def _without_data(text: str) -> list[Finding]:
    uses = templates.compile_template(text).required
    names = ", ".join(dict.fromkeys(use.name for use in uses))
    if not uses:
        return []
    remedy = "name a file of rows after the template"
    return [Finding("info", uses[0].line, f"The template has variables ({names}) and no rows: {remedy}")]


def _own_files(found: Reading) -> Iterator[Finding]:
    """Say of each relative address whether it is shown here, and that `publish` sends no files."""
    assert found.files.template is not None
    seen: set[str] = set()
    for url, line in own_files.relative_urls(Page(found.text)):
        path = own_files.path_of(url)
        if path in seen:
            continue
        seen.add(path)
        if (found.files.template.parent / path).is_file():
            remedy = "publishing sends no files: write a whole address, or add it to a project on the website"
            yield Finding("info", line, f"{path} is shown from beside the template; {remedy}")
        else:
            yield Finding("warning", line, f"{path} is no file beside the template; write its whole address")
