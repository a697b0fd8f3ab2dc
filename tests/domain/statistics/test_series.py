"""Hours put together to days and weeks of a time zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from kempelen.domain.statistics import series
from kempelen.domain.statistics.hours import hour_of, start_of
from kempelen.domain.statistics.series import Step

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)
counts = st.dictionaries(st.integers(hour_of(NOW) - 24 * 400, hour_of(NOW)), st.integers(1, 50), min_size=1)


@given(counts, st.sampled_from(Step), st.sampled_from([UTC, BERLIN, ZoneInfo("America/New_York")]))
def test_whatever_the_step_nothing_is_lost_and_no_time_left_out(by_hour, step, zone) -> None:
    parts = series.parts(by_hour, until=NOW, step=step, zone=zone)
    assert sum(part.count for part in parts) == parts[-1].total == sum(by_hour.values())
    assert parts[0].begins_at <= start_of(min(by_hour))
    moments = [part.begins_at.astimezone(UTC) for part in parts]
    assert moments == sorted(set(moments))


def test_a_day_begins_at_midnight_of_the_zone() -> None:
    late = hour_of(datetime(2026, 6, 1, 22, tzinfo=UTC))
    [only] = series.parts({late: 3}, until=start_of(late), step=Step.DAY, zone=BERLIN)
    assert only.begins_at.isoformat() == "2026-06-02T00:00:00+02:00"
    assert series.by_day({late: 3}, BERLIN) == {only.begins_at.date(): 3}


def test_days_without_work_are_parts_too() -> None:
    first = hour_of(NOW - timedelta(days=5))
    parts = series.parts({first: 1}, until=NOW, step=Step.DAY, zone=UTC)
    assert [part.count for part in parts] == [1, 0, 0, 0, 0, 0]


@given(counts)
def test_the_curve_climbs_to_all_there_is(by_hour) -> None:
    climb = series.climb(by_hour, until=NOW)
    assert climb[0][1] == 0
    assert climb[-1] == (NOW, sum(by_hour.values()))
    assert climb == sorted(climb)


def test_long_times_are_shown_in_longer_steps() -> None:
    steps = [series.step_for(NOW - timedelta(days=days), NOW) for days in (1, 10, 300)]
    assert steps == [Step.HOUR, Step.DAY, Step.WEEK]
