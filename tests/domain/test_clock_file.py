"""The file by which the processes of a node have their clock in common."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kempelen.domain import clock
from kempelen.domain.clock_file import LAST, ClockFile, Course

pytestmark = pytest.mark.once
REAL = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "clock"


def test_a_new_file_shows_the_worlds_time(path: Path) -> None:
    file = ClockFile(path)

    assert (file.course, file.time_at(REAL)) == (None, REAL)
    assert path.stat().st_mode & 0o077 == 0


def test_what_one_writes_the_other_reads_at_once(path: Path) -> None:
    one, other = ClockFile(path), ClockFile(path)
    for course in (Course(REAL, REAL + DAY), Course(REAL, REAL, 100.0), Course(REAL, REAL, 0.0), None):
        with one.locked():
            one.write(course)
        assert other.course == course
        assert ClockFile(path).course == course


def test_another_process_reads_it_too(path: Path) -> None:
    file = ClockFile(path)
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.read(read, 1)
        os._exit(0 if file.course == Course(REAL, REAL + DAY) else 1)
    file.write(Course(REAL, REAL + DAY))
    os.write(write, b"x")
    assert os.waitpid(child, 0)[1] == 0
    os.close(read)
    os.close(write)


def test_of_a_half_written_course_nothing_is_believed(path: Path) -> None:
    file = ClockFile(path)
    file.write(Course(REAL, REAL + DAY))
    assert file.course == Course(REAL, REAL + DAY)
    content = path.read_bytes()

    with path.open("r+b") as torn:
        torn.write(b"\x01" * 9)
    assert file.course == Course(REAL, REAL + DAY)
    assert ClockFile(path).course is None
    assert not file.is_whole

    with path.open("r+b") as mended:
        mended.write(content)
    assert ClockFile(path).course == Course(REAL, REAL + DAY)


@pytest.mark.parametrize(
    ("factor", "after", "shows"),
    [
        (1.0, DAY, DAY),
        (100.0, timedelta(minutes=1), timedelta(minutes=100)),
        (0.5, DAY, DAY / 2),
        (0.0, DAY, timedelta()),
        (1.0, -DAY, timedelta()),  # the machine's own clock was set back
        (1_000_000.0, 365 * DAY, LAST - REAL),
        (1_000_000.0, 365 * 1000 * DAY, LAST - REAL),
    ],
)
def test_a_course_says_the_time(factor: float, after: timedelta, shows: timedelta) -> None:
    assert Course(REAL, REAL, factor).at(REAL + after) == REAL + shows


def test_a_server_that_follows_no_file_has_the_worlds_time() -> None:
    assert clock.course() is None
    assert abs(clock.now() - datetime.now(tz=UTC)) < timedelta(minutes=1)
