"""How long a requester's pages take without a web server around, and how many queries each asks."""

import time
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from bench.inside import crowding
from bench.inside.sessions import session_of
from kempelen.domain.models import Requester, Worker

_AREAS = ("requester", "worker")
# What makes files, or is no page of its own.
_LEFT_OUT = ("download", "files", "masks", "file", "poll", "export")


def page_times(name: str, times: int) -> list[dict[str, Any]]:
    """Ask for every page that needs no more than what this requester has; the slowest first."""
    settings.ALLOWED_HOSTS = ["*"]
    requester = Requester.objects.get(name=name)
    parts = crowding.addressed(requester)
    owner = requester.memberships.get().user
    worker = Worker.objects.select_related("user").get(public_id=parts["worker"])
    found = []
    for page, pattern in _pages():
        address = _address(page, pattern, parts)
        if address is None:
            continue
        client = _browser(worker.user if page.startswith("worker") else owner)
        measured = _measured(client, address, times)
        if measured is not None:
            found.append({"page": page} | measured)
    return sorted(found, key=lambda one: -min(one["times"]))


def _pages() -> Iterator[tuple[str, URLPattern]]:
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver) and resolver.namespace in _AREAS:
            for pattern in resolver.url_patterns:
                if isinstance(pattern, URLPattern):
                    yield f"{resolver.namespace}:{pattern.name}", pattern


def _address(name: str, pattern: URLPattern, parts: dict[str, Any]) -> str | None:
    """Give the page's address; None where something in it is nothing that the requester has."""
    if any(word in name for word in _LEFT_OUT):
        return None
    meant = {
        "slug": parts["slug"],
        "number": parts["project"] if "/projects/" in str(pattern.pattern) else parts["batch"],
        "group_id": parts["group"] if name.startswith("worker") else parts["api_group"],
        "assignment_id": parts["assignment"],
        "worker_id": parts["worker"],
        "version": 1,
    }
    wanted = pattern.pattern.converters
    if not set(wanted) <= set(meant):
        return None
    return reverse(name, kwargs={part: meant[part] for part in wanted})


def _browser(user: Any) -> Client:
    client = Client()
    client.cookies["sessionid"] = session_of(user)
    return client


def _measured(client: Client, address: str, rounds: int) -> dict[str, Any] | None:
    """Give the median seconds and the number of queries; None for what is no page."""
    first = client.get(address)
    if first.status_code != 200 or not first["Content-Type"].startswith("text/html"):
        return None
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    # Later requests clear the list.
    queries = asked.captured_queries
    times, used = [], time.process_time()
    for _ in range(rounds):
        started = time.perf_counter()
        client.get(address)
        times.append(time.perf_counter() - started)
    used = time.process_time() - used
    return {
        "times": times,
        "cpu_seconds": used / rounds,
        "queries": len(queries),
        "slowest": max(((float(query["time"]), query["sql"][:1000]) for query in queries), default=(0.0, "")),
    }
