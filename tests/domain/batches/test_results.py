"""MTurk's results file, cell by cell, as real ones were found (crowd-elements.md §7)."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from kempelen.domain.batches.results import (
    ApprovalRate,
    ResultRow,
    csv_lines,
    header,
    json_lines,
    rate_shown,
    reward_shown,
    time_shown,
)

pytestmark = pytest.mark.once

ACCEPTED = datetime(2019, 10, 8, 2, 29, 23, tzinfo=UTC)


def a_row(**changes: Any) -> ResultRow:
    fields: dict[str, Any] = {
        "hit_id": "3HIT",
        "hit_type_id": "3TYPE",
        "title": "Sort flowers",
        "description": 'Say "what" it is',
        "keywords": "flower, image",
        "reward_cents": 10,
        "created_at": ACCEPTED - timedelta(hours=1),
        "max_assignments": 3,
        "requester_annotation": "BatchId:3793008;OriginalHitTemplateId:928390909;",
        "assignment_duration_seconds": 3600,
        "auto_approval_delay_seconds": 86400,
        "expires_at": ACCEPTED + timedelta(days=7),
        "assignment_id": "3ASSIGNMENT",
        "worker_id": "AWORKER",
        "status": "Approved",
        "accepted_at": ACCEPTED,
        "submitted_at": ACCEPTED + timedelta(seconds=61, microseconds=900_000),
        "auto_approval_at": ACCEPTED + timedelta(days=1, seconds=61),
        "approved_at": ACCEPTED + timedelta(hours=2),
        "rejected_at": None,
        "feedback": "",
        "lifetime_rate": ApprovalRate(437, 437),
        "last_30_days_rate": ApprovalRate(2, 3),
        "last_7_days_rate": ApprovalRate(0, 0),
        "inputs": {"url": "u1", "name": "Rosé"},
        "answers": {"kind": "rose"},
    }
    return ResultRow(**fields | changes)


def written(
    *rows: ResultRow, columns: tuple[str, ...] = (), names: tuple[str, ...] = (), **options: bool
) -> str:
    return "".join(csv_lines(rows, columns, names, **options))


def answer_cell(value: str | list[str], *, spreadsheet_safe: bool = False) -> str:
    text = written(a_row(answers={"a": value}), names=("a",), spreadsheet_safe=spreadsheet_safe)
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))[1][-1]


def test_the_header_has_mturks_columns_in_mturks_order() -> None:
    assert ",".join(header(["url", "a"], [])) == (
        "HITId,HITTypeId,Title,Description,Keywords,Reward,CreationTime,MaxAssignments,RequesterAnnotation,"
        "AssignmentDurationInSeconds,AutoApprovalDelayInSeconds,Expiration,NumberOfSimilarHITs,"
        "LifetimeInSeconds,AssignmentId,WorkerId,AssignmentStatus,AcceptTime,SubmitTime,AutoApprovalTime,"
        "ApprovalTime,RejectionTime,RequesterFeedback,WorkTimeInSeconds,LifetimeApprovalRate,"
        "Last30DaysApprovalRate,Last7DaysApprovalRate,Input.url,Input.a,Approve,Reject"
    )


def test_answers_are_sorted_by_their_bytes() -> None:
    names = header([], ["é", "response11", "response101", "b", "B", "a.b", "a-b"])[27:-2]
    assert names == [f"Answer.{name}" for name in ("B", "a-b", "a.b", "b", "response101", "response11", "é")]


def test_a_row_reads_as_mturk_writes_it() -> None:
    _, line = written(a_row(), columns=("name", "url"), names=("kind",)).split("\r\n")
    assert line == (
        '"3HIT","3TYPE","Sort flowers","Say ""what"" it is","flower, image","$0.10",'
        '"Tue Oct 08 01:29:23 UTC 2019","3","BatchId:3793008;OriginalHitTemplateId:928390909;","3600",'
        '"86400","Tue Oct 15 02:29:23 UTC 2019","","","3ASSIGNMENT","AWORKER","Approved",'
        '"Tue Oct 08 02:29:23 UTC 2019","Tue Oct 08 02:30:24 UTC 2019","Wed Oct 09 02:30:24 UTC 2019",'
        '"Tue Oct 08 04:29:23 UTC 2019","","","61","100% (437/437)","67% (2/3)","0% (0/0)","Rosé","u1","rose"'
    )


def test_rows_lack_the_two_cells_for_reviewers() -> None:
    names, row = csv.reader(io.StringIO(written(a_row(), names=("kind",)), newline=""))
    assert names[-2:] == ["Approve", "Reject"]
    assert len(row) == len(names) - 2


def test_lines_end_in_crlf_but_for_the_last() -> None:
    text = written(a_row(), a_row())
    assert text.count("\r\n") == 2 and not text.endswith("\n")


def test_without_results_there_is_a_header() -> None:
    assert written(columns=("a",)) == ",".join(f'"{name}"' for name in header(["a"], []))


def test_rows_come_as_they_are_read_and_not_all_at_once() -> None:
    asked = []
    pieces = csv_lines((asked.append(n) or a_row() for n in range(1_000)), [], [])  # type: ignore[func-returns-value]
    next(pieces)
    assert asked == []
    next(pieces)
    assert 0 < len(asked) < 1_000


def test_inputs_and_answers_that_a_row_lacks_are_empty_cells() -> None:
    text = written(a_row(inputs={"b": "x"}, answers={}), columns=("a", "b"), names=("c",))
    assert text.endswith(',"","x",""')


def test_several_values_of_a_field_are_joined_with_a_bar() -> None:
    assert answer_cell(["A", "B|C", ""]) == "A|B|C|"
    assert answer_cell([]) == ""


@pytest.mark.parametrize("value", ['say "hi", you', "line\r\nbreak\nand\rmore", "日本語 𝄞", "=1+1", "'"])
def test_values_of_every_kind_are_read_back(value: str) -> None:
    assert answer_cell(value) == value


def test_nul_characters_are_replaced() -> None:
    assert answer_cell("a\0b") == "a\ufffdb"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_formulas_are_made_harmless_on_request(start: str) -> None:
    assert answer_cell(f"{start}cmd", spreadsheet_safe=True) == f"'{start}cmd"
    assert answer_cell(f"a{start}", spreadsheet_safe=True) == f"a{start}"
    assert answer_cell("", spreadsheet_safe=True) == ""


def test_every_column_is_made_harmless() -> None:
    text = written(
        a_row(title="=a", feedback="@b", inputs={"i": "+c"}), columns=("i",), spreadsheet_safe=True
    )
    assert all(cell in text for cell in ('"\'=a"', '"\'@b"', '"\'+c"'))


@pytest.mark.parametrize(
    ("cents", "shown"), [(0, "$0.00"), (5, "$0.05"), (10, "$0.10"), (123456, "$1234.56")]
)
def test_rewards_are_shown_in_dollars(cents: int, shown: str) -> None:
    assert reward_shown(cents) == shown


def test_times_are_shown_in_utc() -> None:
    paris = timezone(timedelta(hours=2))
    assert time_shown(datetime(2026, 2, 1, 0, 0, 9, tzinfo=paris)) == "Sat Jan 31 22:00:09 UTC 2026"
    assert time_shown(None) == ""


@pytest.mark.parametrize(
    ("approved", "total", "shown"),
    [(0, 0, "0% (0/0)"), (437, 437, "100% (437/437)"), (1, 2, "50% (1/2)"), (1, 8, "13% (1/8)")],
)
def test_rates_are_shown_in_percent_and_numbers(approved: int, total: int, shown: str) -> None:
    assert rate_shown(approved, total) == shown


def test_json_lines_keep_names_lists_and_exact_times() -> None:
    rows = [a_row(answers={"tags": ["a", "b"], "t": "x\ny"}), a_row(hit_id="3OTHER")]
    first, second = [json.loads(line) for line in json_lines(rows)]
    assert first["Answer"] == {"tags": ["a", "b"], "t": "x\ny"}
    assert first["Input"] == {"url": "u1", "name": "Rosé"}
    assert (first["Reward"], first["WorkTimeInSeconds"], first["RejectionTime"]) == ("0.10", 61, None)
    assert first["SubmitTime"] == "2019-10-08T02:30:24.900000Z"
    assert first["Last30DaysApprovalRate"] == {"approved": 2, "total": 3}
    assert second["HITId"] == "3OTHER"


def test_json_lines_are_lines_with_the_csvs_columns() -> None:
    (line,) = json_lines([a_row(answers={"t": "x\ny"})])
    assert line.count(b"\n") == 1 and line.endswith(b"\n")
    left_out = {"NumberOfSimilarHITs", "LifetimeInSeconds", "Approve", "Reject"}
    assert [*json.loads(line)] == [name for name in header([], []) if name not in left_out] + [
        "Input",
        "Answer",
    ]
