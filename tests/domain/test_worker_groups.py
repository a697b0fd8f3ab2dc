"""Worker groups, workers named one by one, and who may work on what."""

import pytest

from kempelen.domain.actions import audiences, claims, people, projects, worker_groups
from kempelen.domain.errors import InvalidValue, Refusal, WrongState
from kempelen.domain.models import Event, Requester, Worker, WorkerGroup
from kempelen.domain.queries import access
from tests.factories import a_batch, a_project, an_anonymous_worker, group_of, owner_of


def sees(worker: Worker) -> list[str]:
    return [group.requester.name for group in access.groups_open_to(worker, is_logged_in=True)]


def test_a_group_is_made_renamed_filled_and_deleted_with_a_line_for_each(
    ada: Requester, cleo: Worker
) -> None:
    group = worker_groups.create(ada, " Pilots ", by=owner_of(ada))
    worker_groups.rename(group, "Testers")
    assert worker_groups.change_members(group, add=[cleo]) == (1, 0)
    assert worker_groups.change_members(group, add=[cleo]) == (0, 0)
    worker_groups.delete(group)
    kinds = Event.objects.filter(kind__startswith="WorkerGroup").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == [
        "WorkerGroupCreated",
        "WorkerGroupRenamed",
        "WorkerGroupMembersChanged",
        "WorkerGroupDeleted",
    ]
    assert Worker.objects.filter(pk=cleo.pk).exists()


@pytest.mark.parametrize("name", ["", "x" * 101, "Pilots"])
def test_a_name_that_is_empty_too_long_or_taken_is_refused(ada: Requester, name: str) -> None:
    worker_groups.create(ada, "Pilots")
    with pytest.raises(InvalidValue):
        worker_groups.create(ada, name)


def test_the_only_group_that_may_work_on_something_cannot_be_deleted(ada: Requester, cleo: Worker) -> None:
    group, other = worker_groups.create(ada, "Pilots"), worker_groups.create(ada, "Others")
    batch = a_batch(a_project(ada, name="Birds", audience="groups", groups=[group]))
    with pytest.raises(WrongState, match="project “Birds”, batch “"):
        worker_groups.delete(group)
    audiences.open_project(batch.project, audience="workers")
    audiences.open_batch(batch, audience="groups", groups=[group, other])
    worker_groups.delete(group)
    assert not WorkerGroup.objects.filter(pk=group.pk).exists()


def test_ids_that_nobody_has_are_named(ada: Requester, cleo: Worker) -> None:
    nameless = an_anonymous_worker()
    with pytest.raises(InvalidValue, match=f"AZZZ, {nameless.public_id}"):
        worker_groups.workers_with([cleo.public_id, "AZZZ", nameless.public_id])


def test_workers_who_are_named_and_no_others_may_work(ada: Requester, cleo: Worker, dan: Worker) -> None:
    project = a_project(ada)
    audiences.open_project(project, audience="groups", workers=[cleo.public_id])
    group = group_of(a_batch(project))
    assert access.may_work(cleo, group)
    assert not access.may_work(dan, group)
    assert (sees(cleo), sees(dan)) == (["Ada"], [])
    with pytest.raises(Refusal):
        claims.accept_next(dan, group)
    assert claims.accept_next(cleo, group).worker == cleo


def test_a_batch_is_opened_to_others_while_it_runs_and_its_project_is_not(
    ada: Requester, cleo: Worker, dan: Worker
) -> None:
    project = a_project(ada)
    audiences.open_project(project, audience="groups", workers=[cleo.public_id])
    batch = a_batch(project)
    audiences.open_batch(batch, audience="groups", workers=[dan.public_id], by=owner_of(ada))
    assert access.may_work(dan, group_of(batch))
    assert not access.may_work(cleo, group_of(batch))
    assert list(audiences.named_workers(project)) == [cleo]
    assert Event.objects.get(kind="BatchAudienceChanged").batch_pk == batch.pk


def test_groups_of_named_workers_are_in_no_list_and_cannot_be_chosen(ada: Requester, cleo: Worker) -> None:
    project = a_project(ada)
    audiences.open_project(project, audience="groups", workers=[cleo.public_id])
    hidden = WorkerGroup.objects.get(is_named=True)
    assert not worker_groups.groups_of(ada)
    with pytest.raises(InvalidValue, match="Only worker groups of this requester"):
        audiences.open_project(a_project(ada), audience="groups", groups=[hidden])


def test_changing_the_groups_of_a_project_keeps_its_named_workers(ada: Requester, cleo: Worker) -> None:
    project = a_project(ada)
    audiences.open_project(project, audience="groups", workers=[cleo.public_id])
    projects.update_project(project, groups=[worker_groups.create(ada, "Pilots")])
    assert list(audiences.named_workers(project)) == [cleo]


def test_nobody_at_all_and_somebody_elses_group_are_refused(ada: Requester, ben: Requester) -> None:
    bens = worker_groups.create(ben, "Ben’s")
    with pytest.raises(InvalidValue, match="Choose at least one group"):
        audiences.open_project(a_project(ada), audience="groups")
    with pytest.raises(InvalidValue, match="Only worker groups of this requester"):
        audiences.open_project(a_project(ada), audience="groups", groups=[bens])


def test_an_invitation_to_a_group_joins_it(ada: Requester, cleo: Worker) -> None:
    group = worker_groups.create(ada, "Pilots")
    assert cleo.user
    people.accept_invitation(cleo.user, people.invite(worker_group=group, uses=2))
    assert list(group.members.all()) == [cleo]
