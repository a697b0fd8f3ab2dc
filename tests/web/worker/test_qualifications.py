"""The worker's page of qualifications, and what workers say about themselves."""

import pytest
from django.test import Client

from kempelen.domain.actions import qualifications
from kempelen.domain.models import QualificationRequest, Requester, User, Worker
from tests.domain.moving_clock import MovingClock
from tests.domain.queues import a_group
from tests.domain.requiring import a_history, a_type, granted
from tests.web.worker.conftest import queries_of

PAGE = "/qualifications/"


def test_what_is_held_lost_and_asked_for_is_shown(as_cleo: Client, ada: Requester, cleo: Worker) -> None:
    granted(cleo, a_type(ada, "Held"), 81)
    lost = a_type(ada, "Lost")
    granted(cleo, lost)
    qualifications.disassociate(ada, lost.public_id, cleo.public_id, reason="Fell asleep.")
    qualifications.request(cleo, a_type(ada, "Waits").public_id)
    refused = qualifications.request(cleo, a_type(ada, "Refused").public_id)
    qualifications.reject_request(ada, refused.public_id, reason="Not yet.")
    page = as_cleo.get(PAGE)
    assert [row.kind.name for row in page.context["mine"]] == ["Held", "Lost", "Refused", "Waits"]
    for text in ("81", "taken away", "Fell asleep.", "asked for", "refused", "Not yet."):
        assert text in page.content.decode()


def test_a_qualification_is_asked_for_and_waits(as_cleo: Client, ada: Requester, cleo: Worker) -> None:
    kind = a_type(ada)
    assert f"{PAGE}{kind.public_id}/ask/" in as_cleo.get(PAGE).content.decode()
    answer = as_cleo.post(f"{PAGE}{kind.public_id}/ask/", follow=True)
    assert "Asked. Ada decides about it." in answer.content.decode()
    assert "/ask/" not in answer.content.decode()
    assert QualificationRequest.objects.get(worker=cleo).status == "Pending"
    assert as_cleo.post(f"{PAGE}{kind.public_id}/ask/").status_code == 409


def test_an_auto_granted_one_is_there_at_once(as_cleo: Client, ada: Requester) -> None:
    kind = a_type(ada, is_auto_granted=True, auto_granted_value=7)
    page = as_cleo.post(f"{PAGE}{kind.public_id}/ask/", follow=True)
    assert "You have the qualification “Good at cats” now." in page.content.decode()
    assert page.context["held"].value == 7
    assert as_cleo.get(PAGE).context["mine"][0].held.value == 7


def test_who_was_refused_sees_whether_to_ask_again(
    as_cleo: Client, ada: Requester, cleo: Worker, moving_clock: MovingClock
) -> None:
    for name, delay in (("Once", None), ("Daily", 86_400)):
        asked = qualifications.request(cleo, a_type(ada, name, retry_delay_seconds=delay).public_id)
        qualifications.reject_request(ada, asked.public_id)
    page = as_cleo.get(PAGE).content.decode()
    assert "that is possible once only" in page
    assert "You asked; again" in page
    moving_clock.forward(86_400)
    assert as_cleo.get(PAGE).content.decode().count("/ask/") == 1


def test_inactive_and_deleted_ones_are_not_offered(as_cleo: Client, ada: Requester) -> None:
    for status in ("Inactive", "Disposed"):
        a_type(ada, status, status=status)
    a_type(ada, "Not for asking", is_requestable=False)
    assert "Nothing to ask for" in as_cleo.get(PAGE).content.decode()


def test_words_find_names_descriptions_and_requesters(
    as_cleo: Client, ada: Requester, ben: Requester
) -> None:
    cats = a_type(ada, "Cats")
    a_type(ben, "Dogs")
    for search in ("CATS ada", "knows ada"):
        shown = as_cleo.get(PAGE, {"q": search}).context["shown"]
        assert [row.kind for row in shown.rows] == [cats]
    assert "Nothing matches" in as_cleo.get(PAGE, {"q": "birds"}).content.decode()


def test_many_are_shown_page_by_page_at_the_same_cost(as_cleo: Client, ada: Requester) -> None:
    a_type(ada, "Kind 0")
    few = queries_of(as_cleo, PAGE)
    for number in range(1, 60):
        a_type(ada, f"Kind {number}")
    assert queries_of(as_cleo, PAGE) == few
    seen, after = [], ""
    for _ in range(3):
        shown = as_cleo.get(PAGE, {"after": after}).context["shown"]
        seen += [row.kind.name for row in shown.rows]
        after = shown.after
    assert (len(set(seen)), after) == (60, "")


def test_a_user_becomes_a_worker_by_asking_and_a_visitor_logs_in(
    client: Client, ada: Requester, eve: User
) -> None:
    kind = a_type(ada)
    assert client.get(PAGE).status_code == 200
    assert "/account/login/" in client.post(f"{PAGE}{kind.public_id}/ask/")["Location"]
    assert not Worker.objects.exists()
    client.force_login(eve)
    client.post(f"{PAGE}{kind.public_id}/ask/")
    assert Worker.objects.get(user=eve).qualification_requests.count() == 1


def test_ones_standing_is_shown(as_cleo: Client, ada: Requester, cleo: Worker) -> None:
    a_history(cleo, a_group(ada, hits=3), approved=2, rejected=1)
    assert as_cleo.get(PAGE).context["standing"] == [
        ("Approved answers", "2"),
        ("Share of answers approved", "100 %"),
        ("Where you are", "not said"),
        ("Content for adults", "not agreed to"),
    ]


CHOSEN = {"language": "de"}


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        ({"country": "US", "state": "CA", "is_adult": "on"}, ("US", "CA", True)),
        ({"country": "US", "state": ""}, ("US", "", False)),
        ({"country": "DE", "state": "CA"}, ("DE", "", False)),
        ({}, ("", "", False)),
    ],
)
def test_what_workers_say_about_themselves_is_kept(
    as_cleo: Client, cleo: Worker, chosen: dict[str, str], kept: tuple[str, str, bool]
) -> None:
    assert as_cleo.post("/preferences/", CHOSEN | chosen).status_code == 302
    cleo.refresh_from_db()
    assert (cleo.country, cleo.subdivision, cleo.is_adult) == kept
    form = as_cleo.get("/preferences/").context["form"]
    assert tuple(form[name].value() for name in ("country", "state", "is_adult")) == kept


@pytest.mark.parametrize("chosen", [{"country": "XX"}, {"country": "US", "state": "XX"}])
def test_a_place_that_is_none_is_refused(as_cleo: Client, cleo: Worker, chosen: dict[str, str]) -> None:
    assert as_cleo.post("/preferences/", CHOSEN | chosen).status_code == 422
    cleo.refresh_from_db()
    assert cleo.country == ""
