"""What is to be published, from files and options that a person gives; all checked before the first call."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from kempelen.domain.batches import batch_files, filling, templates, typed_cells
from kempelen.domain.questions import external, layouts
from kempelen.toolkit.properties import Properties
from kempelen.toolkit.publishing import Plan
from kempelen.toolkit.sources import LAYOUT, is_address, is_liquid_text, properties_of, text_of
from kempelen.toolkit.troubles import Trouble

_DEFAULT_HEIGHT = 600
_EXTERNAL_NAMESPACE = (
    "http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2006-07-14/ExternalQuestion.xsd"
)

_Question = Callable[[Sequence[str]], dict[str, Any]]


def plan(
    source: str,
    data: Path | None,
    *,
    project: Path | None = None,
    options: Mapping[str, Any] | None = None,
    hit_type_id: str = "",
    name: str = "",
    on_warning: Callable[[str], None] = lambda text: None,
) -> Plan:
    """Give what is to be published; refuses files that do not fit together (`Trouble`, `CsvProblems`).

    `source` is a template's file, an address of one's own page, or `layout:` with an id.
    """
    found = properties_of(source, project, options or {})
    if source.startswith(LAYOUT):
        text, wanted = source, None
    elif is_address(source):
        text, wanted = source, templates.compile_template(source)
    else:
        text = text_of(Path(source))
        wanted = templates.compile_template(text)
        if is_liquid_text(text, wanted):
            wanted = None
            on_warning("The template is taken as Liquid: it has {{ … }} or {% … %}, and no ${variables}.")
    columns, rows = _rows(data, wanted, on_warning)
    if is_address(source):
        _check_addresses(source, columns, rows)
    if not hit_type_id and not found.title:
        raise Trouble("What is the work called? Give --title, or a title in the project’s file.")
    return Plan(
        name=name or (data.stem if data is not None else Path(source).stem),
        properties=found,
        columns=columns,
        rows=rows,
        question=_question(source, text, columns, found),
        hit_type_id=hit_type_id,
        source=text,
    )


def _rows(
    data: Path | None, wanted: templates.CompiledTemplate | None, on_warning: Callable[[str], None]
) -> tuple[Sequence[str], list[list[str]]]:
    """Give the columns and the rows; one empty row without a file."""
    uses: Iterable[Any] | None = wanted.required if wanted is not None else None
    if data is None:
        if uses:
            names = ", ".join(dict.fromkeys(use.name for use in uses))
            raise Trouble(f"The template has variables ({names}): name a file with a column for each.")
        return (), [[]]
    in_scripts = wanted.in_scripts if wanted is not None else ()
    checked = batch_files.check(data, wanted=uses, wanted_in_scripts=in_scripts)
    for warning in checked.warnings:
        on_warning(warning)
    return checked.columns, list(batch_files.rows(data, checked))


def _question(source: str, text: str, columns: Sequence[str], found: Properties) -> _Question:
    """Give what makes the members of a HIT that say what it shows."""
    if source.startswith(LAYOUT):
        layout_id = source.removeprefix(LAYOUT)

        def layout(row: Sequence[str]) -> dict[str, Any]:
            pairs = zip(columns, row, strict=False)  # of JSON Lines a cell about types may follow
            parameters = [{"Name": column, "Value": value} for column, value in pairs]
            return {"HITLayoutId": layout_id, "HITLayoutParameters": parameters}

        return layout
    if not is_address(source):
        is_liquid = is_liquid_text(text, templates.compile_template(text))
        language = filling.LIQUID if is_liquid else filling.MTURK
        names = (*columns, typed_cells.TYPES)

        def html(row: Sequence[str]) -> dict[str, Any]:
            try:
                inputs = dict(zip(names, row, strict=False))
                return {"Question": layouts.document(text, inputs, language=language)}
            except filling.TemplateTrouble as trouble:
                raise Trouble(f"{source}, {trouble}") from trouble

        return html
    address = templates.compile_template(source)
    height = found.frame_height or _DEFAULT_HEIGHT

    def external_question(row: Sequence[str]) -> dict[str, Any]:
        url = escape(address.fill(dict(zip(columns, row, strict=False))))
        return {
            "Question": f'<ExternalQuestion xmlns="{_EXTERNAL_NAMESPACE}">'
            f"<ExternalURL>{url}</ExternalURL><FrameHeight>{height}</FrameHeight></ExternalQuestion>"
        }

    return external_question


def _check_addresses(source: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Refuse rows that make no address of a page."""
    address = templates.compile_template(source)
    for number, row in enumerate(rows, 1):
        url = address.fill(dict(zip(columns, row, strict=False)))
        if problem := external.problem_with(url):
            raise Trouble(f"Row {number} makes the address {url}. {problem}")
