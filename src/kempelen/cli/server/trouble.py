"""`kempelen trouble`."""

import re
from collections.abc import Mapping
from enum import Enum
from typing import Annotated, Any

import typer
from django.conf import settings

from kempelen.aws.model import OPERATIONS
from kempelen.cli import sandboxes, start
from kempelen.cli.mturk.options import AsJson
from kempelen.cli.mturk.telling import print_json, tell_fields, tell_table
from kempelen.cli.options import DataDir
from kempelen.cli.sandboxes import EndpointUrl, ProfileName
from kempelen.domain.actions import troubling
from kempelen.rehearsal.remote_trouble import RemoteTrouble, Seconds, wanted
from kempelen.toolkit.troubles import Trouble

_SECONDS = re.compile(r"(\d+(?:\.\d+)?)(?:-|\.\.|,)(\d+(?:\.\d+)?)")


class Verb(Enum):
    """What is done."""

    SHOW = "show"
    SET = "set"
    STOP = "stop"
    COUNT = "count"


class Moment(Enum):
    """When errors and dropped connections come."""

    BEFORE = "before"
    AFTER = "after"
    MIDWAY = "midway"
    TRUNCATED = "truncated"


What = Annotated[
    Verb,
    typer.Argument(
        metavar="VERB",
        help="show: what is made, and what was done. set: make this trouble and no other. stop: make none. "
        "count: how many requests met which.",
    ),
]


def _rate(name: str, says: str) -> Any:
    return typer.Option(name, metavar="RATE", min=0, max=1, help=says)


Throttling = Annotated[float, _rate("--throttling", "Calls refused with ThrottlingException.")]
Errors = Annotated[float, _rate("--errors", "Calls answered with a status of 500.")]
Dropped = Annotated[float, _rate("--dropped", "Connections dropped.")]
Slow = Annotated[float, _rate("--slow", "Answers that are slow.")]
SlowSeconds = Annotated[
    str, typer.Option(metavar="FROM-TO", help="How slow, in seconds.", show_default="0.5-2")
]
Doubled = Annotated[float, _rate("--doubled", "Notifications sent twice.")]
Late = Annotated[float, _rate("--late", "Notifications sent late, and so out of order.")]
LateSeconds = Annotated[
    str, typer.Option(metavar="FROM-TO", help="How late, in seconds.", show_default="1-10")
]
When = Annotated[
    list[Moment] | None,
    typer.Option(
        help="Errors and dropped connections only then; repeat it for several. before: nothing has happened. "
        "after: it has. midway: half of the answer comes. truncated: the same, and looks whole to boto3.",
        show_default="before, after, midway",
    ),
]
Operation = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="Only these operations, such as CreateHIT; also externalSubmit, and pages for what workers see. "
        "Repeat it for several.",
        show_default="all operations",
    ),
]
Seed = Annotated[int, typer.Option(help="Another number, another pattern; the same one, the same pattern.")]


def trouble(
    verb: What = Verb.SHOW,
    throttling: Throttling = 0.0,
    errors: Errors = 0.0,
    dropped: Dropped = 0.0,
    slow: Slow = 0.0,
    slow_seconds: SlowSeconds = "",
    doubled: Doubled = 0.0,
    late: Late = 0.0,
    late_seconds: LateSeconds = "",
    when: When = None,
    operation: Operation = None,
    seed: Seed = 0,
    as_json: AsJson = False,
    profile: ProfileName = "",
    endpoint_url: EndpointUrl = "",
    data_dir: DataDir = None,
) -> None:
    """Make a sandbox fail on demand, to see whether a program gets through.

    Rates are from 0 to 1. The n-th request of an operation meets the same trouble for the same seed. Of the
    data folder here, or of a server elsewhere, for which KEMPELEN_ADMIN_TOKEN has the token of an
    administrator. No production server does this.

    Examples:

        kempelen trouble set --throttling 0.1 --errors 0.05 --dropped 0.02 --seed 7

        kempelen trouble set --errors 0.5 --when after --operation CreateHIT

        kempelen trouble set --slow 1 --slow-seconds 0.2-1.5 --doubled 0.5

        kempelen trouble count

        kempelen trouble stop
    """
    asked = None
    if verb is Verb.SET:
        asked = wanted(
            seed=seed,
            throttling=throttling,
            errors=errors,
            dropped=dropped,
            slow=slow,
            slow_seconds=_seconds("--slow-seconds", slow_seconds),
            doubled=doubled,
            late=late,
            late_seconds=_seconds("--late-seconds", late_seconds),
            when=[moment.value for moment in when or ()],
            operations=operation or (),
        )
    there = sandboxes.elsewhere(profile, endpoint_url)
    said = _there(RemoteTrouble(*there), verb, asked) if there else _here(verb, asked)
    if as_json:
        print_json(said["counts"] if verb is Verb.COUNT else said)
    elif verb is Verb.COUNT:
        _tell_counts(said["counts"])
    else:
        _tell(said)


def _there(remote: RemoteTrouble, verb: Verb, asked: Mapping[str, Any] | None) -> Mapping[str, Any]:
    if asked is not None:
        return remote.make(asked)
    return remote.stop() if verb is Verb.STOP else remote.show()


def _here(verb: Verb, asked: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Do it on the data folder here, whose server follows at once if one is running."""
    if settings.KEMPELEN_MODE != "sandbox":
        raise Trouble("This is a production server (KEMPELEN_MODE): no trouble is made there.")
    start.sandbox()
    if asked is not None:
        troubling.begin(asked, OPERATIONS)
    elif verb is Verb.STOP:
        troubling.stop()
    return troubling.told()


def _seconds(option: str, text: str) -> Seconds | None:
    if not text:
        return None
    found = _SECONDS.fullmatch(text.replace(" ", ""))
    if found is None:
        raise Trouble(f"{text!r} is no range of seconds: write {option} 0.2-1.5")
    return float(found[1]), float(found[2])


def _tell(said: Mapping[str, Any]) -> None:
    if said["is_on"]:
        # What is at 0 or for everything says nothing.
        its = {
            name: value for name, value in said["settings"].items() if value not in (0, []) or name == "seed"
        }
        for name in ("slow", "late"):
            if name not in its:
                del its[f"{name}_seconds"]
        tell_fields({"made since": said["since"], **its})
    else:
        typer.echo("No trouble is made.")
    if said["counts"]:
        typer.echo()
        _tell_counts(said["counts"])


def _tell_counts(counts: Mapping[str, Mapping[str, int]]) -> None:
    kinds = list(
        dict.fromkeys(kind for done in counts.values() for kind in sorted(done) if kind != "requests")
    )
    rows = [
        {"operation": name, "requests": done["requests"], **{kind: done.get(kind, 0) for kind in kinds}}
        for name, done in counts.items()
    ]
    tell_table(rows, "Nothing has come since trouble was set.")
