"""Answers of Crowd HTML Elements in the requester's pages: in a few words, never as a heap of data."""

import json
import re

import pytest
from django.test import Client

from tests.factories import a_submitted_assignment, hits_of

MASK = "iVBORw0KGgo" + "A" * 20_000
BOXES = [{"height": 3, "label": "Cat", "left": 1, "top": 1, "width": 2}]
SIZE = {"height": 480, "width": 640}


@pytest.fixture
def drawn(batch, cleo):
    answer = {
        "seen": {"boundingBoxes": BOXES * 2, "inputImageProperties": SIZE},
        "mask": {"labelMappings": {"Cat": {}}, "labeledImage": {"pngImageData": MASK}},
        "why": "<b>Clear",
    }
    return a_submitted_assignment(cleo, hits_of(batch)[0], answers={"taskAnswers": json.dumps([answer])})


def test_what_was_drawn_is_told_in_words_with_the_rest_behind_them(owner: Client, at, drawn) -> None:
    for page in (at("batches/1/results/"), at(f"batches/1/results/{drawn.public_id}/")):
        # What the frame gets of it is JSON.
        shown = re.sub(r"<script[^>]*application/json.*?</script>", "", owner.get(page).text, flags=re.DOTALL)
        for words in ("2 boxes: Cat 2", "mask: Cat", "&lt;b&gt;Clear", "As it was sent", "left&quot;: 1"):
            assert words in shown, words
        assert "AAAA" not in shown
        assert "taskAnswers" not in shown


def test_flattened_answers_are_told_too(owner: Client, at, batch, cleo) -> None:
    answers = {
        "seen.boundingBoxes": json.dumps(BOXES),
        "seen.inputImageProperties.height": "480",
        "sure.on": "true",
    }
    a_submitted_assignment(cleo, hits_of(batch)[0], answers=answers)
    shown = owner.get(at("batches/1/results/")).text
    assert "1 box: Cat" in shown
    assert "sure.on" in shown


def test_the_table_gets_the_task_alone_and_may_show_it(owner: Client, at, drawn) -> None:
    table = owner.get(at("batches/1/results/"))
    address = at(f"batches/1/results/{drawn.public_id}/")
    assert f'hx-get="{address}"' in table.text
    part = owner.get(address, headers={"HX-Request": "true"})
    assert "<task-frame" in part.text
    assert "<html" not in part.text


def test_answers_are_gone_through_and_reviewed_one_by_one(owner: Client, at, batch, cleo, dan) -> None:
    first, second = (a_submitted_assignment(cleo, hit) for hit in hits_of(batch)[:2])
    third = a_submitted_assignment(dan, hits_of(batch)[1])
    pages = {one.public_id: at(f"batches/1/results/{one.public_id}/") for one in (first, second, third)}
    shown = owner.get(pages[second.public_id])
    assert (shown.context["before"], shown.context["after"]) == (
        pages[first.public_id],
        pages[third.public_id],
    )
    assert not owner.get(pages[third.public_id]).context["after"]
    answered = owner.post(f"{pages[first.public_id]}approve/", {"from": "task"})
    assert answered.url == pages[second.public_id]
    assert "approved" in owner.get(pages[first.public_id]).text
