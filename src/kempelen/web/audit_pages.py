"""The audit log as a page and as a CSV: of a requester for its owners, of all for administrators."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.dateparse import parse_date

from kempelen.domain.models import Event, Requester
from kempelen.domain.queries import audit
from kempelen.web.received import whole_number
from kempelen.web.ui import audit_words
from kempelen.web.ui.respond import respond

PAGE = 50
_COLUMNS = ("at", "who", "what", "kind", "requester")


def page(
    request: HttpRequest,
    template: str,
    requester: Requester | None,
    topics: tuple[str, ...],
    *,
    file_url: str,
) -> HttpResponseBase:
    """Show a page of the log; the address filters it: `what`, `who`, `since`, `until`, `after`.

    `file_url` sends the same as a CSV.
    """
    after = whole_number(request.GET.get("after", ""), 0)
    log = _log(request, requester)
    found = list((log.filter(pk__lt=after) if after else log)[: PAGE + 1])
    lines = [(line, audit_words.sentence(line)) for line in audit.told(found[:PAGE])]
    return respond(
        request,
        template,
        fragment="audit/_list.html",
        lines=lines,
        shows_requester=requester is None,
        file_url=file_url,
        after=found[PAGE - 1].pk if len(found) > PAGE else None,
        is_later=bool(after),
        topics=[(name, audit_words.TOPICS[name][0]) for name in topics],
        **_asked(request),
    )


def file(request: HttpRequest, requester: Requester | None) -> HttpResponseBase:
    """Send the log, filtered as the page is, as a CSV."""
    headers = {"Content-Disposition": 'attachment; filename="log.csv"', "Cache-Control": "no-store"}
    lines = _csv_lines(_log(request, requester))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _asked(request: HttpRequest) -> dict[str, Any]:
    what = request.GET.get("what", "")
    return {
        "what": what if what in audit_words.TOPICS else "",
        "who": request.GET.get("who", "").strip()[:150],
        "since": _day(request.GET.get("since", "")),
        "until": _day(request.GET.get("until", "")),
    }


def _log(request: HttpRequest, requester: Requester | None) -> QuerySet[Event]:
    asked = _asked(request)
    kinds = audit_words.TOPICS[asked["what"]][1] if asked["what"] else ()
    since = _start(asked["since"]) if asked["since"] else None
    until = _start(asked["until"] + timedelta(days=1)) if asked["until"] else None
    return audit.narrowed(audit.log_of(requester), kinds=kinds, who=asked["who"], since=since, until=until)


def _day(text: str) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    # Days at the ends of time cannot be told in other zones.
    return day if day is not None and 2000 <= day.year <= 9000 else None


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


class _Echo:
    def write(self, text: str) -> str:
        return text


def _csv_lines(log: QuerySet[Event]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(_COLUMNS)
    for line in audit.all_told(log):
        who = line.by.username if line.by else ""
        what = audit_words.sentence(line)
        where = line.requester.slug if line.requester else ""
        at = line.event.at.isoformat(timespec="seconds")
        yield writer.writerow([at, *map(_harmless, (who, what, line.event.kind, where))])


def _harmless(cell: str) -> str:
    """Give the cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
