"""What the words in options stand for, or a refusal that names what there is."""

from kempelen.cli import first_start
from kempelen.domain.actions import people
from kempelen.domain.errors import InvalidValue, NotFound
from kempelen.domain.models import Membership, Requester, User, Worker, WorkerGroup


def requester(slug: str) -> Requester:
    """The requester with this slug, or the server's first."""
    if slug:
        found = Requester.objects.filter(slug=slug).first()
        if found is None:
            known = ", ".join(Requester.objects.order_by("slug").values_list("slug", flat=True)[:20])
            raise InvalidValue("requester", f"There is no requester “{slug}”. There are: {known or 'none'}.")
        return found
    # On a new data folder this is the first start, with or without a server.
    first_start.owner_to_welcome()
    first = Requester.objects.order_by("pk").first()
    if first is None:
        raise NotFound("requester", "yet: make one with kempelen add-requester")
    return first


def user(username: str) -> User:
    """The active user who logs in with this name."""
    found = User.objects.filter(username__iexact=username, is_active=True).first()
    if found is None:
        raise NotFound("user", username)
    return found


def member(of: Requester, username: str) -> Membership:
    """The membership of the user in the requester; of its first owner if no user is named."""
    found = of.memberships.filter(user__is_active=True).select_related("user", "requester").order_by("pk")
    if not username:
        owner = found.filter(role=Membership.Role.OWNER).first()
        if owner is None:
            raise InvalidValue("user", f"{of} has no owner who can log in. Name a member with --user.")
        return owner
    membership = found.filter(user__username__iexact=username).first()
    if membership is None:
        known = ", ".join(found.values_list("user__username", flat=True)[:20])
        raise InvalidValue("user", f"{of} has no member “{username}”. It has: {known or 'none'}.")
    return membership


def role(name: str) -> str:
    """The role, or nothing for none."""
    if name and name not in Membership.Role.values:
        raise InvalidValue("role", f"“{name}” is no role. Write {', '.join(Membership.Role.values)}.")
    return name


def worker_group(of: Requester, name: str) -> WorkerGroup:
    """The requester's worker group of this name."""
    found = WorkerGroup.objects.filter(requester=of, name=name).first()
    if found is None:
        known = ", ".join(
            of.worker_groups.filter(is_named=False).order_by("name").values_list("name", flat=True)[:20]
        )
        raise InvalidValue("group", f"{of} has no worker group “{name}”. It has: {known or 'none'}.")
    return found


def worker(name: str) -> Worker:
    """The worker with this WorkerId, or of the user who logs in with this name."""
    found = Worker.objects.filter(public_id=name).first()
    return found or people.worker_of(user(name))
