"""`kempelen extend`."""

from datetime import timedelta
from typing import Annotated

import typer

from kempelen.cli.mturk.hits_of import HitIds, WholeBatch, for_each, hit_ids
from kempelen.cli.mturk.options import AsJson, AtOnce, EndpointUrl, ProfileName
from kempelen.toolkit import changing, quantities
from kempelen.toolkit.connection import AT_ONCE, connect
from kempelen.toolkit.troubles import Trouble

# MTurk's own limit is a year (mturk-api.md §2), which servers check; a moment has an end too.
_LONGEST = timedelta(days=36_500)
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
    """Let HITs be given out until a time from now on at least, also those that have expired.

    Example:

        kempelen extend --batch tweets --for 3d
    """
    longer = _span(for_)
    ids = hit_ids(hits, batch)
    connection = connect(profile, endpoint_url)
    at = connection.now() + longer
    for_each(
        connection,
        ids,
        lambda one, hit_id: changing.extend(one, hit_id, at),
        "extended",
        at_once=at_once,
        as_json=as_json,
    )


def _span(text: str) -> timedelta:
    try:
        longer = timedelta(seconds=quantities.span(text))
    except (ValueError, OverflowError) as error:
        raise Trouble(f"--for: {error}") from error
    if longer > _LONGEST:
        raise Trouble("--for: a HIT lives no longer than a year.")
    return longer
