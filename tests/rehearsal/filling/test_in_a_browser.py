"""The same answers by HTTP and in a real Chromium: what is posted is the same."""

import json
import re
from base64 import b64decode
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Page

from kempelen.crowd.definitions import definitions
from kempelen.domain.models import HIT
from kempelen.domain.questions import form_parts
from kempelen.rehearsal.filling import Blank, Filled, Truthful, Uniform, Value, answer, fill, read
from kempelen.rehearsal.filling.browser import fill_in_browser, press_submit, read_in_browser
from tests.crowd.drawing import SIZE
from tests.crowd.pages import WORK, Sent, open_task
from tests.crowd.pngs import pixels_in
from tests.rehearsal.filling.test_crowd_forms import SVG
from tests.rehearsal.filling.test_native_forms import ALL
from tests.rehearsal.filling.test_question_forms import document, question, selections
from tests.servers import Server
from tests.web.content.tasks import (
    a_group_showing,
    accept_in,
    answers_after_leaving,
    open_assignment,
    open_work,
)

pytestmark = [pytest.mark.browser, pytest.mark.once]


def done_both_ways(page: Page, html: str, *, seed: int) -> tuple[Filled, Sent]:
    """Fill in a task, and fill it in again in the browser with the same values."""
    task = read(html, WORK, size_of=lambda address: (SIZE["width"], SIZE["height"]))
    filled = fill(task, Uniform(Random(seed)))
    sent = open_task(page, html)
    fill_in_browser(page, task, filled)
    with page.expect_navigation():
        press_submit(page, task, filled)
    return filled, sent


