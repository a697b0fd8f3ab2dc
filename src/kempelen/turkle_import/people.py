"""Turkle's users, with their passwords, and its groups."""

from django.contrib.auth.hashers import identify_hasher, is_password_usable, make_password
from django.db.models.functions import Lower

from kempelen.domain.actions import people, worker_groups
from kempelen.domain.models import Membership, User, Worker, WorkerGroup
from kempelen.turkle_import.ledger import Kind
from kempelen.turkle_import.run import Run
from kempelen.turkle_import.tables import GROUPS, USERS, Row

_PAGE = 500
# django-guardian's account for whoever is not logged in: nobody.
_NOBODY = "AnonymousUser"
# A group that Turkle's migrations make, for those who look after accounts; it is given no work.
_ADMIN_GROUP = "Turkle User Admin"
_EDITS = {f"{verb}_{noun}" for verb in ("add", "change", "delete") for noun in ("project", "batch")}
_LOOKS = {"view_project", "view_batch", "view_taskassignment", "view_task"}
_LONGEST = {"first_name": 150, "last_name": 150, "email": 254}


def bring_users(run: Run) -> None:
    """Make an account and a worker of each user, page by page."""
    for page in USERS.pages(run.source, size=_PAGE):
        with run.together():
            _bring_page(run, [row for row in page if row["username"] != _NOBODY])


def bring_groups(run: Run) -> None:
    """Make a worker group of each group; users come into theirs as they come themselves."""
    for page in GROUPS.pages(run.source, size=_PAGE):
        for row in page:
            with run.together():
                _bring_group(run, row)


def _bring_page(run: Run, page: list[Row]) -> None:
    known = run.ledger.ours(Kind.USER, [row["id"] for row in page])
    run.report.known["users"] += len(known)
    new = [row for row in page if row["id"] not in known]
    wanted = {row["username"].lower() for row in new}
    there = User.objects.annotate(small=Lower("username")).filter(small__in=wanted)
    accounts = {user.username.lower(): user for user in there}
    made: list[tuple[Row, User]] = []
    taken = set(accounts)
    for row in new:
        account = accounts.get(row["username"].lower())
        if account is not None and run.joins_users and _joined(run, row, account):
            continue
        name = _free_name(row["username"], taken)
        taken.add(name.lower())
        if name != row["username"]:
            run.report.note(
                "name was taken; the user now logs in with another one", f"{row['username']} → {name}"
            )
        made.append((row, _account(run, row, name)))
    _keep(run, made)
    _put_into_groups(run, [row["id"] for row in new])


def _joined(run: Run, row: Row, account: User) -> bool:
    """Let an account that is here be this user, unless it is another of Turkle's users already."""
    worker = None if run.is_trial else people.worker_of(account)
    if worker is not None and run.ledger.is_ours(Kind.USER, worker.pk):
        return False
    run.ledger.remember(Kind.USER, {row["id"]: worker.pk if worker else run.stand_in()})
    run.report.known["users"] += 1
    run.report.note(
        "account was here and stays as it is; Turkle's work of this name is now its work", account.username
    )
    return True


def _free_name(wanted: str, taken: set[str]) -> str:
    """Give the name, or the first like it that nobody has."""
    if wanted.lower() not in taken:
        return wanted
    stem = wanted[:140]
    return next(
        name
        for name in (f"{stem}-{number}" for number in range(2, 100_000))
        if name.lower() not in taken and not User.objects.filter(username__iexact=name).exists()
    )


def _account(run: Run, row: Row, name: str) -> User:
    user = User(
        username=name,
        password=_password(run, row),
        is_active=row["is_active"],
        is_staff=row["is_staff"],
        is_superuser=row["is_superuser"],
        date_joined=row["date_joined"],
        last_login=row["last_login"],
        **{field: row[field][:longest] for field, longest in _LONGEST.items()},
    )
    if user.is_superuser:
        run.report.note(
            "administers this server now. Check each: in Turkle, everybody could make themselves one",
            name,
        )
    return user


def _password(run: Run, row: Row) -> str:
    """Give the hash as it is, which Django makes anew at the next log-in where it has a safer way."""
    stored: str = row["password"]
    if not is_password_usable(stored):
        return make_password(None)
    try:
        identify_hasher(stored)
    except ValueError:
        run.report.note(
            "password is kept in a way that is not read any more: give them a log-in link", row["username"]
        )
        return make_password(None)
    return stored


