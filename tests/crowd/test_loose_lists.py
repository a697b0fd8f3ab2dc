"""Attributes hold JavaScript-like lists: whatever way one writes them, and however broken they are.

They are read twice: by the elements in the browser, and by the lint before publishing, which have to agree.
"""

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from kempelen.crowd.bundle import FOLDER, combine
from kempelen.crowd.loose_lists import NotAList, parse_loosely

pytestmark = [pytest.mark.browser, pytest.mark.once]

# The parser keeps nothing from one call to the next.
SAME_PAGE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)
CASES: list[tuple[str, Any]] = [
    ("['Cat', 'Dog']", ["Cat", "Dog"]),
    ("{ text: 'None of the above' }", {"text": "None of the above"}),
    ("[{label: 'a', startOffset: 1,}, {label: 'b', startOffset: 2.5},\n]", None),
    ("['Don't know', 'It's', \"'\", '\"']", ["Don't know", "It's", "'", '"']),
    ("[Cat, Two words , 3, true, null]", ["Cat", "Two words", 3, True, None]),
    ("/* one */ [ // two\n'a', /* three */ 'b' ] ;", ["a", "b"]),
    (r"['a\'b', 'c\\d', '\u00e9\x41\u{1F600}\n']", ["a'b", r"c\d", "éA\U0001f600\n"]),
    ("[,,'a',,]", ["a"]),
    ("['a' /* x */, 'b' // y\n]", ["a", "b"]),
    ("{ 'a b': [1, [2]], c-d: { e: -1e3 } }", {"a b": [1, [2]], "c-d": {"e": -1000}}),
    ('{"__proto__": 1}', {"__proto__": 1}),
    ("[]", []),
    ("Cat", "Cat"),
]
# Where JavaScript and Python differ by themselves: white space, numbers, letters' case, halves of signs.
ODD = [
    "['a'\x1f]", "['a'\x85, 'b']", "[\u3000a\ufeff]", "[\u00a01]", "[trUE, Null, UNDEFINED, fal\u017fe]",
    "[1e999, -0]", "[+.5, 5., 1e3, 0x10, 1_000, \u0661]", "[12345678901234567890]",
    r"['\ud83d\ude00', '\ud83d', '\u{110000}', '\U0041']", "['a\\\nb', 'c\\\r\nd']", "[1\n]\n", "['a'\n",
    "{a: undefined, b: [undefined]}", "['😀' x", "{'😀': 1, \u2028b: 2}", "[" * 200 + "]" * 200,
    "[" * 201 + "]" * 201, "// only", "/* open", "[a /* open", "['a' //", "{a: 1, a: 2}", "null", "\\",
]  # fmt: skip
BROKEN = ["", "[", "['a'", "{a 1}", "{", "['a']x", "]", "['a", "{:1}", "[" * 5000]


@pytest.fixture
def parser(page: Page, tmp_path: Path) -> Page:
    """A page that has our parser, alone."""
    (tmp_path / "a.js").write_text((FOLDER / "parts" / "loose-lists.js").read_text(encoding="utf-8"))
    (tmp_path / "b.js").write_text(
        'import { NotAList, parseLoosely } from "./a.js";\n'
        "window.parsed = (texts) => texts.map((text) => {\n"
        "  try { return [parseLoosely(text)]; }\n"
        "  catch (error) { if (error instanceof NotAList) return error.message; throw error; }\n});\n"
    )
    page.add_script_tag(content=combine(tmp_path))
    return page


def parsed(page: Page, texts: list[str]) -> list[Any]:
    """Parse in the page; by way of JSON, since Playwright has a way of its own with `__proto__`."""
    made: list[Any] = json.loads(
        page.evaluate(
            "texts => JSON.stringify(parsed(JSON.parse(texts)), (_, value) => value ?? null)",
            json.dumps(texts),
        ),
        parse_int=float,
    )
    return made


def parsed_here(text: str) -> Any:
    """Parse in Python; what JSON has no way for is told as `parsed` tells it."""
    try:
        return [as_json(parse_loosely(text))]
    except NotAList as error:
        return str(error)


