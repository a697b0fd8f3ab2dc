"""What Turkle changed or deleted along with something else, and addresses that broke it."""

import pytest
from django.test import Client

from kempelen.domain.actions import accounts, projects
from kempelen.domain.models import HIT, Assignment, Batch, Project, Requester, Worker
from tests.contract.turkle.conftest import logged_in
from tests.factories import a_batch, a_submitted_assignment, a_user, hits_of, owner_of


def test_33_a_changed_template_changes_nothing_that_runs(project: Project) -> None:
    hit = hits_of(a_batch(project))[0]
    before = hit.template_version.html
    projects.update_project(project, html="<p>${text}, otherwise</p><input name=other>")
    assert HIT.objects.get(pk=hit.pk).template_version.html == before
    assert project.template.versions.count() == 2


def test_34_answers_outlive_their_workers_account(project: Project, cleo: Worker) -> None:
    hit = hits_of(a_batch(project))[0]
    given = a_submitted_assignment(cleo, hit, answers={"answer": "kept"})
    assert cleo.user
    accounts.close(cleo.user, by=a_user("Root"))
    kept = Assignment.objects.get(pk=given.pk)
    assert (kept.answers, kept.worker.public_id, kept.worker.user) == (
        {"answer": "kept"},
        cleo.public_id,
        None,
    )
    assert HIT.objects.get(pk=hit.pk).unreviewed_count == 1


def test_35_batches_outlive_the_account_of_who_made_them(
    ada: Requester, project: Project, cleo: Worker
) -> None:
    owner = owner_of(ada)
    batch = a_batch(project)
    Batch.objects.update(created_by=owner)
    a_submitted_assignment(cleo, hits_of(batch)[0])
    accounts.close(owner, by=a_user("Root"))
    assert Batch.objects.get(pk=batch.pk).state == "published"
    assert Assignment.objects.filter(status="Submitted").count() == 1
    # There is no way to delete the row of a user that would take anything along: none on any page.
    assert Batch._meta.get_field("created_by").remote_field.on_delete.__name__ == "SET_NULL"


@pytest.mark.parametrize("query", ["?from=x", "?from=x&to=y", "?from=9999-99-99", "?start_date=x", "?to=\0"])
def test_36_no_address_breaks_a_page(cleo: Worker, query: str) -> None:
    browser = logged_in(cleo.user)
    assert browser.get(f"/statistics/{query}").status_code in {200, 400}
    assert browser.get(f"/history/{query}").status_code in {200, 400}
    assert browser.get("/auto-accept/").status_code == 405
    assert Client().get(f"/statistics/{query}").status_code < 500
