"""The page that shows a run: the machine, what is met and what is not, and every figure."""

from collections.abc import Iterable, Sequence

from bench.figures import Figure, Figures
from bench.targets import Verdict

_PARTS = {
    "publish": "Publishing a file: from its upload until workers can work on it",
    "publish: HITs made": "Of that, making the HITs (the limit does nothing else)",
    "accept": "Accepting the next task, over HTTP",
    "accept: the claim alone": "Accepting the next HIT, without a web server around it",
    "page": "The page with a task: ours, and the task in its frame (per second: requests)",
    "submit": "Submitting an answer",
    "loop": "The whole loop: accept, page, submit",
    "home": "The worker's first page",
    "export": "Fetching results, from the request to the last byte",
    "pages": "Pages with a million HITs in 1,000 batches and 10,000 workers behind them",
    "API: CreateHIT": "CreateHIT, beside moto's SendMessage",
    "API: GetHIT": "GetHIT, beside moto's GetQueueAttributes",
    "API: ListHITs": "ListHITs with 100 HITs a page, beside moto's ReceiveMessage with 10 messages",
    "API: ListAssignmentsForHIT": "ListAssignmentsForHIT, beside moto's ReceiveMessage",
    "API: ApproveAssignment": "ApproveAssignment, beside moto's SendMessage",
    "API: pages of ListHITs": "Turning pages of ListHITs with 100 HITs each, by one client",
}
_INTRO = """\
<!-- Made by `make bench ARGS="--turkle --docs"`; change it in bench/. -->

# Figures

How fast Kempelen is: beside the raw database, beside a bare view on the same server, and beside Turkle
3.1.0, which does the same work in the same run. Every figure can be measured again, on your machine:

    make bench                      # all of Kempelen, on SQLite and PostgreSQL
    make bench ARGS="--turkle"      # Turkle too, from PyPI into an environment of its own
    make bench ARGS="--quick"       # small sizes, in two minutes
    make bench ARGS="--only loop,export --database sqlite"

Ratios say more than times: alternatives took turns in one run, so that a slow moment hits all of them.
"""
_HOW = """\
## How it was measured

- **Servers.** `kempelen serve --workers 2`, and Turkle behind gunicorn with 2 processes of 4 threads, each
  with a store of its own. PostgreSQL is a throw-away server that does not wait for the disk (`fsync=off`),
  for both. The browsers that ask run on the same machine and take their share of its processors.
- **Tasks.** A template with a radio group and a text field; two columns; about 90 bytes a row.
- **publish**: for Kempelen, upload with check, publish, and the job done, seen by the batch's own time; for
  Turkle, its API with `csv_text`, up to 10,000 rows, in one round: it makes a statement for each row, so more
  would take minutes. The limit is `sqlite3`'s `executemany` or psycopg's `COPY` of the same rows, which lie
  ready in memory with their ids, into the same table with the same indexes and checks.
- **accept**: every queue has a place left in each task. *Half of them done* is a worker who has done the
  first half. One accept of each queue in turn. Turkle up to 100,000 rows.
- **page**, **submit**: the limit is a bare view behind the same server, on as many processes and threads, on
  the same database settings; around it is the middleware of a new Django project (`startproject`), not ours.
  It looks up session and user by Django's own means. For a page it then answers seven kilobytes of constant
  text; what is submitted it stores in one row of a table, by the model, since whoever takes an answer has to
  keep it. The bare view that stores nothing is shown beside, though it is no limit of that. A page is two
  requests, ours and the task's in its frame, so that requests per second are compared. All take turns, in
  several rounds.
- **loop**: finished tasks per second. Kempelen's submit accepts the next task, as Turkle's leads to it.
  Afterwards each acknowledged answer is looked for in the store; lost, doubled and stuck work is counted.
- **export**: all submitted answers of the batch as CSV. Turkle up to 10,000 rows, in one round: it reads
  everything into memory, with a query for each row. The limit is one raw cursor over the same join with
  the values taken out of their JSON by the database, and `csv.writer` quoting every cell.
- **API**: signed calls of MTurk's API, each signature checked, by a client that makes and signs a call
  in some 30 µs; beside them `moto_server`, which keeps everything in memory and checks no signature,
  doing what is nearest in SQS for the same client: sends half a kilobyte to a queue, emptied before
  each round, receives ten messages of twenty, reads their queue's attributes. The bare view answers a
  constant to a session. All take turns, in several rounds. HITs of a batch show the template filled
  with their row as their question.
- **pages**: every page that the URL configuration names and that can be shown with what there is, each asked
  for several times without a web server around it. A tenth of the HITs is in one batch, nine of ten are done.
  Each page is compared with the same page of a requester with 100 HITs: it must not ask more queries.
- **CPU** is the server's (with the database's) for one operation. **Memory** is the largest process's at its
  highest: PSS counts what is shared by its share, RSS in full.
"""


