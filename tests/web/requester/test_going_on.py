"""What is done with a batch after its file was checked: scheduled, extended, ended, added to, repeated."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from kempelen.domain.actions import additions, prolonging, repeating
from kempelen.domain.models import Addition, Batch, HITGroup, Job
from tests.domain.api_hits import a_hit_type, a_new_hit
from tests.factories import csv_of

MORE = [{"text": "four"}, {"text": "five"}]


def file_of(rows) -> SimpleUploadedFile:
    return SimpleUploadedFile("more.csv", csv_of(rows).encode())


def test_an_upload_is_scheduled_in_the_browsers_time(owner, at, upload):
    sent = {"publish_at": "2199-01-01T08:00", "publish_at_zone": "Asia/Tokyo"}
    owner.post(at("batches/1/schedule/"), sent)
    assert Batch.objects.get().publish_at is None  # beyond a year
    year = datetime.now().year + 1
    owner.post(at("batches/1/schedule/"), {**sent, "publish_at": f"{year}-01-01T08:00"})
    assert Batch.objects.get().publish_at == datetime(year, 1, 1, 8, tzinfo=ZoneInfo("Asia/Tokyo"))
    page = owner.get(at("batches/1/")).content.decode()
    assert f"31 Dec {year - 1}, 23:00 UTC" in page
    assert "scheduled" in owner.get(at("batches/?state=scheduled")).content.decode()
    owner.post(at("batches/1/unschedule/"))
    assert Batch.objects.get().publish_at is None


def test_times_without_a_zone_or_without_sense_are_the_servers_or_refused(owner, at, upload):
    year = datetime.now().year + 1
    for zone in ("", "Mars/Olympus", "../../etc/passwd", "\0"):
        owner.post(at("batches/1/schedule/"), {"publish_at": f"{year}-01-01T08:00", "publish_at_zone": zone})
        assert Batch.objects.get().publish_at == datetime(year, 1, 1, 8, tzinfo=ZoneInfo("UTC"))
    for nothing, said in (({"publish_at": "soon"}, "Give a date"), ({"publish_at_zone": "UTC"}, "required")):
        page = owner.post(at("batches/1/schedule/"), nothing, follow=True)
        assert said in page.content.decode()


def test_a_batch_is_extended(owner, at, batch):
    assert "Extend all its HITs" in owner.get(at("batches/1/extend/")).content.decode()
    done = owner.post(at("batches/1/extend/"), {"more": "2"}, follow=True)
    assert "HITs extended" in done.content.decode()
    prolonging.change_now(batch.hit_group_id)
    assert Batch.objects.get().max_assignments == 4


def test_an_extension_that_is_refused_says_why_at_its_field(owner, at, batch):
    for sent, said in (
        ({}, "Give a later end"),
        ({"ends_at_zone": "Europe/Paris"}, "Give a later end"),
        ({"more": "8"}, "cannot be extended to 10 or more"),
        ({"more": "-1"}, "greater than or equal to 0"),
        ({"ends_at": "2001-01-01T00:00"}, "at least a minute"),
    ):
        page = owner.post(at("batches/1/extend/"), sent)
        assert page.status_code == 422
        assert said in page.content.decode()


def test_a_batch_is_ended_and_its_unfinished_rows_asked_for_again(owner, at, batch, answer):
    assert "still given out" in owner.get(at("batches/1/again/")).content.decode()
    owner.post(at("batches/1/expire/"))
    prolonging.change_now(batch.hit_group_id)
    page = owner.get(at("batches/1/")).content.decode()
    assert "Publish the unfinished again" in page
    assert "3 HITs ended with 5 assignments missing" in owner.get(at("batches/1/again/")).content.decode()
    made = owner.post(at("batches/1/again/"), {"name": "Once more"}, follow=True)
    again = Batch.objects.get(number=2)
    assert (again.name, again.row_count, again.repeats) == ("Once more", 3, batch)
    text = made.content.decode()
    assert "5 assignments in all" in text
    assert "What <a" in text


def test_the_page_of_a_large_batch_leads_on_when_the_new_one_is_made(owner, at, batch, monkeypatch):
    monkeypatch.setattr(repeating, "AT_ONCE", 2)
    owner.post(at("batches/1/expire/"))
    prolonging.change_now(batch.hit_group_id)
    asked = owner.post(at("batches/1/again/"), {"name": "Once more"})
    page = owner.get(asked["Location"]).content.decode()
    assert "The new batch is being made" in page
    assert 'hx-trigger="every 1s"' in page
    repeating.repeat_now(repeating.being_made(batch))
    assert owner.get(asked["Location"])["Location"] == at("batches/2/")
    polled = owner.get(asked["Location"], headers={"HX-Request": "true"})
    assert polled["HX-Redirect"] == at("batches/2/")
    Job.objects.update(finished_at=batch.created_at, failed_at=batch.created_at, problem="No <rows>.")
    assert "No &lt;rows&gt;." in owner.get(at("batches/1/again/")).content.decode()
    assert owner.get(at("batches/1/again/?job=x")).status_code == 200


def test_rows_are_added_after_a_look(owner, at, batch):
    shown = owner.post(at("batches/1/rows/"), {"file": file_of(MORE)}, follow=True)
    text = shown.content.decode()
    assert "Add 2 HITs" in text
    assert "$0.20" in text
    owner.post(at("batches/1/rows/1/add/"))
    assert "Rows added" in owner.get(at("batches/1/")).content.decode()
    additions.add_now(Addition.objects.get().pk)
    assert Batch.objects.get().row_count == 5
    assert owner.get(at("batches/1/rows/1/")).url == at("batches/1/")


def test_rows_with_problems_are_listed_and_others_discarded(owner, at, batch):
    page = owner.post(at("batches/1/rows/"), {"file": file_of([{"word": "x"}])})
    assert page.status_code == 422
    assert "cannot be added yet" in page.content.decode()
    owner.post(at("batches/1/rows/"), {"file": file_of(MORE)})
    owner.post(at("batches/1/rows/1/discard/"))
    assert not Addition.objects.exists()
    assert owner.get(at("batches/1/rows/1/")).status_code == 404


def test_a_group_of_programs_is_extended_and_ended(owner, ada, at, db):
    hit = a_new_hit(a_hit_type(ada))
    group = hit.group.public_id
    owner.post(at(f"groups/{group}/extend/"), {"more": "1"})
    assert HITGroup.objects.get().change["more"] == 1
    prolonging.change_now(hit.group_id)
    owner.post(at(f"groups/{group}/expire/"))
    prolonging.change_now(hit.group_id)
    hit.refresh_from_db()
    assert (hit.max_assignments, hit.status) == (2, "Reviewable")
    log = owner.get(at("log/")).content.decode()
    assert "1 more assignments for each HIT" in log
    assert "ended the HITs of" in log


def test_what_programs_make_stands_among_the_batches(owner, ada, at, batch):
    hit = a_new_hit(a_hit_type(ada))
    lines = owner.get(at("batches/")).context["lines"]
    assert [line.group or line.batch for line in lines] == [hit.group, batch]
    lines = owner.get(at("batches/?state=programs")).context["lines"]
    assert [line.group for line in lines] == [hit.group]
    assert not owner.get(at("batches/?state=paused")).context["lines"]
