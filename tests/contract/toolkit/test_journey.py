"""From rows to results, and what a requester does with them."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from tests.contract.api.crowd import CrowdWorker
from tests.contract.toolkit.conftest import TITLE, Toolkit

pytestmark = pytest.mark.once


def results(toolkit: Toolkit, *words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(toolkit.run("results", "people", "-o", "-", *words), newline="")))


def test_rows_become_hits_and_answers_rows(
    toolkit: Toolkit, crowd: Callable[..., CrowdWorker], mturk: Any
) -> None:
    assert "$0.15 if all" in toolkit.run("publish", "who.html", "people.csv", *TITLE, "--dry-run")
    assert mturk.list_hits()["HITs"] == []
    ada, grace, _ = toolkit.publish_people()
    crowd("Cleo").answer(ada, {"who": "a “countess”"})
    crowd("Dan").answer(grace, {"who": "an admiral"})

    status = toolkit.json("status", "people")
    assert (status["hits"], status["left"], status["to_review"], status["reviewed"]) == (3, 1, 2, 0)
    first, second = sorted(results(toolkit), key=lambda row: row["Input.born"])
    assert (first["HITId"], first["Input.name"], first["Answer.who"]) == (ada, "Ada", "a “countess”")
    assert (first["Reward"], first["Title"], first["AssignmentStatus"]) == (
        "$0.05",
        "Who was it",
        "Submitted",
    )
    assert second["Answer.who"] == "an admiral"
    assert results(toolkit, "--status", "Approved") == []


def test_a_reviewed_file_approves_and_rejects_and_may_be_used_again(
    toolkit: Toolkit, crowd: Callable[..., CrowdWorker], mturk: Any
) -> None:
    ids = toolkit.publish_people()
    cleo = crowd("Cleo")
    good, bad, unseen = (cleo.answer(hit_id, {"who": "somebody"}) for hit_id in ids)
    reasons = {good: ("x", ""), bad: ("", "That is not an answer."), unseen: ("", "")}
    lines = ["AssignmentId,Approve,Reject", *(f"{one},{yes},{no}" for one, (yes, no) in reasons.items())]
    (toolkit.folder / "reviewed.csv").write_text("\n".join(lines))

    assert toolkit.json("approve", "--file", "reviewed.csv") == {"done": [good], "already": [], "failed": {}}
    assert toolkit.json("reject", "--file", "reviewed.csv")["done"] == [bad]
    assert toolkit.json("approve", "--file", "reviewed.csv")["already"] == [good]
    assert toolkit.json("reject", "--file", "reviewed.csv")["already"] == [bad]
    assert "1 assignment would be" in toolkit.run("approve", "--batch", "people", "--dry-run")
    rejected = mturk.get_assignment(AssignmentId=bad)["Assignment"]
    assert rejected["RequesterFeedback"] == "That is not an answer."
    assert mturk.get_assignment(AssignmentId=unseen)["Assignment"]["AssignmentStatus"] == "Submitted"


def test_what_is_approved_cannot_be_rejected_and_the_others_are(
    toolkit: Toolkit, crowd: Callable[..., CrowdWorker]
) -> None:
    one, other, _ = toolkit.publish_people()
    cleo = crowd("Cleo")
    approved, waiting = cleo.answer(one), cleo.answer(other)
    toolkit.run("approve", approved)

    said = toolkit.json("reject", approved, waiting, "--feedback", "No.", status=1)
    assert said["done"] == [waiting]
    assert list(said["failed"]) == [approved]
    assert "why?" in toolkit.run("reject", approved, status=1)


def test_a_bonus_is_paid_once_however_often_it_is_asked_for(
    toolkit: Toolkit, crowd: Callable[..., CrowdWorker], mturk: Any
) -> None:
    hit_id, *_ = toolkit.publish_people()
    cleo = crowd("Cleo")
    work = cleo.answer(hit_id)
    line = f"{work},{cleo.id},0.50,Very careful work."
    (toolkit.folder / "bonuses.csv").write_text(f"AssignmentId,WorkerId,BonusAmount,Reason\n{line}\n")

    assert "$0.50, would be" in toolkit.run("bonus", "--file", "bonuses.csv", "--dry-run")
    assert toolkit.json("bonus", "--file", "bonuses.csv")["done"] == [work]
    again = ("bonus", work, "--amount", "$0.5", "--reason", "Very careful work.")
    assert toolkit.json(*again)["already"] == [work]
    (paid,) = mturk.list_bonus_payments(AssignmentId=work)["BonusPayments"]
    assert (paid["BonusAmount"], paid["Reason"]) == ("0.50", "Very careful work.")


def test_a_file_with_a_fault_pays_nothing(toolkit: Toolkit, crowd: Callable[..., CrowdWorker]) -> None:
    rows = ["3A,AW,0.50,Good", "3B,AW,0.505,Good"]
    (toolkit.folder / "bonuses.csv").write_text(
        "\n".join(["AssignmentId,WorkerId,BonusAmount,Reason", *rows])
    )
    said = toolkit.run("bonus", "--file", "bonuses.csv", status=1)
    assert "row 3: '0.505' is no sum in whole cents" in said


def test_hits_are_extended_expired_given_more_places_and_deleted(
    toolkit: Toolkit, crowd: Callable[..., CrowdWorker], mturk: Any
) -> None:
    first, *_ = toolkit.publish_people()
    toolkit.run("expire", "--batch", "people")
    assert crowd("Cleo").is_refused(first)
    toolkit.run("extend", "--batch", "people", "--for", "2d")
    assert toolkit.json("add-assignments", first, "--to", "3")["done"] == [first]
    assert toolkit.json("add-assignments", first, "--to", "3")["already"] == [first]
    assert mturk.get_hit(HITId=first)["HIT"]["MaxAssignments"] == 3
    assert "say --yes" in toolkit.run("delete", "--batch", "people", status=1)
    # As long as it is given out a HIT cannot be deleted.
    assert len(toolkit.json("delete", "--batch", "people", "--yes", status=1)["failed"]) == 3
    toolkit.run("expire", "--batch", "people")
    assert len(toolkit.json("delete", "--batch", "people", "--yes")["done"]) == 3
    assert toolkit.json("status", "people")["by_status"] == {"Disposed": 3}


def test_a_page_of_ones_own_a_layout_and_json_lines_are_published_too(toolkit: Toolkit, mturk: Any) -> None:
    (toolkit.folder / "items.jsonl").write_text('{"id": "a&b"}\n{"id": "c d"}\n')
    address = "http://localhost:9/task?item=${id}"
    assert "Row 2 makes the address" in toolkit.run("publish", address, "items.jsonl", *TITLE, status=1)
    (toolkit.folder / "items.jsonl").write_text('{"id": "a&b"}\n')
    toolkit.run("publish", address, "items.jsonl", *TITLE, "--name", "pages")
    (hit_id,) = toolkit.hit_ids("pages")
    question = mturk.get_hit(HITId=hit_id)["HIT"]["Question"]
    assert "<ExternalURL>http://localhost:9/task?item=a&amp;b</ExternalURL>" in question


def test_a_projects_file_says_what_hits_are_like(toolkit: Toolkit, mturk: Any) -> None:
    (toolkit.folder / "project.yaml").write_text(
        "title: Name a person\nreward: $0.12\nassignments: 2\nduration: 10min\nkeywords: [people, quick]\n"
        "requirements:\n- QualificationTypeId: '00000000000000000040'\n"
        "  Comparator: GreaterThanOrEqualTo\n  IntegerValues: [50]\n"
    )
    toolkit.run("publish", "who.html", "people.csv", "--reward", "0.20")
    hit = mturk.get_hit(HITId=toolkit.hit_ids("people")[0])["HIT"]
    assert (hit["Title"], hit["Reward"], hit["MaxAssignments"]) == ("Name a person", "0.20", 2)
    assert (hit["AssignmentDurationInSeconds"], hit["Keywords"]) == (600, "people, quick")
    assert hit["QualificationRequirements"][0]["IntegerValues"] == [50]
