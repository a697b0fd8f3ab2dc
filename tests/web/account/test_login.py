"""/account/login/ and /account/logout/."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kempelen.domain.actions import logins
from kempelen.domain.models import Event, FailedLogins, Requester, User
from kempelen.web.account import checking
from tests.factories import owner_of
from tests.web.account.conftest import PASSWORD

LOGIN = "/account/login/"


def logged_in_user_id(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize("name", ["Frida", "frida", " Frida ", "frida@example.org", "FRIDA@example.org"])
def test_the_name_in_any_case_or_the_mail_address_lets_in(client: Client, frida: User, name: str) -> None:
    response = client.post(LOGIN, {"name": name, "password": PASSWORD})
    assert response.status_code == 302
    assert logged_in_user_id(client) == str(frida.pk)


@pytest.mark.parametrize("name", ["Frida", "nobody", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_name_look_alike(client: Client, frida: User, name: str) -> None:
    response = client.post(LOGIN, {"name": name, "password": "wrong"})
    assert response.status_code == 422
    assert "do not belong together" in response.content.decode()
    assert logged_in_user_id(client) is None


@pytest.mark.parametrize("taken", ["Double", "frida@example.org"])
def test_nobody_is_kept_out_by_who_takes_their_address(client: Client, frida: User, taken: str) -> None:
    other = User.objects.create_user(taken, email=frida.email, password="another-long-one")
    client.post(LOGIN, {"name": frida.email, "password": PASSWORD})
    assert logged_in_user_id(client) == str(frida.pk)
    second = Client()
    second.post(LOGIN, {"name": frida.email, "password": "another-long-one"})
    assert logged_in_user_id(second) == str(other.pk)


def test_an_inactive_user_stays_out(client: Client, frida: User) -> None:
    User.objects.filter(pk=frida.pk).update(is_active=False)
    assert client.post(LOGIN, {"name": "Frida", "password": PASSWORD}).status_code == 422


def test_a_worker_comes_to_the_work_and_a_member_to_the_requesters(
    client: Client, frida: User, ada: Requester
) -> None:
    assert client.post(LOGIN, {"name": "Frida", "password": PASSWORD})["Location"] == "/"
    client.force_login(owner_of(ada))
    assert client.get(LOGIN)["Location"] == reverse("requester:index")


def test_next_leads_back_to_where_one_came_from(client: Client, frida: User) -> None:
    page = client.get(LOGIN, {"next": "/queue/"}).content.decode()
    assert 'name="next" value="/queue/"' in page
    response = client.post(LOGIN, {"name": "Frida", "password": PASSWORD, "next": "/queue/"})
    assert response["Location"] == "/queue/"


@pytest.mark.parametrize(
    "url", ["1e400", "https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil"]
)
def test_next_never_leads_away(client: Client, frida: User, url: str) -> None:
    response = client.post(LOGIN, {"name": "Frida", "password": PASSWORD, "next": url})
    assert response["Location"] == "/"


def wrong(client: Client, times: int, name: str = "Frida", address: str = "10.0.0.1") -> None:
    for _ in range(times):
        client.post(LOGIN, {"name": name, "password": "wrong"}, REMOTE_ADDR=address)


def gets_in(client: Client, address: str = "10.0.0.1") -> bool:
    answer = client.post(LOGIN, {"name": "Frida", "password": PASSWORD}, REMOTE_ADDR=address)
    client.post("/account/logout/")
    return answer.status_code == 302


def test_guessing_is_braked_and_forgotten_with_time(client: Client, frida: User) -> None:
    wrong(client, 10)
    braked = client.post(LOGIN, {"name": "Frida", "password": PASSWORD}, REMOTE_ADDR="10.0.0.1")
    assert "too often" in braked.content.decode()
    FailedLogins.objects.update(forgotten_at=timezone.now())
    assert gets_in(client)


def test_a_name_and_its_address_are_counted_together(client: Client, frida: User) -> None:
    wrong(client, 5, name="frida@example.org")
    wrong(client, 5, name="FRIDA")
    assert not gets_in(client)


def test_one_address_brakes_neither_another_nor_other_names(client: Client, frida: User) -> None:
    wrong(client, 12, name="Somebody")
    wrong(client, 12, address="10.0.0.2")
    assert gets_in(client)


def test_guesses_from_everywhere_brake_strangers_but_not_a_browser_that_is_known(
    client: Client, frida: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logins, "OF_NAME", 20)
    assert gets_in(client)
    for number in range(5):
        wrong(Client(), 5, address=f"10.1.0.{number}")
    assert not gets_in(Client(), "10.2.0.1")
    assert gets_in(client)
    wrong(client, 11)
    assert not gets_in(client)


def test_one_address_neither_fills_the_table_nor_uses_up_what_others_may_try(
    client: Client, frida: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logins, "OF_NAME", 20)
    monkeypatch.setattr(logins, "OF_ADDRESS", 40)
    wrong(client, 30)
    assert gets_in(Client(), "10.2.0.1")
    for number in range(30):
        wrong(client, 1, name=f"Nobody {number}")
    # Two addresses; Frida with the first and alone; each of the ten others that it could try likewise.
    assert FailedLogins.objects.count() == 2 + 2 * 11


def test_all_of_an_ipv6_network_is_one_address(client: Client, frida: User) -> None:
    for number in range(10):
        wrong(client, 1, address=f"2001:db8:1:2::{number}")
    assert not gets_in(client, "2001:db8:1:2:3::99")
    assert gets_in(client, "2001:db8:1:3::1")


def test_the_right_password_ends_the_count(client: Client, frida: User) -> None:
    wrong(client, 9)
    assert gets_in(client)
    wrong(client, 9)
    assert gets_in(client)


def test_log_ins_are_recorded_and_what_was_typed_is_not(client: Client, frida: User) -> None:
    client.post(LOGIN, {"name": "my-secret-password", "password": "Frida"})
    wrong(client, 13)
    FailedLogins.objects.all().delete()
    gets_in(client)
    found = list(Event.objects.filter(kind__startswith="Log").order_by("pk"))
    assert [event.kind for event in found] == ["LoginFailed"] * 12 + ["LoggedIn"]
    assert found[0].data == {"from": "127.0.0.1"}
    assert found[1].data == {"user": frida.pk, "from": "10.0.0.1"}
    assert found[11].data["braked"] is True
    assert found[12].data["with"] == "password"


def test_a_dangerous_page_asks_for_the_password_and_leads_back(client: Client, frida: User) -> None:
    client.force_login(frida)
    asks = "/account/reauthenticate/?next=/queue/"
    assert "not your password" in client.post(asks, {"password": "wrong"}).content.decode()
    assert client.post(asks, {"password": PASSWORD})["Location"] == "/queue/"
    assert checking.is_fresh(client.session)


def test_logging_out_needs_a_post(client: Client, frida: User) -> None:
    client.force_login(frida)
    assert client.get("/account/logout/").status_code == 405
    assert client.post("/account/logout/")["Location"] == "/"
    assert logged_in_user_id(client) is None


def test_a_form_without_its_token_is_explained(frida: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(LOGIN, {"name": "Frida", "password": PASSWORD})
    assert response.status_code == 403
    assert "too old to be trusted" in response.content.decode()
