"""Liquid: what templates of Ground Truth and A2I find of a row, and what becomes of hostile ones."""

import html as html_module
import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kempelen.domain.batches import liquid_process, liquid_templates
from kempelen.domain.batches.liquid_templates import (
    TemplateTrouble,
    fill,
    look_through,
    masked,
    warnings_about,
)
from kempelen.domain.batches.templates import Use
from kempelen.domain.batches.typed_cells import TYPES

pytestmark = pytest.mark.once

S3 = "https://{bucket}.s3.example.org/{key}"
TOO_LONG = "{% for a in (1..90000) %}{% assign b = 'x' | append: a %}{% endfor %}" * 100


@pytest.mark.parametrize(
    ("template", "page"),
    [
        ("{{ task.input.text }}", "&lt;b&gt; &amp; more"),
        ("{{ task.input.text | escape }}", "&lt;b&gt; &amp; more"),
        ("{{ task.input.text | skip_autoescape }}", "<b> & more"),
        ("{{ '&lt; <' | escape_once }}", "&lt; &lt;"),
        ("{{ task.input.nothing }}{{ task.input.nothing.at.all | grant_read_access }}", ""),
        ("{{ task.input.source-ref }}", "s3://photos/a b.png"),
        ("{{ task.input.taskObject | grant_read_access }}", "https://photos.s3.example.org/a%20b.png"),
        ("{{ 'https://example.org/a b' | grant_read_access }}", "https://example.org/a b"),
        ("{% for l in task.input.labels %}{{ forloop.index }}{{ l }} {% endfor %}", "1Cat 2Dog "),
        ("{{ task.input.labels | to_json }}", "[&#34;Cat&#34;,&#34;Dog&#34;]"),
        ("{{ task.input.labels | to_json | escape }}", "[&#34;Cat&#34;,&#34;Dog&#34;]"),
        ("{{ task.input.labels | to_json | skip_autoescape }}", '["Cat","Dog"]'),
        ("{{ task.input.labels | skip_autoescape }}", '["Cat", "Dog"]'),
        ("{{ task.input.box.left | plus: 1 }} {{ task.input.box.tags[0] }}", "3 x"),
        ("{{ task.input.box.tags | skip_autoescape }}", '["x",{"y":1}]'),
        ("{% if task.input.text contains 'more' %}a{% else %}b{% endif %}", "a"),
        ("{% unless task.input.nothing %}a{% endunless %}", "a"),
        ("{% case task.input.box.left %}{% when 2 %}two{% endcase %}", "two"),
        (
            "{% capture x %}s3://a/{{ task.input.n }}{% endcapture %}{{ x | grant_read_access }}",
            S3.format(bucket="a", key="7"),
        ),
        ("{% assign x = task.input.n %}{{ x }}{% comment %}{{ nothing | at_all }}{% endcomment %}", "7"),
        ("{% raw %}{{ task }} ${x}{% endraw %}", "{{ task }} ${x}"),
        (
            "{{ true | skip_autoescape }} {{ (1..3) | skip_autoescape }} {{ nil | skip_autoescape }}",
            "true 1..3 ",
        ),
        ("{{ 'a,<' | split: ',' | skip_autoescape }}", "a<"),
        ("{{ '</script><!--' | to_json | skip_autoescape }}", '"<\\/script>\\u003c!--"'),
    ],
)
def test_a_template_finds_its_row_and_escapes_it(template: str, page: str) -> None:
    row = {
        "source-ref": "s3://photos/a b.png",
        "text": "<b> & more",
        "labels": '["Cat", "Dog"]',
        "box": '{"left": 2, "tags": ["x", {"y": 1}]}',
        "n": "7",
    }
    assert fill(template, row, s3_address=S3) == page


def test_without_an_address_files_of_s3_stay_what_they_are() -> None:
    assert fill("{{ task.input.a | grant_read_access }}", {"a": "s3://b/k"}) == "s3://b/k"


