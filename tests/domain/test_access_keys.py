"""Access keys: secrets that a stolen database does not tell, and who may see and revoke which."""

from datetime import UTC, datetime, timedelta

import pytest

from kempelen.domain import sealing
from kempelen.domain.actions import access_keys, people
from kempelen.domain.models import AccessKey, Event
from tests.factories import a_user, owner_of

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def member_of(requester, role):
    return people.add_member(requester, a_user(role.title()), role=role)


def owners(requester):
    return requester.memberships.get(role="owner")


def test_a_key_has_the_form_of_amazons(ada):
    key, secret = access_keys.create(owners(ada))
    assert key.public_id.startswith("AKIA")
    assert len(key.public_id) == 20
    assert len(secret) == 40
    assert secret.isalnum()


def test_the_table_does_not_tell_the_secret_and_the_server_can(ada):
    key, secret = access_keys.create(owners(ada))
    stored = AccessKey.objects.values_list("secret", flat=True).get()
    assert secret not in stored
    assert access_keys.secret_of(AccessKey.objects.get(pk=key.pk)) == secret


def test_two_seals_of_one_text_differ():
    assert sealing.seal("one") != sealing.seal("one")


def test_who_made_and_revoked_a_key_is_recorded_once(ada):
    by = owner_of(ada)
    key, _ = access_keys.create(owners(ada), by=by)
    access_keys.revoke(key, by=by)
    access_keys.revoke(key, by=by)
    events = Event.objects.filter(kind__startswith="AccessKey").order_by("pk")
    assert [(event.kind, event.user_pk) for event in events] == [
        ("AccessKeyCreated", by.pk),
        ("AccessKeyRevoked", by.pk),
    ]
    assert events[1].data == {"access_key": key.public_id}


def test_only_keys_that_work_are_found(ada):
    key, _ = access_keys.create(owners(ada))
    assert access_keys.to_verify(key.public_id) == key
    assert access_keys.to_verify("AKIANOBODY") is None
    access_keys.revoke(key)
    assert access_keys.to_verify(key.public_id) is None


def test_a_key_comes_with_all_that_is_known_of_its_member_and_requester(ada, django_assert_num_queries):
    key, _ = access_keys.create(owners(ada))
    access_keys.note_used(key, at=NOON)
    with django_assert_num_queries(1):
        found = access_keys.to_verify(key.public_id)
        by_the_model = [found.membership, found.membership.requester, found.membership.user]
    for instance in (found, *by_the_model):
        stored = type(instance).objects.get(pk=instance.pk)
        names = [field.attname for field in instance._meta.concrete_fields]
        assert [getattr(instance, name) for name in names] == [getattr(stored, name) for name in names]


def test_an_owner_sees_all_keys_of_the_requester_and_a_member_their_own(ada, ben):
    owner, editor, viewer = owners(ada), member_of(ada, "editor"), member_of(ada, "viewer")
    keys = {one: access_keys.create(one)[0] for one in (owner, editor, viewer, owners(ben))}
    assert set(access_keys.seen_by(owner)) == {keys[owner], keys[editor], keys[viewer]}
    assert list(access_keys.seen_by(editor)) == [keys[editor]]


def test_the_last_use_is_written_once_a_minute(ada, django_assert_num_queries):
    key, _ = access_keys.create(owners(ada))
    access_keys.note_used(key, at=NOON)
    key.refresh_from_db()
    with django_assert_num_queries(0):
        access_keys.note_used(key, at=NOON + timedelta(seconds=59))
    access_keys.note_used(key, at=NOON + timedelta(seconds=60))
    key.refresh_from_db()
    assert key.last_used_at == NOON + timedelta(seconds=60)


def test_a_secret_moves_on_to_the_present_secret_key_when_it_is_used(ada, settings):
    key, secret = access_keys.create(owners(ada))
    settings.SECRET_KEY, earlier = "another one, which is also long enough", settings.SECRET_KEY
    settings.SECRET_KEY_FALLBACKS = [earlier]
    assert access_keys.secret_of(key) == secret
    access_keys.note_used(key, at=NOON)
    settings.SECRET_KEY_FALLBACKS = []
    key.refresh_from_db()
    assert access_keys.secret_of(key) == secret


def test_what_another_secret_key_sealed_cannot_be_opened(settings):
    sealed = sealing.seal("something")
    settings.SECRET_KEY = "another one, which is also long enough"
    with pytest.raises(sealing.CannotOpen):
        sealing.opened(sealed)
