import pytest

from kempelen.domain.actions import assignments, batches
from kempelen.domain.models import WorkerGroup
from tests.factories import (
    ANSWERS,
    a_batch,
    a_group,
    a_project,
    a_requester,
    a_submitted_assignment,
    an_assignment,
    hits_of,
)
from tests.web.worker.conftest import queries_of


def titles(response):
    return [line.group.hit_type.title for line in response.context["lines"]]


def test_a_group_shows_what_it_is_and_how_much_is_left(as_cleo, ada):
    a_group(
        a_project(
            ada,
            title="Sort letters",
            description="By century.",
            keywords="history",
            reward_cents=12,
            places=2,
        )
    )
    page = as_cleo.get("/").content.decode()
    for text in ("Sort letters", "Ada", "By century.", "history", "$0.12", "1 h"):
        assert text in page
    assert as_cleo.get("/").context["lines"][0].left_label == "3"


def test_many_left_are_counted_up_to_99(as_cleo, db):
    a_group(rows=[{"text": str(number)} for number in range(101)])
    assert as_cleo.get("/").context["lines"][0].left_label == "99+"


def test_what_i_have_done_is_not_left_for_me(as_cleo, cleo):
    batch = a_batch()
    a_submitted_assignment(cleo, hits_of(batch)[0])
    assert as_cleo.get("/").context["lines"][0].left_label == "2"
    for hit in hits_of(batch)[1:]:
        a_submitted_assignment(cleo, hit)
    assert titles(as_cleo.get("/")) == []


def test_the_reward_is_shown_per_hour_once_answers_tell(as_cleo, moving_clock):
    batch = a_batch(reward_cents=10, places=2)
    assert "an hour" not in as_cleo.get("/").content.decode()
    moving_clock.forward(1)
    answer_in(seconds=60, hit=hits_of(batch)[0], moving_clock=moving_clock)
    answer_in(seconds=20, hit=hits_of(batch)[1], moving_clock=moving_clock)
    assert "an hour" not in as_cleo.get("/").content.decode()  # two may be two who hurried
    answer_in(seconds=40, hit=hits_of(batch)[2], moving_clock=moving_clock)
    assert "about $9.00 an hour" in as_cleo.get("/").content.decode()


def answer_in(*, seconds, hit, moving_clock):
    assignment = an_assignment(hit=hit)
    moving_clock.forward(seconds)
    assignments.submit(assignment.public_id, ANSWERS)


def test_visitors_see_only_what_needs_no_account(client, db):
    a_group(title="For everybody", audience="anonymous")
    a_group(title="For accounts", audience="workers")
    response = client.get("/")
    assert titles(response) == ["For everybody"]
    assert "There is more work for people with an account." in response.content.decode()


def test_a_visitor_for_whom_there_is_nothing_is_asked_to_log_in(client, db):
    a_group(audience="workers")
    page = client.get("/").content.decode()
    assert "Log in to see the work" in page
    assert "/account/login/" in page


def test_work_for_a_worker_group_is_seen_by_its_members_only(as_cleo, as_dan, cleo, ada):
    trained = WorkerGroup.objects.create(requester=ada, name="Trained")
    trained.members.add(cleo)
    a_group(a_project(ada, title="For the trained", audience="groups", groups=[trained]))
    assert titles(as_cleo.get("/")) == ["For the trained"]
    assert titles(as_dan.get("/")) == []


def test_a_member_of_two_of_its_worker_groups_sees_the_work_once(as_cleo, cleo, ada):
    groups = [WorkerGroup.objects.create(requester=ada, name=name) for name in ("Trained", "Local")]
    for group in groups:
        group.members.add(cleo)
    for audience in ("groups", "workers", "anonymous"):
        a_group(a_project(ada, title=audience, audience=audience, groups=groups))
    assert titles(as_cleo.get("/", {"sort": "title"})) == ["anonymous", "groups", "workers"]


