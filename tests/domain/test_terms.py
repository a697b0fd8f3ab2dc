"""Batches that differ from their project, projects that are stopped as a whole, and other times to work."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from kempelen.domain.actions import (
    assignment_time,
    audiences,
    batches,
    claims,
    publishing,
    stopping,
    worker_groups,
)
from kempelen.domain.actions.terms import Terms
from kempelen.domain.errors import InvalidValue, Refusal, WrongState
from kempelen.domain.models import HIT, Batch, Event, Project, Requester, Worker
from tests.factories import ROWS, a_batch, a_project, csv_of, group_of, hits_of, owner_of


def an_upload_with(project: Project, terms: Terms) -> Batch:
    content = ContentFile(csv_of(ROWS).encode())
    return batches.upload(project, content, file_name="rows.csv", own_terms=terms)


def published(batch: Batch) -> Batch:
    batches.publish(batch)
    return publishing.publish_now(batch.pk)


def works(worker: Worker, batch: Batch) -> bool:
    try:
        claims.accept_next(worker, group_of(batch))
    except Refusal:
        return False
    return True


def test_a_batch_is_published_with_its_own_terms_and_its_project_keeps_its(ada: Requester) -> None:
    project = a_project(ada, places=3)
    batch = published(an_upload_with(project, {"max_assignments": 2, "assignment_duration_seconds": 7200}))
    assert {hit.max_assignments for hit in hits_of(batch)} == {2}
    assert group_of(batch).hit_type.assignment_duration_seconds == 7200
    assert published(an_upload_with(project, {})).max_assignments == 3


def test_those_whom_its_own_terms_name_may_work_and_nobody_else(
    ada: Requester, cleo: Worker, dan: Worker
) -> None:
    pilots = worker_groups.create(ada, "Pilots")
    batch = an_upload_with(a_project(ada), {"audience": "groups"})
    audiences.open_batch(batch, audience="groups", groups=[pilots], workers=[dan.public_id])
    batch = published(batch)
    assert not works(cleo, batch)
    assert works(dan, batch)
    worker_groups.change_members(pilots, add=[cleo])
    assert works(cleo, batch)


def test_a_batch_that_begins_paused_is_given_out_when_somebody_resumes_it(
    ada: Requester, cleo: Worker
) -> None:
    batch = published(an_upload_with(a_project(ada), {"is_paused": True}))
    assert not works(cleo, batch)
    batches.resume(batch)
    assert works(cleo, batch)


def test_terms_beyond_the_limits_are_refused_and_nothing_is_kept(ada: Requester) -> None:
    for wrong in ({"max_assignments": 0}, {"assignment_duration_seconds": 1}, {"audience": "x"}):
        with pytest.raises(InvalidValue):
            an_upload_with(a_project(ada), wrong)
    assert not Batch.objects.exists()


def test_a_stopped_project_gives_nothing_out_and_then_goes_on_with_what_was_open(
    ada: Requester, cleo: Worker
) -> None:
    project = a_project(ada)
    was_open, was_paused = a_batch(project), a_batch(project)
    batches.pause(was_paused)
    stopping.stop(project, by=owner_of(ada))
    assert project.is_archived
    assert not works(cleo, was_open)
    came_later = published(an_upload_with(project, {}))
    assert not works(cleo, came_later)
    stopping.go_on(project)
    assert works(cleo, was_open)
    assert works(cleo, came_later)
    assert not works(cleo, was_paused)


def test_a_batch_is_active_or_not_by_itself_also_while_its_project_is_stopped(ada: Requester) -> None:
    project = a_project(ada)
    batch = a_batch(project)
    stopping.stop(project)

    def again() -> Batch:
        return Batch.objects.select_related("project", "hit_group").get(pk=batch.pk)

    assert stopping.is_active(again())
    stopping.set_active(again(), to=False)
    assert not stopping.is_active(again())
    stopping.go_on(Project.objects.get(pk=project.pk))
    assert not stopping.is_active(again())
    stopping.set_active(again(), to=True)
    assert group_of(again()).status == "open"


def test_a_stopped_project_that_is_taken_back_in_the_browser_goes_on(
    ada: Requester, client: Client, cleo: Worker
) -> None:
    project = a_project(ada)
    batch = a_batch(project)
    stopping.stop(project)
    client.force_login(owner_of(ada))
    client.post(f"/r/{ada.slug}/projects/{project.number}/archive/", {"archived": "0"})
    assert works(cleo, batch)
    assert works(cleo, published(an_upload_with(Project.objects.get(pk=project.pk), {})))


def test_what_is_cancelled_is_not_active_again(ada: Requester) -> None:
    batch = a_batch(a_project(ada))
    batches.cancel_rest(batch)
    found = Batch.objects.select_related("project", "hit_group").get(pk=batch.pk)
    with pytest.raises(WrongState):
        stopping.set_active(found, to=True)


@pytest.mark.parametrize("to", [True, False])
def test_what_is_cancelled_while_somebody_looks_at_it_stays_cancelled(ada: Requester, to: bool) -> None:
    batch = a_batch(a_project(ada))
    if to:
        batches.pause(batch)
    found = Batch.objects.select_related("project", "hit_group").get(pk=batch.pk)
    batches.cancel_rest(batch)
    with pytest.raises(WrongState):
        stopping.set_active(found, to=to)
    batch.refresh_from_db()
    assert group_of(batch).status == "closed"
    assert not Event.objects.filter(kind="BatchResumed").exists()


def test_a_project_that_two_stop_at_once_goes_on_as_one_that_was_stopped_once(
    ada: Requester, cleo: Worker
) -> None:
    project = a_project(ada)
    batch = a_batch(project)
    one, other, third = (Project.objects.get(pk=project.pk) for _ in range(3))
    stopping.stop(one)
    stopping.stop(other)
    stopping.go_on(third)
    assert works(cleo, batch)


def test_a_batch_that_appears_while_it_is_told_to_be_inactive_is_paused(ada: Requester, cleo: Worker) -> None:
    batch = an_upload_with(a_project(ada), {})
    found = Batch.objects.select_related("project", "hit_group").get(pk=batch.pk)
    published(batch)
    stopping.set_active(found, to=False)
    assert not works(cleo, batch)


def test_the_time_to_work_changes_for_all_hits_and_not_for_who_works_already(
    ada: Requester, cleo: Worker, dan: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assignment_time, "PAGE", 2)
    batch = a_batch(a_project(ada))
    before = claims.accept_next(cleo, group_of(batch))
    job = assignment_time.change(batch, seconds=60)
    assert job
    assignment_time.change_now(job.arguments["group"])
    after = claims.accept_next(dan, group_of(batch))
    assert (before.deadline_at - before.accepted_at).total_seconds() == 3600
    assert (after.deadline_at - after.accepted_at).total_seconds() == 60
    assert HIT.objects.filter(hit_type=group_of(batch).hit_type_id).count() == 3
    assert Event.objects.filter(kind="BatchTimeChanged").count() == 1
    assert assignment_time.change(batch, seconds=60) is None
