"""What is published over the API, from files."""

from pathlib import Path

import pytest

from kempelen.toolkit.planning import plan
from kempelen.toolkit.troubles import Trouble

pytestmark = pytest.mark.once

LIQUID = "<p>{% if task.input.n > 2 %}{{ task.input.source }}{% endif %}</p><input name=a>"


def test_a_template_in_liquid_is_filled_and_that_is_said(tmp_path: Path) -> None:
    template, rows, said = tmp_path / "t.html", tmp_path / "rows.manifest", list[str]()
    template.write_text(LIQUID)
    rows.write_text('{"source": "<one>", "n": 3}\n{"source": "two", "n": 1}')
    made = plan(str(template), rows, options={"title": "T"}, on_warning=said.append)

    first, second = (made.question(row)["Question"] for row in made.rows)

    assert "<p>&lt;one&gt;</p><input name=a>" in first
    assert "<p></p><input name=a>" in second
    assert made.columns == ("source", "n")
    assert said[0].startswith("The template is taken as Liquid")


def test_a_row_that_liquid_cannot_take_is_told(tmp_path: Path) -> None:
    template, rows = tmp_path / "t.html", tmp_path / "rows.csv"
    template.write_text("<input name=a>{{ task.input.n | divided_by: 0 }}")
    rows.write_text("n\n3\n")
    made = plan(str(template), rows, options={"title": "T"})

    with pytest.raises(Trouble, match=r"t\.html, line 1: divided_by: can't divide by 0"):
        made.question(made.rows[0])
