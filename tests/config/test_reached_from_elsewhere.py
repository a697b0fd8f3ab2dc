import logging
import socket

import pytest

from kempelen.config import hosts, readers
from kempelen.config.logs import Masked, Refused
from kempelen.config.proxies import TrustedProxies

pytestmark = pytest.mark.once


def seen_behind(proxies: str, **environ: str) -> dict[str, str]:
    """What the application is told of a request that comes from 10.0.0.9."""
    seen: dict[str, str] = {}

    def application(environ, start_response):
        seen.update(environ)
        return []

    request = {"REMOTE_ADDR": "10.0.0.9", "wsgi.url_scheme": "http", "HTTP_HOST": "inside", **environ}
    TrustedProxies(application, readers.networks(proxies))(request, None)
    return seen


def test_a_stranger_cannot_claim_to_be_a_proxy():
    seen = seen_behind("192.168.0.0/16", HTTP_X_FORWARDED_FOR="1.2.3.4", HTTP_X_FORWARDED_PROTO="https")

    assert (seen["REMOTE_ADDR"], seen["wsgi.url_scheme"]) == ("10.0.0.9", "http")
    assert "HTTP_X_FORWARDED_FOR" not in seen


def test_a_trusted_proxy_tells_the_clients_address_scheme_and_host():
    seen = seen_behind(
        "10.0.0.0/8",
        HTTP_X_FORWARDED_FOR="1.2.3.4",
        HTTP_X_FORWARDED_PROTO="https",
        HTTP_X_FORWARDED_HOST="turk.example.org",
    )

    assert (seen["REMOTE_ADDR"], seen["wsgi.url_scheme"]) == ("1.2.3.4", "https")
    assert seen["HTTP_HOST"] == "turk.example.org"


def test_what_the_client_adds_to_the_chain_is_not_believed():
    seen = seen_behind("10.0.0.0/8", HTTP_X_FORWARDED_FOR="6.6.6.6, 1.2.3.4, 10.0.0.7")

    assert seen["REMOTE_ADDR"] == "1.2.3.4"


def test_a_proxy_that_came_over_ipv6_is_known_by_its_ipv4_address():
    seen = seen_behind("10.0.0.9", REMOTE_ADDR="::ffff:10.0.0.9", HTTP_X_FORWARDED_FOR="1.2.3.4")

    assert seen["REMOTE_ADDR"] == "1.2.3.4"


def test_the_machines_names_are_allowed_hosts_and_strangers_are_not():
    allowed = hosts.allowed(["extra.example"], "https://turk.example.org:8443")

    assert {"localhost", "127.0.0.1", "[::1]", "turk.example.org", "extra.example"} <= set(allowed)
    assert socket.gethostname().lower() in allowed
    assert f"{socket.gethostname().lower().split('.')[0]}.local" in allowed
    assert "host.docker.internal" in allowed
    assert "*" not in allowed


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (
            "GET /mturk/externalSubmit?assignmentId=3ABCDEFGHIJ&x=1",
            "GET /mturk/externalSubmit?assignmentId=3ABC…&x=1",
        ),
        ("Not Found: /work/3ABCDEFGHIJ/submit/", "Not Found: /work/3ABC…/submit/"),
        ("Not Found: /account/link/s3cr-etToken/", "Not Found: /account/link/s3cr…/"),
        ("Not Found: /queue/", "Not Found: /queue/"),
    ],
)
def test_the_log_does_not_tell_what_lets_people_in(line, shown):
    made = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s", (line,), None)
    Masked().filter(made)

    assert made.getMessage() == shown


@pytest.mark.parametrize(("status", "level"), [(404, "INFO"), (400, "INFO"), (500, "ERROR")])
def test_what_robots_ask_for_is_no_warning(status, level):
    severity = logging.ERROR if status >= 500 else logging.WARNING
    made = logging.LogRecord("django.request", severity, "", 0, "Not Found: %s", ("/wp-admin",), None)
    made.status_code = status

    assert Refused().filter(made)
    assert made.levelname == level
