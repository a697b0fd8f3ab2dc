"""Whatever was asked and answered is what a CSV reader finds in the results."""

import csv
import io

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kempelen.domain.batches.results import csv_lines, header, json_lines
from tests.domain.batches.test_results import a_row

pytestmark = pytest.mark.once

TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab,\"'|\r\n\t=;"), st.characters(exclude_characters="\0", exclude_categories=["Cs"])
    ),
    max_size=10,
)
NAMES = st.lists(TEXT, max_size=4, unique=True)
VALUES = st.dictionaries(TEXT, TEXT, max_size=4)
ANSWERS = st.dictionaries(TEXT, st.one_of(TEXT, st.lists(TEXT, max_size=3)), max_size=4)


@given(NAMES, st.lists(st.tuples(VALUES, ANSWERS, TEXT), max_size=5))
def test_results_are_read_back_cell_by_cell(
    columns: list[str], given_rows: list[tuple[dict[str, str], dict[str, str | list[str]], str]]
) -> None:
    rows = [
        a_row(inputs=inputs, answers=answers, feedback=feedback) for inputs, answers, feedback in given_rows
    ]
    names = sorted({name for row in rows for name in row.answers})
    text = "".join(csv_lines(rows, columns, names)).encode().decode()
    head, *found = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert head == header(columns, names)
    assert len(found) == len(rows)
    for row, cells in zip(rows, found, strict=True):
        assert cells[22] == row.feedback
        assert cells[27 : 27 + len(columns)] == [row.inputs.get(column, "") for column in columns]
        answers = [row.answers.get(name, "") for name in names]
        assert cells[27 + len(columns) :] == [a if isinstance(a, str) else "|".join(a) for a in answers]


@given(ANSWERS, VALUES)
def test_json_lines_are_read_back(answers: dict[str, str | list[str]], inputs: dict[str, str]) -> None:
    (line,) = json_lines([a_row(answers=answers, inputs=inputs)])
    found = msgspec.json.decode(line)
    assert (found["Answer"], found["Input"]) == (answers, inputs)
