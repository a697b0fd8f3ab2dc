"""Requirements and blocks keep workers from HITs (mturk-api.md §4.4, CreateWorkerBlock)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kempelen.domain import clock
from kempelen.domain.actions import assignments, claims
from kempelen.domain.errors import HITNotAvailable, NotFound, NotQualified, WrongState
from kempelen.domain.models import HITGroup, QualificationType, Requester, Worker, WorkerBlock
from kempelen.domain.qualifications import system_types
from kempelen.domain.qualifications.requirements import Action
from kempelen.domain.queries import home, requirements
from tests.domain.queues import a_group
from tests.domain.requiring import ACCEPT, DISCOVER, PREVIEW, a_requirement, a_type, granted


def listed(worker: Worker | None) -> list[HITGroup]:
    return list(home.listing(worker, is_logged_in=True))


def a_block(requester: Requester, worker: Worker) -> WorkerBlock:
    return WorkerBlock.objects.create(
        requester=requester, worker=worker, reason="Spam.", created_at=clock.now()
    )


@pytest.mark.parametrize(("guards", "is_listed"), [(ACCEPT, True), (PREVIEW, True), (DISCOVER, False)])
def test_who_is_not_qualified_finds_only_what_may_be_discovered(
    ada: Requester, cleo: Worker, dan: Worker, guards: str, is_listed: bool
) -> None:
    kind = a_type(ada)
    granted(dan, kind)
    group = a_group(ada, requirements=[a_requirement(kind.public_id, guards=guards)])
    assert listed(dan) == [group]
    assert listed(cleo) == listed(None) == ([group] if is_listed else [])


@pytest.mark.parametrize("guards", [ACCEPT, PREVIEW, DISCOVER])
def test_who_is_not_qualified_cannot_accept_and_hears_why(
    ada: Requester, cleo: Worker, dan: Worker, guards: str
) -> None:
    kind = a_type(ada)
    requirement = a_requirement(kind.public_id, "GreaterThan", guards=guards, IntegerValues=[79])
    group = a_group(ada, requirements=[requirement])
    granted(cleo, kind, 79)
    granted(dan, kind, 80)
    for take in (claims.accept_next, claims.accept_or_resume):
        with pytest.raises(NotQualified, match="“Good at cats”: more than 79"):
            take(cleo, group)
    with pytest.raises(NotQualified):
        claims.accept(cleo, group.hits.earliest("pk"))
    assert claims.accept_next(dan, group).worker == dan


def test_all_requirements_have_to_be_met(ada: Requester, cleo: Worker) -> None:
    cats, dogs = a_type(ada), a_type(ada, "Good at dogs")
    group = a_group(ada, requirements=[a_requirement(cats.public_id), a_requirement(dogs.public_id)])
    granted(cleo, cats)
    with pytest.raises(NotQualified, match=r"requires\. “Good at dogs”: needed\.$"):
        claims.accept_next(cleo, group)


def test_work_in_hand_stays_when_a_qualification_goes(ada: Requester, cleo: Worker) -> None:
    kind = a_type(ada)
    held = granted(cleo, kind)
    group = a_group(ada, requirements=[a_requirement(kind.public_id)])
    assignment = claims.accept_next(cleo, group)
    held.delete()
    assert claims.accept_or_resume(cleo, group) == claims.accept(cleo, assignment.hit) == assignment
    assignments.submit(assignment.public_id, {"a": "1"})
    with pytest.raises(NotQualified):
        claims.accept_next(cleo, group)


def test_work_that_requires_nothing_is_accepted_with_as_many_queries_as_ever(
    ada: Requester, cleo: Worker
) -> None:
    group = a_group(ada)
    claims.accept_next(cleo, group)
    with CaptureQueriesContext(connection) as asked:
        claims.accept_next(cleo, group)
    statements = " ".join(query["sql"] for query in asked)
    assert "kempelen_qualification" not in statements
    # The group with its HIT type, the HIT, the cursor, the assignment, the HIT's counts, the event.
    assert len([query for query in asked if "SAVEPOINT" not in query["sql"]]) <= 6


def test_the_home_page_asks_as_much_for_a_hundred_groups_as_for_one(ada: Requester, cleo: Worker) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            groups = list(home.listing(cleo, is_logged_in=True)[:25])
            home.left_for(cleo, groups)
        return len(asked)

    def a_guarded_group(number: int) -> None:
        kind = a_type(ada, f"Kind {number}")
        approved = a_requirement(
            system_types.APPROVED, "GreaterThan", IntegerValues=[number], guards=DISCOVER
        )
        a_group(ada, hits=1, requirements=[a_requirement(kind.public_id, guards=DISCOVER), approved])

    a_group(ada)
    a_guarded_group(0)
    before = queries()
    for number in range(1, 100):
        a_guarded_group(number)
    assert queries() == before


def test_each_action_asks_for_what_guards_it(ada: Requester, cleo: Worker) -> None:
    kind = a_type(ada)
    group = a_group(ada, requirements=[a_requirement(kind.public_id, guards=PREVIEW)])
    required = group.hit_type.qualification_requirements
    eligibility = requirements.Eligibility(cleo, [required])
    assert [eligibility.may(action, required) for action in Action] == [True, False, False]


def test_the_blocked_find_nothing_of_the_requester_and_are_not_told(
    ada: Requester, ben: Requester, cleo: Worker, dan: Worker
) -> None:
    of_ada, of_ben = a_group(ada), a_group(ben)
    in_hand = claims.accept_next(cleo, of_ada)
    a_block(ada, cleo)
    assert listed(cleo) == [of_ben]
    assert set(listed(dan)) == {of_ada, of_ben}
    with pytest.raises(HITNotAvailable, match="not giving out this work"):
        claims.accept_next(cleo, of_ada)
    with pytest.raises(HITNotAvailable):
        claims.accept(cleo, of_ada.hits.latest("pk"))
    assignments.submit(in_hand.public_id, {"a": "1"})


def test_new_hits_require_only_active_types(ada: Requester, ben: Requester) -> None:
    """Inactive types are for no new requirements (mturk-api.md §3.3); whose a type is does not matter."""
    a_group(ben, requirements=[a_requirement(a_type(ada).public_id)])
    for status, refusal in (("Inactive", WrongState), ("Disposed", NotFound)):
        kind = a_type(ada, status, status=status)
        with pytest.raises(refusal):
            a_group(ada, requirements=[a_requirement(kind.public_id)])
    with pytest.raises(NotFound):
        a_group(ada, requirements=[a_requirement("3UNKNOWN")])


def test_a_hit_type_takes_no_new_hits_once_a_type_it_requires_is_deleted(ada: Requester) -> None:
    kind = a_type(ada)
    hit_type = a_group(ada, requirements=[a_requirement(kind.public_id)]).hit_type
    requirements.check_usable(hit_type)
    QualificationType.objects.update(status=QualificationType.Status.DISPOSED)
    with pytest.raises(NotFound):
        requirements.check_usable(hit_type)
