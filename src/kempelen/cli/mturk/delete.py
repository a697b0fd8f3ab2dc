"""`kempelen delete`."""

import typer

from kempelen.cli import amounts
from kempelen.cli.mturk.hits_of import HitIds, WholeBatch, Yes, for_each, hit_ids
from kempelen.cli.mturk.options import AsJson, AtOnce, EndpointUrl, ProfileName
from kempelen.cli.mturk.telling import is_terminal
from kempelen.toolkit import changing
from kempelen.toolkit.connection import AT_ONCE, connect
from kempelen.toolkit.troubles import Trouble


def delete(
    hits: HitIds = None,
    batch: WholeBatch = "",
    yes: Yes = False,
    at_once: AtOnce = AT_ONCE,
    as_json: AsJson = False,
    profile: ProfileName = "",
    endpoint_url: EndpointUrl = "",
) -> None:
    """Delete HITs on which nobody works and whose answers are all reviewed. It cannot be undone.

    Example:

        kempelen delete --batch tweets
    """
    ids = hit_ids(hits, batch)
    connection = connect(profile, endpoint_url)
    what = amounts.counted(len(ids), "HIT", "HITs")
    if not yes and not is_terminal():
        raise Trouble(f"Delete {what}? Nobody can be asked here: say --yes.")
    if not yes and not typer.confirm(f"Delete {what} on {connection.endpoint}?", err=True):
        raise typer.Exit(1)
    for_each(connection, ids, changing.delete, "deleted", at_once=at_once, as_json=as_json)
