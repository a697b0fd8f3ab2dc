"""CSV files that can be published: what is understood, and how rows come out of them."""

import codecs

import pytest

from kempelen.domain.batches.csv_files import CheckedCsv, check_csv, rows
from kempelen.domain.batches.csv_problems import CsvProblems
from kempelen.domain.batches.templates import Use

from .conftest import WriteCsv

pytestmark = pytest.mark.once


def test_a_plain_file_gives_columns_and_rows(a_csv: WriteCsv) -> None:
    path = a_csv("url,title\nu1,t1\nu2,t2\n")
    checked = check_csv(path)
    assert checked == CheckedCsv(("url", "title"), 2, "utf-8", ",")
    assert list(rows(path, checked)) == [["u1", "t1"], ["u2", "t2"]]


@pytest.mark.parametrize("end", ["\x1a", "\r\n\x1a", "\r\n\x1a\x1a\x1a", "\r\n\r\n\x1a"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_sign_that_ends_texts_of_old_programs_is_passed_over(
    a_csv: WriteCsv, end: str, encoding: str
) -> None:
    path = a_csv(f"url,title\r\nu1,t1{end}", encoding)
    assert check_csv(path).warnings == ()
    assert list(rows(path)) == [["u1", "t1"]]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_and_line_ends_are_understood(a_csv: WriteCsv, encoding: str, newline: str) -> None:
    text = newline.join(["größe,題", "1,é", '2,"日本, 語"', ""])
    marks = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
    path = a_csv(marks.get(encoding, b"") + text.encode(encoding))
    assert check_csv(path).columns == ("größe", "題")
    assert list(rows(path)) == [["1", "é"], ["2", "日本, 語"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_header_decides_the_delimiter(a_csv: WriteCsv, delimiter: str) -> None:
    header, row = delimiter.join(["id", '"a, b; c\t| d"']), delimiter.join(["1", '"x,;\t|y,,,,"'])
    path = a_csv(f"{header}\n{row}\n")
    assert check_csv(path).delimiter == delimiter
    assert list(rows(path)) == [["1", "x,;\t|y,,,,"]]


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;", "sep=;;;"])
def test_excels_sep_line_decides_and_is_no_row(a_csv: WriteCsv, line: str) -> None:
    path = a_csv(f"\ufeff{line}\r\na,b;c\r\n1;2\r\n")
    assert check_csv(path).columns == ("a,b", "c")
    assert list(rows(path)) == [["1", "2"]]


def test_quoted_line_breaks_and_quotes_are_kept_as_they_are(a_csv: WriteCsv) -> None:
    path = a_csv('a,b\r\n"1\r\n2\n3\r4","say ""hi"""\r\n')
    assert list(rows(path)) == [["1\r\n2\n3\r4", 'say "hi"']]


def test_a_quoted_header_may_have_line_breaks_and_spaces_around_names(a_csv: WriteCsv) -> None:
    path = a_csv('\n"first\nname";" b "\n1,5;2\n')
    checked = check_csv(path)
    assert (checked.columns, checked.delimiter) == (("first\nname", "b"), ";")


def test_values_stay_text_with_their_spaces(a_csv: WriteCsv) -> None:
    path = a_csv("zip,n,t\n00123,1e5, x \nNULL,NaN,TRUE\n")
    assert list(rows(path)) == [["00123", "1e5", " x "], ["NULL", "NaN", "TRUE"]]


def test_empty_lines_are_passed_over_without_a_word(a_csv: WriteCsv) -> None:
    checked = check_csv(path := a_csv("\n\na,b\n\n1,2\n  \n3,4\n\n\n"))
    assert (checked.row_count, checked.warnings) == (2, ())
    assert list(rows(path)) == [["1", "2"], ["3", "4"]]


def test_rows_of_empty_cells_are_left_out_with_a_warning(a_csv: WriteCsv) -> None:
    checked = check_csv(path := a_csv("a,b\n1,2\n,\n3,\n,\n"))
    assert checked.warnings == ("Rows without any value are left out, first row 3.",)
    assert list(rows(path, checked)) == [["1", "2"], ["3", ""]]


def test_a_file_of_one_column_needs_no_delimiter(a_csv: WriteCsv) -> None:
    path = a_csv("url\nhttp://x/1.jpg?a;b\n")
    assert list(rows(path, check_csv(path))) == [["http://x/1.jpg?a;b"]]


def test_a_value_of_ten_megabytes_is_read(a_csv: WriteCsv) -> None:
    path = a_csv('a,b\n1,"' + "x, \n" * 2_500_000 + '"\n')
    assert check_csv(path).row_count == 1
    assert len(next(rows(path))[1]) == 10_000_000


def test_reading_can_start_at_a_later_row(a_csv: WriteCsv) -> None:
    path = a_csv("a\n" + "".join(f"{n}\n\n" for n in range(10)))
    assert list(rows(path, start=8)) == [["8"], ["9"]]


def test_columns_that_the_template_does_not_use_are_kept_with_a_warning(a_csv: WriteCsv) -> None:
    path = a_csv("a,b,json,id\n1,2,3,4\n")
    checked = check_csv(path, wanted=[Use("a", 1)], wanted_in_scripts=[Use("json", 2), Use("i", 3)])
    assert checked.columns == ("a", "b", "json", "id")
    assert checked.warnings == (
        "The template does not use these columns; they are kept with each HIT: b, id.",
    )


def test_progress_is_told_in_bytes_up_to_the_end(a_csv: WriteCsv) -> None:
    path, told = a_csv("a\n" + "x" * 99 + "\n" + ("y" * 99 + "\n") * 50_000), []
    check_csv(path, on_progress=lambda done, total: told.append((done, total)))
    size = path.stat().st_size
    assert len(told) > 3
    assert told == sorted(told) and told[-1] == (size, size)


def test_a_file_that_changed_after_its_check_is_refused(a_csv: WriteCsv) -> None:
    checked = check_csv(a_csv("a,b\n1,2\n"))
    for changed in ("a,c\n1,2\n", "a,b\n1,2,3\n", 'a,b\n1,"2\n'):
        with pytest.raises(CsvProblems, match="no longer the one that was checked"):
            list(rows(a_csv(changed), checked))
