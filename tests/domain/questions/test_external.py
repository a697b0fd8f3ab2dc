"""Addresses of ExternalQuestions, with MTurk's parameters (mturk-api.md §8.1, question-schemas.md §4.2)."""

import pytest

from kempelen.domain.questions import external


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("https://a.example/x", "https://a.example/x?p=1&q=2"),
        ("https://a.example/x?y=1", "https://a.example/x?y=1&p=1&q=2"),
        ("https://a.example/x?", "https://a.example/x?p=1&q=2"),
        ("https://a.example/#/route?a=1", "https://a.example/?p=1&q=2#/route?a=1"),
    ],
)
def test_parameters_follow_what_is_there_and_stand_before_a_fragment(url: str, whole: str) -> None:
    assert external.with_parameters(url, "p=1&q=2") == whole


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://A.example:443/x", "https://a.example"),
        ("https://a.example:8443/x", "https://a.example:8443"),
        ("http://localhost:80/x", "http://localhost"),
        ("http://[::1]:5000/x", "http://[::1]:5000"),
    ],
)
def test_the_origin_is_as_browsers_write_it(url: str, origin: str) -> None:
    assert external.origin_of(url) == origin


@pytest.mark.parametrize(
    ("url", "more"),
    [
        ("https://a.example/x", []),
        ("http://127.0.0.1:5000/x", ["http://localhost:*", "http://127.0.0.1:*"]),
    ],
)
def test_a_page_may_lead_on_by_https_and_one_on_this_machine_on_this_machine(
    url: str, more: list[str]
) -> None:
    assert external.shown_by(url) == [external.origin_of(url), "https:", *more]
