"""/account/close/ and /account/my-data.json."""

import json

from django.test import Client

from kempelen.domain.actions import people
from kempelen.domain.models import Requester, User
from tests.factories import a_submitted_assignment, owner_of
from tests.web.account.conftest import PASSWORD

LOGIN, CLOSE = "/account/login/", "/account/close/"


def test_closing_asks_for_the_password_and_logs_every_browser_out(client: Client, frida: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(frida)
    client.force_login(frida)
    asked = client.get(CLOSE)["Location"]
    assert asked == "/account/reauthenticate/?next=%2Faccount%2Fclose%2F"
    assert client.post(asked, {"password": PASSWORD})["Location"] == CLOSE
    assert "What stays" in client.get(CLOSE).content.decode()
    assert "account is closed" in client.post(CLOSE, follow=True).content.decode()
    for browser in (client, elsewhere):
        assert browser.get("/account/")["Location"] == "/account/login/?next=/account/"
    assert client.post(LOGIN, {"name": "Frida", "password": PASSWORD}).status_code == 422


def test_the_last_owner_reads_what_to_do_first(client: Client, ada: Requester) -> None:
    owner = owner_of(ada)
    client.post(f"/account/link/{people.login_link(owner)}/")
    answer = client.post(CLOSE)
    assert answer.status_code == 409
    assert "Make somebody else owner first" in answer.content.decode()
    owner.refresh_from_db()
    assert owner.closed_at is None


def test_ones_own_data_is_one_file_of_json_and_nobody_elses(
    client: Client, frida: User, ada: Requester
) -> None:
    people.add_member(ada, frida, role="viewer")
    done = a_submitted_assignment(people.worker_of(frida))
    a_submitted_assignment()
    client.force_login(frida)
    data = json.loads(b"".join(client.get("/account/my-data.json")))
    assert data["account"]["email"] == "frida@example.org"
    assert data["account"]["requesters"] == [{"requester": "Ada", "role": "viewer"}]
    assert data["worker"]["worker_id"] == people.worker_of(frida).public_id
    assert [work["assignment_id"] for work in data["assignments"]] == [done.public_id]
