"""From what the crowd did and what came back to the report."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median

from kempelen.rehearsal.crowd.findings import findings
from kempelen.rehearsal.crowd.journal import Ended, Journal, Try
from kempelen.rehearsal.crowd.people import Person
from kempelen.rehearsal.crowd.plan import Answers
from kempelen.rehearsal.crowd.reports import Cost, Duration, Group, Pay, Quality, Report, RuleScore
from kempelen.rehearsal.crowd.scoring import Answer, Scores

# Whoever takes a task into their hands and gives it back has worked too.
_WORKED = (Ended.SUBMITTED, Ended.RETURNED, Ended.SKIPPED, Ended.LATE, Ended.REFUSED)


@dataclass(frozen=True)
class Rehearsed:
    """What was rehearsed: the batch, who came, and what the answers were held against."""

    name: str
    seed: int
    hits: int
    places: int
    # By row: what an answer brings, and how many are wanted.
    reward_cents: Mapping[int, int]
    wanted: Mapping[int, int]
    people: Sequence[Person]
    # Whether the data say what is right.
    is_known: bool = False
    rules: Sequence[str] = ()
    # What an hour should bring, in cents.
    fair_cents: int = 0


def report(of: Rehearsed, journal: Journal, scores: Scores) -> Report:
    """Give the report."""
    by_kind = {name: [p for p in of.people if p.kind_name == name] for name in _kinds(of.people)}
    kinds = [_group(name, some, of, journal, scores) for name, some in by_kind.items()]
    people = [_group(f"{p.number}", [p], of, journal, scores) for p in of.people]
    pay = _pay(of, people)
    return Report(
        name=of.name,
        seed=of.seed,
        hits=of.hits,
        places=of.places,
        reward_cents=max(of.reward_cents.values(), default=0),
        least_reward_cents=min(of.reward_cents.values(), default=0),
        answers=len(scores.answers),
        workers=len(of.people),
        cost=_cost(of, scores.answers),
        duration=_duration(of, journal),
        quality=_quality(of, scores),
        pay=pay,
        kinds=[one for one in kinds if one.workers],
        rules=_rules(of, scores.answers),
        findings=findings(of, journal, scores, pay),
        people=people,
    )


def _kinds(people: Iterable[Person]) -> list[str]:
    return sorted({person.kind_name for person in people}, key=_first_of(people))


def _first_of(people: Iterable[Person]) -> Callable[[str], tuple[int, str]]:
    counted = Counter(person.kind_name for person in people)
    return lambda name: (-counted[name], name)


def _cost(of: Rehearsed, answers: Sequence[Answer]) -> Cost:
    said: Counter[bool | None] = Counter()
    for one in answers:
        said[one.verdict.is_met if one.verdict else True] += of.reward_cents[one.row]
    return Cost(
        if_all_approved=said.total(), approved=said[True], rejected=said[False], left_to_you=said[None]
    )


def _duration(of: Rehearsed, journal: Journal) -> Duration:
    times = sorted(one.ended_at for one in journal.submitted())

    def when(share: float) -> float | None:
        needed = max(1, -int(-of.places * share // 1))
        return times[needed - 1] if len(times) >= needed else None

    hours = (times[-1] - times[0]) / 3600 if len(times) > 1 else 0
    return Duration(
        half=when(0.5),
        nine_tenths=when(0.9),
        all=when(1),
        ended=journal.ended_at,
        per_hour=len(times) / hours if hours else 0.0,
    )


def _quality(of: Rehearsed, scores: Scores) -> Quality:
    with_majority = [one for one in scores.votes if one.has_majority]
    several = [one for one in scores.votes if one.votes > 1]
    return Quality(
        is_known=of.is_known,
        fields=sorted({one.name for one in scores.votes}),
        right=_share(one.is_right for one in scores.answers),
        agreement=_mean(one.agreement for one in several),
        majority_right=_share(one.is_right for one in with_majority),
        without_majority=1 - len(with_majority) / len(several) if several else None,
    )


def _group(name: str, some: Sequence[Person], of: Rehearsed, journal: Journal, scores: Scores) -> Group:
    numbers = {person.number for person in some}
    tries, answers = _of(numbers, journal, scores)
    ended = Counter(one.ended for one in tries)
    return Group(
        name=name,
        workers=len(some),
        answers=len(answers),
        right=_share(one.is_right for one in answers),
        agreement=_share(one.agrees for one in answers),
        seconds=median([one.seconds for one in answers]) if answers else 0.0,
        hourly_cents=_hourly(of, tries),
        rejected=sum(one.verdict is not None and one.verdict.is_met is False for one in answers),
        returned=ended[Ended.RETURNED],
        abandoned=ended[Ended.ABANDONED],
        late=ended[Ended.LATE],
    )


def _of(numbers: set[int], journal: Journal, scores: Scores) -> tuple[list[Try], list[Answer]]:
    tries = [one for one in journal.tries if one.worker in numbers]
    return tries, [one for one in scores.answers if one.worker in numbers]


def _hourly(of: Rehearsed, tries: Iterable[Try]) -> float | None:
    worked = [one for one in tries if one.ended in _WORKED]
    seconds = sum(one.seconds for one in worked)
    paid = sum(of.reward_cents[one.row] for one in worked if one.ended is Ended.SUBMITTED)
    return paid * 3600 / seconds if seconds and paid else None


def _pay(of: Rehearsed, people: Sequence[Group]) -> Pay:
    honest = {f"{p.number}" for p in of.people if p.kind.answers is Answers.TRUTH}
    paid = [(one.hourly_cents, int(one.name)) for one in people if one.name in honest and one.hourly_cents]
    worst = min(paid, default=None)
    return Pay(
        median=median([cents for cents, _ in paid]) if paid else None,
        worst=worst[0] if worst else None,
        worst_worker=worst[1] if worst else None,
        wanted=of.fair_cents,
    )


def _rules(of: Rehearsed, answers: Sequence[Answer]) -> list[RuleScore]:
    def says(at: int, one: Answer) -> bool | None:
        return one.verdicts[at]

    found = [_rule(text, of, answers, partial(says, at)) for at, text in enumerate(of.rules)]
    if len(of.rules) > 1:
        found.append(_rule("all together", of, answers, _together))
    return found


def _together(one: Answer) -> bool | None:
    return one.verdict.is_met if one.verdict else None


def _rule(
    text: str, of: Rehearsed, answers: Sequence[Answer], says: Callable[[Answer], bool | None]
) -> RuleScore:
    kinds: Mapping[int, Person] = {person.number: person for person in of.people}
    said = Counter((says(one), one.is_right) for one in answers)
    by_worker: dict[int, Counter[bool | None]] = defaultdict(Counter)
    for one in answers:
        by_worker[one.worker][says(one)] += 1
    rejected = [number for number, counted in by_worker.items() if 2 * counted[False] > counted.total()]
    return RuleScore(
        rule=text,
        approves=sum(says(one) is True for one in answers),
        rejects=sum(says(one) is False for one in answers),
        open=sum(says(one) is None for one in answers),
        right_rejected=said[False, True],
        wrong_rejected=said[False, False],
        wrong_approved=said[True, False],
        spam_approved=sum(
            says(one) is True and kinds[one.worker].kind.answers is not Answers.TRUTH for one in answers
        ),
        workers_rejected=dict(sorted(Counter(kinds[number].kind_name for number in rejected).items())),
    )


def _share(claims: Iterable[bool | None]) -> float | None:
    known = [claim for claim in claims if claim is not None]
    return sum(known) / len(known) if known else None


def _mean(values: Iterable[float]) -> float | None:
    some = list(values)
    return sum(some) / len(some) if some else None
