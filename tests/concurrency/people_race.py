"""Somebody's change among people, as a process: `python -m tests.concurrency.people_race CHANGE PK…`.

Says that it is ready, waits for a line, does it, and prints whether it was done or refused.
"""

import sys

import django

django.setup()

from kempelen.domain.actions import accounts, members, people  # noqa: E402
from kempelen.domain.errors import Refusal  # noqa: E402
from kempelen.domain.models import Requester, User  # noqa: E402


def leave(requester_pk: str, user_pk: str) -> None:
    """Leave the requester."""
    user = User.objects.get(pk=user_pk)
    members.remove(Requester.objects.get(pk=requester_pk), user.username, by=user)


def step_down(requester_pk: str, user_pk: str) -> None:
    """Make another owner an editor."""
    user = User.objects.get(pk=user_pk)
    members.change_role(Requester.objects.get(pk=requester_pk), user.username, role="editor", by=user)


def close(requester_pk: str, user_pk: str) -> None:
    """Close one's own account."""
    accounts.close(User.objects.get(pk=user_pk))


def dismiss(by_pk: str, user_pk: str) -> None:
    """Let a user administer the server no more."""
    by, user = User.objects.get(pk=by_pk), User.objects.get(pk=user_pk)
    accounts.set_administrator(user, is_administrator=False, by=by)


def join(secret: str, user_pk: str) -> None:
    """Follow an invitation."""
    people.accept_invitation(User.objects.get(pk=user_pk), secret)


def main() -> None:
    """Do it once the other one is ready too."""
    change, *given = sys.argv[1:]
    User.objects.exists()  # connected
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    try:
        globals()[change](*given)
    except Refusal:
        sys.stdout.write("refused\n")
    else:
        sys.stdout.write("done\n")


if __name__ == "__main__":
    main()
