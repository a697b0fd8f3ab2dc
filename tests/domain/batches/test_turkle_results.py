"""Results in Turkle's columns."""

import csv
import io

import msgspec

from kempelen.domain.batches.turkle_results import csv_lines
from tests.domain.batches.test_results import a_row

# As Turkle 3.1.0 writes it for a batch with the columns b and a and the answers z and y (its models.py,
# `Batch._get_csv_fieldnames`).
HEADER = [
    *("HITId", "HITTypeId", "Title", "CreationTime", "MaxAssignments", "AssignmentDurationInSeconds"),
    *("AssignmentId", "WorkerId", "AcceptTime", "SubmitTime", "WorkTimeInSeconds"),
    *("Input.a", "Input.b", "Answer.y", "Answer.z", "Turkle.Username"),
]


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_columns_are_turkles_and_in_its_order() -> None:
    row = a_row(inputs={"b": "2", "a": "1"}, answers={"z": ["x", "y"], "y": 'say "no"'})
    header, cells = table("".join(csv_lines([row], ["b", "a"], ["z", "y"])))
    assert header == HEADER
    assert cells[0] == row.hit_id
    assert cells[-5:] == ["1", "2", 'say "no"', "x|y", row.worker_id]


def test_every_cell_is_quoted_and_lines_end_as_asked_for() -> None:
    row = msgspec.structs.replace(a_row(inputs={}, answers={}), username="cleo")
    text = "".join(csv_lines([row], [], []))
    assert text.endswith('"cleo"\r\n')
    assert text.count("\r\n") == 2
    unix = "".join(csv_lines([row], [], [], line_end="\n"))
    assert unix == text.replace("\r\n", "\n")
    assert unix.startswith('"HITId","HITTypeId"')
