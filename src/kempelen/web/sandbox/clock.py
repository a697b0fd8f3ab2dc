"""`/kempelen/sandbox/clock`: the clock, looked at."""

from typing import Any

from django.http import HttpRequest

from kempelen.domain import clock
from kempelen.web.sandbox.access import for_administrators


@for_administrators
def show(request: HttpRequest) -> dict[str, Any]:
    """Give the domain's time."""
    return {"now": clock.now().isoformat()}
