"""What rules say of all that was submitted for a batch."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from kempelen.domain.questions import answers
from kempelen.toolkit import collecting
from kempelen.toolkit.connection import AT_ONCE, Connection
from kempelen.toolkit.ledger import Ledger
from kempelen.toolkit.rules.work import Done, Rule, Verdict, Work, fields_of
from kempelen.toolkit.troubles import Trouble

_MOST_NAMED = 20
# Where several rules are given, these are told after what decides.
_ORDER: Mapping[bool | None, int] = {False: 0, None: 1, True: 2}


@dataclass(frozen=True)
class Decision:
    """What the rules say of one assignment, and in which status it was."""

    assignment_id: str
    hit_id: str
    worker_id: str
    status: str
    verdict: Verdict


def decide(
    connection: Connection, batch: Ledger, rules: Sequence[Rule], *, at_once: int = AT_ONCE
) -> list[Decision]:
    """Judge all that was submitted for a batch; kept of each is only what is decided.

    A work meets several rules if it meets each, and fails them if it fails one.  Refuses (`Trouble`) rules
    that read what no answer or no row has, which are misspelt.
    """
    return judged(works_done(connection, batch, at_once=at_once), rules, columns=batch.head.columns)


def judged(all_done: Iterable[Done], rules: Sequence[Rule], *, columns: Sequence[str]) -> list[Decision]:
    """Judge what was submitted for HITs made from rows with these columns; refuses as `decide` does."""
    for rule in rules:
        _refuse_unknown("column", rule.columns, columns)
    seen: Counter[str] = Counter()
    found = []
    for done in all_done:
        for work in done.works:
            seen.update(work.fields.keys())
            verdict = together([rule.verdict(work, done) for rule in rules])
            found.append(Decision(work.assignment_id, work.hit_id, work.worker_id, work.status, verdict))
    if found:
        for rule in rules:
            _refuse_unknown("answer", rule.fields, [name for name, _ in seen.most_common()])
    return found


def together(verdicts: Sequence[Verdict]) -> Verdict:
    """Give one verdict of several: met if all are, not met if one is not."""
    return min(verdicts, key=lambda verdict: _ORDER[verdict.is_met])


def works_done(connection: Connection, batch: Ledger, *, at_once: int = AT_ONCE) -> Iterator[Done]:
    """Give all that was submitted for a batch, HIT by HIT; HITs without an answer are left out."""
    by_hit = batch.by_hit()
    hits = collecting.hits(connection, list(by_hit), at_once=at_once)
    listed = collecting.assignments(connection, hits, at_once=at_once)
    for hit, some in groupby(listed, key=lambda pair: pair[0]):
        inputs = batch.inputs(by_hit[hit["HITId"]])
        works = [_work(hit["HITId"], assignment, inputs) for _, assignment in some]
        yield Done(hit["HITId"], _to_come(hit), works)


def _to_come(hit: Mapping[str, Any]) -> int:
    """Give how many answers may still come; places of a HIT that is given out no more stay empty."""
    free = hit["NumberOfAssignmentsAvailable"] if hit["HITStatus"] == "Assignable" else 0
    return int(hit["NumberOfAssignmentsPending"] + free)


def _work(hit_id: str, assignment: Mapping[str, Any], inputs: Mapping[str, str]) -> Work:
    took = assignment["SubmitTime"] - assignment["AcceptTime"]
    return Work(
        assignment_id=assignment["AssignmentId"],
        hit_id=hit_id,
        worker_id=assignment["WorkerId"],
        status=assignment["AssignmentStatus"],
        seconds=int(took.total_seconds()),
        fields=fields_of(answers.from_xml(assignment.get("Answer", ""))),
        inputs=inputs,
    )


def _refuse_unknown(what: str, wanted: Iterable[str], there: Sequence[str]) -> None:
    if unknown := sorted(set(wanted) - set(there)):
        known = ", ".join(there[:_MOST_NAMED]) or "none"
        raise Trouble(
            f"There is no {what} {unknown[0]!r} in this batch. There are: {known}. Nothing was done."
        )
