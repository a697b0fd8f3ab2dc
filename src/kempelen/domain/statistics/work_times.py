"""How long answers took, in bins that are each about 9 % wider than the one before: pure functions.

What is read from the bins, such as the median, is therefore right to within 5 %.
"""

import math
from collections.abc import Iterable, Mapping

# Bin 0 has what took less than a second; after that, eight bins double the time.
BINS_PER_DOUBLING = 8
_LAST = 30 * BINS_PER_DOUBLING
_LOG_UNITS = 1000


def bin_of(milliseconds: int) -> int:
    """Give the bin that a time falls into."""
    if milliseconds < 1000:
        return 0
    return min(_LAST, 1 + math.floor(math.log2(milliseconds / 1000) * BINS_PER_DOUBLING + 1e-9))


def bounds(number: int) -> tuple[float, float]:
    """Give the seconds from which on, and below which, times fall into the bin."""
    if number == 0:
        return 0.0, 1.0
    return 2 ** ((number - 1) / BINS_PER_DOUBLING), 2 ** (number / BINS_PER_DOUBLING)


def log_of(milliseconds: int) -> int:
    """Give the logarithm of a time as a whole number, so that sums of them are exact."""
    return round(_LOG_UNITS * math.log2(max(1, milliseconds)))


def typical_seconds(log_sum: int, count: int) -> float | None:
    """Give the geometric mean of times whose logarithms add up to this: near their median."""
    return 2 ** (log_sum / _LOG_UNITS / count) / 1000 if count > 0 else None


def quantile(counts: Mapping[int, int], share: float) -> float | None:
    """Give the seconds that this share of the answers took at most; None without any answer."""
    total = sum(counts.values())
    if total <= 0:
        return None
    wanted = share * total
    passed = 0
    last = 0.0
    for number in sorted(counts):
        count = counts[number]
        if count <= 0:
            continue
        low, last = bounds(number)
        if passed + count >= wanted:
            return low + (last - low) * (wanted - passed) / count
        passed += count
    return last


def joined(counts: Mapping[int, int], width: int) -> dict[int, int]:
    """Give coarser bins, `width` of the fine ones each, by their first; bin 0 stays by itself."""
    coarse: dict[int, int] = {}
    for number, count in counts.items():
        first = 0 if number == 0 else 1 + (number - 1) // width * width
        coarse[first] = coarse.get(first, 0) + count
    return coarse


def added(rows: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Give the counts that are not nothing, by bin."""
    return {number: count for number, count in rows if count > 0}


def place_of(seconds: float) -> float:
    """Give where a time of a second or more lies among the bins, as their number and a share."""
    return 1 + math.log2(seconds) * BINS_PER_DOUBLING