@pytest.mark.parametrize(
    ("row", "whole"),
    [
        ({"source": "a", "source-ref": "b"}, "b"),
        ({"source": "a"}, "a"),
        ({"taskObject": "c", "source": "a"}, "c"),
        ({"text": "a"}, ""),
    ],
)
def test_the_task_object_is_what_the_row_is_about(row: dict[str, str], whole: str) -> None:
    assert fill("{{ task.input.taskObject }}", row) == whole


def test_the_types_of_a_line_of_json_count() -> None:
    row = {"n": "3", "is": "false", "none": "", "text": "[1]", TYPES: '["n", "is", "none"]'}
    template = (
        "{% if task.input.n > 2 %}more{% endif %}{% if task.input.is %}no{% endif %}"
        "{% if task.input.none %}no{% endif %}{{ task.input.text | size }}"
    )
    assert fill(template, row) == "more3"


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        ("a\n{{ x", 2, "expected '}}', found end of file"),
        ("{% if a %}\n{% endfor %}", 2, "unexpected tag 'endfor'"),
        ("\n\n{{ task.input.n | shout }}", 3, "there is no filter “shout”"),
        ("\n{% include 'passwd' %}", 2, "unexpected tag 'include'"),
        ("\n{% render 'passwd' %}", 2, "unexpected tag 'render'"),
        (
            "{% if a %}" * 40 + "{% endif %}" * 40,
            0,
            "blocks are nested too deeply; 30 within each other are the most",
        ),
    ],
)
def test_what_is_no_template_is_told_with_its_line(template: str, line: int, message: str) -> None:
    trouble = look_through(template).trouble
    assert trouble is not None
    assert (trouble.line, trouble.message) == (line, message)


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        ("\n{{ task.input.n | divided_by: 0 }}", 2, "divided_by: can't divide by 0"),
        ("\n{{ 1 | concat: 2 }}", 2, "a filter cannot take what it is given"),
        ("\n{{ 'inf' | times: 0 }}", 2, "what is to be computed with is no number"),
        ("\n{% if task.input.list > 2 %}{% endif %}", 2, "'<' and '>' are not supported between"),
        (
            "\n{% for i in (1..1000) %}\n{% for j in (1..1000) %}{% endfor %}{% endfor %}",
            3,
            "loops within each",
        ),
        (
            "{% for i in (1..90000) %}\n{{ task.input.long }}{% endfor %}",
            2,
            "the page becomes larger than 20 MB",
        ),
        ("\n{% assign a = (1..999999999999) | reverse %}", 2, "it takes too much memory"),
        (TOO_LONG, 1, "it takes more than 1 second of computing"),
    ],
)
def test_a_template_that_goes_wrong_is_told_with_its_line(template: str, line: int, message: str) -> None:
    with pytest.raises(TemplateTrouble) as told:
        fill(template, {"n": "3", "list": "[1]", "long": "x" * 10_000})
    assert told.value.message.startswith(message)
    assert told.value.line == line


def test_a_template_that_cannot_be_interrupted_ends_its_process_and_no_other() -> None:
    with pytest.raises(TemplateTrouble, match="more than 1 second"):
        fill("{% raw %}" * 100_000, {})  # all within one regular expression
    assert fill("{{ task.input.a }}", {"a": "1"}) == "1"


def test_a_template_that_always_takes_too_long_is_left_alone_for_a_while(monkeypatch) -> None:
    for _ in range(liquid_process.MOST_LATE):
        with pytest.raises(TemplateTrouble):
            fill(TOO_LONG + "again", {})
    monkeypatch.setattr(liquid_process, "_workers", None)  # nobody is asked

    with pytest.raises(TemplateTrouble, match="more than 1 second"):
        fill(TOO_LONG + "again", {})


def test_a_process_that_was_ended_is_replaced() -> None:
    fill("{{ task.input.a }}", {"a": "1"})
    for worker in liquid_process._workers._idle:
        worker._process.kill()
    assert fill("{{ task.input.a }}", {"a": "2"}) == "2"


def test_the_servers_surroundings_are_kept_from_templates(monkeypatch) -> None:
    monkeypatch.setenv("KEMPELEN_SECRET_KEY", "secret")
    worker = liquid_process._Worker()
    try:
        with open(f"/proc/{worker._process.pid}/environ", "rb") as environment:  # noqa: PTH123
            assert b"KEMPELEN" not in environment.read()
    finally:
        worker.end()


