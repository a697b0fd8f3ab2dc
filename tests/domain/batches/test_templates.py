"""`${name}`: what is a variable, where it stands, and pages filled with rows."""

import pytest

from kempelen.domain.batches.templates import Use, compile_template, fill

pytestmark = pytest.mark.once


def test_a_variable_is_replaced_by_the_raw_value() -> None:
    assert fill('<p title="${t}">${t}</p>', {"t": '<b>"&'}) == '<p title="<b>"&"><b>"&</p>'


def test_a_value_is_never_expanded_again() -> None:
    assert fill("${a}${b}", {"a": "${b}", "b": "$"}) == "${b}$"


def test_two_values_do_not_make_a_variable_together() -> None:
    assert fill("${a}{b}", {"a": "$", "b": "x"}) == "${b}"


def test_a_variable_without_a_value_stays_as_written() -> None:
    assert fill("<p>${ a }</p>", {"A": "x"}) == "<p>${ a }</p>"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("${recipe_a}", "recipe_a"),
        ("${ recipe_a }", "recipe_a"),
        ("${first  name}", "first  name"),
        ("${a-b.c_1}", "a-b.c_1"),
        ("${größe}", "größe"),
        ("${नाम}", "नाम"),
        ("${画像 1}", "画像 1"),
        ("$${a}", "a"),
        ("${7}", "7"),
    ],
)
def test_names_have_letters_digits_and_a_few_signs(written: str, name: str) -> None:
    assert compile_template(written).required == (Use(name, 1),)


@pytest.mark.parametrize(
    "written",
    ["${0, i}", "${a ? b : c}", '${SENTENCES" + id + "}', "${}", "${ }", "${a", "$ {a}", "${a\nb}", "${{a}}",
     "${...}", "${a'}", "${é!}", "{a}", "$a"],
)  # fmt: skip
def test_other_expressions_are_no_variables_and_stay(written: str) -> None:
    compiled = compile_template(f"<p>{written}</p>")
    assert compiled.names == ()
    assert compiled.fill({"a": "x", "0": "x", "": "x", "a\nb": "x"}) == f"<p>{written}</p>"


def test_uses_tell_their_lines_and_whether_they_stand_in_a_script() -> None:
    compiled = compile_template("${a}\r\n<script src='${b}'>\nlet x = `${c}`\n</script>${a}")
    assert compiled.required == (Use("a", 1), Use("b", 2), Use("a", 4))
    assert compiled.in_scripts == (Use("c", 3),)
    assert compiled.names == ("a", "b", "c")


def test_a_script_is_filled_where_a_column_has_the_name_and_left_alone_elsewhere() -> None:
    html = "<script>let x = ${json}; `${i} ${0, i}`</script>"
    assert fill(html, {"json": "[1]"}) == "<script>let x = [1]; `${i} ${0, i}`</script>"


def test_a_script_in_a_comment_is_no_script() -> None:
    compiled = compile_template("<!-- <script> -->${a}<!-- </script> -->")
    assert compiled.required == (Use("a", 1),)


def test_an_unclosed_script_reaches_to_the_end() -> None:
    assert compile_template("<script>${a}\n<p>${b}</p>").in_scripts == (Use("a", 1), Use("b", 2))


def test_a_script_in_a_text_area_is_no_script() -> None:
    assert compile_template("<textarea><script>${a}</script></textarea>").required == (Use("a", 1),)


def test_look_alikes_outside_scripts_are_told() -> None:
    compiled = compile_template("${a,b}\n${c <script>${d,e}</script>")
    assert compiled.look_alikes == (Use("${a,b}", 1), Use("${c", 2))


def test_a_compiled_template_fills_many_rows() -> None:
    compiled = compile_template("<p>${n}</p>")
    assert [compiled.fill({"n": str(n)}) for n in range(3)] == ["<p>0</p>", "<p>1</p>", "<p>2</p>"]


@pytest.mark.parametrize(
    "part", ["${", "${a", "${a}", "$", "${ ", "<script>${a}", "<script>${a}</script>", "${a\r"]
)
def test_hostile_templates_take_linear_time(part: str) -> None:
    html = part * 200_000
    assert compile_template(html).fill({}) == html
