"""Making and changing a project."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kempelen.domain.models import Project, WorkerGroup

GOOD = {
    "name": "Birds",
    "html": "<p>${bird}</p><input name='answer'>",
    "title": "Which bird is it?",
    "description": "Look at a picture.",
    "keywords": "birds",
    "reward": "0.12",
    "max_assignments": "3",
    "assignment_duration_0": "10",
    "assignment_duration_1": "60",
    "lifetime_0": "14",
    "lifetime_1": "86400",
    "auto_approval_delay_0": "2",
    "auto_approval_delay_1": "86400",
    "audience": "anonymous",
    "queue_order": "random",
}


def test_a_project_is_made_with_what_was_typed(owner, at):
    answer = owner.post(at("projects/new/"), GOOD)
    assert answer["Location"] == at("projects/1/")
    made = Project.objects.get(name="Birds")
    assert (made.reward_cents, made.max_assignments, made.audience) == (12, 3, "anonymous")
    assert (made.assignment_duration_seconds, made.lifetime_seconds) == (600, 14 * 86_400)
    assert (made.auto_approval_delay_seconds, made.queue_order) == (2 * 86_400, "random")
    assert made.template.current_version.html == GOOD["html"]


def test_corrections_and_permissions_are_chosen_and_shown_again(owner, at):
    chosen = GOOD | {"allows_corrections": "on", "permissions": ["camera", "microphone"]}
    owner.post(at("projects/new/"), chosen)
    made = Project.objects.get()
    assert (made.allows_corrections, made.permissions) == (True, ["camera", "microphone"])
    form = owner.get(at("projects/1/edit/")).context["form"]
    assert (form["allows_corrections"].value(), form["permissions"].value()) == (
        True,
        ["camera", "microphone"],
    )
    assert "Camera, Microphone" in owner.get(at("projects/1/")).content.decode()
    owner.post(at("projects/1/edit/"), GOOD)
    made.refresh_from_db()
    assert (made.allows_corrections, made.permissions) == (False, [])


def test_a_project_chooses_whether_its_tasks_get_local_copies(owner, at):
    assert owner.get(at("projects/new/")).context["form"]["substitutes_known_urls"].value() is True

    owner.post(at("projects/new/"), GOOD | {"substitutes_known_urls": "on"})
    assert Project.objects.get().substitutes_known_urls
    owner.post(at("projects/1/edit/"), GOOD)
    assert not Project.objects.get().substitutes_known_urls
    assert owner.get(at("projects/1/edit/")).context["form"]["substitutes_known_urls"].value() is False
    assert "are loaded from elsewhere" in owner.get(at("projects/1/")).text


def test_a_task_may_not_be_allowed_what_there_is_no_word_for(owner, at):
    answer = owner.post(at("projects/new/"), GOOD | {"permissions": ["camera", "everything"]})
    assert "not one of the available choices" in answer.context["form"].errors["permissions"][0]


def test_save_and_publish_goes_on_to_the_upload(owner, at):
    assert owner.post(at("projects/new/"), GOOD | {"and_publish": "1"})["Location"] == at(
        "projects/1/publish/"
    )


def test_the_starting_template_has_nothing_wrong_and_is_shown_with_a_row(owner, at):
    page = owner.get(at("projects/new/"))
    assert page.context["checks"].findings == []
    assert '"question"' in page.context["checks"].values


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", " ", "This field is required"),
        ("html", " ", "Paste the template"),
        ("title", "", "This field is required"),
        ("reward", "much", "is not an amount"),
        ("reward", "99999999", "From $0.00 to $1,000,000.00"),
        ("max_assignments", "0", "greater than or equal to 1"),
        ("max_assignments", "2000000000", "must be a whole number from 1"),
        ("assignment_duration_0", "0.1", "From 30 seconds to 365 days"),
        ("lifetime_0", "400", "From 30 seconds to 365 days"),
        ("auto_approval_delay_0", "31", "From 0 seconds to 30 days"),
        ("audience", "everybody", "not one of the available"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_saved(owner, at, field, value, words):
    answer = owner.post(at("projects/new/"), GOOD | {field: value})
    assert answer.status_code == 422
    name = field.removesuffix("_0")
    assert words in " ".join(answer.context["form"].errors[name])
    assert not Project.objects.exists()


def test_a_form_with_a_nul_is_no_form_of_a_browsers(owner, at):
    assert owner.post(at("projects/new/"), GOOD | {"html": "\0x"}).status_code == 400
    assert not Project.objects.exists()


def test_changed_html_becomes_a_new_version_and_the_same_html_does_not(owner, at, project):
    html = project.template.current_version.html
    owner.post(at("projects/1/edit/"), GOOD | {"html": html, "name": "Other"})
    assert project.template.versions.count() == 1
    owner.post(at("projects/1/edit/"), GOOD | {"html": html + "\r\n<p>More</p>"})
    newest = project.template.current_version
    assert (newest.number, newest.html) == (2, html + "\n<p>More</p>")
    assert newest.created_by.username == "Ada"


def test_line_ends_that_only_a_browser_changed_make_no_new_version(owner, ada, at):
    owner.post(at("projects/new/"), GOOD | {"html": "<p>${a}</p>\n<input name=b>"})
    template = Project.objects.get().template
    template.versions.update(html="<p>${a}</p>\r\n<input name=b>")
    owner.post(at("projects/1/edit/"), GOOD | {"html": "<p>${a}</p>\r\n<input name=b>"})
    assert template.versions.count() == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_template_may_come_as_a_file(owner, at, encoding):
    file = SimpleUploadedFile("t.html", "<p>Grüße, ${name}</p><input name=a>".encode(encoding))
    owner.post(at("projects/new/"), GOOD | {"html": "", "html_file": file})
    assert Project.objects.get().template.current_version.html.startswith("<p>Grüße")


def test_a_file_that_is_not_text_is_told_with_its_line(owner, at):
    file = SimpleUploadedFile("t.html", b"<p>\n\xe9t\xe9</p>")
    answer = owner.post(at("projects/new/"), GOOD | {"html": "", "html_file": file})
    assert "Line 2 of the file is not UTF-8" in answer.context["form"].errors["html_file"][0]


def test_groups_of_this_requester_can_be_chosen_and_no_others(owner, ada, ben, at):
    own, other = (WorkerGroup.objects.create(requester=who, name="Testers") for who in (ada, ben))
    refused = owner.post(at("projects/new/"), GOOD | {"audience": "groups", "groups": [other.pk]})
    assert refused.status_code == 422
    owner.post(at("projects/new/"), GOOD | {"audience": "groups", "groups": [own.pk]})
    assert list(Project.objects.get().groups.all()) == [own]


def test_groups_must_be_chosen_where_they_decide(owner, at):
    answer = owner.post(at("projects/new/"), GOOD | {"audience": "groups"})
    assert "Choose at least one group" in answer.context["form"].errors["groups"][0]


def test_editing_begins_with_what_is_saved_and_a_row_of_the_last_upload(owner, at, upload):
    page = owner.get(at("projects/1/edit/"))
    assert 'value="0.05"' in page.content.decode()
    assert [row["text"] for row in page.context["samples"].rows] == ["one", "two", "three"]
    assert '"one"' in page.context["checks"].values
