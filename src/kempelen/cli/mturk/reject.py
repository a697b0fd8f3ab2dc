"""`kempelen reject`."""

from functools import partial
from typing import Annotated

import typer

from kempelen.cli.mturk.chosen import AssignmentIds, Chosen, ReviewedFile, WholeBatch, chosen
from kempelen.cli.mturk.options import AsJson, AtOnce, EndpointUrl, ProfileName
from kempelen.cli.mturk.ruled import RuleTexts, Yes, confirm, ruled, tell_ruled
from kempelen.cli.mturk.telling import end_with, progress, tell_plan
from kempelen.toolkit import changing
from kempelen.toolkit.connection import AT_ONCE, connect
from kempelen.toolkit.troubles import Trouble

Feedback = Annotated[
    str,
    typer.Option(
        metavar="TEXT",
        help="Why, for the worker; a file’s Reject column may say it row by row.",
        show_default=False,
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say how many, and reject none.")]


def reject(
    ids: AssignmentIds = None,
    file: ReviewedFile = None,
    batch: WholeBatch = "",
    rule: RuleTexts = None,
    feedback: Feedback = "",
    dry_run: DryRun = False,
    yes: Yes = False,
    at_once: AtOnce = AT_ONCE,
    as_json: AsJson = False,
    profile: ProfileName = "",
    endpoint_url: EndpointUrl = "",
) -> None:
    """Reject assignments, with a reason that the worker reads.

    With rules those of a batch that fail one of them; what a rule cannot tell is left to you.

    Examples:

        kempelen reject 3X4JMASXCM8CEX94IM0KEYA --feedback "The text was not in English."

        kempelen reject --file reviewed.csv

        kempelen reject --batch tweets --rule gold:label=right --feedback "Wrong label." --dry-run
    """
    connection = connect(profile, endpoint_url)
    if rule:
        found = ruled(connection, batch, rule, is_met=False, chosen_otherwise=bool(ids or file))
        if dry_run:
            tell_ruled(found, "rejected", as_json=as_json)
            return
        wanted = list(map(Chosen, found.ids))
    else:
        wanted = chosen(connection, ids, file, "Reject", batch)
    if silent := [one.assignment_id for one in wanted if not (one.reason or feedback)]:
        raise Trouble(
            f"{silent[0]}: why? Workers read the reason. Give --feedback, or write it into the Reject "
            "column. Nothing was rejected."
        )
    if dry_run:
        tell_plan([one.assignment_id for one in wanted], "rejected", as_json=as_json)
        return
    if rule:
        confirm(found, "rejected", yes=yes)
    jobs = [
        (
            one.assignment_id,
            partial(changing.reject, connection, one.assignment_id, one.reason or feedback),
        )
        for one in wanted
    ]
    with progress("rejected", len(jobs)) as moved:
        summary = changing.each(jobs, at_once=at_once, on_done=moved)
    end_with(summary, "rejected", as_json=as_json)
