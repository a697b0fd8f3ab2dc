"""A span of days that a worker asks for in the URL: `?from=2026-11-01&to=2026-11-21`, both included."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date

from kempelen.domain import clock


@dataclass(frozen=True)
class Preset:
    """A span that is asked for often, as a link."""

    label: str
    first: date | None
    last: date | None
    is_current: bool

    @property
    def first_in_url(self) -> str | None:
        """The first day as the URL has it."""
        return self.first.isoformat() if self.first else None


@dataclass(frozen=True)
class Period:
    """Days from `first` to `last`, by the server's time zone; None where it is open."""

    first: date | None = None
    last: date | None = None

    @classmethod
    def read(cls, query: QueryDict) -> "Period":
        """Read it from a URL; what is no date asks for nothing, and dates the wrong way round are turned."""
        first, last = _date(query.get("from", "")), _date(query.get("to", ""))
        if first and last and first > last:
            first, last = last, first
        return cls(first, last)

    @property
    def since(self) -> datetime | None:
        """The moment at which it begins."""
        return _midnight(self.first) if self.first else None

    @property
    def until(self) -> datetime | None:
        """The moment before which it ends."""
        return _midnight(self.last + timedelta(days=1)) if self.last else None

    @property
    def is_everything(self) -> bool:
        """Whether it leaves nothing out."""
        return self.first is None and self.last is None

    def presets(self) -> list[Preset]:
        """Give the usual spans, up to today."""
        now = today()
        spans = [
            ("All time", None),
            ("Today", now),
            ("7 days", now - timedelta(days=6)),
            ("30 days", now - timedelta(days=29)),
            ("This year", now.replace(month=1, day=1)),
        ]
        is_open = self.last is None
        return [Preset(label, first, None, is_open and first == self.first) for label, first in spans]


def today() -> date:
    """Give the day it is, by the server's time zone."""
    return timezone.localdate(clock.now())


def _date(text: str) -> date | None:
    try:
        found = parse_date(text)
    except ValueError:
        return None
    # Days at the ends of time have no day before or after them.
    return found if found is not None and 1970 <= found.year <= 9000 else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
