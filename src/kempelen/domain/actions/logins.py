"""Logging in: a brake on guessing passwords, and lines for the audit log.

Failures are counted in the database, so that all processes of all nodes count together, and before the
password is looked at, so that many guesses at once do not slip through.  Time is the world's, as sessions
have it, not the domain's.

Nobody is locked out by somebody else's guesses where it can be helped: a browser in which the user has logged
in before is counted by itself, whatever strangers do elsewhere.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address, ip_network

from django.db import IntegrityError, transaction
from django.db.models import F

from kempelen.domain import clock, events, people_events
from kempelen.domain.models import FailedLogins, LoginLink, User

FORGOTTEN_AFTER = timedelta(minutes=15)
# Failures within that time: of one name from one address (or one known browser), of one name from everywhere,
# of one address with any names (a class or an institute may share one).
OF_NAME_AND_ADDRESS = 10
OF_NAME = 50
OF_ADDRESS = 200
_IPV6_NETWORK = 64


@dataclass(frozen=True)
class Attempt:
    """One try at logging in, which counts as a failure until it succeeds."""

    limits: tuple[tuple[str, int], ...]
    is_braked: bool
    is_first_braked: bool


def begin(name: str, *, address: str, known_browser: str = "") -> Attempt:
    """Count a try; where it `is_braked` the password must not even be looked at.

    `known_browser` names a browser in which this user has logged in before.
    """
    name, network = name.strip().lower(), _network_of(address)
    limits: tuple[tuple[str, int], ...]
    if known_browser:
        limits = ((_digest("browser", known_browser, name), OF_NAME_AND_ADDRESS),)
    else:
        limits = (
            (_digest("address", network), OF_ADDRESS),
            (_digest("name and address", name, network), OF_NAME_AND_ADDRESS),
            (_digest("name", name), OF_NAME),
        )
    over = list(_counted_over(limits))
    return Attempt(limits, is_braked=max(over) > 0, is_first_braked=max(over) == 1)


@transaction.atomic
def succeeded(attempt: Attempt, user: User, *, address: str) -> None:
    """Forget the failures of this name from here, and what this try counted elsewhere."""
    narrow = [digest for digest, limit in attempt.limits if limit == OF_NAME_AND_ADDRESS]
    FailedLogins.objects.filter(digest__in=narrow).delete()
    others = [digest for digest, _ in attempt.limits if digest not in narrow]
    wider = FailedLogins.objects.filter(digest__in=others, count__gt=0)
    wider.update(count=F("count") - 1)
    events.record(people_events.LoggedIn(user, data={"with": "password", "from": address}))


def failed(attempt: Attempt, user: User | None, *, address: str) -> None:
    """Record a failure; of tries that are braked only the first, since they may be thousands."""
    if attempt.is_braked and not attempt.is_first_braked:
        return
    data = {"from": address} | ({"braked": True} if attempt.is_braked else {})
    events.record(people_events.LoginFailed(user, data))


def with_link(user: User, *, address: str) -> None:
    """Record that a log-in link let the user in."""
    events.record(people_events.LoggedIn(user, data={"with": "link", "from": address}))


@transaction.atomic
def password_changed(user: User) -> None:
    """Record that the user has another password; log-in links that others may still hold work no more."""
    LoginLink.objects.filter(user=user, used_at=None).delete()
    events.record(people_events.PasswordChanged(user))


def forget_old() -> int:
    """Delete what need not be remembered any more; gives how many rows."""
    return FailedLogins.objects.filter(forgotten_at__lte=clock.real_now()).delete()[0]


def _counted_over(limits: Iterable[tuple[str, int]]) -> Iterator[int]:
    """Count the try, and give by how many each limit is passed; what comes after one is not counted.

    So an address that goes on without end fills no table, and does not use up what is left to others to try
    the same name.
    """
    for digest, limit in limits:
        over = _count(digest) - limit
        yield over
        if over > 0:
            return


def _count(digest: str) -> int:
    """Count one more, and give how many there are now; the first one starts the time."""
    now = clock.real_now()
    current = FailedLogins.objects.filter(digest=digest, forgotten_at__gt=now)
    if not current.update(count=F("count") + 1):
        FailedLogins.objects.filter(digest=digest, forgotten_at__lte=now).delete()
        try:
            with transaction.atomic():
                FailedLogins.objects.create(digest=digest, count=1, forgotten_at=now + FORGOTTEN_AFTER)
        except IntegrityError:  # another process was first
            current.update(count=F("count") + 1)
    return _first(FailedLogins.objects.filter(digest=digest).values_list("count", flat=True))


def _first(counts: Iterable[int]) -> int:
    return next(iter(counts), 0)


def _digest(*of: str) -> str:
    return hashlib.sha256("\0".join(of).encode()).hexdigest()


def _network_of(address: str) -> str:
    """Give the address; of IPv6 the network, since whoever has one has billions of addresses in it."""
    try:
        if ip_address(address).version == 6:
            return str(ip_network(f"{address.partition('%')[0]}/{_IPV6_NETWORK}", strict=False))
    except ValueError:
        pass
    return address
