"""What became of answers in Turkle that came twice, late, or for something else."""

import csv
import io

from django.test import Client

from kempelen.domain.actions import assignments, batches, claims, settling
from kempelen.domain.models import HIT, Assignment, Project, Requester, Worker
from tests.domain.moving_clock import MovingClock, moving_clock
from tests.factories import a_batch, a_submitted_assignment, an_assignment, hits_of, owner_of

__all__ = ["moving_clock"]


def test_16_a_second_submission_changes_nothing(cleo: Worker, moving_clock: MovingClock) -> None:
    held = an_assignment(cleo)
    assignments.submit(held.public_id, {"answer": "first"})
    before = Assignment.objects.values().get()
    moving_clock.forward(60)
    answer = Client().post("/mturk/externalSubmit", {"assignmentId": held.public_id, "answer": "second"})
    assert answer.status_code == 200
    assert Assignment.objects.values().get() == before


def test_17_an_answer_after_its_time_counts_only_while_its_place_is_free(
    project: Project, cleo: Worker, dan: Worker, moving_clock: MovingClock
) -> None:
    hit = hits_of(a_batch(project))[0]
    HIT.objects.filter(pk=hit.pk).update(max_assignments=1, places_left=1)
    late = claims.accept(cleo, hit)
    moving_clock.forward(2 * 24 * 3600)
    settling.settle_due()
    assert Assignment.objects.get(pk=late.pk).status == "Abandoned"
    claims.accept(dan, HIT.objects.get(pk=hit.pk))
    assignments.submit(late.public_id, {"answer": "mine"})
    kept = Assignment.objects.get(pk=late.pk)
    assert kept.status == "Abandoned"
    assert HIT.objects.get(pk=hit.pk).unreviewed_count == 0


def test_18_an_answer_that_came_too_late_is_not_lost(cleo: Worker, moving_clock: MovingClock) -> None:
    held = an_assignment(cleo)
    moving_clock.forward(2 * 24 * 3600)
    settling.settle_due()
    answer = Client().post("/mturk/externalSubmit", {"assignmentId": held.public_id, "answer": "late"})
    assert answer.status_code == 200
    late = Assignment.objects.get()
    # Its place is still free: it counts.
    assert (late.status, late.answers) == ("Submitted", {"answer": "late"})


def test_19_pausing_takes_no_work_from_who_has_begun_and_gives_none_to_others(
    project: Project, cleo: Worker, dan: Worker
) -> None:
    batch = a_batch(project)
    held = claims.accept_next(cleo, batch.hit_group)
    batches.pause(batch)
    browser = Client()
    assert dan.user
    browser.force_login(dan.user)
    browser.post(f"/groups/{batch.hit_group.public_id}/accept/")
    assert not Assignment.objects.filter(worker=dan).exists()
    assignments.submit(held.public_id, {"answer": "finished"})
    assert Assignment.objects.get(worker=cleo).status == "Submitted"


def test_20_an_answer_is_for_the_task_of_its_assignment_whatever_it_names(
    project: Project, cleo: Worker
) -> None:
    batch = a_batch(project)
    held = claims.accept_next(cleo, batch.hit_group)
    other = next(hit for hit in hits_of(batch) if hit.pk != held.hit_id)
    browser = Client()
    assert cleo.user
    browser.force_login(cleo.user)
    # No address has the ids of both; and a field that names another HIT is no answer.
    assert browser.post(f"/work/{other.public_id}/submit/", {"answer": "x"}).status_code == 409
    fields = {"assignmentId": held.public_id, "hitId": other.public_id, "answer": "x"}
    browser.post("/mturk/externalSubmit", fields)
    stored = Assignment.objects.get()
    assert (stored.hit_id, stored.answers) == (held.hit_id, {"answer": "x"})


def test_22_ticked_boxes_of_one_name_stand_as_mturk_wrote_them(
    ada: Requester, project: Project, cleo: Worker
) -> None:
    hit = hits_of(a_batch(project))[0]
    a_submitted_assignment(cleo, hit, answers={"tick": ["1", "2"]})
    browser = Client()
    browser.force_login(owner_of(ada))
    answer = browser.get(f"/r/{ada.slug}/batches/1/results.csv")
    (row,) = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode()))
    assert row["Answer.tick"] == "1|2"
