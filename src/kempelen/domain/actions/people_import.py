"""Users and worker groups from a CSV: looked at first, then done whole or not at all.

Columns: `username`, `email`, `name`, `password` and `groups` for people who are new here; `worker_id` and
`groups` for workers who have an account already.  Several groups stand with semicolons between them.  A user
without a password gets a log-in link.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Lower

from kempelen.domain import events, people_events
from kempelen.domain.actions import people, worker_groups
from kempelen.domain.batches import csv_files
from kempelen.domain.batches.csv_problems import CsvProblems, ProblemList
from kempelen.domain.batches.csv_records import CsvRecords, is_blank
from kempelen.domain.batches.csv_text import open_csv_text
from kempelen.domain.errors import FileRefused
from kempelen.domain.models import Requester, User, Worker

COLUMNS = ("username", "email", "name", "password", "worker_id", "groups")
MOST_ROWS = 5000
# Making accounts holds up others on SQLite, where one writes at a time, and a safe hash takes its time.
MOST_NEW = 2000
MOST_PASSWORDS = 100
MOST_GROUPS = 200
_QUOTED_FORMULA = re.compile("^'(?=[=+@-])")
LINKS_LAST = timedelta(days=14)

Values = Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """A file's rows of values by column, each with its number as a spreadsheet has it."""

    file_name: str
    rows: tuple[tuple[int, Values], ...]


@dataclass(frozen=True)
class Rights:
    """What whoever imports may: make accounts; put accounts that there are already into groups by name."""

    may_make_users: bool = False
    may_name_users: bool = False


@dataclass
class Plan:
    """What an import would do."""

    new_users: list[Values] = field(default_factory=list)
    known: int = 0
    groups: dict[str, int] = field(default_factory=dict)
    new_groups: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Imported:
    """A user whom an import made; `secret` is of the log-in link, where no password was given."""

    username: str
    worker_id: str
    secret: str


def read(path: Path, *, file_name: str) -> Table:
    """Read a file, or refuse it with every problem's place and remedy."""
    try:
        checked = csv_files.check_csv(path, file_name=file_name)
        problems = ProblemList(file_name)
        for column in checked.columns:
            if column not in COLUMNS:
                problems.add(
                    f"nobody knows this column; rename it to one of {', '.join(COLUMNS)}, or delete it",
                    row=1,
                    column=column,
                )
        if not {"username", "worker_id"} & set(checked.columns):
            problems.add("a column username (for new people) or worker_id is needed; add one", row=1)
        if checked.row_count > MOST_ROWS:
            problems.add(f"{checked.row_count:,} rows; import at most {MOST_ROWS:,} at once")
        problems.raise_if_any()
        return Table(file_name, tuple(_rows(path, checked.columns)))
    except CsvProblems as found:
        raise _refused(found) from found


def plan(requester: Requester, table: Table, rights: Rights) -> Plan:
    """Tell what an import would do, or refuse with everything that is wrong; nothing is changed."""
    problems = ProblemList(table.file_name)
    found = _Known.of(table)
    planned, seen = Plan(), set[str]()
    try:
        for number, values in table.rows:
            for column, message in _faults(values, rights, found, seen):
                problems.add(message, row=number, column=column)
            if values["username"] and values["username"].lower() not in found.users:
                planned.new_users.append(values)
            else:
                planned.known += 1
            for name in groups_in(values):
                planned.groups[name] = planned.groups.get(name, 0) + 1
        for message in _too_many(planned):
            problems.add(message)
        problems.raise_if_any()
    except CsvProblems as wrong:
        raise _refused(wrong) from wrong
    there = set(worker_groups.groups_of(requester).values_list("name", flat=True))
    planned.new_groups = [name for name in planned.groups if name not in there]
    return planned


def carry_out(
    requester: Requester, table: Table, rights: Rights, *, by: User | None = None
) -> list[Imported]:
    """Do it, whole or not at all; gives the new users, with the secrets of their log-in links."""
    new = plan(requester, table, rights).new_users
    # Before the transaction, which must be short.
    hashes = {values["username"]: make_password(values["password"]) for values in new if values["password"]}
    return _carry_out(requester, table, rights, hashes, by)


@transaction.atomic
def _carry_out(
    requester: Requester, table: Table, rights: Rights, hashes: Mapping[str, str], by: User | None
) -> list[Imported]:
    planned = plan(requester, table, rights)
    made: list[Imported] = []
    members: dict[str, list[Worker]] = {}
    known = _Known.of(table)
    for _, values in table.rows:
        worker, imported = _worker_of(values, known, hashes, by)
        if imported is not None:
            made.append(imported)
        for name in groups_in(values):
            members.setdefault(name, []).append(worker)
    for name, workers in members.items():
        group = worker_groups.named(requester, name, by=by)
        worker_groups.change_members(group, add=workers, by=by)
    data = {"users": len(made), "groups": len(planned.groups)}
    events.record(people_events.PeopleImported(requester, by=by, data=data))
    return made


