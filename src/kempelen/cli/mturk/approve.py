"""`kempelen approve`."""

from functools import partial
from typing import Annotated

import typer

from kempelen.cli.mturk.chosen import AssignmentIds, Chosen, ReviewedFile, WholeBatch, chosen
from kempelen.cli.mturk.options import AsJson, AtOnce, EndpointUrl, ProfileName
from kempelen.cli.mturk.ruled import RuleTexts, Yes, confirm, ruled, tell_ruled
from kempelen.cli.mturk.telling import end_with, progress, tell_plan
from kempelen.toolkit import changing
from kempelen.toolkit.connection import AT_ONCE, connect

Feedback = Annotated[str, typer.Option(metavar="TEXT", help="What the worker reads.", show_default=False)]
Overrides = Annotated[
    bool, typer.Option("--override-rejection", help="Also what was rejected, within 30 days.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say how many, and approve none.")]


def approve(
    ids: AssignmentIds = None,
    file: ReviewedFile = None,
    batch: WholeBatch = "",
    rule: RuleTexts = None,
    feedback: Feedback = "",
    override_rejection: Overrides = False,
    dry_run: DryRun = False,
    yes: Yes = False,
    at_once: AtOnce = AT_ONCE,
    as_json: AsJson = False,
    profile: ProfileName = "",
    endpoint_url: EndpointUrl = "",
) -> None:
    """Approve assignments: these, those with something in a file's Approve column, or all of a batch.

    With rules those of a batch that meet each of them; what a rule cannot tell is left to you.

    Examples:

        kempelen approve 3X4JMASXCM8CEX94IM0KEYA

        kempelen approve --file reviewed.csv

        kempelen approve --batch tweets --dry-run

        kempelen approve --batch tweets --rule majority:label --rule time:5s --dry-run
    """
    connection = connect(profile, endpoint_url)
    if rule:
        found = ruled(connection, batch, rule, is_met=True, chosen_otherwise=bool(ids or file))
        if dry_run:
            tell_ruled(found, "approved", as_json=as_json)
            return
        confirm(found, "approved", yes=yes)
        wanted = list(map(Chosen, found.ids))
    else:
        wanted = chosen(connection, ids, file, "Approve", batch)
    if dry_run:
        tell_plan([one.assignment_id for one in wanted], "approved", as_json=as_json)
        return
    jobs = [
        (
            one.assignment_id,
            partial(
                changing.approve,
                connection,
                one.assignment_id,
                feedback or one.reason,
                overrides=override_rejection,
            ),
        )
        for one in wanted
    ]
    with progress("approved", len(jobs)) as moved:
        summary = changing.each(jobs, at_once=at_once, on_done=moved)
    end_with(summary, "approved", as_json=as_json)
