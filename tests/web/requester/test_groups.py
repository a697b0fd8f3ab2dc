"""HITs that programs made, on the requester's pages."""

import json

import pytest
from playwright.sync_api import expect

from kempelen.domain.actions import claims, messages
from kempelen.domain.models import Assignment
from tests.browser import assert_accessible
from tests.domain.api_hits import a_hit_type, a_new_hit
from tests.factories import a_batch, a_submitted_assignment
from tests.web.requester.test_in_a_browser import LOOKS, visit

__all__ = ["visit"]


@pytest.fixture
def hit(ada):
    """A HIT of Ada's made by a program, for two workers."""
    return a_new_hit(a_hit_type(ada), max_assignments=2, requester_annotation="row 17")


@pytest.fixture
def answer(hit, cleo):
    """Cleo's answer to it."""
    return a_submitted_assignment(cleo, hit, answers={"answer": "über <b>"})


@pytest.fixture
def here(at, hit):
    """The address of the HIT's group."""
    return at(f"groups/{hit.group.public_id}/")


def test_groups_of_programs_are_listed_and_those_of_batches_are_not(owner, at, ada, answer):
    batch = a_batch(requester=ada)
    page = owner.get(at("groups/"))
    assert list(page.context["groups"]) == [answer.group]
    [group] = page.context["groups"]
    assert (group.hit_count, group.open_places, group.waiting_count) == (1, 1, 1)
    assert owner.get(at(f"groups/{batch.hit_group.public_id}/")).status_code == 404


def test_groups_are_found_by_words_and_ids(owner, at, hit, ada):
    other = a_new_hit(a_hit_type(ada, title="Listen to birds"))
    for words, found in (("birds listen", other), (hit.hit_type.public_id, hit), (hit.group.public_id, hit)):
        assert list(owner.get(at("groups/"), {"q": words}).context["groups"]) == [found.group]
    assert "No group fits" in owner.get(at("groups/?q=nothing")).content.decode()


def test_who_has_no_program_is_told_what_they_are_good_for(owner, at, ada):
    assert "No program has made a HIT yet" in owner.get(at("groups/")).content.decode()


def test_a_group_shows_its_hits_as_they_are_now(owner, here, hit, cleo):
    claims.accept(cleo, hit)
    page = owner.get(here).content.decode()
    for words in (hit.public_id, hit.hit_type.public_id, "row 17", "Assignable", "1 of 2"):
        assert words in page


def test_a_group_turns_the_pages_of_its_hits(owner, here, hit, monkeypatch):
    monkeypatch.setattr("kempelen.web.requester.groups.HITS", 2)
    made = [hit, *(a_new_hit(hit.hit_type) for _ in range(2))]
    first = owner.get(here)
    assert first.context["hits"] == made[:0:-1]
    assert owner.get(here, {"after": first.context["after"]}).context["hits"] == [hit]


def test_answers_are_approved_and_rejected_as_those_of_batches(owner, here, answer, dan):
    page = owner.get(f"{here}results/").content.decode()
    assert "über &lt;b&gt;" in page
    assert f"{here}results/{answer.public_id}/approve/" in page
    other = a_submitted_assignment(dan, answer.hit)
    assert owner.post(f"{here}results/{answer.public_id}/approve/")["Location"] == f"{here}results/"
    owner.post(f"{here}results/{other.public_id}/reject/", {"feedback": "No bird"})
    statuses = Assignment.objects.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == ["Approved", "Rejected"]


def test_answers_are_downloaded(owner, here, answer):
    csv = b"".join(owner.get(f"{here}results.csv")).decode()
    assert '"Answer.answer"' in csv
    assert answer.public_id in csv
    [line] = b"".join(owner.get(f"{here}results.jsonl")).decode().splitlines()
    assert json.loads(line)["AssignmentId"] == answer.public_id


def test_messages_about_such_hits_are_read_and_answered(owner, here, hit, cleo):
    message = messages.tell(cleo, hit, kind="broken", text="The picture is missing.")
    assert "The picture is missing." in owner.get(f"{here}messages/").content.decode()
    reply = owner.post(f"{here}messages/{message.public_id}/reply/", {"text": "Thank you"})
    assert reply["Location"] == f"{here}messages/"
    message.refresh_from_db()
    assert message.reply == "Thank you"


def test_an_answer_of_another_group_is_not_found_here(owner, here, ada, cleo):
    elsewhere = a_submitted_assignment(cleo, a_new_hit(a_hit_type(ada, reward_cents=9)))
    assert owner.post(f"{here}results/{elsewhere.public_id}/approve/").status_code == 404


@pytest.mark.browser
@pytest.mark.parametrize("look", LOOKS)
def test_the_pages_are_accessible_and_never_wider_than_the_window(visit, answer, look):
    page = visit("groups/", **LOOKS[look])
    for name in ("Look at pictures", "Results (1)"):
        page.get_by_role("link", name=name).click()
        expect(page.get_by_role("link", name="Results (1)")).to_be_visible()
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("row").filter(has_text="über <b>")).to_contain_text("approved")
