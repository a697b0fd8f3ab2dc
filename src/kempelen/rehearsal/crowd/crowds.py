"""A crowd at a sandbox server: it comes, works, and what came of it is reported."""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from kempelen.domain.questions import form_parts
from kempelen.rehearsal.crowd import batches, plan_files
from kempelen.rehearsal.crowd.batches import Batch, Told
from kempelen.rehearsal.crowd.browser_hands import InBrowser
from kempelen.rehearsal.crowd.browsers import Browser, Lines
from kempelen.rehearsal.crowd.engine import Engine, Work
from kempelen.rehearsal.crowd.hands import fill
from kempelen.rehearsal.crowd.journal import Journal
from kempelen.rehearsal.crowd.judging import Rehearsed, report
from kempelen.rehearsal.crowd.people import Person, fit, people_of
from kempelen.rehearsal.crowd.plan import Plan, sized
from kempelen.rehearsal.crowd.reports import Report
from kempelen.rehearsal.crowd.scoring import Answer, right_of, scored
from kempelen.rehearsal.crowd.site import Site
from kempelen.rehearsal.crowd.timepieces import Clock, Moved, Timepiece, Waited
from kempelen.rehearsal.server import Server
from kempelen.toolkit import changing, quantities
from kempelen.toolkit.connection import Connection, connect_alone
from kempelen.toolkit.ledger import Ledger
from kempelen.toolkit.profiles import Profile
from kempelen.toolkit.rules import deciding, written

# In cents: what an hour should bring, if nothing else is said (the minimum wage of the United States).
FAIR_CENTS = 725
_REJECTED = "A rule of this rehearsal is not met."


