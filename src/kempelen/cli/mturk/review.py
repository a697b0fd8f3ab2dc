"""`kempelen review`."""

from collections.abc import Mapping
from typing import Any

import click
import typer

from kempelen.cli.mturk.options import AsJson, AtOnce, BatchName, EndpointUrl, ProfileName
from kempelen.cli.mturk.telling import end_with, is_terminal, plain, say
from kempelen.domain.questions import answers
from kempelen.toolkit import changing, collecting, ledger
from kempelen.toolkit.changing import DONE, Summary
from kempelen.toolkit.connection import Connection, connect
from kempelen.toolkit.rules.work import fields_of
from kempelen.toolkit.troubles import Refused, Trouble

_KEYS = "[a]pprove  [r]eject  [n]ext  [q]uit"
_LONGEST_SHOWN = 2_000
_AHEAD = 2


def review(
    batch: BatchName,
    at_once: AtOnce = _AHEAD,
    as_json: AsJson = False,
    profile: ProfileName = "",
    endpoint_url: EndpointUrl = "",
) -> None:
    """Go through what waits for review in a batch, one by one, by single keys.

    Each decision is sent at once. What is left over waits for the next time.

    Example:

        kempelen review tweets
    """
    if not is_terminal():
        raise Trouble("Review by keys needs a terminal. `kempelen approve` and `reject` need none.")
    found = ledger.read(ledger.find(batch))
    connection = connect(profile, endpoint_url)
    by_hit = found.by_hit()
    hits = collecting.hits(connection, [found.made[row].hit_id for row in sorted(found.made)])
    waiting = collecting.assignments(connection, hits, statuses=["Submitted"], at_once=at_once)
    summary = Summary()
    try:
        for hit, assignment in waiting:
            _show(found.inputs(by_hit[hit["HITId"]]), assignment)
            if not _decided(connection, assignment["AssignmentId"], summary):
                break
        else:
            say("Nothing more waits.")
    except (KeyboardInterrupt, EOFError, click.Abort):
        say("")
    end_with(summary, "reviewed", as_json=as_json)


def _show(inputs: Mapping[str, str], assignment: Mapping[str, Any]) -> None:
    """Show what was given and what was answered, beside the output, which is for programs."""
    seconds = int((assignment["SubmitTime"] - assignment["AcceptTime"]).total_seconds())
    say(f"\n{assignment['AssignmentId']}  {assignment['WorkerId']}  {seconds} s")
    given = fields_of(answers.from_xml(assignment.get("Answer", "")))
    for title, said in (("Given", inputs), ("Answered", given)):
        say(title)
        for name, text in said.items():
            say(f"  {_plain(name)}: {_plain(text)}")


def _plain(text: str) -> str:
    """Give a stranger's text without what a terminal would obey."""
    shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
    return plain(shown)


def _decided(connection: Connection, assignment_id: str, summary: Summary) -> bool:
    """Ask until something is decided, and do it; False to end.  Keys pressed before do not count."""
    while True:
        say(_KEYS)
        key = click.getchar().lower()
        if key in ("q", "\x1b"):
            return False
        if key in ("n", " "):
            return True
        if key == "a":
            _send(connection, assignment_id, "", summary)
            return True
        if key == "r" and (reason := _reason()):
            _send(connection, assignment_id, reason, summary)
            return True


def _reason() -> str:
    question = "Why? The worker reads it (empty: not rejected)"
    said: str = typer.prompt(question, default="", show_default=False, err=True)
    return said.strip()


def _send(connection: Connection, assignment_id: str, reason: str, summary: Summary) -> None:
    """Reject with a reason, approve without; a refusal is told and does not end the review."""
    try:
        if reason:
            came = changing.reject(connection, assignment_id, reason)
        else:
            came = changing.approve(connection, assignment_id)
    except Refused as refused:
        summary.failed[assignment_id] = str(refused)
        say(str(refused))
    else:
        (summary.done if came == DONE else summary.already).append(assignment_id)
        say("Rejected." if reason else "Approved.")
