"""HITs one by one, as the API makes them (mturk-api.md, CreateHIT)."""

from datetime import timedelta

import pytest

from kempelen.domain.actions import claims, hit_types, hits, request_tokens
from kempelen.domain.errors import (
    HITAlreadyExists,
    InvalidParameter,
    MissingParameter,
    NotFound,
    OutOfRange,
    WrongLength,
)
from kempelen.domain.models import (
    HIT,
    Event,
    HITGroup,
    Requester,
    RequestToken,
    RequiredQualification,
    Worker,
)
from kempelen.domain.queries import home, tasks
from tests.domain.api_hits import a_hit_type, a_new_hit, html_question
from tests.domain.moving_clock import MovingClock
from tests.factories import a_project

DAY = 24 * 3600


def test_a_hit_stands_in_the_queue_of_its_type(ada: Requester, cleo: Worker) -> None:
    hit_type = a_hit_type(ada)
    first, second = a_new_hit(hit_type), a_new_hit(hit_type, max_assignments=3)
    assert first.group == second.group
    assert (first.seq, second.seq) == (1, 2)
    assert (second.status, second.places_left, second.review_status) == ("Assignable", 3, "NotReviewed")
    assert [group.pk for group in home.listing(cleo, is_logged_in=True)] == [first.group_id]
    assert claims.accept_next(cleo, first.group).hit == first
    assert Event.objects.filter(kind="HITCreated").count() == 2


def test_each_type_has_one_group_of_its_own(ada: Requester) -> None:
    a_new_hit(a_hit_type(ada))
    a_new_hit(a_hit_type(ada, reward_cents=6))
    assert HITGroup.objects.filter(is_of_type=True, audience="workers", status="open").count() == 2


def test_the_same_properties_are_the_same_type(ada: Requester, ben: Requester) -> None:
    """mturk-api.md, CreateHITType: requirements are compared as a set, texts exactly."""
    masters, adult = (
        {"QualificationTypeId": "2ARFPLSP75KLA8M8DH1HTEQVJT3SY6", "Comparator": "Exists"},
        {"QualificationTypeId": "00000000000000000060", "Comparator": "EqualTo", "IntegerValues": [1]},
    )
    one = a_hit_type(ada, qualification_requirements=[masters, adult])
    explicit = {**masters, "ActionsGuarded": "Accept"}
    assert a_hit_type(ada, qualification_requirements=[adult, explicit]) == one
    assert a_hit_type(ada, qualification_requirements=[adult]) != one
    assert a_hit_type(ben, qualification_requirements=[masters, adult]) != one
    assert a_hit_type(ada, keywords="quick, pictures") != a_hit_type(ada)
    named = RequiredQualification.objects.filter(hit_type=one)
    assert set(named.values_list("qualification_type_public_id", flat=True)) == {
        masters["QualificationTypeId"],
        adult["QualificationTypeId"],
    }
    assert [shown["ActionsGuarded"] for shown in one.qualification_requirements] == ["Accept", "Accept"]


def test_a_token_makes_one_hit_a_day(ada: Requester, ben: Requester, moving_clock: MovingClock) -> None:
    """mturk-api.md, CreateHIT: within 24 h the second use fails and names the first HIT; then it counts."""
    hit = a_new_hit(a_hit_type(ada), token="once")
    with pytest.raises(HITAlreadyExists, match=f'The HIT with ID "{hit.public_id}" already exists.'):
        a_new_hit(a_hit_type(ada), token="once")
    assert a_new_hit(a_hit_type(ben), token="once")
    moving_clock.forward(DAY)
    assert a_new_hit(a_hit_type(ada), token="once")
    with pytest.raises(HITAlreadyExists):
        a_new_hit(a_hit_type(ada), token="once")
    assert HIT.objects.count() == 3


def test_old_tokens_are_forgotten(ada: Requester, moving_clock: MovingClock) -> None:
    a_new_hit(a_hit_type(ada), token="old")
    moving_clock.forward(2 * DAY + 1)
    a_new_hit(a_hit_type(ada), token="new")
    assert request_tokens.forget_old() == 1
    assert list(RequestToken.objects.values_list("token", flat=True)) == ["new"]


