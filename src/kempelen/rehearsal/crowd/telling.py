"""A report as people read it in a terminal."""

from collections.abc import Iterable, Iterator, Sequence

from kempelen.rehearsal.crowd.reports import Group, Report, RuleScore

_MOST_ROWS = 12


Table = tuple[list[str], list[list[str]]]


def lines(report: Report, *, with_workers: bool = False) -> Iterator[str]:
    """Give the report line by line."""
    yield from heading(report)
    for title, pairs in facts(report):
        yield from ("", title, *_aligned(pairs))
    yield from ("", "Workers by kind", *table(*groups("kind", report.kinds, with_rules=bool(report.rules))))
    if report.rules:
        head, rows, notes = rules(report)
        yield from ("", "Rules", *table(head, rows), *(f"  {note}" for note in notes))
    if with_workers:
        yield from ("", "Workers", *table(*groups("worker", report.people, with_rules=bool(report.rules))))
    yield from ("", "What would have gone wrong", *_findings(findings(report)))


def heading(report: Report) -> tuple[str, str]:
    """Give what was rehearsed, and by whom."""
    reward = money(report.reward_cents)
    if report.least_reward_cents != report.reward_cents:
        reward = f"{money(report.least_reward_cents)} to {reward}"
    hits = f"{report.hits:,} HIT{'' if report.hits == 1 else 's'}"
    answers = f"{report.places:,} answer{'' if report.places == 1 else 's'}"
    title = f"Rehearsal of “{_shown(report.name)}”: {hits}, {answers} wanted at {reward}"
    return title, f"{report.workers:,} simulated workers, seed {report.seed}"


def facts(report: Report) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give what stands in pairs of a name and a value, by title."""
    parts = (("Cost", _cost), ("Time", _time), ("Quality", _quality), ("Pay", _pay))
    return [(title, list(pairs(report))) for title, pairs in parts]


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
        why = "no field has choices, and the data have no gold columns"
        if quality.is_known:
            why = "no answer has a field of which the data say what is right"
        yield "nothing to compare", why
        return
    yield "compared", ", ".join(quality.fields)
    shares = (
        ("answers that are right", quality.right),
        ("the majority is right", quality.majority_right),
        ("no majority", quality.without_majority),
        ("workers agree", quality.agreement),
    )
    yield from ((name, _percent(share)) for name, share in shares if share is not None)
    if quality.agreement is None:
        yield "agreement", "none to tell of: no HIT was answered twice"
    if not quality.is_known:
        yield "what is right", "made up, since the data have no gold columns"


def _pay(report: Report) -> Iterator[tuple[str, str]]:
    pay = report.pay
    yield "half of them earn", "nothing" if pay.median is None else f"{_hourly(pay.median)} or less"
    worst = f" (worker {pay.worst_worker})" if pay.worst_worker else ""
    yield "the worst paid earns", f"{_hourly(pay.worst)}{worst}"


def groups(what: str, found: Sequence[Group], *, with_rules: bool) -> Table:
    """Give workers, by kind or each."""
    head = [what, "workers", "answers", "right", "agree", "seconds", "pay/hour", "rejected"]
    head += ["returned", "abandoned", "too late"]
    rows = [_group(one) for one in found]
    left_out = {1} if what == "worker" else set()
    left_out |= set() if with_rules else {7}
    return _without(head, left_out), [_without(row, left_out) for row in rows]


def _without(cells: Sequence[str], left_out: set[int]) -> list[str]:
    return [cell for at, cell in enumerate(cells) if at not in left_out]


def _group(one: Group) -> list[str]:
    return [
        one.name,
        f"{one.workers:,}",
        f"{one.answers:,}",
        _percent(one.right),
        _percent(one.agreement),
        f"{one.seconds:,.0f}" if one.answers else "",
        money(one.hourly_cents) if one.hourly_cents is not None else "",
        f"{one.rejected:,}",
        f"{one.returned:,}",
        f"{one.abandoned:,}",
        f"{one.late:,}",
    ]


def rules(report: Report) -> tuple[list[str], list[list[str]], list[str]]:
    """Give the rules, and whose answers they mostly reject."""
    head = ["rule", "approves", "rejects", "open", "good lost", "bad paid", "spam paid"]
    left_out = set() if report.quality.right is not None else {4, 5}
    rows = [_without(_rule(one), left_out) for one in report.rules]
    notes = []
    for one in report.rules:
        kinds = ", ".join(f"{count} {kind}" for kind, count in one.workers_rejected.items())
        notes += [f"{one.rule} rejects most of what these did: {kinds}"] if kinds else []
    return _without(head, left_out), rows, notes


def _rule(one: RuleScore) -> list[str]:
    counts = (one.approves, one.rejects, one.open, one.right_rejected, one.wrong_approved, one.spam_approved)
    return [one.rule, *(f"{count:,}" for count in counts)]


def findings(report: Report) -> list[tuple[str, str, str]]:
    """Give what would have gone wrong: how often, what, and what helps."""
    return [
        (f"{one.count:,}" if one.count else "", f"{_shown(one.what)}{_in_rows(one.rows)}", one.remedy)
        for one in report.findings
    ]


def _findings(found: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    if not found:
        yield "  Nothing."
    width = max((len(count) for count, _, _ in found), default=0)
    for count, what, remedy in found:
        yield f"  {count:>{width}}  {what}"
        if remedy:
            yield f"  {'':>{width}}  {remedy}"


def _shown(text: str) -> str:
    """Give a text of the data in one line that holds nothing a terminal would obey."""
    return "".join(character if character.isprintable() else " " for character in text)


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
