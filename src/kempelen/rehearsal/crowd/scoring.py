"""How good the answers are, as a requester gets them: what agrees, what is right, what rules say of it."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kempelen.rehearsal.crowd.journal import Journal, Try
from kempelen.toolkit.rules.work import Done, Rule, Verdict, Work

Right = Mapping[int, Mapping[str, str]]


@dataclass(frozen=True)
class Answer:
    """One submitted answer, with what is known of it; None where that cannot be told."""

    worker: int
    row: int
    seconds: float
    status: str
    is_right: bool | None
    # Whether it is as most answered.
    agrees: bool | None
    # What each rule says, and all together.
    verdicts: tuple[bool | None, ...] = ()
    verdict: Verdict | None = None
    assignment_id: str = ""


@dataclass(frozen=True)
class Voted:
    """What the workers of one row said to one field."""

    row: int
    name: str
    votes: int
    # The part of them who said the most common.
    agreement: float
    # Whether more than half said what is right; None where nothing is known to be, or nothing has so many.
    is_right: bool | None
    has_majority: bool


@dataclass
class Scores:
    """All answers and votes."""

    answers: list[Answer] = field(default_factory=list)
    votes: list[Voted] = field(default_factory=list)
    # Answers that came back other than they were sent, and those that the crowd did not send.
    strange: int = 0
    # Fields of which it is known what is right, and which no answer has.
    missed: list[str] = field(default_factory=list)


def right_of(journal: Journal) -> Right:
    """Give what the crowd went by, by row and field; the same for whoever met the row."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for one in journal.tries:
        found[one.row].update(one.right)
    return found


def scored(journal: Journal, all_done: Sequence[Done], right: Right, rules: Sequence[Rule]) -> Scores:
    """Score what came back of what the crowd sent."""
    scores = Scores()
    tries = {one.assignment_id: one for one in journal.submitted()}
    asked: set[str] = set()
    found: set[str] = set()
    for done in all_done:
        known = [(tries[work.assignment_id], work) for work in done.works if work.assignment_id in tries]
        scores.strange += len(done.works) - len(known)
        if not known:
            continue
        row = known[0][0].row
        named = _names(right.get(row, {}), [work for _, work in known])
        asked |= set(right.get(row, {}))
        found |= set(named)
        names = {there: _parts(right[row][name]) for name, there in named.items()}
        votes = {name: Counter(_said(work, name) for _, work in known) for name in names}
        scores.votes += [_voted(row, name, votes[name], names[name]) for name in names]
        # By the crowd's own order, since the server's ids are anybody's guess.
        for one, work in sorted(known, key=lambda pair: (pair[0].ended_at, pair[0].worker)):
            scores.answers.append(_answer(one, work, done, names, votes, rules))
    scores.answers.sort(key=lambda one: (one.row, one.worker))
    scores.votes.sort(key=lambda one: (one.row, one.name))
    scores.missed = sorted(asked - found)
    return scores


def _answer(
    one: Try,
    work: Work,
    done: Done,
    right: Mapping[str, frozenset[str]],
    votes: Mapping[str, Counter[frozenset[str]]],
    rules: Sequence[Rule],
) -> Answer:
    verdicts = [rule.verdict(work, done) for rule in rules]
    is_right = all(_said(work, name) == right[name] for name in right) if right else None
    majorities = {name: _majority(counted) for name, counted in votes.items()}
    comparable = {name: most for name, most in majorities.items() if most is not None}
    agrees = all(_said(work, name) == most for name, most in comparable.items()) if comparable else None
    return Answer(
        worker=one.worker,
        row=one.row,
        seconds=one.seconds,
        status=work.status,
        is_right=is_right,
        agrees=agrees,
        verdicts=tuple(verdict.is_met for verdict in verdicts),
        verdict=_together(verdicts) if verdicts else None,
        assignment_id=work.assignment_id,
    )


def _together(verdicts: Sequence[Verdict]) -> Verdict:
    for wanted in (False, None):
        for verdict in verdicts:
            if verdict.is_met is wanted:
                return verdict
    return verdicts[0]


def _names(right: Iterable[str], works: Collection[Work]) -> dict[str, str]:
    """Give the names under which answers come back, by those in truths: a crowd element's have parts."""
    there = sorted({name for work in works for name in work.fields})
    found = {}
    for name in right:
        named = name if name in there else next((one for one in there if one.startswith(f"{name}.")), "")
        if named:
            found[name] = named
    return found


def _said(work: Work, name: str) -> frozenset[str]:
    return _parts(work.fields.get(name, ""))


def _parts(text: str) -> frozenset[str]:
    """Give an answer as it is compared: its values without order."""
    if text.startswith("["):
        try:
            return frozenset(map(str, json.loads(text)))
        except ValueError:
            pass
    return frozenset(part.strip() for part in text.split("|") if part.strip())


def _voted(row: int, name: str, votes: Counter[frozenset[str]], right: frozenset[str]) -> Voted:
    most = _majority(votes)
    return Voted(
        row=row,
        name=name,
        votes=votes.total(),
        agreement=max(votes.values()) / votes.total(),
        is_right=None if most is None else most == right,
        has_majority=most is not None,
    )


def _majority(votes: Counter[frozenset[str]]) -> frozenset[str] | None:
    """Give what more than half said, where two or more did say something."""
    if votes.total() < 2:
        return None
    most = max(votes.values())
    return next(said for said, count in votes.items() if count == most) if 2 * most > votes.total() else None