def test_a_refused_hit_leaves_its_token_unused(ada: Requester) -> None:
    with pytest.raises(OutOfRange):
        a_new_hit(a_hit_type(ada), token="once", lifetime_seconds=29)
    assert a_new_hit(a_hit_type(ada), token="once")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"lifetime_seconds": 29},
            "The value 29 is invalid for LifetimeInSeconds. Valid values range from 30 to 31536000.",
        ),
        (
            {"max_assignments": 0},
            "The value 0 is invalid for MaxAssignments. Valid values range from 1 to 1000000000.",
        ),
        (
            {"requester_annotation": "x" * 256},
            "Your request parameter RequesterAnnotation  has a maximum length of 255.",
        ),
        (
            {"requester_annotation": "\0"},
            'The value "\0" is not valid for the parameter RequesterAnnotation.',
        ),
        (
            {"review_policies": {"HIT": {"PolicyName": "None/2011-09-01"}}},
            'The value "None/2011-09-01" is not valid for the parameter PolicyName.',
        ),
    ],
)
def test_limits_are_refused_in_mturks_words(ada: Requester, options: dict[str, object], message: str) -> None:
    with pytest.raises((OutOfRange, WrongLength, InvalidParameter)) as refused:
        a_new_hit(a_hit_type(ada), **options)
    assert refused.value.mturk_message == message


@pytest.mark.parametrize(("name", "value"), [("title", "a\0"), ("keywords", "\ud800"), ("title", "x" * 129)])
def test_texts_that_cannot_be_kept_are_refused(ada: Requester, name: str, value: str) -> None:
    with pytest.raises((InvalidParameter, WrongLength)):
        a_hit_type(ada, **{name: value})


def test_a_layout_is_the_template_as_it_is_now(ada: Requester) -> None:
    """question-schemas.md §8: later changes of the layout do not affect the HIT."""
    template = a_project(ada, html="<p>${text}</p>").template
    task = tasks.task_of(
        ada, question=None, layout_id=template.public_id, layout_parameters=[("text", "one")]
    )
    assert task.template_version == template.current_version
    assert task.inputs == {"text": "one"}
    assert not task.question


def test_a_layout_of_somebody_else_is_none(ada: Requester, ben: Requester) -> None:
    template = a_project(ben, html="<p>${text}</p>").template
    with pytest.raises(InvalidParameter, match="There is no template"):
        tasks.task_of(ada, question=None, layout_id=template.public_id)


def test_a_layout_fits_mturks_size_when_it_is_filled(ada: Requester) -> None:
    """question-schemas.md §9.1: 65,535 bytes after substitution."""
    template = a_project(ada, html="<p>${text}</p>").template
    with pytest.raises(WrongLength):
        tasks.task_of(
            ada, question=None, layout_id=template.public_id, layout_parameters=[("text", "é" * 32_768)]
        )


def test_a_hit_asks_one_thing(ada: Requester) -> None:
    with pytest.raises(MissingParameter):
        tasks.task_of(ada, question=None, layout_id=None)
    with pytest.raises(InvalidParameter):
        tasks.task_of(ada, question=html_question(), layout_id="3X")


def test_types_of_others_are_refused_by_their_parameter(ada: Requester, ben: Requester) -> None:
    """mturk-api.md, CreateHITWithHITType [S28]."""
    theirs = a_hit_type(ben).public_id
    with pytest.raises(InvalidParameter) as refused:
        hit_types.found(ada, theirs)
    assert refused.value.mturk_message == f'The value "{theirs}" is not valid for the parameter HITTypeId.'


def test_hits_of_others_do_not_exist(ada: Requester, ben: Requester, moving_clock: MovingClock) -> None:
    hit = a_new_hit(a_hit_type(ben))
    later = moving_clock.now() + timedelta(days=1)
    for change in (
        lambda: hits.add_assignments(ada, hit.public_id, 1),
        lambda: hits.update_expiration(ada, hit.public_id, later),
        lambda: hits.delete(ada, hit.public_id),
        lambda: hits.update_review_status(ada, hit.public_id),
        lambda: hits.change_type(ada, hit.public_id, a_hit_type(ada)),
    ):
        with pytest.raises(NotFound) as refused:
            change()
        assert refused.value.mturk_message == f"Hit {hit.public_id} does not exist."
