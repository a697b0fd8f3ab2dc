"""How amounts, spans and moments read."""

from datetime import UTC, datetime, timedelta

import pytest

from kempelen.web.ui import words

NOW = datetime(2026, 11, 21, 21, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cents", "text"), [(0, "$0.00"), (5, "$0.05"), (123_456_789, "$1,234,567.89"), (-120, "−$1.20")]
)
def test_money_is_cents_shown_as_dollars(cents: int, text: str) -> None:
    assert words.money(cents) == text


@pytest.mark.parametrize(
    ("cents", "seconds", "text"),
    [(5, 30, "$6.00 an hour"), (100, 3600, "$1.00 an hour"), (5, 0, ""), (0, 60, "$0.00 an hour")],
)
def test_pay_is_said_per_hour_where_the_time_is_known(cents: int, seconds: int, text: str) -> None:
    assert words.per_hour(cents, seconds) == text


@pytest.mark.parametrize(
    ("seconds", "long", "short"),
    [
        (0, "0 seconds", "0 s"),
        (1, "1 second", "1 s"),
        (59.6, "1 minute", "1 min"),
        (90, "1 minute 30 seconds", "1 min 30 s"),
        (5400, "1 hour 30 minutes", "1 h 30 min"),
        (3605, "1 hour", "1 h"),
        (172_800, "2 days", "2 d"),
        (604_800 + 3600, "7 days 1 hour", "7 d 1 h"),
        (-5, "0 seconds", "0 s"),
    ],
)
def test_a_span_has_two_units_at_most(seconds: float, long: str, short: str) -> None:
    assert words.duration(seconds) == long
    assert words.duration(seconds, short=True) == short


@pytest.mark.parametrize(
    ("away", "text"),
    [
        (timedelta(seconds=-10), "just now"),
        (timedelta(seconds=-50), "1 minute ago"),
        (timedelta(minutes=-5), "5 minutes ago"),
        (timedelta(minutes=59, seconds=50), "in 60 minutes"),
        (timedelta(hours=2), "in 2 hours"),
        (timedelta(days=-1), "1 day ago"),
        (timedelta(days=-40), "12 Oct 2026"),
    ],
)
def test_a_moment_is_said_from_now_until_its_date_says_more(away: timedelta, text: str) -> None:
    assert words.relative(NOW + away, NOW) == text


def test_the_exact_time_names_its_zone() -> None:
    assert words.exact(NOW) == "21 Nov 2026, 21:05 UTC"
