"""JSON Lines as batch files: what they hold, and what is wrong with them."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kempelen.domain.batches import batch_files, json_lines
from kempelen.domain.batches.csv_problems import CsvProblems
from kempelen.domain.batches.typed_cells import TYPES, row_of, values_of

pytestmark = pytest.mark.once

NAME = "dataset.manifest"
HALF = "line 1: half a character stands here (a \\ud… without its other half); delete it"


@pytest.fixture
def a_file(tmp_path: Path):
    """Writes text (in an encoding) or bytes."""

    def write(content: str | bytes, encoding: str = "utf-8") -> Path:
        path = tmp_path / "upload"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


def rows_of(path: Path, name: str = NAME) -> list[dict[str, str]]:
    """The rows of a file that is all right."""
    checked = batch_files.check(path, file_name=name)
    assert checked.row_count == len(list(batch_files.rows(path, checked)))
    return [batch_files.named(checked, row) for row in batch_files.rows(path, checked)]


def problems_of(path: Path, name: str = NAME, **options) -> list[str]:
    """What is said about a file that is not."""
    with pytest.raises(CsvProblems) as refused:
        batch_files.check(path, file_name=name, **options)
    return str(refused.value).splitlines()


def test_keys_are_columns_and_each_line_is_a_row(a_file) -> None:
    path = a_file('{"source": "one", "id": "é"}\n\n{"id": "2", "source": "two"}\r\n')
    assert rows_of(path) == [{"source": "one", "id": "é"}, {"source": "two", "id": "2"}]


def test_what_is_no_text_stays_the_json_that_it_was(a_file) -> None:
    path = a_file('{"n": 1.10, "b": [ {"z":1, "a":2} ], "s": "x", "none": null}\n{"s": "[1]", "n": "2"}')
    first, second = rows_of(path)
    assert first == {
        "n": "1.10",
        "b": '[ {"z":1, "a":2} ]',
        "s": "x",
        "none": "",
        TYPES: '["n", "b", "none"]',
    }
    assert second == {"n": "2", "b": "", "s": "[1]", "none": "", TYPES: '["b", "none"]'}
    assert values_of(first) == {"n": 1.1, "b": [{"z": 1, "a": 2}], "s": "x", "none": None}
    assert values_of(second) == {"n": "2", "b": None, "s": "[1]", "none": None}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_in_unicode_are_read(a_file, encoding: str) -> None:
    assert rows_of(a_file('{"source": "größe ☃"}', encoding)) == [{"source": "größe ☃"}]


@pytest.mark.parametrize("name", ["a.jsonl", "a.NDJSON", "a.manifest", "a.json", "output", "rows.csv"])
def test_the_form_is_known_by_name_or_by_the_first_line(a_file, name: str) -> None:
    assert rows_of(a_file('\n{"source": "one"}'), name) == [{"source": "one"}]


def test_a_csv_stays_a_csv(a_file) -> None:
    assert rows_of(a_file("{a},b\n1,2"), "rows.csv") == [{"{a}": "1", "b": "2"}]


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        ("", ["the file is empty; each line is to be a JSON object, and becomes a HIT"]),
        ('{"a": "1"}\n{"a": }', ["line 2: this is no JSON: invalid character (byte 6)"]),
        (
            '{"a": "1"}\n[1]',
            ["line 2: this is a list; write each of its objects on a line of its own (jq -c '.[]' does it)"],
        ),
        (
            '[\n{"a": "1"},\n',
            [
                "line 1: no JSON object stands on this line; write each object on one line "
                "(jq -c '.[]' does it)"
            ],
        ),
        ('{"a": "1"}\n"x"', ['line 2: this is no JSON object; write {"source": …} on the line']),
        ('{"a": "1"}\n{}', ["line 2: the object has no keys; leave the line out"]),
        ('{"": "1"}', ["line 1: a key is empty or holds a NUL character; give it a name"]),
        (
            '{"a": "x\\u0000"}',
            ["line 1, column a: a NUL character (\\u0000), which no text should hold; delete it"],
        ),
        ('{"a": "\\ud800"}', [HALF]),
        ('{"a": "\\uDBFF and more"}', [HALF]),
        ('{"a": "\\udc00"}', [HALF]),
        ('{"a": "\\u12', ["line 1: this is no JSON: input data was truncated"]),
        ('{"a": [1, NaN]}', ["line 1: NaN is no JSON; write null"]),
        ('{"a": -Infinity, "b": 1}', ["line 1: -Infinity is no JSON; write null"]),
        (b'{"a": "1"}\n{"a": "\xe9"}', ["line 2: it is not UTF-8; save the file as UTF-8"]),
        (b"PK\x03\x04", ["this is no text that can be read; save it as UTF-8, one JSON object on each line"]),
        ('{"a":' + "[" * 50_000, ["line 1: its values are nested too deeply, or no text"]),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(a_file, content, problems: list[str]) -> None:
    told = problems_of(a_file(content))
    assert [problem.removeprefix(NAME).lstrip(",: ") for problem in told] == problems


def test_the_twentieth_problem_ends_the_reading(a_file) -> None:
    told = problems_of(a_file('{"a": "1"}\n' + "x\n" * 50))
    assert told[-1] == "Reading stopped after 20 problems; there may be more."


def test_a_file_with_values_for_keys_is_refused(a_file) -> None:
    path = a_file("".join(f'{{"key {number}": 1}}\n' for number in range(2_000)))
    assert problems_of(path) == [
        f"{NAME}, line 1001: more than 1,000 different keys; are values written as keys?"
    ]


def test_a_template_of_mturk_needs_its_columns(a_file) -> None:
    path = a_file('{"Text": "1"}')
    (told,) = problems_of(path, wanted=["text"])
    assert 'the template has ${text}, but the file has no such column; there is "Text"' in told


def test_lines_that_lack_a_column_are_told(a_file) -> None:
    path = a_file('{"text": "1", "x": "1"}\n{"text": "2"}\n{"x": "3"}\n{"late": "4"}')
    checked = batch_files.check(path, file_name=NAME, wanted=["text", "late"])
    assert checked.columns == ("text", "x", "late")
    assert checked.warnings == (
        "2 of 4 lines have no “text”, first line 3; it is empty there.",
        "3 of 4 lines have no “late”, first line 1; it is empty there.",
        "The template does not use these columns; they are kept with each HIT: x.",
    )


def test_reading_goes_on_after_any_row(a_file) -> None:
    path = a_file("\n".join(f'{{"n": "{number}"}}' for number in range(5)))
    checked = batch_files.check(path, file_name=NAME)
    assert list(batch_files.rows(path, checked, start=3)) == [["3"], ["4"]]


@pytest.mark.parametrize("changed", ['{"other": "1"}', "[1]", "x"])
def test_a_file_that_was_changed_since_is_refused(a_file, changed: str) -> None:
    checked = batch_files.check(a_file('{"n": "1"}'), file_name=NAME)
    with pytest.raises(CsvProblems, match="no longer the one"):
        list(batch_files.rows(a_file(changed), checked))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(codec="utf-8"), max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
).filter(lambda value: "\0" not in repr(value) and "\\x00" not in repr(value))
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=4)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(NAMES, JSON, min_size=1, max_size=4), min_size=1, max_size=4))
def test_what_a_program_writes_is_read_the_same(a_file, lines: list[dict]) -> None:
    path = a_file("\n".join(json_lines.typed_cells.written(line) for line in lines))
    read = [values_of(row) for row in rows_of(path)]
    names = {name for line in lines for name in line}
    assert read == [dict.fromkeys(names) | line for line in lines]


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60) | st.text(alphabet='{}[]":,ab\\u0 \n', max_size=60).map(str.encode))
def test_whatever_a_file_holds_it_is_read_or_refused(a_file, content: bytes) -> None:
    path = a_file(content)
    try:
        rows_of(path)
    except CsvProblems as refused:
        assert refused.problems


@settings(deadline=None)
@given(st.dictionaries(NAMES, JSON))
def test_a_row_that_is_typed_in_holds_what_was_typed(values: dict) -> None:
    read = values_of(row_of(values))
    for name, value in values.items():
        if not isinstance(value, str):
            assert read[name] == value
