"""What requirements and blocks keep a worker from, and how the pages say so (mturk-api.md §4.4)."""

import pytest
from django.test import Client

from kempelen.domain.actions import blocks, claims
from kempelen.domain.models import HITGroup, Requester, Worker
from kempelen.domain.qualifications import system_types
from tests.domain.queues import a_group
from tests.domain.requiring import ACCEPT, DISCOVER, PREVIEW, a_requirement, a_type, granted
from tests.web.worker.conftest import queries_of


def guarded(requester: Requester, guards: str) -> tuple[HITGroup, str]:
    """A group that requires a qualification, and the path of one of its HITs."""
    kind = a_type(requester)
    group = a_group(requester, requirements=[a_requirement(kind.public_id, guards=guards)])
    return group, f"/hits/{group.hits.earliest('pk').public_id}/"


@pytest.mark.parametrize(
    ("guards", "is_found", "is_previewed"),
    [(ACCEPT, True, True), (PREVIEW, True, False), (DISCOVER, False, False)],
)
def test_who_is_not_qualified_sees_as_much_as_is_not_guarded(
    as_cleo: Client, ada: Requester, guards: str, is_found: bool, is_previewed: bool
) -> None:
    group, hit = guarded(ada, guards)
    home = as_cleo.get("/").content.decode()
    assert ("Look at pictures" in home) is is_found
    assert ("Why not?" in home) is is_found
    assert (f"/groups/{group.public_id}/preview/" in home) is is_previewed
    answer = as_cleo.get(hit)
    if is_previewed:
        assert "<iframe" in answer.content.decode()
        assert "Why you cannot accept it" in answer.content.decode()
    else:
        assert answer["Location"] == f"/groups/{group.public_id}/"
    for path in (f"{hit}accept/", f"/groups/{group.public_id}/accept/"):
        refused = as_cleo.post(path)
        assert refused.status_code == 409
        assert "“Good at cats”: needed" in refused.content.decode()
    assert not group.assignments.exists()


@pytest.mark.parametrize("guards", [ACCEPT, PREVIEW, DISCOVER])
def test_who_is_qualified_sees_previews_and_accepts(
    as_cleo: Client, ada: Requester, cleo: Worker, guards: str
) -> None:
    group, hit = guarded(ada, guards)
    granted(cleo, ada.qualification_types.get())
    assert "Look at pictures" in as_cleo.get("/").content.decode()
    page = as_cleo.get(f"/groups/{group.public_id}/").content.decode()
    assert "You meet it" in page
    assert f"/groups/{group.public_id}/accept/" in page
    assert f"{hit}accept/" in as_cleo.get(hit).content.decode()
    assert as_cleo.post(f"{hit}accept/")["Location"].startswith("/work/")


def test_the_groups_page_says_what_is_missing_and_what_can_be_done(as_cleo: Client, ada: Requester) -> None:
    kind = a_type(ada)
    adult = a_requirement(system_types.ADULT, "EqualTo", IntegerValues=[1])
    rate = a_requirement(system_types.PERCENT_APPROVED, "GreaterThanOrEqualTo", IntegerValues=[95])
    group = a_group(ada, requirements=[a_requirement(kind.public_id, guards=PREVIEW), adult, rate])
    page = as_cleo.get(f"/groups/{group.public_id}/").content.decode()
    for text in (
        "You can neither preview nor accept these HITs",
        "“Good at cats”: needed",
        "You do not have it.",
        f"/qualifications/{kind.public_id}/",
        "Content for adults: agreed to",
        "You have not agreed to see it.",
        "/preferences/",
        "Share of answers approved: at least 95 %",
        "Yours is 100 %.",
    ):
        assert text in page
    assert "/accept/" not in page


def test_work_in_hand_opens_though_the_qualification_is_gone(
    as_cleo: Client, ada: Requester, cleo: Worker
) -> None:
    group, _ = guarded(ada, DISCOVER)
    held = granted(cleo, ada.qualification_types.get())
    mine = claims.accept_next(cleo, group)
    held.delete()
    assert as_cleo.get(f"/hits/{mine.hit.public_id}/")["Location"] == f"/work/{mine.public_id}/"
    assert "<iframe" in as_cleo.get(f"/work/{mine.public_id}/").content.decode()


def test_the_blocked_see_no_more_than_that_nothing_is_given_out(
    as_cleo: Client, ada: Requester, cleo: Worker
) -> None:
    group = a_group(ada)
    mine = claims.accept_next(cleo, group)
    blocks.block(ada, cleo.public_id, reason="Spam.")
    assert as_cleo.get("/?q=pictures").context["lines"] == []
    page = as_cleo.get(f"/groups/{group.public_id}/").content.decode()
    assert "not given out at the moment" in page
    assert "/accept/" not in page
    assert "block" not in page.lower().replace("display: block", "")
    other = group.hits.exclude(pk=mine.hit_id).earliest("pk")
    assert as_cleo.get(f"/hits/{other.public_id}/").status_code == 404
    assert as_cleo.post(f"/hits/{other.public_id}/accept/").status_code == 409
    assert "<iframe" in as_cleo.get(f"/work/{mine.public_id}/").content.decode()


def test_a_home_page_of_guarded_groups_costs_as_many_queries_as_one_of_few(
    as_cleo: Client, ada: Requester, cleo: Worker
) -> None:
    def a_guarded_group(number: int) -> None:
        kind = a_type(ada, f"Kind {number}")
        if number % 2:
            granted(cleo, kind)
        rate = a_requirement(system_types.APPROVED, "LessThan", IntegerValues=[number + 1], guards=DISCOVER)
        guards = (ACCEPT, PREVIEW, DISCOVER)[number % 3]
        a_group(ada, hits=1, requirements=[a_requirement(kind.public_id, guards=guards), rate])

    for number in range(6):
        a_guarded_group(number)
    few = queries_of(as_cleo, "/")
    for number in range(6, 120):
        a_guarded_group(number)
    assert queries_of(as_cleo, "/") == few
    assert as_cleo.get("/").context["page"].paginator.count == 100


def test_a_visitor_is_held_to_requirements_like_a_new_worker(client: Client, ada: Requester) -> None:
    unmet, met = guarded(ada, DISCOVER)[0], a_requirement(system_types.APPROVED, "EqualTo", IntegerValues=[0])
    open_to_new = a_group(ada, requirements=[met])
    assert [line.group for line in client.get("/").context["lines"]] == [open_to_new]
    assert client.post(f"/groups/{unmet.public_id}/accept/").status_code == 409
    assert client.post(f"/groups/{open_to_new.public_id}/accept/")["Location"].startswith("/work/")
