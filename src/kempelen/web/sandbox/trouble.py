"""`/kempelen/sandbox/trouble`: which trouble is made, set and stopped, and what was done so far."""

from functools import partial
from typing import Any

from django.http import HttpRequest

from kempelen.aws.model import OPERATIONS
from kempelen.domain.actions import troubling
from kempelen.web.sandbox.access import arguments_of, for_administrators


@partial(for_administrators, methods=("GET", "POST", "DELETE"))
def trouble(request: HttpRequest) -> dict[str, Any]:
    """Give the settings and the counts; POST sets other trouble and counts anew, DELETE stops it."""
    if request.method == "POST":
        troubling.begin(arguments_of(request), OPERATIONS)
    elif request.method == "DELETE":
        troubling.stop()
    return troubling.told()
