"""Whatever the csv module writes, in any dialect and encoding, our reader gives back."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kempelen.domain.batches.csv_files import check_csv, rows
from kempelen.domain.batches.csv_problems import CsvProblems

pytestmark = pytest.mark.once

CELLS = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab ,;\t|'\"\r\n=\u2028\x0b\ufeff"),
        st.characters(exclude_characters="\0", exclude_categories=["Cs"]),
    ),
    max_size=8,
)
NAMES = st.lists(
    st.text(alphabet="abcXYZ_é題 .-", min_size=1, max_size=6).filter(lambda name: name.strip() == name),
    min_size=1,
    max_size=5,
    unique=True,
)
# With other line ends than its default the csv module (before 3.13) leaves some line breaks unquoted.
STYLES = [("\r\n", csv.QUOTE_MINIMAL), *((newline, csv.QUOTE_ALL) for newline in ("\n", "\r\n", "\r"))]
ANY_FILE = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    names = draw(NAMES)
    row = st.lists(CELLS, min_size=len(names), max_size=len(names)).filter(any)
    return names, draw(st.lists(row, min_size=1, max_size=6))


def written(table: list[list[str]], **dialect: object) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, **dialect).writerows(table)  # type: ignore[arg-type]
    return stream.getvalue()


@ANY_FILE
@given(
    table=tables(),
    delimiter=st.sampled_from(",;\t|"),
    style=st.sampled_from(STYLES),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    has_sep_line=st.booleans(),
    has_last_newline=st.booleans(),
)
def test_a_written_table_is_read_back(
    tmp_path: Path,
    table: tuple[list[str], list[list[str]]],
    delimiter: str,
    style: tuple[str, int],
    encoding: str,
    has_sep_line: bool,
    has_last_newline: bool,
) -> None:
    (names, values), (newline, quoting) = table, style
    if len(names) == 1 and not has_sep_line:
        delimiter = ","  # a header of one name shows no other
    text = written([names, *values], delimiter=delimiter, lineterminator=newline, quoting=quoting)
    text = f"sep={delimiter}{newline}{text}" if has_sep_line else text
    assume(has_last_newline or not text.removesuffix(newline).endswith("\x1a"))  # ends texts of old programs
    path = tmp_path / "rows.csv"
    path.write_bytes((text if has_last_newline else text.removesuffix(newline)).encode(encoding))
    checked = check_csv(path, wanted=names)
    assert checked.columns == tuple(names)
    assert checked.row_count == len(values)
    assert list(rows(path, checked)) == values
    assert list(rows(path, checked, start=1)) == values[1:]


@ANY_FILE
@given(
    content=st.one_of(st.binary(max_size=200), st.text(alphabet='a,;"\n\r\té\0', max_size=80).map(str.encode))
)
def test_any_bytes_are_either_read_or_refused_with_problems(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(content)
    try:
        checked = check_csv(path)
    except CsvProblems as refused:
        assert 1 <= len(refused.problems) <= 20
        assert all(problem.message for problem in refused.problems)
    else:
        assert len(list(rows(path, checked))) == checked.row_count > 0


@ANY_FILE
@given(table=tables(), at=st.integers(0, 10_000), byte=st.sampled_from([b"\xff", b"\xe9", b"\0", b"\xc3"]))
def test_a_broken_byte_anywhere_is_never_published(
    tmp_path: Path, table: tuple[list[str], list[list[str]]], at: int, byte: bytes
) -> None:
    names, values = table
    content = written([names, *values], quoting=csv.QUOTE_ALL, lineterminator="\n").encode()
    at %= len(content)
    path = tmp_path / "rows.csv"
    path.write_bytes(content[:at] + byte + b"," + content[at:])
    with pytest.raises(CsvProblems):
        check_csv(path)
