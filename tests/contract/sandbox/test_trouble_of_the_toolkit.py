"""Our own commands get through whatever trouble is made, and do nothing twice."""

from typing import Any

import pytest

from kempelen.domain.models import Notice, QualificationType, Worker
from kempelen.rehearsal.remote_trouble import RemoteTrouble
from tests.contract.api.crowd import CrowdWorker
from tests.contract.toolkit.conftest import TITLE, Toolkit

ROWS = 12
# Each kind so often that it is met for certain, and what the command goes through by itself.
KINDS = {
    "throttling": {"throttling": 0.3},
    "errors before": {"errors": 0.3, "when": "before"},
    "errors after": {"errors": 0.3, "when": "after"},
    "dropped before": {"dropped": 0.3, "when": "before"},
    "dropped after": {"dropped": 0.3, "when": "after"},
    "dropped midway": {"dropped": 0.3, "when": "midway"},
    "dropped truncated": {"dropped": 0.3, "when": "truncated"},
    "slow": {"slow": 0.5, "slow_seconds": (0.01, 0.2)},
}
# What these leave in the database is looked at on both.
HAPPENED = {"errors after", "dropped after", "dropped midway", "dropped truncated"}


def met(trouble: RemoteTrouble, operation: str) -> set[str]:
    return set(trouble.counts()[operation]) - {"requests"}


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=() if kind in HAPPENED else pytest.mark.once) for kind in KINDS]
)
def test_publish_makes_each_hit_once(toolkit: Toolkit, mturk, trouble: RemoteTrouble, kind: str) -> None:
    rows = "".join(f"Person {number},{1800 + number}\n" for number in range(ROWS))
    (toolkit.folder / "people.csv").write_text(f"name,born\n{rows}")
    trouble.set(**KINDS[kind], seed=3)

    toolkit.run("publish", "who.html", "people.csv", *TITLE)

    assert met(trouble, "CreateHITWithHITType") == {kind}
    trouble.stop()
    made = [hit for page in mturk.get_paginator("list_hits").paginate() for hit in page["HITs"]]
    assert sorted(hit["HITId"] for hit in made) == sorted(toolkit.hit_ids("people"))
    assert {hit["RequesterAnnotation"] for hit in made} == {f"people row {n}" for n in range(1, ROWS + 1)}


@pytest.fixture
def answers(mturk, toolkit: Toolkit, crowd) -> list[str]:
    """Eight answers that wait for review, of two workers."""
    (toolkit.folder / "people.csv").write_text("name,born\n" + "Ada,1815\n" * 4)
    hit_ids = toolkit.publish_people() and toolkit.hit_ids("people")
    for hit_id in hit_ids:
        mturk.create_additional_assignments_for_hit(HITId=hit_id, NumberOfAdditionalAssignments=1)
    workers: list[CrowdWorker] = [crowd("Cleo"), crowd("Dan")]
    return [worker.answer(hit_id) for worker in workers for hit_id in hit_ids]


@pytest.mark.parametrize("kind", ["errors after", "dropped truncated"])
def test_approvals_and_bonuses_happen_once_though_nobody_hears_of_them(
    toolkit: Toolkit, mturk, answers: list[str], trouble: RemoteTrouble, kind: str
) -> None:
    trouble.set(**KINDS[kind], seed=4)

    approved = toolkit.json("approve", *answers)
    paid = toolkit.json("bonus", *answers, "--amount", "0.10", "--reason", "Thank you.")

    assert {kind} == met(trouble, "ApproveAssignment") == met(trouble, "SendBonus")
    trouble.stop()
    assert sorted(approved["done"] + approved["already"]) == sorted(answers) and not approved["failed"]
    assert sorted(paid["done"] + paid["already"]) == sorted(answers) and not paid["failed"]
    for answer in answers:
        assert mturk.get_assignment(AssignmentId=answer)["Assignment"]["AssignmentStatus"] == "Approved"
        assert mturk.list_bonus_payments(AssignmentId=answer)["NumResults"] == 1


@pytest.mark.once
def test_a_server_that_only_breaks_off_is_named_as_one_that_does_not_answer(
    toolkit: Toolkit, trouble: RemoteTrouble
) -> None:
    trouble.set(dropped=1, when="truncated")

    said = toolkit.run("balance", status=1)

    assert "breaks off in the middle of its answers" in said and "Traceback" not in said


@pytest.mark.once
def test_every_other_command_goes_through_what_nobody_hears_of(
    toolkit: Toolkit, mturk: Any, answers: list[str], trouble: RemoteTrouble
) -> None:
    hit_ids, cleo = toolkit.hit_ids("people"), str(Worker.objects.get(user__username="Cleo").public_id)
    mturk.reject_assignment(AssignmentId=answers[0], RequesterFeedback="Sorry.")
    # A seed by which the first call of most of these meets trouble.
    trouble.set(errors=0.25, dropped=0.25, when=["after", "truncated"], seed=4033)

    toolkit.run("qualification", "create", "Reads French")
    toolkit.run("qualification", "grant", "Reads French", cleo, "--value", "7", "--quietly")
    toolkit.run("qualification", "revoke", "Reads French", cleo)
    toolkit.run("approve", *answers, "--override-rejection")
    toolkit.run("add-assignments", *hit_ids, "--to", "3")
    toolkit.run("expire", *hit_ids)
    toolkit.run("notify", cleo, "--subject", "Thank you", "--message", "That was good.")
    assert toolkit.json("results", "people")["answers"] == 8
    toolkit.run("delete", *hit_ids, "--yes")

    met_by = [name for name, done in trouble.counts().items() if len(done) > 1]
    assert {"CreateQualificationType", "DisassociateQualificationFromWorker", "NotifyWorkers"} <= set(met_by)
    trouble.stop()
    assert not mturk.list_hits()["HITs"]
    assert list(Notice.objects.values_list("subject", flat=True)) == ["Thank you"]
    assert QualificationType.objects.filter(name="Reads French").count() == 1
