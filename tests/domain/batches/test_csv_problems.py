"""What is wrong with a CSV is told with its place and remedy, all at once."""

from collections.abc import Callable
from typing import Any

import pytest

from kempelen.domain.batches.csv_files import check_csv
from kempelen.domain.batches.csv_problems import CsvProblems, Problem
from kempelen.domain.batches.templates import Use

from .conftest import WriteCsv

pytestmark = pytest.mark.once

Told = Callable[..., list[str]]


@pytest.fixture
def told(a_csv: WriteCsv) -> Told:
    """The lines that a file's refusal shows."""

    def refuse(content: str | bytes, **options: Any) -> list[str]:
        with pytest.raises(CsvProblems) as refused:
            check_csv(a_csv(content), **options)
        return str(refused.value).splitlines()

    return refuse


def test_ragged_rows_are_told_by_the_spreadsheets_row_numbers(told: Told) -> None:
    assert told("a,b,c\n1,2,3\n\n4,5\n6,7,8\n6\n1,2,3,4\n") == [
        "rows.csv, row 4: 2 values for 3 columns; each row needs all its commas, also where values are empty",
        "rows.csv, row 6: 1 value for 3 columns; each row needs all its commas, also where values are empty",
        "rows.csv, row 7: 4 values for 3 columns; put quotes around values that hold commas",
    ]


def test_the_line_is_told_too_where_it_is_not_the_row(told: Told) -> None:
    assert told('sep=;\na;b\n"1\n2";3\n4\n')[0].startswith("rows.csv, row 3 (line 5): 1 value for 2 columns;")


def test_headers_without_name_or_of_one_name_are_told(told: Told) -> None:
    assert told("url, ,url,\n1,2,3,4\n") == [
        "rows.csv, row 1: column 2 (B) (and 1 more) has no name in the header; name it or delete the column",
        "rows.csv, row 1, column url: column 1 (A) and column 3 (C) have the same name; give each its own",
    ]


def test_missing_columns_are_told_with_the_templates_line_and_what_was_meant(told: Told) -> None:
    wanted = [Use("first_name", 3), Use("n", 4), Use("price", 7), Use("price", 9)]
    assert told("Price,n,First Name\n1,2,3\n", wanted=wanted) == [
        "rows.csv, row 1, column first_name: the template has ${first_name} in line 3, but the file has no "
        'such column; there is "First Name": write both alike, case and signs count',
        "rows.csv, row 1, column price: the template has ${price} in line 7, but the file has no "
        'such column; there is "Price": write both alike, case and signs count',
    ]


def test_a_missing_column_may_be_given_by_name_alone(told: Told) -> None:
    assert told("a\n1\n", wanted=["b"]) == [
        "rows.csv, row 1, column b: the template has ${b}, but the file has no such column; "
        "add the column, or take the variable out of the template"
    ]


@pytest.mark.parametrize(
    ("encoding", "text", "byte", "name"),
    [
        ("latin-1", "café", "E9", "Windows-1252"),
        ("cp1252", "“so”", "93", "Windows-1252"),
        ("mac-roman", "café", "8E", "Mac Roman"),
        ("cp1251", "привет", "EF", "Windows-1251"),
        ("shift-jis", "日本語", "93", "Shift-JIS"),
        ("gb18030", "中文文本", "D6", "GB18030"),
    ],
)
def test_bytes_that_are_not_utf8_are_told_with_the_likely_encoding(
    told: Told, encoding: str, text: str, byte: str, name: str
) -> None:
    (message,) = told(f'a,b\nx,y\n"1\n2","3\n{text}"\n'.encode(encoding))
    assert message.startswith(
        f"rows.csv, row 3 (line 5), column b: byte 0x{byte} is not UTF-8; the file looks like "
    )
    assert name in message and message.endswith('save it as "CSV UTF-8" and upload that')


def test_a_damaged_value_in_a_utf8_file_is_told_as_such(told: Told) -> None:
    (message,) = told("ä,ö\nß,ü\nñ,".encode() + b"a\xff\n")
    assert message == (
        "rows.csv, row 3, column ö: byte 0xFF is not UTF-8; the rest is UTF-8, "
        "so this value is damaged: type it anew"
    )


