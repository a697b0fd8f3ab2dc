"""`/kempelen/sandbox/workers`: workers for a rehearsal, made many at once."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from kempelen.domain.actions import named_workers
from kempelen.domain.errors import InvalidValue
from kempelen.domain.models import Worker
from kempelen.web.sandbox.access import arguments_of, for_administrators


@for_administrators
def workers(request: HttpRequest) -> dict[str, Any]:
    """Make a worker of each of `names`, and give their links; or, asked with GET, say how many there are."""
    if request.method == "GET":
        return {"count": Worker.objects.count()}
    names = _names_in(arguments_of(request))
    return {
        "workers": [
            {
                "name": name,
                "worker_id": worker.public_id,
                "login_link": request.build_absolute_uri(reverse("account:link", args=[secret])),
            }
            for name, (worker, secret) in zip(names, named_workers.make(names), strict=True)
        ]
    }


def _names_in(arguments: dict[str, Any]) -> list[str]:
    names = arguments.get("names")
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise InvalidValue("names", 'Send the workers’ names: {"names": ["Cleo", "Dan"]}.')
    if unknown := sorted(arguments.keys() - {"names"}):
        raise InvalidValue(unknown[0], f"“{unknown[0]}” is not known here; send names only.")
    return names