def test_paused_work_is_not_offered(as_cleo, db):
    batch = a_batch()
    batches.pause(batch)
    assert titles(as_cleo.get("/")) == []


@pytest.mark.parametrize("words", ["century letters", "HISTORY", "ada", "sort"])
def test_searching_looks_at_title_description_keywords_and_requester(as_cleo, ada, words):
    a_group(a_project(ada, title="Sort letters", description="By century.", keywords="history"))
    a_group(a_project(a_requester("Ben"), title="Type a telegram"))
    assert titles(as_cleo.get("/", {"q": words})) == ["Sort letters"]


def test_a_search_that_finds_nothing_says_so_and_leads_back(as_cleo, db):
    a_group()
    page = as_cleo.get("/", {"q": "zeppelin"}).content.decode()
    assert "Nothing matches" in page
    assert "Show all work" in page


def test_groups_are_filtered_by_reward_and_by_requester(as_cleo, ada, ben):
    a_group(a_project(ada, title="Two cents", reward_cents=2))
    a_group(a_project(ada, title="Two dollars", reward_cents=200))
    a_group(a_project(ben, title="Three dollars", reward_cents=300))
    assert titles(as_cleo.get("/", {"least": "0.50", "requester": "ada"})) == ["Two dollars"]
    assert len(titles(as_cleo.get("/", {"least": "nonsense"}))) == 3


def test_groups_are_sorted_as_the_address_says(as_cleo, ada):
    for title, reward in (("B", 5), ("A", 1), ("C", 9)):
        a_group(a_project(ada, title=title, reward_cents=reward))
    assert titles(as_cleo.get("/")) == ["C", "A", "B"]
    assert titles(as_cleo.get("/", {"sort": "title"})) == ["A", "B", "C"]
    assert titles(as_cleo.get("/", {"sort": "reward"})) == ["C", "B", "A"]
    assert titles(as_cleo.get("/", {"sort": "no-such"})) == ["C", "A", "B"]


def test_pages_of_a_long_list_keep_the_search(as_cleo, ada):
    project = a_project(ada, title="Letters")
    for _ in range(26):
        a_group(project)
    page = as_cleo.get("/", {"q": "letters"})
    assert len(page.context["lines"]) == 25
    assert "?q=letters&amp;page=2" in page.content.decode()
    assert len(as_cleo.get("/", {"q": "letters", "page": "2"}).context["lines"]) == 1


def test_live_search_gets_the_list_alone_and_the_shortest_address(as_cleo, db):
    a_group(title="Letters")
    asked = {"q": "letters", "least": "", "sort": "newest"}
    response = as_cleo.get("/", asked, headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert "Letters" in response.content.decode()
    assert response["HX-Replace-Url"] == "/?q=letters"


def test_what_is_in_hand_is_on_top_with_its_time(as_cleo, cleo):
    group = a_group(title="Letters")
    as_cleo.post(f"/groups/{group.public_id}/accept/")
    page = as_cleo.get("/").content.decode()
    assert page.index("In your hands") < page.index("Search work")
    for text in ("<time-left", "Resume", "Return"):
        assert text in page


def test_what_ran_out_of_time_is_no_longer_in_hand(as_cleo, moving_clock, db):
    group = a_group(assignment_duration_seconds=60)
    as_cleo.post(f"/groups/{group.public_id}/accept/")
    moving_clock.forward(61)
    assert as_cleo.get("/").context["in_hand"] == []


def test_a_long_list_costs_as_many_queries_as_a_short_one(as_cleo, ada):
    project = a_project(ada)
    as_cleo.post(f"/groups/{a_group(project).public_id}/accept/")
    few = queries_of(as_cleo, "/")
    for _ in range(12):
        as_cleo.post(f"/groups/{a_group(project).public_id}/accept/")
    assert queries_of(as_cleo, "/") == few <= 12


def test_a_hostile_title_stays_text(as_cleo, db):
    a_group(title="<script>alert(1)</script>", description="<img src=x>", keywords="<b>")
    page = as_cleo.get("/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x>" not in page
