"""Filling a template changes the variables and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kempelen.domain.batches.markup import tags
from kempelen.domain.batches.templates import compile_template

pytestmark = pytest.mark.once

NAMES = st.sampled_from(["a", "B", "first name", "größe", "x.y-z"])
TEXT = st.text(alphabet=st.sampled_from("ab<>/!-\"'${}= \n"), max_size=12)
VALUES = st.dictionaries(NAMES, st.one_of(TEXT, NAMES.map(lambda name: f"${{{name}}}")))
MARKUP = st.sampled_from(
    ["<script>", "</script>", "<!--", "-->", "<p a='", "'>", "<textarea>", "</textarea>", "<br>"]
)


@given(st.lists(st.one_of(TEXT.filter(lambda text: "$" not in text), NAMES.map(lambda n: (n,)))), VALUES)
def test_each_variable_becomes_its_value_and_other_text_stays(
    parts: list[str | tuple[str]], values: dict[str, str]
) -> None:
    written = [part if isinstance(part, str) else f"${{{part[0]}}}" for part in parts]
    expected = [part if isinstance(part, str) else values.get(part[0], f"${{{part[0]}}}") for part in parts]
    assert compile_template("".join(written)).fill(values) == "".join(expected)


@given(st.text(alphabet=st.sampled_from("ab<>/!-\"'${}=script \n"), max_size=60))
def test_a_template_filled_with_nothing_is_the_template(html: str) -> None:
    assert compile_template(html).fill({}) == html


@given(st.lists(st.one_of(TEXT, MARKUP, NAMES.map(lambda name: f"${{{name}}}"))).map("".join))
def test_tags_stand_in_order_and_do_not_overlap(html: str) -> None:
    end = 0
    for tag in tags(html):
        assert end <= tag.start < tag.end <= tag.content_end <= len(html)
        end = tag.content_end


@given(st.text(max_size=40), VALUES)
def test_every_use_is_told_once_in_its_place(html: str, values: dict[str, str]) -> None:
    compiled = compile_template(html)
    uses = compiled.required + compiled.in_scripts
    assert {use.name for use in uses} == set(compiled.names)
    assert all(1 <= use.line <= html.count("\n") + html.count("\r") + 1 for use in uses)
