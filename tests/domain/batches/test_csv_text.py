"""A file's bytes become lines of text, and those that do not fit are marked."""

import pytest

from kempelen.domain.batches import csv_text
from kempelen.domain.batches.csv_text import LineTooLong, NotText, open_csv_text

from .conftest import WriteCsv

pytestmark = pytest.mark.once


def test_lines_keep_their_ends_and_odd_separators_do_not_end_them(a_csv: WriteCsv) -> None:
    with open_csv_text(a_csv("a\r\nb\rc\n\u2028\x0b\x85d")) as text:
        assert list(text.lines()) == ["a\r\n", "b\r", "c\n", "\u2028\x0b\x85d"]
        assert not text.has_marks


def test_a_line_end_split_between_two_reads_is_one(a_csv: WriteCsv) -> None:
    path = a_csv("".join("x" * length + "\r\n" for length in range(8_180, 8_200)))
    with open_csv_text(path) as text:
        assert [len(line) for line in text.lines()] == list(range(8_182, 8_202))


@pytest.mark.parametrize("shift", range(4))
def test_a_character_split_between_two_reads_is_no_mark(a_csv: WriteCsv, shift: int) -> None:
    with open_csv_text(a_csv("x" * shift + "𝄞é" * 20_000)) as text:
        assert "".join(text.lines()) == "x" * shift + "𝄞é" * 20_000
        assert not text.has_marks


def test_unfit_bytes_come_through_as_marks(a_csv: WriteCsv) -> None:
    with open_csv_text(a_csv(b"ok\ncaf\xe9\n")) as text:
        lines = list(text.lines())
        assert text.has_marks
        assert text.mark_in(lines[0]) is None
        assert text.mark_in(lines[1])[0] == 3  # type: ignore[index]


def test_a_replacement_character_that_was_written_is_no_mark(a_csv: WriteCsv) -> None:
    with open_csv_text(a_csv("a\ufffd\0".encode("utf-16"))) as text:
        assert text.mark_in(*text.lines()) == (2, "a NUL character, which no text should hold; delete it")


def test_a_line_without_end_is_not_read_into_memory(a_csv: WriteCsv, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_text, "LONGEST_LINE", 1000)
    with open_csv_text(a_csv("x" * 5000)) as text, pytest.raises(LineTooLong):
        next(text.lines())


def test_other_kinds_of_files_are_refused_at_once(a_csv: WriteCsv) -> None:
    with pytest.raises(NotText, match="gzip"), open_csv_text(a_csv(b"\x1f\x8b\x08")):
        pass
