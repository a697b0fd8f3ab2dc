"""The requester's page of access keys: made, shown once, revoked; own ones, and all for an owner."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from kempelen.domain import clock
from kempelen.domain.actions import access_keys
from kempelen.domain.models import AccessKey
from tests.api.calling import call
from tests.browser import assert_accessible
from tests.factories import owner_of
from tests.web.requester.conftest import logged_in
from tests.web.requester.test_in_a_browser import LOOKS, visit

__all__ = ["visit"]


def a_key_of(requester, user=None):
    return access_keys.create(requester.memberships.get(user=user or owner_of(requester)))[0]


def shown(page):
    return [key.public_id for key in page.context["keys"]]


def test_a_member_makes_a_key_that_works_and_its_secret_is_shown_once(owner, at):
    page = owner.post(at("access-keys/"), follow=True)
    key, secret = page.context["made"], page.context["secret"]
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert f'value="{secret}"' in page.content.decode()
    assert call((key, secret)).status_code == 200


def test_loading_the_page_of_a_new_key_anew_makes_no_other_and_shows_no_secret(owner, at):
    made = owner.post(at("access-keys/"))
    assert made.status_code == 302
    assert "AKIA" not in made.content.decode() + str(made.headers)
    assert owner.get(made.url).context["secret"]
    again = owner.get(made.url)
    assert again.context["made"] is None
    assert len(shown(again)) == 1


def test_a_secret_that_nobody_came_for_is_not_shown_later(owner, at, monkeypatch):
    made = owner.post(at("access-keys/"))
    later = clock.real_now() + timedelta(seconds=61)
    monkeypatch.setattr(clock, "real_now", lambda: later)
    assert owner.get(made.url).context["made"] is None


def test_a_key_that_was_revoked_meanwhile_is_not_shown(owner, at):
    made = owner.post(at("access-keys/"))
    access_keys.revoke(AccessKey.objects.get())
    assert owner.get(made.url).context["made"] is None


def test_looking_makes_no_key(owner, at):
    assert "No keys yet" in owner.get(at("access-keys/")).content.decode()
    assert not AccessKey.objects.exists()


def test_an_owner_sees_everybodys_keys_and_others_their_own(owner, member, ada, ben, at):
    editor = member("editor")
    editor.post(at("access-keys/"))
    theirs = AccessKey.objects.get()
    own, other = a_key_of(ada), a_key_of(ben)
    assert shown(owner.get(at("access-keys/"))) == [own.public_id, theirs.public_id]
    assert shown(editor.get(at("access-keys/"))) == [theirs.public_id]
    assert other.public_id not in owner.get(at("access-keys/")).content.decode()


def test_the_last_use_is_shown(owner, ada, at):
    key, secret = access_keys.create(ada.memberships.get(role="owner"))
    assert "never" in owner.get(at("access-keys/")).content.decode()
    call((key, secret))
    assert "never" not in owner.get(at("access-keys/")).content.decode()


def test_a_revoked_key_leaves_the_list(owner, ada, at):
    key = a_key_of(ada)
    page = owner.post(at(f"access-keys/{key.public_id}/revoke/"), follow=True)
    assert f"{key.public_id} works no more." in page.content.decode()
    assert shown(page) == []
    assert owner.get(at(f"access-keys/{key.public_id}/revoke/")).status_code == 405


def test_nobody_revokes_a_key_that_is_neither_theirs_nor_their_requesters(owner, member, ada, ben, at):
    own, other = a_key_of(ada), a_key_of(ben)
    assert member("editor").post(at(f"access-keys/{own.public_id}/revoke/")).status_code == 404
    assert owner.post(at(f"access-keys/{other.public_id}/revoke/")).status_code == 404
    assert AccessKey.objects.filter(revoked_at=None).count() == 2


def test_strangers_find_no_such_page(ada, eve, at):
    assert logged_in(eve).post(at("access-keys/")).status_code == 404
    assert not AccessKey.objects.exists()


@pytest.mark.browser
@pytest.mark.parametrize("look", LOOKS)
def test_a_key_is_made_and_revoked_in_a_browser(visit, ada, look):
    page = visit("access-keys/", **LOOKS[look])
    page.get_by_role("button", name="Make a key").click()
    expect(page.get_by_label("Secret access key", exact=True)).to_have_value(re.compile(r"^\w{40}$"))
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= LOOKS[look]["viewport"]["width"]
    page.get_by_role("button", name="Revoke AKIA").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("works no more.")).to_be_visible()
    expect(page.get_by_role("heading", name="No keys yet")).to_be_visible()
