"""What a template asks of a file's columns, and what is said where they do not fit each other."""

from collections.abc import Collection, Iterable, Iterator

from kempelen.domain.batches.templates import Use, column_like
from kempelen.domain.batches.wording import shown


def name_of(use: Use | str) -> str:
    """Give the name of a column that a template asks for."""
    return use.name if isinstance(use, Use) else use


def missing(wanted: Iterable[Use | str], columns: Collection[str]) -> Iterator[tuple[str, str]]:
    """Give each variable that has no column, once, with what is wrong and how it is put right."""
    first_uses: dict[str, Use | str] = {}
    for use in wanted:
        first_uses.setdefault(name_of(use), use)
    for name, use in first_uses.items():
        if name not in columns:
            yield name, _is_missing(name, use, columns)


def unused(columns: Collection[str], used: set[str]) -> list[str]:
    """Give a warning about columns that a template does not use, if there are any."""
    rest = [shown(column) for column in columns if column not in used]
    if not rest:
        return []
    names = ", ".join(rest[:10]) + (f" and {len(rest) - 10} more" if len(rest) > 10 else "")
    return [f"The template does not use these columns; they are kept with each HIT: {names}."]


def _is_missing(name: str, use: Use | str, columns: Collection[str]) -> str:
    place = f" in line {use.line}" if isinstance(use, Use) else ""
    like = column_like(name, columns)
    remedy = (
        f'there is "{shown(like)}": write both alike, case and signs count'
        if like
        else "add the column, or take the variable out of the template"
    )
    return f"the template has ${{{name}}}{place}, but the file has no such column; {remedy}"