class Crowd:
    """Simulated workers, the same from the same plan and seed.

        crowd = Crowd(server, workers=20, seed=7, clock=clock)
        report = crowd.work(truth=lambda hit: {"label": "cat"})

    With a `clock` the server's time is set to each event and nothing is waited for; without one real time
    passes, `speed` times as quick.
    """

    def __init__(
        self,
        server: Server,
        plan: Plan | Mapping[str, Any] | None = None,
        *,
        workers: int | None = None,
        seed: int = 0,
        clock: Clock | None = None,
        speed: float = 1.0,
    ) -> None:
        found = plan if isinstance(plan, Plan) else plan_files.plan_of(plan or {})
        self.plan = found if workers is None else sized(found, workers)
        self.seed = seed
        self.connection = connection_to(server)
        self.last: Journal | None = None
        self._server = server
        self._clock = clock
        self._speed = speed
        self._lines = Lines()
        self.people: list[tuple[Person, Site]] = []

    def work(
        self,
        *,
        hits: Sequence[str] | None = None,
        hit_type: str = "",
        truth: Told | None = None,
        rules: Sequence[str] = (),
        until: str | int | None = None,
        fair_cents: int = FAIR_CENTS,
    ) -> Report:
        """Work on HITs until all is done or nobody is left, and report: all that are open, unless told which.

        `truth` says what is right, by HIT id and field, or as a function of the HIT; `rules` are written as
        `kempelen approve --rule` takes them, and are only looked at.  `until` ends it after such a span of
        simulated time as `3d`.
        """
        batch = batches.made(
            self.connection, hits, seed=self.seed, hard=self.plan.hard, truth=truth, hit_type_id=hit_type
        )
        return self.work_on(batch, rules=rules, until=until, fair_cents=fair_cents)[0]

    def work_on(
        self,
        batch: Batch,
        *,
        rules: Sequence[str] = (),
        until: str | int | None = None,
        fair_cents: int = FAIR_CENTS,
        in_browser: int = 0,
        on_done: Callable[[int], None] = lambda done: None,
    ) -> tuple[Report, list[Answer]]:
        """Work on a batch; gives the report, and the answers with what the rules say of each.

        The first so many as `in_browser` says fill in their tasks in a real Chromium.
        """
        asked = [written.read(text) for text in rules]
        people = self._come()
        if self.plan.fit:
            fit([person for person, _ in people], len(batch.truths), batch.places)
        hands = InBrowser(in_browser, self._identifiers) if in_browser else None
        time = self._timepiece()
        engine = Engine(
            self.plan,
            Work(batch.truths, batch.group_ids, batch.places, batch.allowed_seconds, batch.title),
            time,
            settle=self._look_at,
            fill=partial(fill, identifiers=self._identifiers) if hands is None else hands,
            on_done=on_done,
        )
        before = self._lines.requests
        try:
            journal = engine.run(people, until=math.inf if until is None else quantities.span(until))
        finally:
            time.end()
            if hands is not None:
                hands.close()
        self.last, journal.requests = journal, self._lines.requests - before
        all_done = list(deciding.works_done(self.connection, batch.ledger))
        if asked:
            # Rules that read what there is not are refused.
            deciding.judged(all_done, asked, columns=batch.ledger.head.columns)
        scores = scored(journal, all_done, right_of(journal), asked)
        facts = Rehearsed(
            name=batch.name,
            seed=self.seed,
            hits=len(batch.truths),
            places=batch.places,
            reward_cents=batch.reward_cents,
            wanted=batch.wanted,
            people=[person for person, _ in people],
            is_known=batch.truths.are_known,
            rules=rules,
            fair_cents=fair_cents,
        )
        return report(facts, journal, scores), scores.answers

    def published(self, ledger: Ledger, *, truth: Sequence[str] = ()) -> Batch:
        """Give a batch of `kempelen publish`, to be worked on."""
        return batches.published(self.connection, ledger, seed=self.seed, hard=self.plan.hard, truth=truth)

    def review(self, answers: Sequence[Answer], *, at_once: int = 4) -> changing.Summary:
        """Approve what the rules approve and reject what they reject; what they leave open stays."""
        jobs = []
        for one in answers:
            if one.verdict is None or one.verdict.is_met is None:
                continue
            do = partial(changing.approve, self.connection, one.assignment_id)
            if not one.verdict.is_met:
                do = partial(changing.reject, self.connection, one.assignment_id, _REJECTED)
            jobs.append((one.assignment_id, do))
        return changing.each(jobs, at_once=at_once)

    def close(self) -> None:
        """Go home."""
        self._lines.close()

    def __enter__(self) -> "Crowd":
        """Give the crowd, which goes home with the block."""
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _come(self) -> list[tuple[Person, Site]]:
        """Have everybody log in, once; whoever comes back for more work is who they were."""
        if self.people:
            return self.people
        people = people_of(self.plan, self.seed)
        for person, worker in zip(people, self._server.workers(len(people)), strict=True):
            site = Site(Browser(self._server.url, self._lines))
            site.log_in(worker.login_link)
            if person.country:
                site.live_in(person.country)
            for type_id in person.holds:
                score = self.plan.holds[type_id].score
                self._hold(type_id, worker.worker_id, score)
            self.people.append((person, site))
        return self.people

    def _hold(self, type_id: str, worker_id: str, score: int) -> None:
        self.connection.call(
            "AssociateQualificationWithWorker",
            QualificationTypeId=type_id,
            WorkerId=worker_id,
            IntegerValue=score,
            SendNotification=False,
        )

    def _identifiers(self, hit_id: str) -> Sequence[str]:
        """Give the identifiers of a QuestionForm's questions, as its requester knows them."""
        return form_parts.identifiers(self.connection.call("GetHIT", HITId=hit_id)["HIT"].get("Question", ""))

    def _timepiece(self) -> Timepiece:
        return Moved(self._clock) if self._clock is not None else Waited(self._speed)

    def _look_at(self, hit_id: str) -> None:
        """Have what is due for a HIT settled now: whoever looks at it finds it so."""
        self.connection.call("GetHIT", HITId=hit_id)


def connection_to(server: Server) -> Connection:
    """Give a connection to a rehearsal's server, as its requester."""
    return connect_alone(
        Profile(server.url, server.access_key_id, server.secret_access_key, server.region_name)
    )
