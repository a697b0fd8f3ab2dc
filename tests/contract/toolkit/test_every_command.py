"""What holds for each command that speaks the API: a new one has to be added here, or these tests fail."""

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import takewhile
from pathlib import Path

import pytest
import typer

from kempelen.cli import main
from kempelen.toolkit import ledger
from tests.contract.api.crowd import CrowdWorker
from tests.contract.toolkit.conftest import PEOPLE, PROGRAM, TEMPLATE, TITLE, Toolkit
from tests.contract.toolkit.gate import Gate, standing
from tests.servers import Server

pytestmark = pytest.mark.once

OUTCOME = {"done", "already", "failed"}
BATCH = ("--batch", "people")
# How each is called in a folder with a batch, for {HIT}, {WORK} and {WORKER}; what `--json` has at its top.
CALLS: dict[str, tuple[tuple[str, ...], set[str]]] = {
    "publish": (("who.html", "more.csv", *TITLE), {"name", "file", "made", "failed"}),
    "status": (("people",), {"name", "rows", "made", "by_status", "to_review"}),
    "watch": (("people",), {"hits", "by_status", "to_review"}),
    "results": (("people",), {"name", "file", "answers"}),
    "review": (("people",), OUTCOME),
    "approve": (("{WORK}",), OUTCOME),
    "reject": (("{WORK}", "--feedback", "No."), OUTCOME),
    "bonus": (("{WORK}", "--amount", "0.10", "--reason", "Good."), OUTCOME),
    "extend": (BATCH, OUTCOME),
    "expire": (BATCH, OUTCOME),
    "add-assignments": ((*BATCH, "--to", "2"), OUTCOME),
    "delete": ((*BATCH, "--yes"), OUTCOME),
    "hit": (("{HIT}",), {"HITId", "HITStatus", "Title", "Question"}),
    "assignment": (("{WORK}",), {"AssignmentId", "WorkerId", "AssignmentStatus", "Answers"}),
    "workers": (("people",), {"worker", "submitted", "approved"}),
    "block": (("{WORKER}", "--reason", "Why."), OUTCOME),
    "unblock": (("{WORKER}",), OUTCOME),
    "notify": (("{WORKER}", "--subject", "News", "--message", "There is more."), OUTCOME),
    "notifications": (("show", *BATCH), set()),
    "qualification": (("list",), set()),
    "preview": (("who.html", "people.csv"), set()),
    "lint": (("who.html", "people.csv"), set()),
    "balance": ((), {"AvailableBalance"}),
    "profile": (("list",), set()),
    "rehearse": (("who.html", "people.csv"), set()),
    "run": (("--", "true"), set()),
}
# What takes long, is stopped by hand or needs a terminal has tests of its own.
BY_HAND = {"preview", "rehearse", "review"}
WITHOUT_JSON = {"run"}
# These call nobody as they are called here, or what they call is another program's.
ALONE = {"lint", "notifications", "profile", "run"}
CALLING = sorted(CALLS.keys() - ALONE - BY_HAND)
EXAMPLES = [
    line.strip()
    for name in (*main.COMMANDS, *main.OVER_THE_API)
    for line in (main.function_of(name).__doc__ or "").splitlines()
    if line.strip().startswith("kempelen ")
]


def test_each_command_is_here() -> None:
    assert set(CALLS) == set(main.OVER_THE_API)


@pytest.mark.parametrize("name", main.OVER_THE_API)
def test_each_has_examples(name: str) -> None:
    examples = [one for one in EXAMPLES if f" {name}" in one]
    assert examples, f"The help of `kempelen {name}` shows no example."


@pytest.mark.parametrize("example", sorted(set(EXAMPLES)))
def test_examples_are_understood(example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    words = list(takewhile(lambda word: not word.startswith(">"), shlex.split(example)[1:]))
    while words[0].startswith("--"):
        words = words[2:]
    name, *words = words
    for file in (tmp_path / word for word in words if re.fullmatch(r"[\w/.-]+\.[a-z]+", word)):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    app = typer.Typer(add_completion=False)
    context = {"allow_interspersed_args": False} if name in main.WRAPPING else None
    app.command(name, context_settings=context)(main.function_of(name))
    assert typer.main.get_command(app).make_context(name, words) is not None


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shell's folder with a batch that nobody has published, whose keys are of nobody."""
    (tmp_path / "who.html").write_text(TEMPLATE)
    for name in ("people", "more"):
        (tmp_path / f"{name}.csv").write_text(PEOPLE)
    head = ledger.Head("people", "http://127.0.0.1:9", "3TYPE", "", ["name", "born"], 3, "0.05", 1)
    with ledger.adding(tmp_path / "people.hits.jsonl") as writer:
        writer.begin(head)
        writer.add(ledger.Made(1, "3HIT", ["Ada", "1815"]))
    for name in ("AWS_PROFILE", "KEMPELEN_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KEMPELEN_PROFILES", str(tmp_path / "profiles.toml"))
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAUNKNOWNUNKNOWN00")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-the-secret")
    monkeypatch.setenv("AWS_ENDPOINT_URL_MTURK", "http://127.0.0.1:9")
    monkeypatch.chdir(tmp_path)
    return tmp_path


Say = Callable[..., str]


