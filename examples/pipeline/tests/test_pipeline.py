"""The pipeline against a throw-away server, with a simulated crowd, with the clock moved and with trouble."""

import csv
from pathlib import Path

import pipeline
import pytest

FOODS = Path(__file__).parents[1] / "foods.csv"
ROWS = pipeline.read(FOODS)
GOLD = {row["id"]: row["gold"] for row in ROWS}
# Workers who see what is right and finish what they begin, and tasks of which none is hard.
GOOD_WORKER = {"skill": 1, "tasks": 100, "returns": 0, "abandons": 0, "skips": 0}
GOOD = {"kinds": {"good": GOOD_WORKER}, "hard": 0}


def right(hit):
    """What is right for a HIT: simulated workers know it, and answer as well as they can."""
    return {"kind": GOLD[hit["RequesterAnnotation"].removeprefix("foods/")]}


def test_each_row_becomes_a_hit_for_three_workers(mturk):
    ids = pipeline.publish(mturk, ROWS)

    found = pipeline.hits(mturk)
    assert {row_id: hit["HITId"] for row_id, hit in found.items()} == ids
    assert {hit["MaxAssignments"] for hit in found.values()} == {3}


def test_publishing_once_more_doubles_nothing(mturk):
    pipeline.publish(mturk, ROWS[:5])
    pipeline.publish(mturk, ROWS)

    assert len(pipeline.hits(mturk)) == len(ROWS)


def test_publishing_gets_through_trouble(mturk, trouble):
    trouble.set(throttling=0.1, errors=0.05, seed=7)

    pipeline.publish(mturk, ROWS)

    trouble.stop()
    assert len(pipeline.hits(mturk)) == len(ROWS)


def test_a_good_crowd_leads_to_the_right_labels(mturk, crowd):
    pipeline.publish(mturk, ROWS)
    crowd(GOOD, workers=6).work(truth=right)

    counts = pipeline.review(mturk)
    assert (counts["approved"], counts["rejected"]) == (36, 0)
    assert {row["id"]: row["label"] for row in pipeline.labels(mturk, ROWS)} == GOLD


def test_bots_are_not_paid_and_reviewing_again_pays_nobody_twice(mturk, crowd):
    pipeline.publish(mturk, ROWS)
    mixed = {"kinds": {"good": {**GOOD_WORKER, "share": 5}, "bot": {"share": 1, "answers": "same"}}}

    report = crowd(mixed, workers=8).work(truth=right)

    counts = pipeline.review(mturk)
    assert counts["approved"] + counts["rejected"] == report.answers
    assert not pipeline.review(mturk)


def test_what_nobody_reviews_is_paid_after_three_days(mturk, crowd, clock):
    pipeline.publish(mturk, ROWS[:2])
    crowd(GOOD, workers=4).work(truth=right)

    clock.advance("4d")

    answers = [one for hit in mturk.list_hits()["HITs"] for one, _ in pipeline.answers(mturk, hit["HITId"])]
    assert answers
    assert {one["AssignmentStatus"] for one in answers} == {"Approved"}


@pytest.mark.usefixtures("mturk_environment")
def test_the_commands_lead_to_a_file_of_labels(crowd, tmp_path, capsys):
    pipeline.main(["publish", str(FOODS)])
    crowd(GOOD, workers=6).work(truth=right)
    pipeline.main(["review", str(FOODS)])
    pipeline.main(["export", str(FOODS), str(tmp_path / "labels.csv")])

    assert "12 HITs published" in capsys.readouterr().out
    with (tmp_path / "labels.csv").open(newline="", encoding="utf-8") as file:
        found = list(csv.DictReader(file))
    assert [row["label"] for row in found] == [row["gold"] for row in found]
