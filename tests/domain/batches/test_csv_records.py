"""Delimiters and quotes, line by line."""

import pytest

from kempelen.domain.batches.csv_records import CsvRecords, is_blank, open_quote
from kempelen.domain.batches.csv_text import open_csv_text

from .conftest import WriteCsv

pytestmark = pytest.mark.once


def test_records_tell_their_row_and_lines(a_csv: WriteCsv) -> None:
    with open_csv_text(a_csv('\na,b\n"1\n2",3\n\n4,5\n')) as text:
        records = CsvRecords(text)
        places = [(record, records.row, records.line, records.last_line) for record in records]
    assert places == [
        (["a", "b"], 2, 2, 2), (["1\n2", "3"], 3, 3, 4), ([], 4, 5, 5), (["4", "5"], 5, 6, 6),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("record", "blank"),
    [([], True), (["", ""], True), (["  "], True), ([" ", ""], False), (["x"], False), (["", "", ""], True)],
)
def test_empty_lines_and_rows_of_empty_cells_are_blank(record: list[str], blank: bool) -> None:
    assert is_blank(record, width=2) is blank


def test_a_value_of_spaces_is_a_value_where_there_is_one_column() -> None:
    assert not is_blank(["  "], width=1)


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (['1,"2\n', "3\n"], (0, 1)),
        (['"a\n', 'b","c""\n', "d\n"], (1, 1)),
        (['"a"b,c\n'], (0, 0)),
        (['a,"b",x"y","c\n', "d,e\n"], (0, 3)),
        (['"",","","c" \n'], (0, 1)),
    ],
)
def test_the_quote_that_is_not_closed_is_found(lines: list[str], place: tuple[int, int]) -> None:
    assert open_quote(lines, ",") == place


@pytest.mark.parametrize("part", ['"', '""', '",', '"a,', "a,", '"\n'])
def test_hostile_quotes_take_linear_time(a_csv: WriteCsv, part: str) -> None:
    content = part * 300_000
    line, column = open_quote(content.splitlines(keepends=True), ",")
    assert line >= 0 and column >= 0
    with open_csv_text(a_csv(content)) as text:
        assert CsvRecords(text).delimiter in ",;\t|"