@pytest.fixture
def fails(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    """Runs a command, which has to fail with this status and a sentence; gives the sentence."""

    def run(name: str, *options: str, words: Sequence[str] | None = None, status: int = 1) -> str:
        words = (
            [word.format(HIT="3HIT", WORK="3WORK", WORKER="A1WORKER") for word in CALLS[name][0]]
            if words is None
            else words
        )
        monkeypatch.setattr(sys, "argv", ["kempelen", name, *options, *words])
        with pytest.raises(SystemExit) as ended:
            main.run()
        said = capsys.readouterr()
        assert ended.value.code == status, said
        assert "Traceback" not in said.err and "not-the-secret" not in said.out + said.err
        return said.err + said.out

    return run


@pytest.mark.parametrize("name", [*CALLING, "run"])
def test_a_profile_that_is_not_there_is_named(folder: Path, fails: Say, name: str) -> None:
    assert "There is no profile 'lob'" in fails(name, "--profile", "lob")


@pytest.mark.parametrize("name", CALLING)
def test_a_server_that_is_gone_is_named(folder: Path, fails: Say, name: str) -> None:
    assert "http://127.0.0.1:9 does not answer" in fails(name)


@pytest.mark.parametrize("name", CALLING)
def test_a_key_that_nobody_knows_is_named(folder: Path, fails: Say, name: str, site: Server) -> None:
    assert "does not know this access key" in fails(name, "--endpoint-url", site.url)


@pytest.mark.parametrize("name", CALLING)
def test_a_server_that_is_asked_too_much_is_given_time(
    folder: Path, fails: Say, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with standing("http://127.0.0.1:9") as gate:
        gate.throttled = 1_000
        assert "go on later" in fails(name, "--endpoint-url", gate.url)


@pytest.fixture
def gate(site: Server, toolkit: Toolkit) -> Iterator[Gate]:
    with standing(site.url) as gate:
        toolkit.environment["AWS_ENDPOINT_URL_MTURK"] = gate.url
        yield gate


def test_throttling_that_passes_is_waited_for(toolkit: Toolkit, gate: Gate) -> None:
    gate.throttled = 1
    assert "$10000.00" in toolkit.run("balance") and gate.operations == ["GetAccountBalance"] * 2


def test_what_is_said_for_programs_is_json_with_its_names(
    toolkit: Toolkit, crowd: Callable[..., CrowdWorker]
) -> None:
    first, second, _ = toolkit.publish_people()
    cleo = crowd("Cleo")
    works = [cleo.answer(hit_id, {"who": "she"}) for hit_id in (first, second)]
    (toolkit.folder / "more.csv").write_text(PEOPLE)
    values = {"HIT": first, "WORK": works[0], "WORKER": cleo.id}

    def said(name: str) -> str:
        words = [word.format(**values) if word.startswith("{") else word for word in CALLS[name][0]]
        command = [PROGRAM, name, *words, "--json"]
        done = subprocess.run(
            command, cwd=toolkit.folder, env=toolkit.environment, capture_output=True, text=True, check=False
        )
        return done.stdout if done.returncode in {0, 1} else f"{name}: {done.returncode} {done.stderr}"

    names = [name for name in CALLS if name not in WITHOUT_JSON | BY_HAND | {"watch", "delete", "expire"}]
    with ThreadPoolExecutor(3) as pool:
        answers = dict(zip(names, pool.map(said, names), strict=True))
    # These change what the others look at; the last ends when nothing is open any more.
    answers |= {name: said(name) for name in ("expire", "watch", "delete")}
    for name, text in answers.items():
        found = json.loads(text)
        top = found[0] if isinstance(found, list) and found else found
        assert CALLS[name][1] <= set(top), f"{name}: {text}"


@pytest.mark.parametrize(
    "words", [("balance", "--nonsense"), ("nonsense",), ("publish",), ("extend", "--at-once", "99")]
)
def test_words_that_no_command_has_end_with_status_2(folder: Path, fails: Say, words: Sequence[str]) -> None:
    name, *options = words
    assert "Usage: kempelen" in fails(name, words=options, status=2)


# Files as programs of all kinds leave them; the commands that take rows of people, and what they say of each.
BONUSES = "AssignmentId,WorkerId,BonusAmount,Reason\n3WORK,A1WORKER,0.10,Très bien\n"
ODD_FILES = {
    "latin-1": (BONUSES.encode("latin-1"), "is not UTF-8"),
    "empty": (b"", "has no column AssignmentId"),
    "nul": (BONUSES.replace("Très", "Tr\0s").encode(), "row 2"),
    "excel": (b"PK\x03\x04" + bytes(range(256)), "Excel"),
    "quote": (b'AssignmentId,WorkerId,BonusAmount,Reason\n"3WORK,' + b"x" * 20_000_000, "larger than"),
    "amount": (BONUSES.replace("0.10", "1e999999").encode(), "row 2"),
    "cents": (BONUSES.replace("0.10", "0.105").encode(), "whole cents"),
    "bom and crlf": (BONUSES.replace("\n", "\r\n").encode("utf-8-sig"), "does not answer"),
    "utf-16": (BONUSES.encode("utf-16"), "does not answer"),
}


@pytest.mark.parametrize("kind", ODD_FILES)
def test_odd_files_are_read_or_named(folder: Path, fails: Say, kind: str) -> None:
    written, said = ODD_FILES[kind]
    (folder / "odd.csv").write_bytes(written)
    assert said in fails("bonus", words=["--file", "odd.csv"])
