"""From a CSV to a batch."""

from django.core.files.uploadedfile import SimpleUploadedFile

from kempelen.domain.actions import projects, publishing
from kempelen.domain.models import HIT, Batch, Job


def sent(content: str | bytes, name: str = "rows.csv") -> dict[str, SimpleUploadedFile]:
    raw = content.encode() if isinstance(content, str) else content
    return {"file": SimpleUploadedFile(name, raw)}


def test_a_good_file_becomes_an_upload_that_can_be_looked_over(owner, at, project):
    answer = owner.post(at("projects/1/publish/"), sent("text\none\nzwei\n") | {"name": "First try"})
    assert answer["Location"] == at("batches/1/")
    page = owner.get(at("batches/1/")).content.decode()
    for words in ("First try", "Row 1 of 2", "$0.20", "2 HITs × 2 assignments × $0.05", "Publish 2 HITs"):
        assert words in page
    assert not HIT.objects.exists()


def test_without_a_name_the_file_gives_it(owner, at, project):
    owner.post(at("projects/1/publish/"), sent("text\none\n", "Grüße 3.csv"))
    assert Batch.objects.get().name == "Grüße 3"


def test_problems_are_listed_with_row_and_column_and_nothing_is_kept(owner, at, project):
    answer = owner.post(at("projects/1/publish/"), sent("text,b\none,1\ntwo\nthree,3,4\n"))
    assert answer.status_code == 422
    assert [place for place, _ in answer.context["problems"]] == ["row 3", "row 4"]
    assert answer.context["problems"][0][1].startswith("1 value for 2 columns")
    assert "2 problems" in answer.content.decode()
    assert not Batch.objects.exists()


def test_a_column_that_the_template_wants_is_missed_by_name(owner, at, project):
    answer = owner.post(at("projects/1/publish/"), sent("Text\none\n"))
    assert answer.context["problems"][0][0] == "row 1, column text"
    assert "rows.csv cannot be published yet" in answer.content.decode()


def test_a_template_with_errors_is_not_published(owner, at, project):
    projects.save_template(project.template, "<p>${text}</p>\n<crowd-clasifier></crowd-clasifier>")
    answer = owner.post(at("projects/1/publish/"), sent("text\none\n"))
    assert answer.context["problems"][0][0] == "Template, line 2"
    assert "1 thing to put right first" in answer.content.decode()


def test_an_empty_file_and_no_file_are_told(owner, at, project):
    assert "cannot be published yet" in owner.post(at("projects/1/publish/"), sent("")).content.decode()
    assert "This field is required" in owner.post(at("projects/1/publish/"), {}).content.decode()


def test_warnings_of_the_file_are_shown(owner, at, project):
    owner.post(at("projects/1/publish/"), sent("text,extra\none,1\n"))
    assert "extra" in " ".join(owner.get(at("batches/1/")).context["warnings"])


def test_rows_can_be_stepped_through_and_htmx_gets_the_row_alone(owner, at, upload):
    second = owner.get(at("batches/1/?row=2"), headers={"HX-Request": "true"})
    assert second.content.decode().lstrip().startswith('<section class="stack stack-tight" id="row"')
    assert "two" in second.content.decode()
    assert '"text": "two"' in second.context["checks"].values
    assert "Row 3 of 3" in owner.get(at("batches/1/?row=99")).content.decode()
    assert "Row 1 of 3" in owner.get(at("batches/1/?row=x")).content.decode()


def test_publishing_asks_for_a_job_and_the_page_shows_how_far_it_is(owner, at, upload):
    owner.post(at("batches/1/publish/"))
    assert Job.objects.get().kind == "publish_batch"
    page = owner.get(at("batches/1/")).content.decode()
    assert "Being published" in page
    assert 'hx-trigger="every 1s"' in page
    publishing.publish_now(upload.pk)
    assert HIT.objects.count() == 3


def test_an_upload_is_published_once(owner, at, upload):
    owner.post(at("batches/1/publish/"))
    again = owner.post(at("batches/1/publish/"))
    assert again.status_code == 409
    assert "being published" in again.content.decode()
    assert Job.objects.count() == 1


def test_an_upload_can_be_discarded_and_a_published_batch_cannot(owner, at, upload):
    assert owner.post(at("batches/1/discard/"))["Location"] == at("projects/1/")
    assert not Batch.objects.exists()
    assert not upload.csv_file.storage.exists(upload.csv_file.name)


def test_a_published_batch_stays(owner, at, batch):
    assert owner.post(at("batches/1/discard/")).status_code == 409
    assert Batch.objects.exists()


def test_a_template_that_changed_after_the_upload_is_pointed_out(owner, at, project, upload):
    projects.save_template(project.template, "<p>new ${text}</p><input name=a>")
    assert "To publish version 2" in owner.get(at("batches/1/")).content.decode()


def test_a_viewer_looks_but_has_no_button(member, at, upload):
    page = member("viewer").get(at("batches/1/")).content.decode()
    assert "Row 1 of 3" in page
    assert "Publish 3 HITs" not in page
    assert "Discard" not in page
