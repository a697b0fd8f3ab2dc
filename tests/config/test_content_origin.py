"""KEMPELEN_CONTENT_ORIGIN: what it may say, and what `kempelen check` finds in it."""

from typing import Any

import pytest

from kempelen.config import checks, env, hosts

pytestmark = [pytest.mark.once, pytest.mark.django_db]

NAME = "KEMPELEN_CONTENT_ORIGIN"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("https://*.content.example.org", "https://*.content.example.org"),
        ("https://*.Tasks.example:443/", "https://*.tasks.example"),
        ("http://*.localhost:8000", "http://*.localhost:8000"),
    ],
)
def test_a_wildcard_of_hosts_is_read(text: str, value: str) -> None:
    assert env.read({NAME: text})[env.CONTENT_ORIGIN] == value


@pytest.mark.parametrize(
    "text", ["https://content.example.org", "*.example.org", "https://*", "https://*.a/b", "https://*.a; x"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(env.BadSettings, match="Write a scheme and a wildcard"):
        env.read({NAME: text})


def test_our_own_host_may_not_be_one_of_them() -> None:
    with pytest.raises(env.BadSettings, match="covers KEMPELEN_URL"):
        env.read({NAME: "https://*.example.org", "KEMPELEN_URL": "https://turk.example.org"})


def test_browsers_may_ask_for_its_hosts() -> None:
    assert ".tasks.example" in hosts.allowed([], "https://turk.example.org", "https://*.tasks.example")


@pytest.mark.parametrize(
    ("content", "url", "said"),
    [
        ("https://*.tasks.example", "https://turk.example.org", ""),
        ("http://*.localhost:8000", "", ""),
        ("https://*.tasks.example", "", "KEMPELEN_URL is not set"),
        ("http://*.tasks.example", "https://turk.example.org", "Use https for both"),
        ("https://*.content.example.org", "https://turk.example.org", "Use another domain"),
    ],
)
def test_check_says_what_is_wrong_with_it(settings: Any, content: str, url: str, said: str) -> None:
    settings.KEMPELEN_CONTENT_ORIGIN, settings.KEMPELEN_URL = content, url
    found = [finding.text for finding in checks.findings() if NAME in finding.text]

    assert (said in found[0]) if said else not found
