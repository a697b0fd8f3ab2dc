"""How often an access key may call: a bucket for each, which fills steadily and empties by a call.

Each process of the server counts by itself: a count that all share would cost a write for every call.
"""

import threading
import time
from collections import OrderedDict

from django.conf import settings

from kempelen.aws.protocol import Throttled

# The keys used last are remembered; one that comes back after so many others finds a full bucket.
_MOST = 10_000


class Buckets:
    """What is left in each key's bucket, and when that was so."""

    def __init__(self) -> None:
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str, *, per_second: float, burst: float, now: float) -> bool:
        """Take one from the key's bucket; tells whether there was one.  `now` is in seconds."""
        with self._lock:
            left, since = self._left.pop(key, (burst, now))
            left = min(burst, left + (now - since) * per_second)
            is_allowed = left >= 1
            self._left[key] = (left - 1 if is_allowed else left), now
            if len(self._left) > _MOST:
                self._left.popitem(last=False)
        return is_allowed


_buckets = Buckets()


def count(key: str) -> None:
    """Count a call of this key, or refuse it as `Throttled`."""
    rate = settings.KEMPELEN_API_RATE
    if rate is None:
        return
    if not _buckets.take(key, per_second=rate.per_second, burst=rate.burst, now=time.monotonic()):
        raise Throttled