def comparable(fields: Mapping[str, str], *, but: Sequence[tuple[str, object]] = ()) -> Any:
    """What was posted, masks as their pixels; files that our runtime would send beside left out."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: pixels_in(b64decode(part)) if key.endswith("pngImageData") else plain(part)
                for key, part in value.items()
            }
        return value

    read_in = (
        {"taskAnswers": list(map(plain, json.loads(fields["taskAnswers"])))}
        if "taskAnswers" in fields
        else {}
    )
    kept = {name: value for name, value in fields.items() if name not in dict(but)}
    return plain(kept) | read_in


def every_element() -> str:
    """A form with each element that has an answer, under names of its own."""
    demos = []
    for number, (name, definition) in enumerate(definitions().items()):
        if "answer" in definition and name not in ("crowd-form", "crowd-entity-annotation"):
            demo = "\n".join(definition["demo"])
            demo = re.sub(r"</?crowd-form[^>]*>", "", demo)
            demos.append(re.sub(r'\bname="', f'name="{number}-', demo))
    return "\n".join(demos)


@pytest.mark.parametrize("form", ["<crowd-form>", '<crowd-form answer-format="flatten-objects">'])
def test_every_element_says_the_same_in_a_browser(page: Page, form: str) -> None:
    filled, sent = done_both_ways(page, f"{form}{every_element()}</crowd-form>", seed=len(form))
    (posted,) = sent.posts
    assert comparable(posted) == comparable(dict(filled.pairs), but=filled.files)


def test_an_element_with_a_form_of_its_own_says_the_same(page: Page) -> None:
    html = "\n".join(definitions()["crowd-entity-annotation"]["demo"])
    filled, sent = done_both_ways(page, html, seed=4)
    assert sent.posts == [dict(filled.pairs)]


@pytest.mark.parametrize("seed", [1, 2])
def test_every_field_of_htmls_own_posts_the_same(page: Page, seed: int) -> None:
    buttons = '<button name="go" value="1">One</button><input type="submit" name="go" value="2">'
    filled, sent = done_both_ways(page, f'<form method="post" action="/t">{ALL}{buttons}</form>', seed=seed)
    assert sent.posts == [dict(filled.pairs[1:])]


# A piece of markup each line; ¶ stands for a line end.
PIECES = """<input name="n" value="a&amp;b&copy=1">
<input type="number" name="n" value="1x">
<p>
</p>
<input type="radio" name="r" value="1" checked>
<input type="radio" name="r" value="2" checked required>
<input type="checkbox" name="c" required>
<input type="checkbox" name="c" value="" checked>
<table><tr><td>
</table>
<fieldset disabled>
<legend>
</legend>
</fieldset>
<template>
</template>
<!-- <input name=x>
-->
<textarea name=t required>¶¶x&lt;</textarea>
</form>
<select name=s required>
<option>a  b
<option value='' selected>
<option disabled>d
</select>
<select name=m multiple><option selected>1<option>2</select>
<optgroup disabled>
</optgroup>
<input form="f" name="far" required>
<input form="no" name="out">
<div>
</div>
<input type="range" name="g" min="2" max="9" step="4">
<input type="color" name="k" value="#ABCDEF">
<input type="date" name="d" value="2024-02-30">
<input type="date" name="d" value="2024-02-29" min="2025-01-01">
<input type="number" name="q" value="5" step="2" min="2">
<input type="email" name="e" value=" a@b ">
<input type="url" name="u" value="x">
<input name="p" value="ab" pattern="a">
<input type="hidden" name="h">
<input name="l" value="abc" readonly required>
<input type="time" name="w" value="23:30" min="22:00" max="03:00">
<script>'<input name=z>'</script>
<label>
</label>
text
<button type=button name=b>
</button>""".splitlines()
LOOKED_AT = """(pages) => pages.map((html) => {
  const form = new DOMParser().parseFromString(html, "text/html").querySelector("form");
  return [[...new FormData(form)], form.checkValidity()];
})"""


def test_pages_of_any_markup_have_the_fields_that_a_browser_finds(page: Page) -> None:
    random = Random(5)
    bodies = ("".join(random.choices(PIECES, k=random.randint(1, 14))) for _ in range(1_500))
    pages = [f'<form id="f">{body}'.replace("¶", "\n") for body in bodies]
    for html, (fields, is_valid) in zip(pages, page.evaluate(LOOKED_AT, pages), strict=True):
        unchecked = read(html.replace("<form ", "<form novalidate ", 1), "https://tasks.example/")
        assert [list(pair) for pair in answer(unchecked, lambda control: None)] == fields, html
        assert is_sent(html) == is_valid, html


def is_sent(html: str) -> bool:
    try:
        answer(read(html, "https://tasks.example/"), lambda control: None)
    except ValueError:
        return False
    return True


XML = document(
    question("bird", selections("heron", "swan", other="<OtherSelection/>", style="dropdown")),
    question("birds", selections("heron", "swan", "crow", style="checkbox", counts=(1, 3)), is_required=True),
    question("why", '<FreeTextAnswer><Constraints><Length minLength="3"/></Constraints></FreeTextAnswer>'),
)
TRUTHS: dict[str, Value] = {"bird": "a grey one", "birds": "heron|crow", "why": "It stands."}


def test_a_question_form_is_filled_in_on_the_work_page(page: Page, site: Server) -> None:
    group = a_group_showing("")
    HIT.objects.filter(group=group).update(template_version=None, inputs=None, question=XML)
    assignment = accept_in(page, site, group)
    frame = open_assignment(page, site, assignment)
    frame.locator(".question-form").wait_for()
    task = read_in_browser(frame, identifiers=form_parts.identifiers(XML))
    fill_in_browser(frame, task, TRUTHS)
    press_submit(frame, task)
    assert answers_after_leaving(page, assignment) == {
        "bird": {"selections": [], "other": "a grey one"},
        "birds": {"selections": ["heron", "crow"]},
        "why": "It stands.",
    }


DRAWN = "".join(
    f"<crowd-{kind} name='{kind}' labels=\"['Cat', 'Dog']\" src=\"{SVG}\"></crowd-{kind}>"
    for kind in ("bounding-box", "polygon", "semantic-segmentation")
)


def test_a_task_is_drawn_in_on_the_work_page(page: Page, site: Server) -> None:
    assignment, frame = open_work(page, site, f"<crowd-form>{DRAWN}</crowd-form>", hits=1)
    frame.locator("crowd-button[form-action=submit]").first.wait_for()
    task = read_in_browser(frame)
    filled = fill(task, Uniform(Random(3)))
    fill_in_browser(frame, task, filled)
    press_submit(frame, task, filled)
    stored = answers_after_leaving(page, assignment)
    assert comparable(stored) == comparable(dict(filled.pairs[1:]))


def test_what_scripts_make_is_there_in_a_browser_only(page: Page, site: Server) -> None:
    html = (
        "<div id=app></div><script>document.getElementById('app').innerHTML = "
        "'<label>Word <input name=word required></label>'</script>"
    )
    assert read(html, site.url).controls == ()
    assignment, frame = open_work(page, site, html, hits=1)
    frame.get_by_label("Word").wait_for()
    task = read_in_browser(frame)
    fill_in_browser(frame, task, Truthful({"word": "knight"}, Blank()))
    press_submit(frame, task)
    assert answers_after_leaving(page, assignment) == {"word": "knight"}