def _keep(run: Run, made: list[tuple[Row, User]]) -> None:
    run.report.brought["users"] += len(made)
    if run.is_trial:
        run.ledger.remember(Kind.USER, {row["id"]: run.stand_in() for row, _ in made})
    else:
        users = User.objects.bulk_create([user for _, user in made])
        workers = Worker.objects.bulk_create(
            [Worker(user=user, created_at=user.date_joined) for user in users]
        )
        pairs = zip(made, workers, strict=True)
        run.ledger.remember(Kind.USER, {row["id"]: worker.pk for (row, _), worker in pairs})
    for row, user in made:
        _give_role(run, row, user)


def _give_role(run: Run, row: Row, user: User) -> None:
    """Make who had rights over projects and batches a member of the requester, with the like role."""
    if row["is_superuser"]:
        role = Membership.Role.OWNER
    elif not row["is_staff"]:
        return
    else:
        rights = _rights(run, row["id"])
        if not rights & (_EDITS | _LOOKS):
            run.report.note(
                "was on Turkle's staff without a right over projects or batches: no member", user.username
            )
            return
        role = Membership.Role.EDITOR if rights & _EDITS else Membership.Role.VIEWER
    run.report.brought["members"] += 1
    if not run.is_trial:
        people.add_member(run.requester, user, role=role)


def _rights(run: Run, turkle_pk: int) -> set[str]:
    """Give what a user may do with Turkle's models, by themselves or by a group."""
    asked = (
        "SELECT p.codename FROM auth_permission p "
        "JOIN django_content_type c ON c.id = p.content_type_id WHERE c.app_label = 'turkle' AND ("
        "p.id IN (SELECT permission_id FROM auth_user_user_permissions WHERE user_id = %s) OR "
        "p.id IN (SELECT g.permission_id FROM auth_group_permissions g "
        "JOIN auth_user_groups m ON m.group_id = g.group_id WHERE m.user_id = %s))"
    )
    return {name for (name,) in run.source.rows(asked, [turkle_pk, turkle_pk])}


def _bring_group(run: Run, row: Row) -> None:
    known = run.ledger.one(Kind.GROUP, row["id"])
    if known is not None:
        run.report.known["groups"] += 1
    elif row["name"] == _ADMIN_GROUP:
        if run.source.rows("SELECT 1 FROM auth_user_groups WHERE group_id = %s LIMIT 1", [row["id"]]):
            run.report.leave_out(
                "groups", "is for who looks after accounts: name administrators here", _ADMIN_GROUP
            )
    else:
        _new_group(run, row)


def _new_group(run: Run, row: Row) -> None:
    name = row["name"].strip()[:100] or f"Group {row['id']}"
    if name != row["name"]:
        run.report.note("group's name was shortened to 100 characters", row["name"])
    found = worker_groups.groups_of(run.requester).filter(name=name).first()
    if found is not None:
        run.report.note("group of this name was here: Turkle's members are in it too now", name)
    run.report.brought["groups"] += 1
    if run.is_trial:
        run.ledger.remember(Kind.GROUP, {row["id"]: run.stand_in()})
        return
    group = found or worker_groups.create(run.requester, name)
    run.ledger.remember(Kind.GROUP, {row["id"]: group.pk})
    # Users who came in an earlier run than their group.
    asked = "SELECT user_id FROM auth_user_groups WHERE group_id = %s"
    _put_in(run, group.pk, [pk for (pk,) in run.source.rows(asked, [row["id"]])])


def _put_into_groups(run: Run, turkle_pks: list[int]) -> None:
    """Put users who are new here into their groups."""
    marks = ", ".join(["%s"] * len(turkle_pks))
    asked = f"SELECT group_id, user_id FROM auth_user_groups WHERE user_id IN ({marks})"
    members: dict[int, list[int]] = {}
    for group, user in run.source.rows(asked, turkle_pks) if turkle_pks else ():
        members.setdefault(group, []).append(user)
    for theirs, ours in run.ledger.ours(Kind.GROUP, members).items():
        _put_in(run, ours, members[theirs])


def _put_in(run: Run, group_pk: int, turkle_pks: list[int]) -> None:
    group = WorkerGroup.objects.filter(pk=group_pk).first()
    if group is None:  # a trial's, or one that was deleted here
        return
    workers = run.ledger.ours(Kind.USER, turkle_pks).values()
    worker_groups.change_members(group, add=Worker.objects.filter(pk__in=workers))
