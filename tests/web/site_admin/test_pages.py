"""/site/: found by administrators alone, and careful with what cannot be undone."""

import re
import time
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils.timezone import now

from kempelen.domain.actions import accounts, background, workers_changes
from kempelen.domain.models import Event, Job, Requester, User, Worker
from tests.factories import a_submitted_assignment, a_user, owner_of


@pytest.fixture
def root(db: None) -> User:
    """Who administers the server."""
    user = a_user("Root")
    User.objects.filter(pk=user.pk).update(is_superuser=True, email="root@example.org")
    user.refresh_from_db()
    return user


@pytest.fixture
def admin(root: User) -> Client:
    """Their browser, in which they have just shown who they are."""
    client = Client()
    client.force_login(root)
    session = client.session
    session["password_checked_at"] = time.time()
    session.save()
    return client


def text_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_the_state_tells_version_database_and_counts(admin: Client, cleo: Worker) -> None:
    a_submitted_assignment(cleo)
    page = text_of(admin, "/site/")
    assert re.search(r"SQLite 3\.|PostgreSQL \d", page)
    assert "Jobs waiting" in page
    assert "sends no mail" in page


def test_the_settings_are_seen_without_secrets(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEMPELEN_SECRET_KEY", "s3cret" * 12)
    page = text_of(admin, "/site/settings/")
    assert "KEMPELEN_NEW_REQUESTERS" in page
    assert "(secret)" in page
    assert "s3cret" not in page
    assert "KEMPELEN_URL is not set" in page


def test_a_mail_is_sent_to_try_it(admin: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "sends no mail" in admin.post("/site/mail/", follow=True).content.decode()
    settings.KEMPELEN_SENDS_MAIL = True
    assert "on its way to root@example.org" in admin.post("/site/mail/", follow=True).content.decode()
    assert [sent.to for sent in mail.outbox] == [["root@example.org"]]

    def fails(*_args: object, **_options: object) -> None:
        raise ConnectionRefusedError("nobody listens")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fails)
    assert "nobody listens" in admin.post("/site/mail/", follow=True).content.decode()


def test_failed_work_is_listed_tried_again_and_taken_off_the_list(
    admin: Client, ada: Requester, cleo: Worker
) -> None:
    change = workers_changes.ask_for(ada, "unblock", [cleo.pk], {"reason": ""})
    open_job = background.ask_for(workers_changes.CHANGE_WORKERS, change=change.pk)
    closed_job = background.ask_for("publish_batch", batch=1)
    Job.objects.update(finished_at=now(), failed_at=now(), problem="ValueError('no <luck>')")
    assert 'href="/site/jobs/"' in text_of(admin, "/site/")
    page = text_of(admin, "/site/jobs/")
    for words in ("Changing many workers", "Publishing a batch", str(ada), "no &lt;luck&gt;"):
        assert words in page
    assert f"/site/jobs/{closed_job.pk}/again/" not in page
    admin.post(f"/site/jobs/{open_job.pk}/again/")
    assert Job.objects.filter(pk=open_job.pk, finished_at=None).exists()
    admin.post(f"/site/jobs/{closed_job.pk}/give-up/")
    assert "No failed work" in text_of(admin, "/site/jobs/")
    assert admin.post(f"/site/jobs/{closed_job.pk}/again/").status_code == 404


def test_users_are_found_by_name_address_and_worker_id(admin: Client, cleo: Worker, dan: Worker) -> None:
    for word in ("cle", cleo.public_id):
        page = text_of(admin, f"/site/users/?q={word}")
        assert "Cleo" in page
        assert "Dan" not in page
    assert "Root" in text_of(admin, "/site/users/?q=root@example&show=administrators")
    assert "Nobody fits" in text_of(admin, "/site/users/?show=closed")


def test_a_log_in_link_is_shown_once_and_works(admin: Client, cleo: Worker) -> None:
    admin.post("/site/users/Cleo/link/")
    page = text_of(admin, "/site/users/Cleo/")
    (path,) = re.findall(r'value="http://testserver(/account/link/[^"]+)"', page)
    assert path not in text_of(admin, "/site/users/Cleo/")
    assert Client().post(path).status_code == 302
    assert Event.objects.get(kind="LoginLinkMade").user_pk == User.objects.get(username="Root").pk


def test_what_is_dangerous_asks_for_the_password_first(root: User, cleo: Worker) -> None:
    client = Client()
    client.force_login(root)
    for act in ("link", "active", "administrator", "close"):
        answer = client.post(
            f"/site/users/Cleo/{act}/", headers={"referer": "http://testserver/site/users/Cleo/"}
        )
        assert answer["Location"].startswith("/account/reauthenticate/?next=http")
    cleo.refresh_from_db()
    assert cleo.user is not None
    assert cleo.user.is_active


def test_a_user_is_kept_out_let_in_again_and_closed(admin: Client, cleo: Worker) -> None:
    answer = a_submitted_assignment(cleo)
    hers = Client()
    hers.force_login(cleo.user)
    admin.post("/site/users/Cleo/active/", {"active": "0"})
    assert hers.get("/account/").status_code == 302
    admin.post("/site/users/Cleo/active/", {"active": "1"})
    assert hers.get("/account/").status_code == 200
    admin.post("/site/users/Cleo/close/")
    assert admin.get("/site/users/Cleo/").status_code == 404
    answer.refresh_from_db()
    assert (answer.status, answer.worker.user) == ("Submitted", None)
    assert "closed" in text_of(admin, "/site/users/?show=closed")


def test_administrators_are_named_and_the_last_one_stays(admin: Client, cleo: Worker) -> None:
    assert admin.post("/site/users/Root/administrator/", {"administrator": "0"}).status_code == 409
    admin.post("/site/users/Cleo/administrator/", {"administrator": "1"})
    assert User.objects.get(username="Cleo").is_superuser
    admin.post("/site/users/Root/administrator/", {"administrator": "0"})
    assert admin.get("/site/").status_code == 404


def test_a_requester_without_an_owner_gets_one(
    admin: Client, root: User, ada: Requester, cleo: Worker
) -> None:
    accounts.close(owner_of(ada), by=root)
    assert "no owner" in text_of(admin, "/site/requesters/")
    admin.post("/site/requesters/ada/owner/", {"username": "Cleo"})
    assert owner_of(ada) == cleo.user
    assert "no owner" not in text_of(admin, "/site/requesters/")
    assert admin.post("/site/requesters/ada/owner/", {"username": "nobody"}).status_code == 404


def test_the_log_is_of_the_whole_server(admin: Client, ada: Requester, ben: Requester) -> None:
    Client().post("/account/login/", {"name": "Ada", "password": "wrong"})
    page = text_of(admin, "/site/log/")
    assert "a log-in failed for Ada, from 127.0.0.1" in page
    assert "Ben became owner" in page
    assert "Ben" not in text_of(admin, "/site/log/?what=logins").partition('id="log"')[2]
    assert "LoginFailed" in b"".join(admin.get("/site/log.csv?what=logins")).decode()


def test_only_administrators_have_the_link_to_it(admin: Client, client: Client, eve: User) -> None:
    client.force_login(eve)
    assert "/site/" in text_of(admin, "/account/")
    assert "/site/" not in text_of(client, "/account/")


def test_the_log_keeps_its_columns_and_its_file_the_filter_when_a_part_is_fetched(
    admin: Client, ada: Requester
) -> None:
    part = admin.get("/site/log/?what=members", headers={"hx-request": "true"}).content.decode()
    assert '<th scope="col">Requester</th>' in part
    assert 'href="/site/log.csv?what=members"' in part
