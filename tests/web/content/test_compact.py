"""The scripts and styles in each task page are sent without what only people read."""

import re

import pytest

from kempelen.web.content import sources
from kempelen.web.content.compact import compact

INLINED = [
    "runtime.js",
    "stand-ins.js",
    "files.js",
    "drafts.js",
    "keys.js",
    "externalHIT_v1.js",
    "page.css",
    "question-form.js",
    "question-form.css",
]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("/* Of several\n * lines. */\nf();\n", "f();\n"),
        ("  // Why.\n\n  f(); // how\n", "f(); // how\n"),
        ("  /** What. */\n  g();\n  /* one */ h();\n", "g();\n/* one */ h();\n"),
        ("a = '// no comment /* nor this */';\n", "a = '// no comment /* nor this */';\n"),
        ("a = /\\/\\*x/;\nb = 1; /* ends */\nc = 2;\n", "a = /\\/\\*x/;\nb = 1; /* ends */\nc = 2;\n"),
    ],
)
def test_only_what_stands_in_lines_of_its_own_goes(source: str, expected: str) -> None:
    assert compact(source) == expected


@pytest.mark.parametrize("name", INLINED)
def test_no_string_of_ours_spans_lines(name: str) -> None:
    source = (sources.FOLDER / name).read_text(encoding="utf-8")

    assert not [line for line in source.splitlines() if line.count("`") % 2 or line.endswith("\\")]


def test_a_task_page_carries_little_of_ours() -> None:
    sent = sources.runtime() + sources.source("externalHIT_v1.js") + sources.source("page.css")

    assert not re.search(r"^\s*(//|/\*)|^\s+\S|^$", sent.rstrip(), re.MULTILINE)
    assert len(sent) < 28_000
