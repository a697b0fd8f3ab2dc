"""The database that throw-away servers begin with is made once, and anew when it is spoilt."""

import multiprocessing
import os
import time
from pathlib import Path

import pytest

from kempelen.rehearsal import prepared

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "kempelen" / "rehearsal"


def make_one(log: Path) -> None:
    """Be one of several processes that want a database; the log says who made it."""

    def make() -> bytes:
        with log.open("a", encoding="ascii") as written:
            written.write("made\n")
        return b"tables"

    assert prepared.database(make) == b"tables"


def never() -> bytes:
    raise AssertionError("there was one")


def test_it_is_made_once() -> None:
    assert prepared.database(lambda: b"tables") == b"tables"
    assert prepared.database(never) == b"tables"


def test_of_several_processes_at_once_one_makes_it(tmp_path: Path) -> None:
    log = tmp_path / "log"
    processes = [multiprocessing.get_context("spawn").Process(target=make_one, args=[log]) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert [process.exitcode for process in processes] == [0] * 4
    assert log.read_text(encoding="ascii") == "made\n"


@pytest.mark.parametrize("spoilt", [b"", b"x" * 20, b"\0" * 32 + b"tables"])
def test_a_spoilt_one_is_made_anew(cache: Path, spoilt: bytes) -> None:
    prepared.database(lambda: b"tables")
    next(cache.glob("*.tables")).write_bytes(spoilt)

    assert prepared.database(lambda: b"new tables") == b"new tables"
    assert prepared.database(never) == b"new tables"


def test_each_state_of_the_program_has_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    prepared.database(lambda: b"tables")
    monkeypatch.setattr(prepared, "_version", lambda: "another")

    assert prepared.database(lambda: b"other tables") == b"other tables"


def test_the_same_program_installed_again_finds_what_was_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kempelen.__file__", str(tmp_path / "package" / "__init__.py"))
    program = tmp_path / "package" / "program.py"
    program.parent.mkdir()
    program.write_text("tables = 1\n", encoding="ascii")
    installed = prepared._version.__wrapped__()

    os.utime(program, (0, 0))
    assert prepared._version.__wrapped__() == installed
    program.write_text("tables = 2\n", encoding="ascii")
    assert prepared._version.__wrapped__() != installed


def test_what_nobody_used_for_a_month_is_removed(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared.database(lambda: b"tables")
    old = next(cache.glob("*.tables"))
    long_ago = time.time() - 40 * 24 * 3600
    os.utime(old, (long_ago, long_ago))
    monkeypatch.setattr(prepared, "_version", lambda: "another")

    prepared.database(lambda: b"other tables")

    assert not old.exists()


def test_whoever_has_no_home_folder_gets_one_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", lambda: (_ for _ in ()).throw(RuntimeError("no home")))

    assert prepared.database(lambda: b"tables") == b"tables"


def test_without_a_place_to_keep_it_one_is_made_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="ascii")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    assert prepared.database(lambda: b"tables") == b"tables"
