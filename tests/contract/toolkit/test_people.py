"""Who worked, and what a requester does with people; single HITs and assignments, watching, and lint."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.contract.api.crowd import CrowdWorker
from tests.contract.toolkit.conftest import Toolkit

pytestmark = pytest.mark.once


def test_a_hit_and_an_assignment_are_shown(toolkit: Toolkit, crowd: Callable[..., CrowdWorker]) -> None:
    hit_id, *_ = toolkit.publish_people()
    work = crowd("Cleo").answer(hit_id, {"who": "a “countess”"})

    assert toolkit.json("hit", hit_id)["Title"] == "Who was it"
    shown = toolkit.run("hit", hit_id)
    assert "Who was Ada?" in shown and "people row 1" in shown
    said = toolkit.json("assignment", work)
    assert (said["HITId"], said["Answers"]) == (hit_id, {"who": "a “countess”"})
    assert "who  a “countess”" in toolkit.run("assignment", work)
    assert "does not exist" in toolkit.run("hit", "3NONE", status=1)


def test_workers_are_counted_written_to_and_kept_out(
    toolkit: Toolkit, crowd: Callable[..., CrowdWorker], mturk: Any
) -> None:
    first, second, third = toolkit.publish_people()
    cleo, dan = crowd("Cleo"), crowd("Dan")
    good, bad = cleo.answer(first), cleo.answer(second)
    mturk.approve_assignment(AssignmentId=good)
    mturk.reject_assignment(AssignmentId=bad, RequesterFeedback="No.")

    (record,) = toolkit.json("workers", "people")
    del record["median_seconds"]
    counts = {"submitted": 2, "approved": 1, "rejected": 1, "to_review": 0, "approval_rate": 50}
    assert record == {"worker": cleo.id, **counts}
    assert cleo.id in toolkit.run("workers")

    letter = ("--subject", "Thanks", "--message", "There is more.")
    said = toolkit.json("notify", cleo.id, dan.id, "typo", *letter, status=1)
    assert (said["done"], list(said["failed"])) == ([cleo.id], ["typo", dan.id])
    assert toolkit.json("notify", "--batch", "people", *letter)["already"] == [cleo.id]
    assert toolkit.json("notify", "--batch", "people", *letter, "--again")["done"] == [cleo.id]

    assert "Why?" in toolkit.run("block", cleo.id, status=1)
    toolkit.run("block", cleo.id, "--reason", "Answers at random.")
    assert mturk.list_worker_blocks()["WorkerBlocks"] == [
        {"WorkerId": cleo.id, "Reason": "Answers at random."}
    ]
    assert cleo.is_refused(third)
    assert toolkit.json("unblock", cleo.id, dan.id) == {"done": [cleo.id], "already": [dan.id], "failed": {}}


def test_a_qualification_is_made_given_as_a_file_taken_and_deleted(
    toolkit: Toolkit, crowd: Callable[..., CrowdWorker], mturk: Any
) -> None:
    def qualification(verb: str, *words: str) -> Any:
        return toolkit.json("qualification", verb, *words)

    french, (cleo, dan) = "Reads French", (crowd("Cleo").id, crowd("Dan").id)
    made = qualification("create", french, "--auto-grant", "5", "--retry-delay", "1d")["id"]
    kind = mturk.get_qualification_type(QualificationTypeId=made)["QualificationType"]
    assert (kind["Name"], kind["AutoGrantedValue"], kind["RetryDelayInSeconds"]) == (french, 5, 86_400)
    assert [one["Name"] for one in qualification("list")] == [french]

    assert qualification("grant", french, cleo, "--value", "80")["done"] == [cleo]
    held = toolkit.run("qualification", "holders", french)
    assert f"{cleo},80," in held
    (toolkit.folder / "held.csv").write_text(f"{held}{dan},70,\n")
    again = qualification("grant", made, "--file", "held.csv")
    assert (again["done"], again["already"]) == ([dan], [cleo])
    assert qualification("revoke", french, cleo, "--reason", "Too long ago.")["done"] == [cleo]
    assert qualification("revoke", french, cleo)["already"] == [cleo]
    assert [one["WorkerId"] for one in qualification("holders", french)] == [dan]
    said = toolkit.run("qualification", "show", "Frensh", status=1)
    assert "there are: Reads French" in said
    assert qualification("delete", french, "--yes") == {"deleted": made}


def test_a_test_is_made_of_files(toolkit: Toolkit, mturk: Any) -> None:
    form = (
        '<QuestionForm xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2017-11-06/'
        'QuestionForm.xsd"><Question><QuestionIdentifier>q</QuestionIdentifier><QuestionContent><Text>Why?'
        "</Text></QuestionContent><AnswerSpecification><FreeTextAnswer/></AnswerSpecification></Question>"
        "</QuestionForm>"
    )
    (toolkit.folder / "test.xml").write_text(form)
    toolkit.run("qualification", "create", "Why", "--test", "test.xml", "--test-duration", "10min")
    (kind,) = mturk.list_qualification_types(MustBeRequestable=False, MustBeOwnedByCaller=True)[
        "QualificationTypes"
    ]
    assert (kind["Test"], kind["TestDurationInSeconds"]) == (form, 600)


def test_a_batch_is_watched_to_its_end(toolkit: Toolkit, crowd: Callable[..., CrowdWorker]) -> None:
    for hit_id in toolkit.publish_people():
        crowd("Cleo").answer(hit_id)
    (line,) = toolkit.run("watch", "people", "--json").splitlines()
    assert json.loads(line)["to_review"] == 3
    assert "3 to review" in toolkit.run("watch", "people")


def test_lint_names_lines_and_fails_for_errors_only(toolkit: Toolkit) -> None:
    assert toolkit.run("lint", "who.html", "people.csv") == ""
    (toolkit.folder / "who.html").write_text("<p>${nome}</p>\n<input name=a>\n<!-- ")
    said = toolkit.json("lint", "who.html", "people.csv", status=1)
    assert {(one["level"], one["line"]) for one in said} >= {("error", 1), ("error", 3)}
    assert "who.html:3: error: a comment" in toolkit.run("lint", "who.html", status=1)