def test_the_server_does_not_load_what_only_the_processes_run() -> None:
    program = "import sys, kempelen.domain.batches.filling; sys.exit('liquid' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_columns_are_told_with_their_lines() -> None:
    found = look_through(
        "{{ task.input.a }}\n{% for x in task.input['b c'] %}{{ x.d }}{% endfor %}{{ other.e }}"
    )
    assert found.columns == (Use("a", 1), Use("b c", 2))


def test_a_file_and_a_template_that_lack_something_of_each_other_are_warned_of() -> None:
    template = look_through("{{ task.input.taskObject }}\n{{ task.input.Label }}")
    assert warnings_about(template, ["label", "extra"]) == [
        "The template’s line 1 has task.input.taskObject, which is empty in this file; it is a column of "
        "that name, or source-ref or source.",
        "The template’s line 2 has task.input.Label, which is empty in this file; there is “label”.",
        "The template does not use these columns; they are kept with each HIT: label, extra.",
    ]
    assert warnings_about(template, ["source", "Label"]) == []


def test_marks_of_liquid_are_covered_where_they_stand() -> None:
    html = (
        "<a href='{{ \"x>\" }}' {% if a < 'b' %}\nid=c{% endif %}>{% comment %}<b>\n{% endcomment %}{{ open"
    )
    tag, comment, end = (
        " " * len("{% if a < 'b' %}"),
        " " * len("{% comment %}<b>"),
        " " * len("{% endcomment %}"),
    )

    covered = masked(html)

    assert covered == f"<a href='${{__x____}}' {tag}\nid=c{' ' * 11}>{comment}\n{end}{{{{ open"
    assert len(covered) == len(html)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
PIECES = st.sampled_from(
    [
        "{{ task.input.a }}",
        "{{ task.input.a | to_json }}",
        "{% for x in task.input.a %}",
        "{% endfor %}",
        "{{",
        "{{ x | escape }}",
        "{% if task.input.a > 1 %}",
        "{% else %}",
        "{% endif %}",
        "<p title='",
        "'>",
        "%}",
        "}}",
        "{{ task.input.a.b[0] | grant_read_access }}",
        "{% assign y = task.input.a | split: ',' %}",
        "{{ y | join }}",
        "{% case x %}",
        "{% when 1 %}",
        "{% endcase %}",
        "{% capture z %}",
        "{% endcapture %}",
        "{% raw %}",
        "\n",
        "é",
    ]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=8).map("".join), VALUES)
def test_whatever_a_template_and_a_row_hold_a_page_or_a_trouble_comes_of_it(
    template: str, value: object
) -> None:
    row = {"a": value if isinstance(value, str) else json.dumps(value), TYPES: '["a"]'}
    try:
        assert isinstance(fill(template, row, s3_address=S3), str)
    except TemplateTrouble as trouble:
        assert trouble.message
    assert len(masked(template)) == len(template)


@settings(deadline=None, max_examples=100)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_a_text_is_escaped_and_reads_the_same_again(text: str) -> None:
    page = fill("{{ task.input.a }}", {"a": text, TYPES: "[]"})
    assert not set(page) & set("<>\"'")
    assert html_module.unescape(page) == html_module.unescape(html_module.escape(text))


@settings(deadline=None, max_examples=100)
@given(VALUES)
def test_what_is_written_as_json_in_a_script_is_the_same_again(value: object) -> None:
    row = {"a": json.dumps(value), TYPES: '["a"]'}
    written = fill("{{ task.input.a | to_json | skip_autoescape }}", row)
    assert json.loads(written) == value
    assert "</" not in written


def test_only_what_says_so_looks_like_liquid() -> None:
    assert liquid_templates.looks_like_liquid("<p>{{ task.input.x }}")
    assert liquid_templates.looks_like_liquid("{% for a in b %}")
    assert not liquid_templates.looks_like_liquid("<p>{{ message }} ${x} {% 5 %}")
