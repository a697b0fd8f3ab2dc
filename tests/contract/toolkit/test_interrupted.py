"""Publishing that is interrupted at any moment makes each HIT once, and knows them all in the end."""

import json
import random
import signal
import subprocess
from typing import Any

import pytest

from tests.contract.toolkit.conftest import TITLE, Toolkit

pytestmark = pytest.mark.once

ROWS = 60
PUBLISH = ("publish", "who.html", "many.csv", *TITLE)


def interrupted(toolkit: Toolkit, after_seconds: float, by: signal.Signals) -> bool:
    """Begin to publish, or go on, and interrupt it; whether it had not yet come to its end."""
    process = toolkit.start(*PUBLISH)
    try:
        process.wait(after_seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(by)
    process.communicate()
    return process.returncode != 0


@pytest.mark.parametrize("times", [6, pytest.param(200, marks=pytest.mark.proof)])
def test_each_row_has_one_hit_however_it_was_interrupted(toolkit: Toolkit, mturk: Any, times: int) -> None:
    dice = random.Random(7)
    rows = ROWS * max(1, times // 6)
    (toolkit.folder / "many.csv").write_text("name\n" + "".join(f"person {n}\n" for n in range(rows)))
    for _ in range(times):
        by = dice.choice([signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
        interrupted(toolkit, dice.uniform(0.3, 1.6), by)
    toolkit.run(*PUBLISH)

    noted = toolkit.hit_ids("many")
    pages = mturk.get_paginator("list_hits").paginate(MaxResults=100)
    there = [hit["HITId"] for page in pages for hit in page["HITs"]]
    assert len(noted) == len(set(noted)) == rows
    assert sorted(there) == sorted(noted)


def test_a_lost_file_makes_nothing_twice(toolkit: Toolkit, mturk: Any) -> None:
    before = toolkit.publish_people()
    (toolkit.folder / "people.hits.jsonl").unlink()
    assert toolkit.publish_people() == before
    assert len(mturk.list_hits()["HITs"]) == 3


def test_a_torn_last_line_is_made_whole(toolkit: Toolkit) -> None:
    before = toolkit.publish_people()
    file = toolkit.folder / "people.hits.jsonl"
    file.write_bytes(file.read_bytes()[:-20])
    assert toolkit.publish_people() == before
    assert all(json.loads(line) for line in file.read_text().splitlines())


def test_another_plan_does_not_touch_the_file_of_the_first(toolkit: Toolkit) -> None:
    toolkit.publish_people()
    before = (toolkit.folder / "people.hits.jsonl").read_bytes()
    said = toolkit.run("publish", "who.html", "people.csv", "--title", "Another", status=1)
    assert "is of another batch" in said and "--name" in said
    assert (toolkit.folder / "people.hits.jsonl").read_bytes() == before
