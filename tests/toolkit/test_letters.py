"""Who got a message is known for a day, whatever ended the run that sent it."""

import json
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kempelen.toolkit import letters, workforce
from kempelen.toolkit.connection import Keys
from kempelen.toolkit.letters import Letters
from kempelen.toolkit.troubles import Refused, Trouble, Unreachable

pytestmark = pytest.mark.once
ANN, BEN = "A1ANN", "A1BEN"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KEMPELEN_PROFILES", str(tmp_path / "profiles.toml"))
    return tmp_path / "letters"


def opened(message: str = "Hello", *, key: str = "AKIA", forgets: bool = False) -> Any:
    connection: Any = SimpleNamespace(endpoint="http://here", keys=lambda: Keys(key, "secret"))
    return letters.of(connection, "News", message, forgets=forgets)


def sent(
    to: list[str], answer: Any = None, message: str = "Hello"
) -> tuple[Any, list[tuple[str, list[str]]]]:
    calls = []

    def call_as(invocation: str, operation: str, **members: Any) -> Any:
        calls.append((invocation, members["WorkerIds"]))
        if isinstance(answer, Exception):
            raise answer
        return answer or {}

    connection: Any = SimpleNamespace(call_as=call_as)
    with opened(message) as known:
        return workforce.notify(connection, to, "News", message, known), calls


def test_whoever_got_it_is_not_written_to_again() -> None:
    assert sent([ANN])[0].done == [ANN]
    summary, calls = sent([ANN, BEN])
    assert (summary.already, summary.done) == ([ANN], [BEN])
    assert [to for _, to in calls] == [[BEN]]
    assert sent([ANN], message="Something else")[0].done == [ANN]


def test_a_call_without_an_answer_is_repeated_under_its_name() -> None:
    summary, ((name, _),) = sent([ANN, BEN], Unreachable("gone"))
    assert (summary.ended, list(summary.failed)) == ("gone", [ANN, BEN])
    summary, calls = sent([BEN, ANN, "A1CLEO"])
    assert calls[0] == (name, [ANN, BEN]) and calls[1][1] == ["A1CLEO"] and calls[1][0] != name
    assert summary.done == [ANN, BEN, "A1CLEO"]


def test_who_is_not_meant_any_more_is_left_out_of_a_repeated_call() -> None:
    sent([ANN, BEN], Unreachable("gone"))
    assert sent([BEN])[1][0][1] == [BEN]


def test_a_call_that_was_refused_reached_nobody() -> None:
    assert list(sent([ANN], Refused("RequestError", "No."))[0].failed) == [ANN]
    assert sent([ANN])[0].done == [ANN]


def test_another_key_another_day_and_again_begin_anew(folder: Path) -> None:
    sent([ANN])
    with opened(key="AKIB") as known:
        assert not known.reached
    with opened(forgets=True) as known:
        assert not known.reached
    sent([ANN])
    for path in folder.iterdir():
        lines = [
            json.loads(line) | {"at": int(time.time()) - 90_000} for line in path.read_text().splitlines()
        ]
        path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    with opened() as known:
        assert not known.reached


def test_a_torn_line_is_dropped_and_a_damaged_file_is_named(folder: Path) -> None:
    sent([ANN])
    (path,) = folder.iterdir()
    path.write_bytes(path.read_bytes()[:-9])
    with opened() as known:
        assert isinstance(known, Letters) and list(known.unanswered.values()) == [[ANN]]
    path.write_text("nonsense\n")
    with pytest.raises(Trouble, match="is damaged"), opened():
        pass


def test_two_runs_do_not_write_the_same_message_at_once() -> None:
    with opened(), pytest.raises(Trouble, match="Another run"), opened():
        pass
