"""People in several processes who leave, step down or dismiss each other at the same moment."""

import subprocess
import sys
from collections.abc import Sequence

import pytest

from kempelen.domain.actions import people
from kempelen.domain.models import Membership, Requester, User
from tests.factories import a_user, owner_of

PATIENCE = 300


def at_once(*changes: Sequence[object]) -> list[str]:
    """Do each in a process of its own, all at once; gives `done` or `refused` for each."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.concurrency.people_race", *map(str, change)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for change in changes
    ]
    for process in running:
        assert process.stdout
        assert process.stdout.readline() == "ready\n", process.communicate(timeout=PATIENCE)[1]
    for process in running:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    said = []
    for process in running:
        out, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, errors
        said.append(out.strip())
    return sorted(said)


def owners_of(ada: Requester) -> list[User]:
    return list(User.objects.filter(memberships__requester=ada, memberships__role="owner").order_by("pk"))


@pytest.mark.parametrize(("first", "second"), [("leave", "leave"), ("step_down", "close")])
def test_of_two_owners_who_go_at_once_one_stays(
    transactional_db: None, ada: Requester, first: str, second: str
) -> None:
    zoe = a_user("Zoe")
    people.add_member(ada, zoe, role="owner")
    said = at_once((first, ada.pk, owners_of(ada)[0].pk), (second, ada.pk, zoe.pk))
    assert said == ["done", "refused"]
    assert len(owners_of(ada)) == 1


def test_of_two_administrators_who_dismiss_each_other_one_stays(transactional_db: None) -> None:
    root, second = a_user("Root"), a_user("Second")
    User.objects.update(is_superuser=True)
    said = at_once(("dismiss", root.pk, second.pk), ("dismiss", second.pk, root.pk))
    assert said == ["done", "refused"]
    assert User.objects.filter(is_superuser=True).count() == 1


def test_an_invitation_for_one_lets_one_in(transactional_db: None, ada: Requester) -> None:
    secret = people.invite(requester=ada, role="viewer", by=owner_of(ada))
    zoe, eve = a_user("Zoe"), a_user("Eve")
    assert at_once(("join", secret, zoe.pk), ("join", secret, eve.pk)) == ["done", "refused"]
    assert Membership.objects.filter(requester=ada, role="viewer").count() == 1


def test_two_invitations_at_once_give_the_higher_role(transactional_db: None, ada: Requester) -> None:
    zoe, roles = a_user("Zoe"), ("viewer", "editor")
    secrets = [people.invite(requester=ada, role=role, by=owner_of(ada)) for role in roles]
    assert at_once(*(("join", secret, zoe.pk) for secret in secrets)) == ["done", "done"]
    assert zoe.memberships.get().role == "editor"
