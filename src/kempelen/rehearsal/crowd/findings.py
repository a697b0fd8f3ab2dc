"""What would have gone wrong: each kind of trouble once, with how often it came and what helps."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kempelen.rehearsal.crowd.journal import Ended, Journal
from kempelen.rehearsal.crowd.plan import Answers
from kempelen.rehearsal.crowd.reports import Finding, Pay
from kempelen.rehearsal.crowd.scoring import Answer, Scores

if TYPE_CHECKING:
    from kempelen.rehearsal.crowd.judging import Rehearsed

# Where fewer than so many agree, a row is taken for ambiguous.
_AMBIGUOUS = 0.6
_MOST_FAULTS_NAMED = 10


def findings(of: "Rehearsed", journal: Journal, scores: Scores, pay: Pay) -> list[Finding]:
    """Give what would have gone wrong, the worst first."""
    found = [
        *_faults(journal),
        *_unfinished(of, journal),
        *_ways_out(journal),
        *_low_pay(pay),
        *_ambiguous(scores),
        *_spam(of, scores.answers),
        *_kept_out(of, journal),
        *_missed(of, scores),
    ]
    if scores.strange:
        found.append(Finding("answers came in that this crowd did not send", scores.strange))
    return found


def _faults(journal: Journal) -> Iterator[Finding]:
    rows: dict[str, set[int]] = defaultdict(set)
    counts: Counter[str] = Counter()
    for (row, why), count in journal.faults.items():
        rows[why].add(row)
        counts[why] += count
    for why, count in counts.most_common(_MOST_FAULTS_NAMED):
        task = _of(count, "task", "tasks")
        yield Finding(f"{task} could not be filled in: {why}", count, sorted(rows[why]))


def _unfinished(of: "Rehearsed", journal: Journal) -> Iterator[Finding]:
    done = Counter(one.row for one in journal.submitted())
    missing = [row for row, wanted in sorted(of.wanted.items()) if done[row] < wanted]
    if missing:
        lacking = sum(of.wanted[row] - done[row] for row in missing)
        remedy = "More workers, a longer time, or fewer answers for each."
        most = max(of.wanted.values())
        if len(of.people) < most:
            remedy = f"{most} answers for a HIT need {most} workers, and there are {len(of.people)}."
        lacks = f"{lacking:,} {_of(lacking, 'answer', 'answers')} missing"
        what = f"{_of(len(missing), 'HIT', 'HITs')} not finished: {lacks}"
        yield Finding(what, len(missing), missing, remedy)


def _ways_out(journal: Journal) -> Iterator[Finding]:
    late = [one for one in journal.tries if one.ended is Ended.LATE]
    if late:
        yield Finding(
            f"{_of(len(late), 'answer', 'answers')} too late: the time for the task was over",
            len(late),
            sorted({one.row for one in late}),
            "Give more time for each (--duration).",
        )
    if gone := journal.count(Ended.ABANDONED):
        what = f"{_of(gone, 'task', 'tasks')} left lying until the time was over, and then done by others"
        yield Finding(what, gone)
    if refused := journal.count(Ended.REFUSED):
        yield Finding(f"{_of(refused, 'answer', 'answers')} not taken by the server", refused)


def _low_pay(pay: Pay) -> Iterator[Finding]:
    if pay.median is not None and pay.wanted and pay.median < pay.wanted:
        yield Finding(
            f"half of the workers earn ${pay.median / 100:,.2f} an hour or less",
            remedy=f"${pay.wanted / 100:,.2f} would take {pay.wanted / pay.median:.1f} times the reward.",
        )


def _ambiguous(scores: Scores) -> Iterator[Finding]:
    unclear = sorted({one.row for one in scores.votes if one.votes > 1 and one.agreement < _AMBIGUOUS})
    if unclear:
        yield Finding(
            f"ambiguous {_of(len(unclear), 'row', 'rows')}: the workers did not agree",
            len(unclear),
            unclear,
            "Look at these rows, say more in the instructions, or ask more workers.",
        )


def _spam(of: "Rehearsed", answers: Sequence[Answer]) -> Iterator[Finding]:
    spammers = {person.number for person in of.people if person.kind.answers is not Answers.TRUTH}
    passed = [
        one
        for one in answers
        if one.worker in spammers and (one.verdict is None or one.verdict.is_met is not False)
    ]
    if passed:
        yield Finding(
            f"{_of(len(passed), 'answer', 'answers')} of spammers and bots would be paid for",
            len(passed),
            remedy="Rules find most of it: --rule time:5s, --rule majority:FIELD, --rule gold:FIELD=COLUMN."
            if not of.rules
            else "",
        )
    good = sum(
        one.is_right is True and one.verdict is not None and one.verdict.is_met is False for one in answers
    )
    if good:
        yield Finding(f"right {_of(good, 'answer', 'answers')} would be rejected by the rules", good)


def _kept_out(of: "Rehearsed", journal: Journal) -> Iterator[Finding]:
    if journal.unqualified:
        yield Finding(
            f"of {len(of.people):,} workers lacked a qualification that the work requires",
            len(journal.unqualified),
        )
    if idle := journal.idle - journal.unqualified:
        who = _of(len(idle), "worker", "workers")
        yield Finding(f"{who} did nothing: they came when all was done, or found no work", len(idle))


def _missed(of: "Rehearsed", scores: Scores) -> Iterator[Finding]:
    if of.is_known and scores.missed:
        names = ", ".join(scores.missed)
        yield Finding(
            f"no answer has what the data say is right for: {names}",
            len(scores.missed),
            remedy="Call fields as the results do (gold.FIELD, or --truth FIELD=COLUMN).",
        )


def _of(count: int, one: str, many: str) -> str:
    return one if count == 1 else many
