"""/account/."""

from django.test import Client

from kempelen.domain.models import Requester, User, Worker
from tests.factories import owner_of
from tests.web.account.conftest import PASSWORD


def test_the_page_needs_a_login(client: Client) -> None:
    assert client.get("/account/")["Location"] == "/account/login/?next=/account/"


def test_a_member_sees_their_requesters_and_no_others(client: Client, ada: Requester, ben: Requester) -> None:
    client.force_login(owner_of(ada))
    page = client.get("/account/").content.decode()
    assert f"/r/{ada.slug}/projects/" in page
    assert "Owner" in page
    assert f"/r/{ben.slug}/" not in page


def test_a_worker_sees_their_worker_id(client: Client, cleo: Worker) -> None:
    assert cleo.user is not None
    client.force_login(cleo.user)
    assert cleo.public_id in client.get("/account/").content.decode()


def test_name_and_address_can_be_changed(client: Client, frida: User) -> None:
    client.post("/account/login/", {"name": "Frida", "password": PASSWORD})
    client.post("/account/", {"name": "Frida K.", "email": "frida@EXAMPLE.net"})
    frida.refresh_from_db()
    assert (str(frida), frida.email) == ("Frida K.", "frida@example.net")


def test_a_wrong_address_is_said_at_its_field(client: Client, frida: User) -> None:
    client.force_login(frida)
    response = client.post("/account/", {"name": "Frida", "email": "nowhere"})
    assert response.status_code == 422
    assert 'id="id_email_error"' in response.content.decode()
    frida.refresh_from_db()
    assert frida.email == "frida@example.org"