def as_json(value: Any) -> Any:
    if isinstance(value, list):
        return [as_json(item) for item in value]
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    return None if isinstance(value, float) and math.isinf(value) else value


def test_lists_as_templates_write_them(parser: Page) -> None:
    found = parsed(parser, [text for text, _ in CASES])

    assert found[2] == [[{"label": "a", "startOffset": 1}, {"label": "b", "startOffset": 2.5}]]
    assert [made for made, (_, value) in zip(found, CASES, strict=True) if value is not None] == [
        [value] for _, value in CASES if value is not None
    ]


def test_what_is_broken_is_said_with_its_place(parser: Page) -> None:
    for message in parsed(parser, BROKEN):
        assert " at character " in message


def test_the_lint_reads_what_the_elements_read(parser: Page) -> None:
    texts = [text for text, _ in CASES] + BROKEN + ODD

    assert [parsed_here(text) for text in texts] == parsed(parser, texts)


def loosely(value: Any, draw: st.DrawFn) -> str:
    """Write a value as one of the many ways in which people do."""
    space = draw(st.sampled_from(["", " ", "\n\t", "/* no */", "// no\n"]))
    end = draw(st.sampled_from(["", ",", " , "]))
    if isinstance(value, list):
        return f"[{space}{','.join(loosely(item, draw) for item in value)}{end if value else ''}]"
    if isinstance(value, dict):
        pairs = [f"{loosely(key, draw)}{space}:{space}{loosely(item, draw)}" for key, item in value.items()]
        return f"{{{space}{','.join(pairs)}{end if value else ''}}}"
    if isinstance(value, str):
        quote = draw(st.sampled_from("'\"`"))
        text = value.replace("\\", "\\\\").replace(quote, f"\\{quote}")
        return f"{space}{quote}{text}{quote}{space}"
    return f"{space}{json.dumps(value)}{space}"


@st.composite
def loose_texts(draw: st.DrawFn) -> tuple[str, Any]:
    value = draw(VALUES)
    return loosely(value, draw), value


@settings(max_examples=40, suppress_health_check=SAME_PAGE)
@given(pairs=st.lists(loose_texts(), min_size=20, max_size=40))
def test_every_value_is_read_as_it_was_written(parser: Page, pairs: list[tuple[str, Any]]) -> None:
    assert parsed(parser, [text for text, _ in pairs]) == [[value] for _, value in pairs]


@settings(max_examples=40, suppress_health_check=SAME_PAGE)
@given(texts=st.lists(st.text("[]{}'\"`,:/*\\ \na1-u", max_size=40), min_size=50, max_size=50))
def test_nothing_breaks_the_parser(parser: Page, texts: list[str]) -> None:
    for found in parsed(parser, texts):
        assert isinstance(found, list) or " at character " in found


SIGNS = "[]{}'\"`,:;/*\\ \n\u2028\u00a0a1-.eEunxU+\u017f\u0661😀tr"


@settings(max_examples=40, suppress_health_check=SAME_PAGE)
@given(
    texts=st.lists(st.text(SIGNS, max_size=40), min_size=60, max_size=60),
    loose=st.lists(loose_texts(), min_size=20, max_size=20),
    cut=st.integers(0, 30),
)
def test_the_lint_and_the_elements_agree_on_every_text(
    parser: Page, texts: list[str], loose: list[tuple[str, Any]], cut: int
) -> None:
    all_texts = texts + [text for text, _ in loose] + [text[:cut] + text[cut + 1 :] for text, _ in loose]

    for text, found in zip(all_texts, parsed(parser, all_texts), strict=True):
        here = parsed_here(text)
        if isinstance(found, str) and not text.isascii():  # JavaScript counts some signs twice
            assert isinstance(here, str)
            assert here.split(" at ")[0] == found.split(" at ")[0]
        else:
            assert here == found, text


@given(text=st.text(SIGNS, max_size=60))
def test_the_lint_reads_any_text_or_says_why_not(text: str) -> None:
    found = parsed_here(text)
    assert isinstance(found, list) or " at character " in found