def page(
    figures: Figures, verdicts: Sequence[Verdict], machine: dict[str, str], *, command: str, plot: str
) -> str:
    """Make the whole page as Markdown."""
    met = sum(verdict.is_met for verdict in verdicts)
    lines = [
        _INTRO,
        f"The last full run: {machine['when']}, {machine['processors']} × {machine['processor']}, "
        f"{machine['memory']}, {machine['system']}, Python {machine['python']}; "
        f"`python -m bench {command}`, {machine['minutes']} minutes, load before it {machine['load']}.\n",
        f"![The figures as ratios to their targets]({plot})\n",
        f"## Targets: {met} of {len(verdicts)} met\n",
        *_table(["Target", "Database", "Measured", "Wanted", ""], map(_verdict_cells, verdicts)),
        "",
        _HOW,
        "## Every figure\n",
    ]
    for part, title in _PARTS.items():
        mine = [figure for figure in figures if figure.part == part]
        if mine:
            lines += [f"### {title}\n", *_table(_HEADER, (_cells(one, figures) for one in mine)), ""]
    return "\n".join(lines)


def _verdict_cells(verdict: Verdict) -> list[str]:
    shown = f"{verdict.measured:.0f}" if verdict.unit or verdict.wanted == "0" else f"{verdict.measured:.2f}"
    sign = "met" if verdict.is_met else "**not met**"
    return [verdict.what, verdict.database, shown + verdict.unit, verdict.wanted, sign]


_HEADER = [
    "Case",
    "Database",
    "Who",
    "Median",
    "95 %",
    "Per second",
    "Beside Kempelen",
    "CPU",
    "PSS / RSS",
    "Wrong",
]


def _cells(figure: Figure, figures: Figures) -> list[str]:
    wrong = ", ".join(f"{count} × {name}" for name, count in figure.problems.items())
    has_memory = figure.pss_mb or figure.rss_mb
    return [
        figure.case,
        figure.database,
        figure.who,
        duration(figure.seconds),
        duration(figure.slow_seconds) if figure.slow_seconds and figure.count > 9 else "",
        f"{figure.per_second:,.0f}"
        if figure.per_second >= 100
        else f"{figure.per_second:.1f}".replace("0.0", ""),
        _beside(figure, figures),
        duration(figure.cpu_seconds) if figure.cpu_seconds else "",
        f"{figure.pss_mb:.0f} / {figure.rss_mb:.0f} MB" if has_memory else "",
        wrong or ("" if figure.who.startswith(("limit", "bare view")) else "0"),
    ]


def _beside(figure: Figure, figures: Figures) -> str:
    """How much faster or slower than Kempelen at the same."""
    mine = figures.find(figure.part, figure.case, "Kempelen", figure.database)
    if mine is None or figure is mine:
        return ""
    if mine.per_second and figure.per_second:
        return f"× {figure.per_second / mine.per_second:.2f}"
    return f"× {mine.seconds / figure.seconds:.2f}" if figure.seconds else ""


def duration(seconds: float) -> str:
    """Show a time in the unit that fits."""
    if not seconds:
        return ""
    if seconds < 0.001:
        return f"{seconds * 1e6:.0f} µs"
    if seconds < 1:
        return f"{seconds * 1e3:.3g} ms"
    return f"{seconds:.3g} s"


def _table(header: Sequence[str], rows: Iterable[list[str]]) -> list[str]:
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]
