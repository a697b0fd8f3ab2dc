"""docs/reference/rehearsal-forms.md: its example runs, and it names each element that has an answer."""

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from kempelen.crowd.definitions import definitions

PAGE = Path("docs/reference/rehearsal-forms.md").read_text(encoding="utf-8")


def test_the_example_prints_what_the_page_says() -> None:
    code, printed = re.findall(r"```(?:python|text)\n(.*?)```", PAGE, re.DOTALL)
    said = StringIO()
    with redirect_stdout(said):
        exec(compile(code, "rehearsal-forms.md", "exec"), {})
    assert said.getvalue() == printed


def test_each_element_with_an_answer_has_its_row() -> None:
    answered = {
        name
        for name, one in definitions().items()
        if not one.get("answer", "none").startswith("none") and name != "crowd-form"
    }
    assert answered <= set(re.findall(r"`(crowd-[a-z-]+)`", PAGE))
