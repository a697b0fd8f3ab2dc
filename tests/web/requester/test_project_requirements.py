"""Choosing which qualifications workers need."""

import pytest

from kempelen.domain.actions import projects, qualification_types
from kempelen.domain.models import Project
from kempelen.domain.qualifications import system_types
from tests.domain.requiring import a_type
from tests.factories import a_batch, a_project, an_upload
from tests.web.requester.test_project_edit import GOOD

QUICK = {
    "asks_requirements": "1",
    "quick-approval_rate": "95",
    "quick-approved_count": "",
    "quick-places": "Germany, US-CA",
    "quick-masters": "on",
    "quick-guard": "PreviewAndAccept",
}


def row(type_id, comparator="GreaterThanOrEqualTo", values="", guard="Accept", other=""):
    return {
        "requirement_type": type_id,
        "requirement_type_id": other,
        "requirement_comparator": comparator,
        "requirement_values": values,
        "requirement_guard": guard,
    }


def rows(*given):
    return {name: [one[name] for one in given] for name in given[0]}


@pytest.fixture
def skill(ada):
    return a_type(ada, "Reads old letters")


def test_quick_choices_and_rows_become_requirements_and_are_shown_again(owner, at, skill, settings):
    sent = GOOD | QUICK | rows(row(skill.public_id, "In", "7, 8"), row(""))
    owner.post(at("projects/new/"), sent)
    kept = Project.objects.get().qualification_requirements
    assert [(one["QualificationTypeId"], one["Comparator"], one["ActionsGuarded"]) for one in kept] == [
        (system_types.masters_of(settings.KEMPELEN_MODE), "Exists", "PreviewAndAccept"),
        (system_types.PERCENT_APPROVED, "GreaterThanOrEqualTo", "PreviewAndAccept"),
        (system_types.LOCALE, "In", "PreviewAndAccept"),
        (skill.public_id, "In", "Accept"),
    ]
    assert kept[3]["IntegerValues"] == [7, 8]
    part = owner.get(at("projects/1/edit/")).context["form"].requirements
    assert part.quick["places"].value() == "DE, US-CA"
    assert [(one.type_id, one.values) for one in part.rows] == [(skill.public_id, "7, 8")]
    page = owner.get(at("projects/1/")).content.decode()
    assert "Share of answers approved: at least 95\N{NO-BREAK SPACE}%" in page
    assert "“Reads old letters”: 7 or 8" in page


def test_saving_again_changes_nothing_and_a_form_without_the_part_keeps_what_there_is(owner, at, skill):
    sent = GOOD | QUICK | rows(row("other", "Exists", other=skill.public_id))
    owner.post(at("projects/new/"), sent)
    kept = Project.objects.get().qualification_requirements
    owner.post(at("projects/1/edit/"), sent)
    owner.post(at("projects/1/edit/"), GOOD)
    assert Project.objects.get().qualification_requirements == kept
    owner.post(at("projects/1/edit/"), GOOD | {"asks_requirements": "1", "quick-guard": "Accept"})
    assert Project.objects.get().qualification_requirements == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"quick-places": "Atlantis"}, "“Atlantis” is no country"),
        ({"quick-approval_rate": "101"}, "less than or equal to 100"),
        (rows(row("other", "Exists", other="NOSUCHTYPE")), "NOSUCHTYPE"),
        (rows(row("other", "Exists")), "no qualification type"),
        (rows(row(system_types.APPROVED, values="many")), "“many” is no whole number"),
        (rows(row(system_types.APPROVED, values="9" * 400)), "is no whole number"),
        (rows(row(system_types.APPROVED, "In")), "In takes 1 to 15"),
        (rows(row(system_types.APPROVED, "About", "5")), "About is no Comparator"),
        (rows(row(system_types.LOCALE, "LessThan", "DE")), "does not compare LocaleValues"),
        (rows(*[row(system_types.APPROVED, values="5")] * 9), "at most 10"),
    ],
)
def test_what_cannot_be_required_is_said_in_the_form_and_nothing_is_saved(owner, at, wrong, said):
    answer = owner.post(at("projects/new/"), GOOD | QUICK | wrong)
    assert (answer.status_code, Project.objects.count()) == (422, 0)
    assert said in answer.content.decode()


def test_a_type_that_was_deleted_does_not_stop_who_changes_something_else(owner, at, ada, skill):
    wanted = [{"QualificationTypeId": skill.public_id, "Comparator": "Exists"}]
    project = a_project(ada, qualification_requirements=wanted)
    qualification_types.dispose(ada, skill.public_id)
    sent = GOOD | {"asks_requirements": "1", "quick-guard": "Accept"} | rows(row(skill.public_id, "Exists"))
    assert owner.post(at("projects/1/edit/"), sent | {"title": "New"}).status_code == 302
    project.refresh_from_db()
    assert (project.title, len(project.qualification_requirements)) == ("New", 1)
    assert "Reads old letters" in owner.get(at("projects/1/edit/")).content.decode()


def test_a_batch_and_its_audience_show_what_it_was_published_with(owner, at, ada):
    rate = {
        "QualificationTypeId": system_types.PERCENT_APPROVED,
        "Comparator": "GreaterThan",
        "IntegerValues": [80],
    }
    project = a_project(ada, qualification_requirements=[rate])
    a_batch(project)
    an_upload(project)
    projects.update_project(project, qualification_requirements=[])
    words = "Share of answers approved: more than 80\N{NO-BREAK SPACE}%"
    assert words in owner.get(at("batches/1/")).content.decode()
    assert words in owner.get(at("batches/1/audience/")).content.decode()
    assert words not in owner.get(at("batches/2/")).content.decode()
    assert "#requirements" in owner.get(at("projects/1/audience/")).content.decode()
