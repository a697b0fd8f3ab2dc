"""`kempelen add-assignments`."""

from typing import Annotated

import typer

from kempelen.cli.mturk.hits_of import HitIds, WholeBatch, for_each, hit_ids
from kempelen.cli.mturk.options import AsJson, AtOnce, EndpointUrl, ProfileName
from kempelen.toolkit import changing
from kempelen.toolkit.connection import AT_ONCE, connect

UpTo = Annotated[int, typer.Option("--to", min=1, help="How many workers each HIT is to have in all.")]


def add_assignments(
    to: UpTo,
    hits: HitIds = None,
    batch: WholeBatch = "",
    at_once: AtOnce = AT_ONCE,
    as_json: AsJson = False,
    profile: ProfileName = "",
    endpoint_url: EndpointUrl = "",
) -> None:
    """Ask more workers for each HIT. Said as the number in all, so that running it again adds none.

    Example:

        kempelen add-assignments --batch tweets --to 5
    """
    ids = hit_ids(hits, batch)
    connection = connect(profile, endpoint_url)
    for_each(
        connection,
        ids,
        lambda one, hit_id: changing.add_places(one, hit_id, to),
        "changed",
        at_once=at_once,
        as_json=as_json,
    )
