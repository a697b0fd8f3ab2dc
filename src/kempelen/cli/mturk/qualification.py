"""`kempelen qualification`."""

import csv
import sys
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, partial
from pathlib import Path
from typing import Annotated, Any

import typer

from kempelen.cli.mturk.options import AsJson, AtOnce, EndpointUrl, ProfileName
from kempelen.cli.mturk.telling import end_with, is_terminal, print_json, progress, tell_fields, tell_table
from kempelen.toolkit import changing, qualifications, quantities, sources, tables
from kempelen.toolkit.connection import AT_ONCE, Connection, connect
from kempelen.toolkit.troubles import Trouble


class Verb(Enum):
    """What is done."""

    LIST = "list"
    CREATE = "create"
    SHOW = "show"
    DELETE = "delete"
    GRANT = "grant"
    REVOKE = "revoke"
    HOLDERS = "holders"


What = Annotated[
    Verb,
    typer.Argument(
        metavar="VERB",
        help="list: name yours. create: make one. show: all of one. delete: delete one. grant: give it to "
        "workers. revoke: take it from them. holders: who has it, as CSV.",
    ),
]
Which = Annotated[str, typer.Argument(metavar="[NAME]", help="Its name, or its id.", show_default=False)]
Workers = Annotated[
    list[str] | None, typer.Argument(metavar="[WORKER…]", help="Workers, by their ids.", show_default=False)
]
WorkersFile = Annotated[
    Path | None,
    typer.Option(
        "--file",
        metavar="CSV",
        help="Workers: a column WorkerId and, for grant, one called Value; what holders printed will do.",
        show_default=False,
    ),
]
Value = Annotated[int, typer.Option("--value", help="With which value it is granted.")]
Reason = Annotated[str, typer.Option(metavar="TEXT", help="Why; workers read it.", show_default=False)]
Quietly = Annotated[bool, typer.Option("--quietly", help="Workers get no message about it.")]
Description = Annotated[str, typer.Option(metavar="TEXT", help="What it says.", show_default=False)]
Keywords = Annotated[str, typer.Option(metavar="TEXT", help="With commas.", show_default=False)]
TestFile = Annotated[
    Path | None,
    typer.Option("--test", metavar="FILE", help="A test, as QuestionForm XML.", show_default=False),
]
KeyFile = Annotated[
    Path | None,
    typer.Option("--answer-key", metavar="FILE", help="What scores the test: XML.", show_default=False),
]
TestDuration = Annotated[str, typer.Option(metavar="TIME", help="How long the test may take.")]
RetryDelay = Annotated[
    str,
    typer.Option(metavar="TIME", help="When it may be asked for again; never without.", show_default=False),
]
AutoGrant = Annotated[
    int | None,
    typer.Option("--auto-grant", help="Whoever asks for it gets it with this value.", show_default=False),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


@dataclass
class _Asked:
    """What is done to a type, and for whom."""

    connection: Connection
    name: str
    workers: list[str]
    file: Path | None
    at_once: int
    as_json: bool

    @cached_property
    def type_id(self) -> str:
        """The id of the type of this name, or the id that was given."""
        return qualifications.type_id(self.connection, self.name)


@dataclass(frozen=True)
class _About:
    """What a type that is made is like, as it was said."""

    description: str
    keywords: str
    test: Path | None
    key: Path | None
    duration: str
    retry: str
    auto_grant: int | None

    def members(self) -> dict[str, Any]:
        """Give the members of CreateQualificationType that were said."""
        members: dict[str, Any] = {}
        try:
            if self.keywords:
                members["Keywords"] = self.keywords
            if self.test is not None:
                seconds = quantities.span(self.duration)
                members |= {"Test": sources.text_of(self.test), "TestDurationInSeconds": seconds}
            if self.key is not None:
                members["AnswerKey"] = sources.text_of(self.key)
            if self.retry:
                members["RetryDelayInSeconds"] = quantities.span(self.retry)
        except ValueError as error:
            raise Trouble(str(error)) from error
        if self.auto_grant is not None:
            members |= {"AutoGranted": True, "AutoGrantedValue": self.auto_grant}
        return members


def qualification(
    verb: What,
    name: Which = "",
    workers: Workers = None,
    file: WorkersFile = None,
    value: Value = 1,
    reason: Reason = "",
    quietly: Quietly = False,
    description: Description = "",
    keywords: Keywords = "",
    test: TestFile = None,
    answer_key: KeyFile = None,
    test_duration: TestDuration = "1h",
    retry_delay: RetryDelay = "",
    auto_grant: AutoGrant = None,
    yes: Yes = False,
    at_once: AtOnce = AT_ONCE,
    as_json: AsJson = False,
    profile: ProfileName = "",
    endpoint_url: EndpointUrl = "",
) -> None:
    """Make qualifications of your own, and give them to workers; all may be run again.

    Examples:

        kempelen qualification create "Reads French" --description "Has passed our test." --test test.xml

        kempelen qualification grant "Reads French" A2EXAMPLE --value 80

        kempelen qualification holders "Reads French" > holders.csv
    """
    if verb is not Verb.LIST and not name:
        raise Trouble(f"Which one? kempelen qualification {verb.value} NAME")
    connection = connect(profile, endpoint_url)
    asked = _Asked(connection, name, workers or [], file, at_once, as_json)
    if verb is Verb.LIST:
        _list(asked)
    elif verb is Verb.CREATE:
        about = _About(description, keywords, test, answer_key, test_duration, retry_delay, auto_grant)
        _create(asked, about)
    elif verb is Verb.GRANT:
        _grant(asked, value, is_told=not quietly)
    elif verb is Verb.REVOKE:
        _revoke(asked, reason)
    elif verb is Verb.DELETE:
        _delete(asked, yes=yes)
    else:
        (_show if verb is Verb.SHOW else _holders)(asked)


def _list(asked: _Asked) -> None:
    found = qualifications.types(asked.connection)
    if asked.as_json:
        print_json(found)
        return
    shown = {"id": "QualificationTypeId", "name": "Name", "status": "QualificationTypeStatus"}
    tell_table([{to: one[of] for to, of in shown.items()} for one in found], "You have none yet.")


def _create(asked: _Asked, about: _About) -> None:
    members = {"Description": about.description or asked.name, **about.members()}
    made = qualifications.create(asked.connection, asked.name, members)
    if asked.as_json:
        print_json({"id": made, "name": asked.name})
    else:
        typer.echo(made)


def _show(asked: _Asked) -> None:
    reply = asked.connection.call("GetQualificationType", QualificationTypeId=asked.type_id)
    if asked.as_json:
        print_json(reply["QualificationType"])
    else:
        tell_fields(reply["QualificationType"])


def _holders(asked: _Asked) -> None:
    found = qualifications.holders(asked.connection, asked.type_id).values()
    if asked.as_json:
        print_json(list(found))
        return
    table = csv.writer(sys.stdout)
    table.writerow(["WorkerId", "Value", "GrantTime"])
    for one in found:
        table.writerow([one["WorkerId"], one.get("IntegerValue", ""), one["GrantTime"].isoformat()])


def _delete(asked: _Asked, *, yes: bool) -> None:
    if not yes and not is_terminal():
        raise Trouble("Delete it, for all who have it? Nobody can be asked here: say --yes.")
    if not yes and not typer.confirm("Delete it, for all who have it?", err=True):
        raise typer.Exit(1)
    asked.connection.call("DeleteQualificationType", QualificationTypeId=asked.type_id)
    if asked.as_json:
        print_json({"deleted": asked.type_id})
    else:
        typer.echo(f"{asked.type_id} deleted.")


def _grant(asked: _Asked, value: int, *, is_told: bool) -> None:
    wanted = _wanted(asked, value)
    has = qualifications.holders(asked.connection, asked.type_id)
    do = partial(qualifications.grant, asked.connection, asked.type_id, has=has, is_told=is_told)
    jobs = [(worker, partial(do, worker, its)) for worker, its in wanted.items()]
    with progress("granted", len(jobs)) as moved:
        summary = changing.each(jobs, at_once=asked.at_once, on_done=moved)
    end_with(summary, "granted", as_json=asked.as_json)


def _revoke(asked: _Asked, reason: str) -> None:
    wanted = _wanted(asked, 0)
    has = qualifications.holders(asked.connection, asked.type_id)
    do = partial(qualifications.revoke, asked.connection, asked.type_id, has=has)
    jobs = [(worker, partial(do, worker, reason)) for worker in wanted]
    with progress("revoked", len(jobs)) as moved:
        summary = changing.each(jobs, at_once=asked.at_once, on_done=moved)
    end_with(summary, "revoked", as_json=asked.as_json)


def _wanted(asked: _Asked, value: int) -> dict[str, int]:
    """Give each worker with the value; a file is checked whole before anything is done."""
    if bool(asked.workers) == (asked.file is not None):
        raise Trouble("Which workers? Give their ids, or --file with a column WorkerId.")
    if asked.file is None:
        return dict.fromkeys(asked.workers, value)
    found: dict[str, int] = {}
    for number, row in tables.rows(asked.file, ["WorkerId"]):
        said = row.get("Value") or str(value)
        try:
            found[row["WorkerId"]] = int(said)
        except ValueError as error:
            raise Trouble(f"{asked.file}, row {number}: {said!r} is no whole number.") from error
    return found
