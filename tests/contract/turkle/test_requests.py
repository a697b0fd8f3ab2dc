"""What a mere address, a hostile name or a stubborn guesser did to Turkle."""

from urllib.parse import urlsplit

import pytest
from django.test import Client, RequestFactory

from kempelen.domain.models import Assignment, Batch, FailedLogins, Project, Requester, Worker
from kempelen.web.content import frames
from tests.contract.turkle.conftest import logged_in
from tests.factories import a_batch, a_project, a_user, an_assignment, owner_of
from tests.turkle_api.calling import Api

HOSTILE = '<img src=x onerror="alert(1)">'


@pytest.mark.parametrize("verb", ["return", "skip", "submit"])
def test_09_looking_at_an_address_gives_no_task_back(cleo: Worker, verb: str) -> None:
    held = an_assignment(cleo)
    browser = logged_in(cleo.user)
    assert browser.get(f"/work/{held.public_id}/{verb}/").status_code == 405
    assert browser.post(f"/work/{held.public_id}/{verb}/").status_code == 403
    assert Assignment.objects.get().status == "Accepted"


@pytest.mark.parametrize("verb", ["cancel", "discard", "pause", "expire"])
def test_10_looking_at_an_address_deletes_no_batch(ada: Requester, project: Project, verb: str) -> None:
    a_batch(project)
    browser = logged_in(owner_of(ada))
    assert browser.get(f"/r/{ada.slug}/batches/1/{verb}/").status_code == 405
    assert browser.post(f"/r/{ada.slug}/batches/1/{verb}/").status_code == 403
    batch = Batch.objects.get()
    assert (batch.cancelled_at, batch.hit_group.status) == (None, "open")
    # What is published is never deleted at all, with whatever confirmation.
    allowed = Client()
    allowed.force_login(owner_of(ada))
    assert allowed.post(f"/r/{ada.slug}/batches/1/discard/").status_code == 409
    assert Batch.objects.filter(state="published").exists()


def test_12_a_hostile_name_stays_text(ada: Requester) -> None:
    a_batch(a_project(ada, name=HOSTILE))
    browser = logged_in(owner_of(ada))
    for path in ("", "projects/", "projects/1/", "batches/", "batches/1/", "batches/1/results/"):
        page = browser.get(f"/r/{ada.slug}/{path}", follow=True).content.decode()
        assert HOSTILE not in page
    assert "&lt;img src=x" in browser.get(f"/r/{ada.slug}/batches/1/").content.decode()


@pytest.mark.parametrize("name", ["{x}", "%s %(x)s", "{{ x }}", "${x}"])
def test_13_a_name_with_braces_breaks_no_page(ada: Requester, name: str) -> None:
    a_batch(a_project(ada, name=name))
    browser = logged_in(owner_of(ada))
    for path in ("projects/", "projects/1/", "batches/", "batches/1/"):
        page = browser.get(f"/r/{ada.slug}/{path}", follow=True)
        assert page.status_code == 200
        assert name in page.content.decode()


def test_14_a_template_has_neither_our_origin_nor_our_cookies(cleo: Worker, client: Client) -> None:
    request = RequestFactory().get("/", headers={"Host": "localhost"})
    url = frames.work_frame(request, an_assignment(cleo)).url
    page = client.get(f"{urlsplit(url).path}?{urlsplit(url).query}", headers={"Host": "localhost"})
    policy = page["Content-Security-Policy"]
    assert policy.startswith("sandbox ")
    assert "allow-same-origin" not in policy
    assert not page.cookies
    around = logged_in(cleo.user).get(f"/work/{Assignment.objects.get().public_id}/").content.decode()
    assert 'sandbox="allow-scripts' in around.replace("&quot;", '"')


def test_15_guessing_is_braked_and_weak_passwords_are_refused(ada: Requester) -> None:
    user = a_user("Frida")
    user.set_password("crank-and-knight-1770")
    user.save()
    browser = Client()
    for _ in range(15):
        said = browser.post("/account/login/", {"name": "Frida", "password": "wrong"})
    assert said.status_code in {422, 429}
    # Not even the right one opens the door now.
    browser.post("/account/login/", {"name": "Frida", "password": "crank-and-knight-1770"})
    assert "_auth_user_id" not in browser.session
    assert FailedLogins.objects.exists()
    administrator = Api(a_user("Root"), is_admin=True)
    refused = administrator.post("/users/", {"username": "zoe", "password": "a"}, status=400)
    assert "password" in refused
