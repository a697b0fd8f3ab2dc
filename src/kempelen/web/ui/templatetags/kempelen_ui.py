"""`{% load kempelen_ui %}`: amounts, times, icons and sortable headings; shown in docs/internals/ui.md."""

from datetime import date, datetime
from functools import cache
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from kempelen.domain import clock
from kempelen.web.ui import formats, words

register = template.Library()


@register.filter
def money(cents: int | None) -> str:
    """`{{ 5|money }}` is `$0.05`; nothing for None."""
    return "" if cents is None else words.money(cents)


@register.filter
def per_hour(cents: int, seconds: float) -> str:
    """`{{ 5|per_hour:30 }}` is `$6.00 an hour`; nothing where the time is unknown."""
    return words.per_hour(cents, seconds)


@register.filter
def number(value: int | None) -> str:
    """`{{ 12345|number }}` is `12,345`."""
    return "" if value is None else words.number(value)


@register.filter
def percent(share: float | None) -> str:
    """`{{ 12.34|percent }}` is `12 %`; what is less than one has a decimal place."""
    if share is None:
        return ""
    return f"{formats.number(share, places=1 if 0 < share < 1 else 0)} %"


@register.filter
def duration(seconds: float | None) -> str:
    """`{{ 5400|duration }}` is `1 hour 30 minutes`."""
    return "" if seconds is None else words.duration(seconds)


@register.filter
def duration_short(seconds: float | None) -> str:
    """`{{ 5400|duration_short }}` is `1 h 30 min`, for tables."""
    return "" if seconds is None else words.duration(seconds, short=True)


@register.filter
def time_ago(moment: datetime | None) -> str:
    """A moment in words that stay current (`<time-ago>`), with the exact time on hover."""
    if moment is None:
        return ""
    now = clock.now()
    return format_html(
        '<time-ago now="{}"><time datetime="{}" title="{}">{}</time></time-ago>',
        now.isoformat(timespec="seconds"),
        moment.isoformat(timespec="seconds"),
        words.exact(moment),
        words.relative(moment, now),
    )


@register.filter
def world_time_ago(moment: datetime | None) -> str:
    """`time_ago` for what goes by the world's time whatever a sandbox's clock shows, such as log-ins."""
    if moment is None or clock.course() is None:
        return time_ago(moment)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(timespec="seconds"),
        words.exact(moment),
        words.relative(moment, clock.real_now()),
    )


@register.filter
def exact_time(moment: datetime | None) -> str:
    """`{{ moment|exact_time }}` is `21 Nov 2026, 21:05 UTC`."""
    return "" if moment is None else words.exact(moment)


@register.filter
def day(value: date | None) -> str:
    """`{{ date|day }}` is `21 Nov 2026`, in the reader's own order."""
    return "" if value is None else formats.day(value)


@register.filter
def month(value: date | None) -> str:
    """`{{ date|month }}` is `November 2026`."""
    return "" if value is None else formats.month_and_year(value)


@register.filter
def time_left(moment: datetime | None) -> str:
    """A countdown to the moment (`<time-left>`), which fires `timeup` once."""
    if moment is None:
        return ""
    now = clock.now()
    return format_html(
        '<time-left now="{}" until="{}" title="until {}" role="timer">{}</time-left>',
        now.isoformat(timespec="milliseconds"),
        moment.isoformat(timespec="milliseconds"),
        words.exact(moment),
        words.duration((moment - now).total_seconds(), short=True),
    )


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """`{% icon "search" %}`: one of ui/icons/*.svg, drawn in the colour of the text around it."""
    return mark_safe(get_template(f"ui/icons/{name}.svg").render())


@register.simple_tag
@cache
def fixed(name: str) -> SafeString:
    """`{% fixed "ui/_mark.html" %}`: a part without variables, which is made once."""
    return mark_safe(get_template(name).render())


@register.inclusion_tag("ui/_sort_header.html", takes_context=True)
def sort_header(
    context: Context, key: str, label: str, *, css: str = "", default: str = ""
) -> dict[str, Any]:
    """A `<th>` that sorts by `?sort=key`, and by `-key` when it already does.

    `default` is the order of the list when the URL names none.
    """
    request = context["request"]
    current = request.GET.get("sort") or default
    order = {key: "ascending", f"-{key}": "descending"}.get(current, "none")
    query = request.GET.copy()
    for place in ("page", "after", "before", "searched"):
        query.pop(place, None)
    query["sort"] = f"-{key}" if current == key else key
    return {"label": label, "css": css, "order": order, "query": query.urlencode()}
