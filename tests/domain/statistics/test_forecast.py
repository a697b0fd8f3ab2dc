"""When work will be done: from the pace, and not where that would mislead."""

from datetime import UTC, datetime, timedelta

import pytest

from kempelen.domain.statistics.forecast import Forecast, Unknown, forecast
from kempelen.domain.statistics.hours import hour_of

NOW = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)


def forecast_of(
    ago: dict[int, int], *, remaining: int = 240, is_given_out: bool = True
) -> Forecast | Unknown:
    by_hour = {hour_of(NOW) - hours: count for hours, count in ago.items()}
    return forecast(by_hour, remaining=remaining, is_given_out=is_given_out, now=NOW)


def test_a_steady_pace_goes_on() -> None:
    found = forecast_of(dict.fromkeys(range(24 * 10), 10))
    assert isinstance(found, Forecast)
    assert found.likely - NOW == pytest.approx(timedelta(hours=24), abs=timedelta(hours=1))
    assert found.latest - found.earliest < timedelta(hours=2)


def test_the_last_day_counts_most_and_the_week_widens_the_range() -> None:
    week = dict.fromkeys(range(24 * 7), 10)
    found = forecast_of(week | dict.fromkeys(range(24), 5))
    assert isinstance(found, Forecast)
    assert found.likely - NOW > timedelta(hours=40)
    assert found.earliest - NOW < timedelta(hours=30)
    assert found.latest == found.likely


def test_nights_mislead_nobody() -> None:
    days = {hour: 20 for hour in range(24 * 7) if hour % 24 < 12}
    found = forecast_of(days)
    assert isinstance(found, Forecast)
    assert found.answers_per_day == pytest.approx(240, rel=0.05)


def test_work_that_began_an_hour_ago_is_forecast_from_that_hour() -> None:
    found = forecast_of({0: 30, 1: 60})
    assert isinstance(found, Forecast)
    assert found.likely - NOW == pytest.approx(timedelta(hours=4), abs=timedelta(minutes=5))
    assert found.earliest == found.likely == found.latest


@pytest.mark.parametrize(
    ("ago", "remaining", "is_given_out", "why"),
    [
        ({0: 100}, 0, True, Unknown.NOTHING_LEFT),
        ({0: 100}, 5, False, Unknown.NOT_GIVEN_OUT),
        ({}, 5, True, Unknown.TOO_FEW),
        ({0: 9}, 5, True, Unknown.TOO_FEW),
        ({24 * 8: 500}, 5, True, Unknown.TOO_FEW),
        ({40: 500}, 5, True, Unknown.QUIET),
        ({1: 10, 90: 10}, 10**6, True, Unknown.TOO_FAR),
    ],
)
def test_where_nothing_can_be_told_it_says_why(
    ago: dict[int, int], remaining: int, is_given_out: bool, why: Unknown
) -> None:
    assert forecast_of(ago, remaining=remaining, is_given_out=is_given_out) is why
