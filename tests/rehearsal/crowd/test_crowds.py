"""A crowd at work on a real server, over its pages."""

from collections import Counter

from kempelen.rehearsal.crowd.crowds import Crowd
from kempelen.rehearsal.crowd.journal import Ended
from kempelen.rehearsal.server import Server
from tests.contract.api.qualification_types import TEST
from tests.rehearsal.crowd.conftest import Publish

# Real time would pass; nothing is waited for.
AT_ONCE = 1e12
GOOD = {"workers": 6, "kinds": {"good": {"skill": 1, "tasks": 1000, "abandons": 0}}, "span": "1h", "hard": 0}


def test_a_good_crowd_does_everything_rightly(throwaway: Server, publish: Publish) -> None:
    with Crowd(throwaway, GOOD, seed=7, speed=AT_ONCE) as crowd:
        report, answers = crowd.work_on(crowd.published(publish(8)), rules=["gold:label=gold.label"])
    assert (report.hits, report.places, report.answers) == (8, 24, 24)
    assert report.quality.right == report.quality.majority_right == report.quality.agreement == 1
    assert report.cost.if_all_approved == report.cost.approved == 24 * 5
    assert all(one.verdict and one.verdict.is_met for one in answers)
    assert report.duration.all is not None


def test_nobody_does_a_hit_twice_and_what_was_sent_comes_back(throwaway: Server, publish: Publish) -> None:
    ledger = publish(10)
    with Crowd(throwaway, {"workers": 8, "looks": 6}, seed=3, speed=AT_ONCE) as crowd:
        crowd.work_on(crowd.published(ledger))
        journal = crowd.last
        assert journal
        done = Counter((one.worker, one.row) for one in journal.submitted())
        assert max(done.values()) == 1
        for one in journal.submitted():
            said = crowd.connection.call("GetAssignment", AssignmentId=one.assignment_id)["Assignment"]
            assert journal.worker_ids[said["WorkerId"]] == one.worker
            assert f"<FreeText>{dict(one.sent)['label']}</FreeText>" in said["Answer"]


def test_work_of_programs_is_found_and_told_what_is_right(throwaway: Server, publish: Publish) -> None:
    ledger = publish(4, title="Made by a program", assignments=2)
    ids = [ledger.made[row].hit_id for row in sorted(ledger.made)]
    with Crowd(throwaway, GOOD, seed=1, speed=AT_ONCE) as crowd:
        report = crowd.work(hits=ids, truth={hit_id: {"label": "dog"} for hit_id in ids})
        assert (report.name, report.answers, report.quality.right) == ("Made by a program", 8, 1)
        assert {dict(one.sent)["label"] for one in crowd.last.submitted()} == {"dog"}


def test_forms_of_programs_are_answered_by_the_names_of_their_questions(throwaway: Server) -> None:
    hit = throwaway.client().create_hit(
        Title="A form",
        Description="Which",
        Reward="0.01",
        LifetimeInSeconds=86400,
        AssignmentDurationInSeconds=600,
        MaxAssignments=2,
        Question=TEST,
    )["HIT"]
    with Crowd(throwaway, GOOD, seed=1, speed=AT_ONCE) as crowd:
        report = crowd.work(hit_type=hit["HITTypeId"], truth={hit["HITId"]: {"cat": "tom"}})
    assert (report.answers, report.quality.right, report.quality.fields) == (2, 1, ["cat"])


def test_a_task_that_nobody_can_fill_in_is_told(throwaway: Server, publish: Publish) -> None:
    page = "<!doctype html><title>x</title><p>${text}</p><script>draw()</script>"
    with Crowd(throwaway, GOOD, workers=2, seed=1, speed=AT_ONCE) as crowd:
        report, _ = crowd.work_on(crowd.published(publish(2, html=page, title="Nothing to do")))
    found = {one.what.partition(":")[0]: one for one in report.findings}
    told = " ".join(one.what for one in report.findings)
    assert report.answers == 0
    assert list(found["tasks could not be filled in"].rows) == [1, 2]
    assert "6 answers missing" in told


def test_files_are_sent_with_forms_that_name_no_assignment(throwaway: Server, publish: Publish) -> None:
    ledger = publish(2, html="<form><input type=file name=photo required><input name=note required></form>")
    with Crowd(throwaway, GOOD, seed=1, speed=AT_ONCE) as crowd:
        report, _ = crowd.work_on(crowd.published(ledger))
        sent = crowd.last.submitted()[0].assignment_id
        answer = crowd.connection.call("GetAssignment", AssignmentId=sent)["Assignment"]["Answer"]
    assert report.answers == report.places == 6
    assert "<UploadedFileKey>" in answer


def test_places_that_are_given_back_go_to_others(throwaway: Server, publish: Publish) -> None:
    plan = {"workers": 5, "kinds": {"fickle": {"returns": 0.3, "skips": 0.2, "abandons": 0, "tasks": 99}}}
    with Crowd(throwaway, plan, seed=5, speed=AT_ONCE) as crowd:
        report, _ = crowd.work_on(crowd.published(publish(6, title="Given back")))
        assert report.answers == 18
        assert crowd.last.count(Ended.RETURNED) and crowd.last.count(Ended.SKIPPED)


def test_others_in_the_group_are_put_off_until_what_is_rehearsed_comes(
    throwaway: Server, publish: Publish
) -> None:
    ledger = publish(9, title="Only the last", assignments=1)
    last = ledger.made[9].hit_id
    with Crowd(throwaway, GOOD, workers=2, seed=1, speed=AT_ONCE) as crowd:
        report = crowd.work(hits=[last])
    assert (report.hits, report.answers) == (1, 1)
    assert [one.hit_id for one in crowd.last.submitted()] == [last]
