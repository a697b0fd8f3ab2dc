"""What strangers wrote is shown on a terminal, which obeys none of it; and what a progress bar says."""

import json

import pytest
from rich.progress import Task, TaskID

from kempelen.cli.mturk import telling

pytestmark = pytest.mark.once
EVIL = "\x1b]0;owned\x07\x9b31mred‮gnp.exe\nnext"


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> "pytest.CaptureFixture[str]":
    return capsys


def test_fields_and_tables_hold_nothing_that_a_terminal_would_obey(
    said: pytest.CaptureFixture[str],
) -> None:
    telling.tell_fields({"answer": EVIL, "list": [EVIL], EVIL: 1})
    telling.tell_table([{"worker": EVIL}], "")
    shown = said.readouterr().out
    assert not {"\x1b", "\x07", "\x9b", "‮"} & set(shown)
    assert shown.count("\n") == 5 and "owned" in shown


def test_json_means_the_same_and_holds_nothing_that_a_terminal_would_obey(
    said: pytest.CaptureFixture[str],
) -> None:
    telling.print_json({"answer": EVIL, "é": "日本"})
    shown = said.readouterr().out
    assert json.loads(shown) == {"answer": EVIL, "é": "日本"}
    assert not {"\x1b", "\x07", "\x9b", "‮"} & set(shown) and "日本" in shown


def test_columns_stand_below_each_other_whatever_is_in_them(said: pytest.CaptureFixture[str]) -> None:
    telling.tell_table([{"name": "日本", "n": 1}, {"name": "Ada", "n": 2}], "")
    assert said.readouterr().out.splitlines() == ["name  n", "日本  1", "Ada   2"]


def test_the_rate_is_told_by_the_second_or_by_the_minute() -> None:
    task = Task(TaskID(1), "HITs", total=5000, completed=0, _get_time=lambda: 100.0)
    assert str(telling.RateColumn().render(task)) == ""
    for speed, shown in ((1234.4, "1,234/s"), (0.1, "6/min")):
        task.finished_speed = speed
        assert str(telling.RateColumn().render(task)) == shown
