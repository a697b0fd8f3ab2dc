"""Whose key signed a call, and what members of each role may do."""

import logging
from datetime import UTC, datetime

import pytest

from kempelen.api import handlers
from kempelen.domain.actions import access_keys
from kempelen.domain.models import AccessKey, Membership
from tests.api.calling import a_key, call, fault
from tests.factories import owner_of

ROLES = ["viewer", "reviewer", "editor", "owner"]
# What each role may beyond what only looks.
OF_REVIEWERS = {
    "ApproveAssignment",
    "RejectAssignment",
    "SendBonus",
    "UpdateHITReviewStatus",
    "NotifyWorkers",
}


def refused_for(key: tuple[AccessKey, str]) -> dict[str, str]:
    answer = call(key)
    assert answer.status_code == 400
    return fault(answer)


def test_an_unknown_key_is_refused(ada):
    key, secret = a_key(ada)
    key.public_id = "AKIAAAAAAAAAAAAAAAAA"
    assert refused_for((key, secret)) == {
        "__type": "UnrecognizedClientException",
        "message": "The security token included in the request is invalid.",
    }


def test_another_secret_is_refused(ada):
    key, _ = a_key(ada)
    assert refused_for((key, "another"))["__type"] == "InvalidSignatureException"


def test_a_revoked_key_stops_at_once(ada):
    key = a_key(ada)
    assert call(key).status_code == 200
    access_keys.revoke(key[0])
    assert refused_for(key)["__type"] == "UnrecognizedClientException"


def test_the_keys_of_an_inactive_user_stop_at_once(ada):
    key = a_key(ada)
    user = owner_of(ada)
    user.is_active = False
    user.save()
    assert refused_for(key)["__type"] == "UnrecognizedClientException"


def test_the_keys_of_a_former_member_stop_at_once(ada):
    key = a_key(ada, "editor")
    Membership.objects.filter(pk=key[0].membership_id).delete()
    assert refused_for(key)["__type"] == "UnrecognizedClientException"


def test_a_key_may_what_its_members_role_may_now(ada, monkeypatch):
    key = a_key(ada, "viewer")
    monkeypatch.setitem(
        handlers.by_name(), "CreateHIT", handlers.Handler(lambda caller, request: None, "editor")
    )
    hit = {
        "Title": "t",
        "Description": "d",
        "Reward": "1",
        "LifetimeInSeconds": 60,
        "AssignmentDurationInSeconds": 60,
    }
    said = fault(call(key, "CreateHIT", hit))
    assert said["__type"] == "AccessDeniedException"
    assert said["message"].startswith(
        f"User: arn:aws:iam::{ada.public_id}:user/Viewer is not authorized to perform: "
        "mechanicalturk:CreateHIT with an explicit deny in a service control policy"
    )
    Membership.objects.filter(pk=key[0].membership_id).update(role="editor")
    assert call(key, "CreateHIT", hit).status_code == 200


@pytest.mark.parametrize("name", handlers.by_name())
def test_the_least_role_of_each_operation(name):
    expected = "reviewer" if name in OF_REVIEWERS else "editor"
    if name.startswith(("Get", "List")):
        expected = "viewer"
    assert handlers.by_name()[name].role == expected


def test_the_last_use_is_known(ada):
    key = a_key(ada)
    before = datetime.now(tz=UTC)
    call(key)
    used_at = AccessKey.objects.get(pk=key[0].pk).last_used_at
    assert used_at is not None
    assert used_at >= before


def test_a_server_that_lost_its_secret_key_says_what_to_do(ada, settings, monkeypatch, caplog):
    key = a_key(ada)
    settings.SECRET_KEY = "another one, which is also long enough"
    monkeypatch.setattr(logging.getLogger("kempelen"), "propagate", True)
    assert refused_for(key)["__type"] == "UnrecognizedClientException"
    assert "KEMPELEN_SECRET_KEY_FALLBACKS" in caplog.text
