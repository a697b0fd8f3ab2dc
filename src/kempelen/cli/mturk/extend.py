"""`kempelen extend`."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from kempelen.cli.mturk.hits_of import HitIds, WholeBatch, for_each, hit_ids
from kempelen.cli.mturk.options import AsJson, AtOnce, EndpointUrl, ProfileName
from kempelen.toolkit import changing, quantities
from kempelen.toolkit.connection import AT_ONCE, connect
from kempelen.toolkit.troubles import Trouble

For = Annotated[str, typer.Option("--for", metavar="TIME", help="How long from now on, such as 3d.")]


def extend(
    hits: HitIds = None,
    batch: WholeBatch = "",
    for_: For = "7d",
    at_once: AtOnce = AT_ONCE,
    as_json: AsJson = False,
    profile: ProfileName = "",
    endpoint_url: EndpointUrl = "",
) -> None:
    """Let HITs be given out until a time from now on, also those that have expired.

    Example:

        kempelen extend --batch tweets --for 3d
    """
    try:
        at = datetime.now(tz=UTC) + timedelta(seconds=quantities.span(for_))
    except (ValueError, OverflowError) as error:
        raise Trouble(f"--for: {error}") from error
    ids = hit_ids(hits, batch)
    connection = connect(profile, endpoint_url)
    for_each(
        connection,
        ids,
        lambda one, hit_id: changing.extend(one, hit_id, at),
        "extended",
        at_once=at_once,
        as_json=as_json,
    )
