"""A report as people read it in a terminal."""

from collections.abc import Iterable, Iterator, Sequence

from kempelen.rehearsal.crowd.reports import Finding, Group, Report, RuleScore

_MOST_ROWS = 12
_MOST_WORKERS = 12


def lines(report: Report, *, with_workers: bool = False) -> Iterator[str]:
    """Give the report line by line."""
    wanted = f"{report.places:,} answers wanted at {money(report.reward_cents)}"
    yield f"Rehearsal of “{report.name}”: {report.hits:,} HITs, {wanted}"
    yield f"{report.workers:,} simulated workers, seed {report.seed}"
    for title, part in (
        ("Cost", _cost(report)),
        ("Time", _time(report)),
        ("Quality", _quality(report)),
        ("Pay", _pay(report)),
    ):
        yield from ("", title)
        yield from _aligned(part)
    yield from ("", "Workers by kind")
    yield from _groups("kind", report.kinds, with_rules=bool(report.rules))
    if report.rules:
        yield from ("", "Rules")
        yield from _rules(report.rules, is_known=report.quality.right is not None)
    if with_workers:
        yield from ("", "Workers")
        yield from _groups("worker", report.people, with_rules=bool(report.rules))
    yield from ("", "What would have gone wrong")
    yield from _findings(report.findings)


def _cost(report: Report) -> Iterator[tuple[str, str]]:
    cost = report.cost
    yield "if all is approved", f"{money(cost.if_all_approved)} for {report.answers:,} answers"
    if report.rules:
        yield "approved by the rules", money(cost.approved)
        yield "rejected by the rules", money(cost.rejected)
        yield "left to you", money(cost.left_to_you)
    if cost.bonuses:
        yield "bonuses", money(cost.bonuses)
    yield "fees", money(cost.fees) if cost.fees else "none: this server adds none"


def _time(report: Report) -> Iterator[tuple[str, str]]:
    time = report.duration
    for name, at in (
        ("half done after", time.half),
        ("90 % after", time.nine_tenths),
        ("all after", time.all),
    ):
        yield name, "never" if at is None else span(at)
    yield "answers an hour", f"{time.per_hour:,.0f}"


def _quality(report: Report) -> Iterator[tuple[str, str]]:
    quality = report.quality
    if not quality.fields:
        yield "nothing to compare", "no field has choices, and the data have no gold columns"
        return
    yield "compared", ", ".join(quality.fields)
    yield "answers that are right", _percent(quality.right)
    yield "the majority is right", _percent(quality.majority_right)
    yield "no majority", _percent(quality.without_majority)
    yield "workers agree", _percent(quality.agreement)
    if not quality.is_known:
        yield "what is right", "made up, since the data have no gold columns"


def _pay(report: Report) -> Iterator[tuple[str, str]]:
    pay = report.pay
    yield "half of them earn", f"{_hourly(pay.median)} or less"
    worst = f" (worker {pay.worst_worker})" if pay.worst_worker else ""
    yield "the worst paid earns", f"{_hourly(pay.worst)}{worst}"


def _groups(what: str, groups: Sequence[Group], *, with_rules: bool) -> Iterator[str]:
    head = [what, "workers", "answers", "right", "as most", "seconds", "an hour", "returned", "left", "late"]
    if with_rules:
        head.insert(7, "rejected")
    rows = []
    for one in groups:
        row = [
            one.name,
            f"{one.workers:,}",
            f"{one.answers:,}",
            _percent(one.right),
            _percent(one.agreement),
            f"{one.seconds:,.0f}" if one.answers else "",
            money(one.hourly_cents) if one.hourly_cents is not None else "",
            f"{one.returned:,}",
            f"{one.abandoned:,}",
            f"{one.late:,}",
        ]
        if with_rules:
            row.insert(7, f"{one.rejected:,}")
        rows.append(row)
    if what == "worker":
        head, rows = [head[0], *head[2:]], [[row[0], *row[2:]] for row in rows]
    yield from table(head, rows)


def _rules(rules: Sequence[RuleScore], *, is_known: bool) -> Iterator[str]:
    head = ["rule", "approves", "rejects", "leaves open"]
    if is_known:
        head += ["right rejected", "wrong rejected", "wrong approved"]
    head += ["spam approved"]
    rows = []
    for one in rules:
        row = [one.rule, f"{one.approves:,}", f"{one.rejects:,}", f"{one.open:,}"]
        if is_known:
            row += [f"{one.right_rejected:,}", f"{one.wrong_rejected:,}", f"{one.wrong_approved:,}"]
        rows.append([*row, f"{one.spam_approved:,}"])
    yield from table(head, rows)
    for one in rules:
        if one.workers_rejected:
            kinds = ", ".join(f"{count} {kind}" for kind, count in one.workers_rejected.items())
            yield f"  {one.rule} rejects most of the answers of: {kinds}"


def _findings(found: Sequence[Finding]) -> Iterator[str]:
    if not found:
        yield "  Nothing."
    counts = [f"{one.count:,}" if one.count else "" for one in found]
    width = max(map(len, counts), default=0)
    for one, count in zip(found, counts, strict=True):
        yield f"  {count:>{width}}  {one.what}{_in_rows(one.rows)}"
        if one.remedy:
            yield f"  {'':>{width}}  {one.remedy}"


def _in_rows(rows: Sequence[int]) -> str:
    if not rows:
        return ""
    shown = ", ".join(map(str, rows[:_MOST_ROWS]))
    more = f" and {len(rows) - _MOST_ROWS:,} more" if len(rows) > _MOST_ROWS else ""
    return f" (row{'s' if len(rows) > 1 else ''} {shown}{more})"


def _aligned(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    found = list(pairs)
    width = max(len(name) for name, _ in found)
    for name, value in found:
        yield f"  {name:<{width}}  {value}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Give a table: the first column to the left, the others to the right."""
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    for row in (head, *rows):
        cells = [
            f"{cell:<{width}}" if not at else f"{cell:>{width}}"
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield f"  {'  '.join(cells).rstrip()}"


def money(cents: float) -> str:
    """Give dollars."""
    return f"${cents / 100:,.2f}"


def span(seconds: float) -> str:
    """Give a span of time in its two largest units."""
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [(days, "d"), (hours, "h"), (minutes, "min"), (seconds, "s")]
    first = next((at for at, (number, _) in enumerate(parts) if number), 3)
    return " ".join(f"{number} {unit}" for number, unit in parts[first : first + 2] if number) or "0 s"


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.0f} %"


def _hourly(cents: float | None) -> str:
    return "nothing" if cents is None else f"{money(cents)} an hour"
