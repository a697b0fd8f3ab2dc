"""Users, requesters and workers: how they come to be, and the links that let them in."""

import re
from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.text import slugify

from kempelen.domain import clock, events, ids, people_events
from kempelen.domain.errors import InvalidValue, LinkNotValid
from kempelen.domain.models import Invitation, LoginLink, Membership, Requester, User, Worker, WorkerGroup
from kempelen.domain.qualifications import places

LOGIN_LINK_LASTS = timedelta(days=1)
INVITATION_LASTS = timedelta(days=14)
_NO_LINK = "This log-in link has been used, is too old, or is not whole. Ask for a new one."
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,6})?")


@transaction.atomic
def create_requester(name: str, owner: User) -> Requester:
    """Make a requester with its owner; its slug, used in URLs, is made from the name."""
    name = requester_name(name)
    requester = Requester.objects.create(name=name, slug=_free_slug(name), created_at=clock.now())
    events.record(events.RequesterCreated(requester, by=owner))
    add_member(requester, owner, role=Membership.Role.OWNER)
    return requester


def requester_name(name: str) -> str:
    """Give the name as a requester may have it, or refuse with `InvalidValue`."""
    name = name.strip()
    if not 0 < len(name) <= 100 or "\0" in name:
        raise InvalidValue("name", "A requester needs a name, of 100 characters at most.")
    return name


@transaction.atomic
def add_member(requester: Requester, user: User, *, role: str, by: User | None = None) -> Membership:
    """Give the user this role in the requester, in place of any other role there."""
    membership, _ = Membership.objects.update_or_create(
        requester=requester, user=user, defaults={"role": role}
    )
    data = {"user": user.pk, "role": role}
    events.record(people_events.MemberJoined(requester, by=by or user, data=data))
    return membership


@transaction.atomic
def create_user(
    username: str, *, email: str = "", password: str | None = None, name: str = "", by: User | None = None
) -> User:
    """Make a user; without a password only a log-in link lets them in."""
    username = username.strip()
    if not username:
        raise InvalidValue("username", "A user needs a name to log in with.")
    if not username.isprintable():  # no database takes NUL or half a surrogate pair
        raise InvalidValue("username", "A name has letters, digits and @ . + - _ only.")
    refuse_taken_name(username)
    user = User(username=username, email=User.objects.normalize_email(email), first_name=name)
    user.date_joined = clock.now()
    try:
        user.clean_fields(exclude=["password"])
        if password is not None:
            validate_password(password, user)
    except ValidationError as problem:
        field = next(iter(getattr(problem, "error_dict", {})), "password")
        raise InvalidValue(field, " ".join(problem.messages)) from problem
    user.set_password(password)
    save_named(user)
    events.record(people_events.UserCreated(user, by=by))
    return user


def refuse_taken_name(username: str, *, of: User | None = None) -> None:
    """Refuse a name that another user has, however it is written."""
    others = User.objects.filter(username__iexact=username)
    if (others.exclude(pk=of.pk) if of else others).exists():
        raise _taken(username)


def save_named(user: User, *, fields: Iterable[str] | None = None) -> None:
    """Save a user whose name was free a moment ago; somebody may have been quicker."""
    try:
        with transaction.atomic():
            user.save(update_fields=fields)
    except IntegrityError as taken:
        raise _taken(user.username) from taken


def _taken(username: str) -> InvalidValue:
    return InvalidValue("username", f"The name “{username}” is taken; choose another.")


@transaction.atomic
def sign_up(username: str, *, email: str, password: str, invitation: str = "") -> User:
    """Make a user who is a worker; an invitation's requester and worker group are joined.

    Whether signing up is open at all is the server's setting, which the face knows.
    """
    user = create_user(username, email=email, password=password)
    worker = worker_of(user)
    if invitation:
        _join(_use_invitation(invitation), user, worker)
    return user


def change_details(user: User, *, name: str, email: str) -> None:
    """Change what the user is called, and the address that mails go to."""
    user.first_name = name.strip()
    user.last_name = ""
    user.email = User.objects.normalize_email(email)
    try:
        user.clean_fields(exclude=["password"])
    except ValidationError as problem:
        field, (message, *_) = next(iter(problem.message_dict.items()))
        raise InvalidValue("name" if field == "first_name" else field, message) from problem
    user.save(update_fields=["first_name", "last_name", "email"])


def worker_of(user: User) -> Worker:
    """Give the user's worker, made when first asked for."""
    worker, _ = Worker.objects.get_or_create(user=user, defaults={"created_at": clock.now()})
    return worker


def new_anonymous_worker() -> tuple[Worker, str]:
    """Make a worker for a browser that has none; gives it with the secret that the browser keeps."""
    secret = ids.new_secret()
    worker = Worker.objects.create(browser_digest=ids.digest_of(secret), created_at=clock.now())
    return worker, secret


def worker_of_browser(secret: str) -> Worker | None:
    """Give the anonymous worker whose browser keeps this secret, if there is one."""
    return Worker.objects.filter(browser_digest=ids.digest_of(secret)).first()


def set_accepts_next(worker: Worker, *, accepts_next: bool) -> None:
    """Remember whether the worker wants the next HIT at once after submitting."""
    worker.accepts_next = accepts_next
    worker.save(update_fields=["accepts_next"])


