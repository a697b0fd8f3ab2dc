"""The list of batches, a batch's page, and its controls."""

from kempelen.domain.actions import claims
from kempelen.domain.models import Batch
from tests.factories import a_batch, a_project, an_upload, hits_of


def names(page) -> list[str]:
    return [line.batch.project.name for line in page.context["lines"]]


def test_batches_can_be_searched_sorted_and_kept_by_state(owner, ada, at):
    a_batch(a_project(ada, name="Birds"))
    an_upload(a_project(ada, name="Apples"))
    assert names(owner.get(at("batches/"))) == ["Apples", "Birds"]
    assert names(owner.get(at("batches/?sort=-project"))) == ["Birds", "Apples"]
    assert names(owner.get(at("batches/?q=bird"))) == ["Birds"]
    assert names(owner.get(at("batches/?state=uploaded"))) == ["Apples"]
    assert names(owner.get(at("batches/?state=open"))) == ["Birds"]


def test_the_page_has_progress_the_link_for_workers_and_the_downloads(owner, at, answer, batch):
    page = owner.get(at("batches/1/"))
    standing = page.context["standing"]
    assert (standing.figures.submitted, standing.figures.places, standing.finished_hits) == (1, 6, 0)
    text = page.content.decode()
    assert f"http://testserver/groups/{batch.hit_group.public_id}/" in text
    assert at("batches/1/results.csv") in text
    assert "1 of 6" in text


def test_a_batch_is_paused_and_resumed(owner, at, batch):
    owner.post(at("batches/1/pause/"))
    assert names(owner.get(at("batches/?state=paused"))) == ["Opinions"]
    assert "Resume" in owner.get(at("batches/1/")).content.decode()
    owner.post(at("batches/1/resume/"))
    assert names(owner.get(at("batches/?state=paused"))) == []


def test_pausing_twice_is_refused_in_words(owner, at, batch):
    owner.post(at("batches/1/pause/"))
    again = owner.post(at("batches/1/pause/"))
    assert again.status_code == 409
    assert "is paused" in again.content.decode()


def test_cancelling_says_how_much_it_withdraws(owner, at, batch, cleo, dan):
    claims.accept(cleo, hits_of(batch)[0])
    page = owner.get(at("batches/1/")).content.decode()
    assert "Withdraw 5 assignments?" in page
    owner.post(at("batches/1/cancel/"))
    batch.refresh_from_db()
    assert batch.cancelled_at is not None
    assert "Cancel the rest" not in owner.get(at("batches/1/")).content.decode()


def test_a_failed_batch_says_why_and_can_be_removed(owner, at, upload):
    Batch.objects.update(state="failed", problem="rows.csv: the file is not the one that was checked")
    page = owner.get(at("batches/1/")).content.decode()
    assert "could not be published" in page
    assert "not the one that was checked" in page
    owner.post(at("batches/1/discard/"))
    assert not Batch.objects.exists()


def test_who_may_not_edit_has_no_controls(member, at, batch):
    page = member("reviewer").get(at("batches/1/")).content.decode()
    assert "Pause" not in page
    assert "Cancel the rest" not in page
