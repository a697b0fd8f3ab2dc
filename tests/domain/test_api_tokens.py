"""API tokens: whom they let in, and until when."""

from datetime import timedelta

import pytest

from kempelen.domain import clock
from kempelen.domain.actions import accounts, api_tokens
from kempelen.domain.errors import InvalidValue, NotAllowed
from kempelen.domain.models import ApiToken, Event, Requester, User
from tests.factories import a_user, owner_of


def test_a_token_is_found_by_its_key_of_which_only_a_digest_is_kept(ada: Requester) -> None:
    token, key = api_tokens.create(owner_of(ada), name=" nightly ")
    assert api_tokens.of_key(key) == token
    assert api_tokens.of_key(key[:-1]) is None
    assert (token.name, token.ending) == ("nightly", key[-4:])
    assert key not in str(list(ApiToken.objects.values()))
    assert Event.objects.get(kind="ApiTokenMade").data["scope"] == "user"


def test_a_key_of_turkles_goes_on_to_work(ada: Requester) -> None:
    kept = api_tokens.add(owner_of(ada), "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b")
    assert api_tokens.of_key("9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b") == kept


def test_revoked_late_and_deactivated_open_nothing(ada: Requester) -> None:
    ben = a_user("Ben")
    _, late_key = api_tokens.create(ben, expires_at=clock.now() - timedelta(seconds=1))
    gone, gone_key = api_tokens.create(ben)
    _, key = api_tokens.create(ben)
    api_tokens.revoke(gone)
    api_tokens.revoke(gone)
    assert Event.objects.filter(kind="ApiTokenRevoked").count() == 1
    assert (api_tokens.of_key(late_key), api_tokens.of_key(gone_key)) == (None, None)
    assert api_tokens.of_key(key)
    accounts.deactivate(ben, by=owner_of(ada))
    assert api_tokens.of_key(key) is None


def test_an_administrators_token_ends_with_the_office(ada: Requester) -> None:
    owner = owner_of(ada)
    with pytest.raises(NotAllowed):
        api_tokens.create(owner, scope="administrator")
    accounts.set_administrator(owner, is_administrator=True)
    accounts.set_administrator(a_user("Other"), is_administrator=True)
    _, key = api_tokens.create(User.objects.get(pk=owner.pk), scope="administrator")
    assert api_tokens.of_key(key)
    accounts.set_administrator(owner, is_administrator=False)
    assert api_tokens.of_key(key) is None


def test_closing_an_account_takes_its_tokens_along(ada: Requester) -> None:
    ben = a_user("Ben")
    api_tokens.create(ben)
    accounts.close(ben)
    assert not ApiToken.objects.exists()


def test_the_last_use_is_known_to_the_minute(ada: Requester) -> None:
    token, _ = api_tokens.create(owner_of(ada))
    first = clock.now()
    api_tokens.note_used(token, at=first)
    token.refresh_from_db()
    api_tokens.note_used(token, at=first + timedelta(seconds=59))
    token.refresh_from_db()
    assert token.last_used_at == first


@pytest.mark.parametrize("wrong", [{"name": "x" * 101}, {"name": "\0"}, {"scope": "everything"}])
def test_odd_names_and_scopes_are_refused(ada: Requester, wrong: dict[str, str]) -> None:
    with pytest.raises(InvalidValue):
        api_tokens.create(owner_of(ada), **wrong)
