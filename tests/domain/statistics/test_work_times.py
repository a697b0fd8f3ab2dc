"""Times in bins: what is read from them is right to within one bin."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kempelen.domain.statistics import work_times

milliseconds = st.integers(0, 40 * 24 * 3600 * 1000)


@given(milliseconds)
def test_a_time_lies_within_the_bounds_of_its_bin(time: int) -> None:
    low, high = work_times.bounds(work_times.bin_of(time))
    assert low <= time / 1000 + 1e-6
    assert time / 1000 < high + 1e-6


@given(st.lists(st.integers(1000, 10**9), min_size=1, max_size=99))
def test_the_median_is_within_a_bin_of_the_true_one(times: list[int]) -> None:
    counts: dict[int, int] = {}
    for time in times:
        counts[work_times.bin_of(time)] = counts.get(work_times.bin_of(time), 0) + 1
    found = work_times.quantile(counts, 0.5)
    assert found is not None
    assert statistics.median_low(times) / 1000 / 1.1 <= found <= statistics.median_high(times) / 1000 * 1.1


def test_nothing_has_no_median() -> None:
    assert work_times.quantile({}, 0.5) is None
    assert work_times.typical_seconds(0, 0) is None


def test_the_usual_time_is_hardly_moved_by_one_long_break() -> None:
    times = [60_000] * 19 + [36_000_000]
    logs = sum(work_times.log_of(time) for time in times)
    assert work_times.typical_seconds(logs, len(times)) == pytest.approx(82, abs=1)


@given(st.dictionaries(st.integers(0, 200), st.integers(1, 9)), st.sampled_from([1, 2, 4, 8]))
def test_coarser_bins_lose_nothing(counts: dict[int, int], width: int) -> None:
    assert sum(work_times.joined(counts, width).values()) == sum(counts.values())
