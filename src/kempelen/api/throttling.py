"""How often an access key may call, in each process of the server."""

from kempelen.aws.protocol import Throttled
from kempelen.domain.buckets import Buckets

_buckets = Buckets()


def count(key: str) -> None:
    """Count a call of this key, or refuse it as `Throttled`."""
    if not _buckets.allows(key):
        raise Throttled
