"""Projects that require qualifications of their workers."""

import pytest

from kempelen.domain.actions import batches, hit_types, projects, qualification_types
from kempelen.domain.errors import InvalidValue, WrongState
from kempelen.domain.models import RequiredQualification
from kempelen.domain.qualifications import system_types
from tests.domain.requiring import a_type
from tests.factories import a_batch, a_project, an_upload, group_of

pytestmark = pytest.mark.django_db
RATE = {
    "QualificationTypeId": system_types.PERCENT_APPROVED,
    "Comparator": "GreaterThanOrEqualTo",
    "IntegerValues": [95],
}
KEPT = {**RATE, "RequiredToPreview": False, "ActionsGuarded": "Accept"}


def test_a_batch_has_the_hit_type_that_a_program_gets_for_the_same_properties(ada):
    project = a_project(ada, qualification_requirements=[RATE], reward_cents=5)
    group = group_of(a_batch(project))
    assert group.hit_type == hit_types.hit_type_of(
        ada,
        title=project.title,
        description=project.description,
        keywords=project.keywords,
        reward_cents=5,
        assignment_duration_seconds=project.assignment_duration_seconds,
        auto_approval_delay_seconds=project.auto_approval_delay_seconds,
        qualification_requirements=[{**RATE, "RequiredToPreview": False}],
    )
    assert group.hit_type.qualification_requirements == [KEPT]
    assert RequiredQualification.objects.filter(hit_type=group.hit_type).exists()


def test_a_batch_keeps_what_it_was_published_with(ada):
    project = a_project(ada, qualification_requirements=[RATE])
    before = group_of(a_batch(project))
    projects.update_project(project, qualification_requirements=[])
    after = group_of(a_batch(project))
    assert (before.hit_type.qualification_requirements, after.hit_type.qualification_requirements) == (
        [KEPT],
        [],
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"QualificationTypeId": "3NOSUCHTYPE", "Comparator": "Exists"},
        {**RATE, "Comparator": "Exists"},
        {**RATE, "IntegerValues": []},
    ],
)
def test_what_cannot_be_required_is_refused_by_name(ada, wrong):
    with pytest.raises(InvalidValue) as refused:
        a_project(ada, qualification_requirements=[wrong])
    assert refused.value.field == "qualification_requirements"


def test_a_deleted_type_stops_publishing_until_the_project_lets_it_go(ada):
    skill = a_type(ada, "Skill")
    wanted = [{"QualificationTypeId": skill.public_id, "Comparator": "Exists"}]
    project = a_project(ada, qualification_requirements=wanted)
    upload = an_upload(project)
    qualification_types.dispose(ada, skill.public_id)
    with pytest.raises(WrongState, match="Change what the project"):
        batches.publish(upload)
    projects.update_project(
        project, title="Another", qualification_requirements=project.qualification_requirements
    )
    projects.update_project(project, qualification_requirements=[])
    batches.publish(upload)


def test_a_batch_keeps_the_annotation_of_its_project_or_says_what_amazons_site_said(ada):
    project = a_project(ada, requester_annotation="study 7")
    own = group_of(a_batch(project)).hits.first()
    projects.update_project(project, requester_annotation="")
    amazons = group_of(a_batch(project)).hits.first()
    assert own.requester_annotation == "study 7"
    assert amazons.requester_annotation == f"BatchId:2;OriginalHitTemplateId:{project.number};"
