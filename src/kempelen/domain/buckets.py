"""A bucket for each key, which fills steadily and empties by a call: how often programs may call.

Each process of the server counts by itself: a count that all share would cost a write for every call.
"""

import threading
import time
from collections import OrderedDict

from django.conf import settings

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

    def allows(self, key: str) -> bool:
        """Count a call of this key; tells whether the server's rate allows it."""
        rate = settings.KEMPELEN_API_RATE
        if rate is None:
            return True
        return self.take(key, per_second=rate.per_second, burst=rate.burst, now=time.monotonic())
