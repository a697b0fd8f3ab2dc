"""Approving, rejecting and paying by rules, over a real server."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.contract.api.crowd import CrowdWorker
from tests.contract.toolkit.conftest import TITLE, Toolkit

pytestmark = pytest.mark.once

MAJORITY = ("--batch", "people", "--rule", "majority:who")
GOLD = ("--batch", "people", "--rule", "gold:who=right")


@pytest.fixture
def work(toolkit: Toolkit, crowd: Callable[..., CrowdWorker]) -> list[list[str]]:
    """Three workers' answers to three HITs: a majority, a tie that one place leaves open, and one by one."""
    (toolkit.folder / "people.csv").write_text("name,right\nAda,countess\nGrace,\nAlan,man\n")
    toolkit.run("publish", "who.html", "people.csv", *TITLE, "--assignments", "3")
    workers = [crowd(name) for name in ("Cleo", "Dan", "Eve")]
    said = [("countess", "countess", "cook"), ("admiral", "sailor"), ("man", "woman", "child")]
    return [
        [worker.answer(hit_id, {"who": text}) for worker, text in zip(workers, texts, strict=False)]
        for hit_id, texts in zip(toolkit.hit_ids("people"), said, strict=True)
    ]


def status(mturk: Any, assignment_id: str) -> str:
    return str(mturk.get_assignment(AssignmentId=assignment_id)["Assignment"]["AssignmentStatus"])


def test_a_dry_run_gives_counts_and_reasons_and_changes_nothing(
    toolkit: Toolkit, work: list[list[str]], mturk: Any
) -> None:
    said = toolkit.json("approve", *MAJORITY, "--dry-run")
    assert sorted(said["would"]) == sorted(work[0][:2])
    assert sorted(said["left_to_you"]) == sorted(work[1] + work[2])
    counts = {one["why"]: one["count"] for one in said["counts"]}
    assert counts == {"who is as most answered": 2, "who is not as most answered": 1, "who has a tie": 5}
    table = toolkit.run("reject", *MAJORITY, "--feedback", "No.", "--dry-run")
    assert "'cook', 2 of 3: 'countess'" in table and "1 assignment would be rejected; 5 left to you" in table
    assert {status(mturk, one) for some in work for one in some} == {"Submitted"}


def test_a_majority_is_approved_the_others_rejected_and_again_does_nothing(
    toolkit: Toolkit, work: list[list[str]], mturk: Any
) -> None:
    assert "say --yes" in toolkit.run("approve", *MAJORITY, status=1)
    assert sorted(toolkit.json("approve", *MAJORITY, "--yes")["done"]) == sorted(work[0][:2])
    assert toolkit.json("reject", *MAJORITY, "--feedback", "No.", "--yes")["done"] == work[0][2:]
    for verb in (("approve",), ("reject", "--feedback", "No.")):
        assert toolkit.json(*verb, *MAJORITY, "--yes") == {"done": [], "already": [], "failed": {}}
    assert {status(mturk, one) for one in work[1] + work[2]} == {"Submitted"}


def test_a_gold_column_pays_who_was_right_once(toolkit: Toolkit, work: list[list[str]], mturk: Any) -> None:
    toolkit.run("approve", work[0][0])
    paid = ("bonus", *GOLD, "--rule", "expr:seconds < 3600", "--amount", "0.10", "--reason", "Right.")
    plan = toolkit.json(*paid, "--dry-run")
    assert (plan["bonuses"], plan["cost"]) == (3, "0.30")
    assert sorted(toolkit.json(*paid, "--yes")["done"]) == sorted([*work[0][:2], work[2][0]])
    assert len(toolkit.json(*paid, "--yes")["already"]) == 3
    assert len(mturk.list_bonus_payments(AssignmentId=work[2][0])["BonusPayments"]) == 1


def test_a_rule_that_reads_what_is_not_there_does_nothing(toolkit: Toolkit, work: list[list[str]]) -> None:
    misspelt = toolkit.run(
        "reject", "--batch", "people", "--rule", "majority:whom", "--feedback", "No.", status=1
    )
    assert "There is no answer 'whom' in this batch. There are: who" in misspelt
    gold = toolkit.run("approve", "--batch", "people", "--rule", "gold:who=rihgt", "--yes", status=1)
    assert "There is no column 'rihgt'" in gold and "name, right" in gold
    assert "whole batch" in toolkit.run("approve", work[0][0], "--rule", "majority:who", status=1)
    assert "why?" in toolkit.run("reject", *MAJORITY, "--yes", status=1)
    assert "is no rule" in toolkit.run("approve", "--batch", "people", "--rule", "whim", status=1)
