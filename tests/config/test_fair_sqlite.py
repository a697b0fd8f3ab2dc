import json
import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kempelen.config.sqlite.base import writes
from kempelen.config.sqlite.turns import Turns

pytestmark = pytest.mark.once


def a_file_with_a_number(folder: Path) -> Path:
    file = folder / "numbers.sqlite3"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE number (value)")
        connection.execute("INSERT INTO number VALUES (0)")
    connection.close()
    return file


def written_by_processes(file: Path, *, processes: int, threads: int, seconds: float) -> list[dict]:
    command = [sys.executable, "-m", "tests.config.sqlite_writer", str(file), str(threads), str(seconds)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(processes)]
    return [result for process in running for result in json.loads(process.communicate(timeout=60)[0])]


def test_writers_in_many_processes_never_find_the_database_locked(tmp_path):
    file = a_file_with_a_number(tmp_path)

    results = written_by_processes(file, processes=3, threads=3, seconds=1.5)

    assert [result["problem"] for result in results] == [""] * 9
    connection = sqlite3.connect(file)
    assert connection.execute("SELECT value FROM number").fetchone()[0] == sum(r["written"] for r in results)
    connection.close()


def test_no_writer_waits_while_others_write_again_and_again(tmp_path):
    results = written_by_processes(a_file_with_a_number(tmp_path), processes=2, threads=4, seconds=1.5)

    # SQLite's own waiting let one thread write a thousand times while another wrote once.
    written = [result["written"] for result in results]
    assert min(written) * 10 >= max(written)


def test_a_turn_is_one_threads_at_a_time(tmp_path):
    first, second = Turns(str(tmp_path / "lock")), Turns(str(tmp_path / "lock"))
    first.take()
    waiting = threading.Thread(target=second.take)
    waiting.start()
    waiting.join(0.1)
    assert waiting.is_alive()

    first.give_back()
    waiting.join(5)

    assert second.is_mine
    second.close()


def test_a_turn_within_a_turn_does_not_end_it(tmp_path):
    turns = Turns(str(tmp_path / "lock"))

    assert turns.take() is True
    assert turns.take() is False
    assert turns.is_mine
    turns.close()


@pytest.mark.filterwarnings(
    "ignore:This process:DeprecationWarning"
)  # xdist has threads; the child does nothing
def test_a_forked_child_neither_has_nor_ends_its_parents_turn(tmp_path):
    parents, others = Turns(str(tmp_path / "lock")), Turns(str(tmp_path / "lock"))
    parents.take()

    child = os.fork()
    if child == 0:
        parents.close()
        os._exit(0)
    os.waitpid(child, 0)
    waiting = threading.Thread(target=others.take)
    waiting.start()
    waiting.join(0.1)

    assert waiting.is_alive()
    parents.close()
    waiting.join(5)
    others.close()


@pytest.mark.parametrize(
    ("statement", "does_write"),
    [
        ('  UPDATE "kempelen_hit" SET x = 1', True),
        ("WITH taken AS (SELECT 1) INSERT INTO a SELECT * FROM taken", True),
        ("WITH taken AS (SELECT 1) SELECT * FROM taken", False),
        ("SELECT replace(a, b, c) FROM updates", False),
        ("PRAGMA journal_mode", False),
        ("SAVEPOINT a", False),
    ],
)
def test_only_statements_that_write_wait_their_turn(statement, does_write):
    assert writes(statement) is does_write
