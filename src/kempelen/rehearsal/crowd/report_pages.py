"""A report as a file: one page of HTML that needs nothing else, or Markdown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from kempelen.rehearsal.crowd import telling
from kempelen.rehearsal.crowd.reports import Report

_STYLE = """
:root { color-scheme: light dark; --paper: #faf7f2; --ink: #2b2a28; --soft: #6b6760; --line: #ddd6ca; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #1d1c1a; --ink: #ece8e1; --soft: #a49e94; --line: #3a3733; }
}
body { background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; margin: 0 auto;
  max-width: 62rem; padding: 2rem 1.25rem 4rem; font-variant-numeric: tabular-nums; }
h1 { font-size: 1.6rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 2.25rem 0 .5rem; }
p { color: var(--soft); margin: .25rem 0 0; }
div { overflow-x: auto; }
table { border-collapse: collapse; min-width: 24rem; }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .9rem .35rem 0; text-align: left; }
.many th:not(:first-child), .many td:not(:first-child) { text-align: right; white-space: nowrap; }
thead th { color: var(--soft); font-weight: 500; }
tbody th { font-weight: 500; }
"""


@dataclass(frozen=True)
class _Section:
    """A heading with a table; without a head it is of names and values."""

    title: str
    rows: Sequence[Sequence[str]]
    head: Sequence[str] = ()
    notes: Sequence[str] = field(default_factory=tuple)


def html(report: Report) -> str:
    """Give a page that can be mailed or printed."""
    title, under = telling.heading(report)
    parts = [
        "<!doctype html>",
        '<html lang="en">',
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>",
        f"<style>{_STYLE}</style>",
        f"<h1>{escape(title)}</h1>",
        f"<p>{escape(under)}</p>",
    ]
    for section in _sections(report):
        parts += [f"<h2>{escape(section.title)}</h2>", "<div>", *_table(section), "</div>"]
        parts += [f"<p>{escape(note)}</p>" for note in section.notes]
    return "\n".join([*parts, "</html>", ""])


def markdown(report: Report) -> str:
    """Give Markdown, for a wiki or a pull request."""
    title, under = telling.heading(report)
    parts = [f"# {_plain(title)}", "", under]
    for section in _sections(report):
        head = section.head or [""] * max((len(row) for row in section.rows), default=0)
        parts += ["", f"## {section.title}", ""]
        if section.rows:
            rule = [":--" if not at or not section.head else "--:" for at in range(len(head))]
            parts += [_row(head), _row(rule), *map(_row, section.rows)]
        parts += [line for note in section.notes for line in ("", note)]
    return "\n".join([*parts, ""])


def _sections(report: Report) -> Iterator[_Section]:
    for title, pairs in telling.facts(report):
        yield _Section(title, pairs)
    head, rows = telling.groups("kind", report.kinds, with_rules=bool(report.rules))
    yield _Section("Workers by kind", rows, head)
    if report.rules:
        head, rows, notes = telling.rules(report)
        yield _Section("Rules", rows, head, notes)
    found = [
        (count, f"{what}. {remedy}" if remedy else what) for count, what, remedy in telling.findings(report)
    ]
    yield _Section("What would have gone wrong", found, notes=() if found else ("Nothing.",))
    head, rows = telling.groups("worker", report.people, with_rules=bool(report.rules))
    yield _Section("Workers", rows, head)


def _table(section: _Section) -> Iterator[str]:
    yield '<table class="many">' if section.head else "<table>"
    if section.head:
        yield f"<thead><tr>{''.join(f'<th>{escape(cell)}</th>' for cell in section.head)}</tr></thead>"
    yield "<tbody>"
    for first, *others in section.rows:
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in others)
        yield f"<tr><th>{escape(first)}</th>{cells}</tr>"
    yield "</tbody></table>"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(_plain, cells))} |"


def _plain(text: str) -> str:
    """Give a text of the data as Markdown shows it: nothing in it is markup."""
    line = " ".join(text.split())
    for sign in "\\`*_[]<>|#":
        line = line.replace(sign, f"\\{sign}")
    return line