def set_preferences(worker: Worker, *, uses_shortcuts: bool, language: str) -> None:
    """Remember how the worker likes pages: shortcuts on or off, the language of numbers and dates."""
    if language and not _LANGUAGE.fullmatch(language):
        raise InvalidValue("language", f"“{language}” is not a language tag such as en or pt-br.")
    worker.uses_shortcuts, worker.language = uses_shortcuts, language
    worker.save(update_fields=["uses_shortcuts", "language"])


def set_about(worker: Worker, *, country: str, state: str, is_adult: bool) -> None:
    """Remember where the worker says to be, and whether they agree to see content for adults.

    Codes of ISO 3166, or nothing; only the United States have states (mturk-api.md §4.3).
    """
    if country and country not in places.countries():
        raise InvalidValue("country", f"“{country}” is no country of ISO 3166.")
    if state and (country != places.UNITED_STATES or state not in places.states()):
        raise InvalidValue("state", f"“{state}” is no state of the United States.")
    worker.country, worker.subdivision, worker.is_adult = country, state, is_adult
    worker.save(update_fields=["country", "subdivision", "is_adult"])


@transaction.atomic
def login_link(user: User, *, by: User | None = None, lasts: timedelta = LOGIN_LINK_LASTS) -> str:
    """Make the secret of a link that logs the user in once, within a day unless told otherwise."""
    secret = ids.new_secret()
    LoginLink.objects.create(user=user, digest=ids.digest_of(secret), expires_at=clock.real_now() + lasts)
    events.record(people_events.LoginLinkMade(user, by=by))
    return secret


def user_of_login_link(secret: str) -> User:
    """Give whom a log-in link is for without using it up, or refuse with `LinkNotValid`."""
    link = _valid_links(secret).select_related("user").first()
    if link is None:
        raise LinkNotValid(_NO_LINK)
    return link.user


def use_login_link(secret: str) -> User:
    """Use up a log-in link and give its user, or refuse with `LinkNotValid`."""
    if not _valid_links(secret).update(used_at=clock.now()):
        raise LinkNotValid(_NO_LINK)
    return LoginLink.objects.select_related("user").get(digest=ids.digest_of(secret)).user


def _valid_links(secret: str) -> QuerySet[LoginLink]:
    links = LoginLink.objects.filter(digest=ids.digest_of(secret), used_at__isnull=True)
    return links.filter(expires_at__gt=clock.real_now(), user__is_active=True)


@transaction.atomic
def invite(
    *,
    requester: Requester | None = None,
    role: str = "",
    worker_group: WorkerGroup | None = None,
    uses: int = 1,
    email: str = "",
    by: User | None = None,
) -> str:
    """Make the secret of an invitation: it lets `uses` people sign up within two weeks.

    With a requester and a role they become its members; with a worker group they join that group.  `email`
    is to whom the face mails it.
    """
    secret = ids.new_secret()
    Invitation.objects.create(
        email=email,
        created_by=by,
        digest=ids.digest_of(secret),
        requester=requester,
        role=role,
        worker_group=worker_group,
        uses_left=uses,
        expires_at=clock.real_now() + INVITATION_LASTS,
        created_at=clock.now(),
    )
    if requester is not None:
        events.record(people_events.MemberInvited(requester, by=by, data={"role": role}))
    if worker_group is not None:
        data = {"group": worker_group.name, "uses": uses}
        events.record(people_events.WorkersInvited(worker_group.requester, by=by, data=data))
    return secret


def invitation(secret: str) -> Invitation:
    """Look at an invitation without using it, or refuse with `LinkNotValid`."""
    found = open_ones(Invitation.objects.filter(digest=ids.digest_of(secret))).first()
    if found is None:
        raise LinkNotValid("This invitation has been used, is too old, or is not whole. Ask for a new one.")
    return found


def open_ones(invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Give those of the invitations that still work.

    One that makes members works as long as whoever made it may make members: an owner who was removed does
    not come back by a link made before.  Those of the server's own commands are nobody's.
    """
    owners = Membership.objects.filter(role=Membership.Role.OWNER, user__is_active=True)
    of_an_owner = Exists(owners.filter(requester=OuterRef("requester"), user=OuterRef("created_by")))
    is_backed = Q(role="") | Q(created_by=None) | of_an_owner
    return invitations.filter(is_backed, uses_left__gt=0, expires_at__gt=clock.real_now())


@transaction.atomic
def accept_invitation(user: User, secret: str) -> None:
    """Let a user who has an account already join what the invitation names."""
    # Two links at once, or one while the account is closed: one after the other.
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not user.is_active:
        raise LinkNotValid("This account is closed or deactivated.")
    _join(_use_invitation(secret), user, worker_of(user))


def _use_invitation(secret: str) -> Invitation:
    found = invitation(secret)
    used = Invitation.objects.filter(pk=found.pk, uses_left__gt=0).update(uses_left=F("uses_left") - 1)
    if not used:
        raise LinkNotValid("This invitation has been used meanwhile. Ask for a new one.")
    return found


def _join(invited: Invitation, user: User, worker: Worker) -> None:
    if invited.requester is not None and invited.role:
        had = Membership.objects.filter(requester=invited.requester, user=user).first()
        # A link is no order: who may more already keeps that, and the last owner stays one.
        if had is None or not had.includes(invited.role):
            add_member(invited.requester, user, role=invited.role)
    if invited.worker_group is not None:
        invited.worker_group.members.add(worker)


def _free_slug(name: str) -> str:
    stem = slugify(name)[:50] or "requester"
    taken = set(Requester.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in [stem, *numbered] if slug not in taken)