def test_a_file_cut_within_a_character_is_told(told: Told) -> None:
    assert told("a\nä\né".encode()[:-1])[0].startswith("rows.csv, row 3, column a: byte 0xC3 is not UTF-8")
    assert "broken UTF-16" in told("a\nb\n".encode("utf-16") + b"\x00\xd8")[0]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("a,b\n1,é\n".encode("utf-16-le"), "looks like UTF-16 LE without a byte order mark"),
        ("a,b\n1,é\n".encode("utf-16-be"), "looks like UTF-16 BE without a byte order mark"),
        ("a,b\n1,é\n".encode("utf-32"), "is UTF-32"),
        (b"PK\x03\x04\x14", "an Excel or ZIP file, not CSV"),
        (b"\xd0\xcf\x11\xe0\xa1", "an old Excel file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0", "not a CSV text file"),
        (bytes(range(256)) * 40, "not a CSV text file"),
    ],
)
def test_files_of_another_kind_are_told_apart(told: Told, content: bytes, words: str) -> None:
    (message,) = told(content)
    assert words in message and "CSV UTF-8" in message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_nul_character_is_told_with_its_place(told: Told, encoding: str) -> None:
    (message,) = told('a,b\n1,"x\ny\0z"\n'.encode(encoding))
    assert (
        message == "rows.csv, row 2 (line 3), column b: a NUL character, which no text should hold; delete it"
    )


def test_an_unclosed_quote_is_told_where_it_opens(told: Told) -> None:
    assert told('a,b\n1,2\n"3\n4","5""\n6,7\n8,9\n') == [
        "rows.csv, row 3 (line 4), column b: a quote opened here is never closed; "
        "close it where the value ends"
    ]


def test_a_quote_that_another_row_closes_is_told_where_it_opens(told: Told) -> None:
    assert told('a,b\n1,"2\n3,4\n5,"6"\n') == [
        "rows.csv, row 2, column b: a quote opened here is closed amid a value in line 4; "
        "close it where this value ends"
    ]


def test_single_quotes_within_a_value_are_told_row_by_row(told: Told) -> None:
    found = told('a,b\n1,"say "hi""\n2,ok\n"x" ,3\n')
    assert [line.split(": ")[0] for line in found] == [
        "rows.csv, row 2, column b",
        "rows.csv, row 4, column a",
    ]
    assert found[0].endswith('write quotes within a value twice ("")')


def test_an_unclosed_quote_in_the_header_is_told(told: Told) -> None:
    assert told('a,"b\n1,2\n')[0].startswith("rows.csv, row 1, column 2: a quote opened here is never closed")


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n \n\r\n"])
def test_an_empty_file_is_told(told: Told, content: bytes) -> None:
    assert told(content) == ["rows.csv: the file is empty; its first row must name the columns"]


def test_a_header_without_rows_is_told(told: Told) -> None:
    assert told("a,b\n\n,\n") == [
        "rows.csv: there are no rows below the header, so there is nothing to publish"
    ]


def test_all_problems_are_collected_up_to_twenty(told: Told) -> None:
    lines = told(b"a,a\n" + b"1\n2,\xff\n" * 30, file_name="my rows.csv")
    assert len(lines) == 21
    assert lines[0].startswith(
        "my rows.csv, row 1, column a: column 1 (A) and column 2 (B) have the same name"
    )
    assert lines[-1] == "Reading stopped after 20 problems; there may be more."


def test_names_from_the_file_cannot_flood_or_break_a_message(told: Told) -> None:
    name = "x\n" * 5_000
    (message,) = told(f'"{name}","{name}"\n1,2\n')
    assert len(message) < 250


def test_a_value_too_large_for_a_table_is_told_as_an_open_quote(told: Told) -> None:
    (message,) = told('a,b\n1,"' + "x\n" * 9_000_000)
    assert message.startswith("rows.csv, row 2, column b: a value of more than 16 million characters")


def test_a_problem_shows_what_it_knows_of_its_place() -> None:
    assert str(Problem(None, "", None, "empty")) == "empty"
    assert str(Problem(None, "", 3, "odd")) == "line 3: odd"
    assert str(Problem(2, "a", 2, "odd")) == "row 2, column a: odd"
