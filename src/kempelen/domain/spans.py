"""Spans of time as people write them."""

import re

_SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86_400, "w": 604_800}
_SPAN = re.compile(r"(\d+)\s*(s|min|h|d|w)\b")


def span(text: str | int) -> int:
    """Give seconds, from `90`, `45min`, `1h 30min` or `7d`; `ValueError` for what is none."""
    if isinstance(text, int) or text.strip().isdecimal():
        return int(text)
    parts = _SPAN.findall(text)
    if not parts or _SPAN.sub("", text).strip():
        raise ValueError(f"{text!r} is no span of time; write 45min, 1h 30min, 7d or seconds.")
    return sum(int(count) * _SECONDS[unit] for count, unit in parts)