def groups_in(values: Values) -> list[str]:
    """Give the names of the groups that a row names, each once.

    A `'` that an export put before what a spreadsheet would take for a formula is none of the name.
    """
    names = (_QUOTED_FORMULA.sub("", name.strip()) for name in values["groups"].split(";"))
    return list(dict.fromkeys(name for name in names if name))


@dataclass(frozen=True)
class _Known:
    """Whom the table names and who is here already: users by name in small letters, workers by id."""

    users: Mapping[str, User]
    workers: Mapping[str, Worker]

    @classmethod
    def of(cls, table: Table) -> "_Known":
        names = {values["username"].lower() for _, values in table.rows if values["username"]}
        users = User.objects.annotate(small=Lower("username")).filter(small__in=names)
        ids = [values["worker_id"] for _, values in table.rows if values["worker_id"]]
        workers = Worker.objects.filter(public_id__in=ids, user__isnull=False)
        return cls({u.username.lower(): u for u in users}, workers.in_bulk(field_name="public_id"))


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, Values]]:
    with open_csv_text(path) as text:
        records = CsvRecords(text)
        next(records)
        for record in records:
            if not is_blank(record, len(columns)):
                given = dict(zip(columns, (value.strip() for value in record), strict=True))
                yield records.row, {column: given.get(column, "") for column in COLUMNS}


def _faults(values: Values, rights: Rights, known: _Known, seen: set[str]) -> Iterator[tuple[str, str]]:
    """Give the columns of a row that will not do, each with what to do about it."""
    name, worker_id = values["username"], values["worker_id"]
    key = worker_id or name.lower()
    if key in seen:
        yield "worker_id" if worker_id else "username", "stands in an earlier row too; delete one of them"
    seen.add(key)
    if bool(name) == bool(worker_id):
        yield "", "needs a username or a worker_id, and not both"
    elif worker_id and worker_id not in known.workers:
        yield "worker_id", f"nobody with an account has the WorkerId {worker_id[:40]}; correct or delete it"
    elif name.lower() in known.users:
        if not rights.may_name_users:
            yield "username", f"“{name}” is taken; choose another name, or give the WorkerId instead"
    elif name and not rights.may_make_users:
        yield "username", "you may not make accounts on this server; give WorkerIds instead"
    elif name:
        yield from _faults_of_new(values)
    for group in groups_in(values):
        if len(group) > 100:
            yield "groups", f"the group's name has {len(group)} characters; shorten it to 100"


def _too_many(planned: Plan) -> Iterator[str]:
    if len(planned.new_users) > MOST_NEW:
        yield f"{len(planned.new_users):,} new people; import at most {MOST_NEW:,} at once"
    if len(planned.groups) > MOST_GROUPS:
        yield f"{len(planned.groups):,} groups; name at most {MOST_GROUPS} in one file"
    with_password = sum(1 for values in planned.new_users if values["password"])
    if with_password > MOST_PASSWORDS:
        yield (
            f"{with_password:,} passwords; import at most {MOST_PASSWORDS} people with one at once, or leave "
            "them empty for log-in links"
        )


def _faults_of_new(values: Values) -> Iterator[tuple[str, str]]:
    user = User(username=values["username"], email=values["email"], first_name=values["name"])
    try:
        user.clean_fields(exclude=["password"])
    except ValidationError as wrong:
        for field_name, messages in wrong.message_dict.items():
            column = {"first_name": "name"}.get(field_name, field_name)
            yield column, " ".join(messages)
    if values["password"]:
        try:
            validate_password(values["password"], user)
        except ValidationError as wrong:
            yield (
                "password",
                f"{' '.join(wrong.messages)} Choose another, or leave it empty for a log-in link.",
            )


def _worker_of(
    values: Values, known: _Known, hashes: Mapping[str, str], by: User | None
) -> tuple[Worker, Imported | None]:
    if values["worker_id"]:
        return known.workers[values["worker_id"]], None
    user = known.users.get(values["username"].lower())
    if user is not None:
        return people.worker_of(user), None
    user = people.create_user(values["username"], email=values["email"], name=values["name"], by=by)
    if values["password"]:
        user.password = hashes[values["username"]]
        user.save(update_fields=["password"])
    worker = people.worker_of(user)
    secret = "" if values["password"] else people.login_link(user, by=by, lasts=LINKS_LAST)
    return worker, Imported(user.username, worker.public_id, secret)


def _refused(found: CsvProblems) -> FileRefused:
    return FileRefused(str(found).splitlines())
