"""`kempelen expire`."""

from datetime import timedelta

from kempelen.cli.mturk.hits_of import HitIds, WholeBatch, for_each, hit_ids
from kempelen.cli.mturk.options import AsJson, AtOnce, EndpointUrl, ProfileName
from kempelen.toolkit import changing
from kempelen.toolkit.connection import AT_ONCE, connect

# Further back than any two clocks differ.  A moment of its own for each run: MTurk takes the same one for a
# repeated call and refuses it, though the HIT was extended meanwhile.
_AGO = timedelta(days=1)


def expire(
    hits: HitIds = None,
    batch: WholeBatch = "",
    at_once: AtOnce = AT_ONCE,
    as_json: AsJson = False,
    profile: ProfileName = "",
    endpoint_url: EndpointUrl = "",
) -> None:
    """Give HITs out no more, from now on. Who works on one may finish; `extend` gives them out again.

    Example:

        kempelen expire --batch tweets
    """
    ids = hit_ids(hits, batch)
    connection = connect(profile, endpoint_url)
    at = connection.now() - _AGO
    for_each(
        connection,
        ids,
        lambda one, hit_id: changing.expire(one, hit_id, at),
        "expired",
        at_once=at_once,
        as_json=as_json,
    )
