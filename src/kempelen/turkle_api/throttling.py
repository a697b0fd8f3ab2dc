"""How often a token may call, in each process of the server."""

from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from kempelen.domain.buckets import Buckets
from kempelen.turkle_api.callers import Caller

_buckets = Buckets()


class PerToken(BaseThrottle):
    """As often as the server lets programs call (KEMPELEN_API_RATE), each token by itself."""

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the call; tells whether it is one too many."""
        caller = request.auth
        return not isinstance(caller, Caller) or _buckets.allows(str(caller.token.pk))

    def wait(self) -> float:
        """Give after how many seconds another call makes sense."""
        return 1
