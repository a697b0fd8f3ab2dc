"""The crowd at work: a queue of events in simulated time, one after another, each done on the server's pages.

Nothing here depends on what the server makes up (ids, addresses) nor on real time, so that the same seed does
the same things in the same order.
"""

import heapq
import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import partial

from kempelen.rehearsal.crowd.answering import Answerer
from kempelen.rehearsal.crowd.hands import Worked, fill, fill_test
from kempelen.rehearsal.crowd.journal import Ended, Journal, Try
from kempelen.rehearsal.crowd.people import Person
from kempelen.rehearsal.crowd.plan import Plan
from kempelen.rehearsal.crowd.site import Hand, Site
from kempelen.rehearsal.crowd.timepieces import Timepiece
from kempelen.rehearsal.crowd.truths import Row, Truths

# Between one task and the next, where the next does not come by itself.
_BETWEEN_SECONDS = 4.0
# How much of a task's time passes before somebody gives it back.
_LOOKED_AT = 0.3
# Whoever meets so many tasks that cannot be done goes away.
_MOST_FAULTS = 3


@dataclass(frozen=True)
class Work:
    """What there is to do: HITs of these groups, by what is right for each."""

    truths: Truths
    group_ids: Collection[str]
    places: int
    # How long a worker may take.
    allowed_seconds: int
    # What is looked for on the first page.
    title: str = ""


@dataclass(eq=False)
class Somebody:
    """A worker at the server, and where they are in their day."""

    person: Person
    site: Site
    looks: int
    done: int = 0
    faults: int = 0
    goes_on: bool = False
    has_asked: bool = False
    group_id: str = ""
    is_gone: bool = False


@dataclass
class Engine:
    """Lets a crowd work until all is done, or nobody is left who would."""

    plan: Plan
    work: Work
    time: Timepiece
    # Have what is due for a HIT settled, as its requester does by looking at it.
    settle: Callable[[str], None]
    fill: Callable[[Site, Hand, Answerer], Worked] = fill
    on_done: Callable[[int], None] = lambda done: None
    journal: Journal = field(default_factory=Journal)
    now: float = 0.0
    _events: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    _count: int = 0
    _done: int = 0

    def run(self, crowd: Sequence[tuple[Person, Site]], *, until: float = math.inf) -> Journal:
        """Do it all, until so many seconds after the beginning at most; gives what happened."""
        for person, site in crowd:
            one = Somebody(person, site, looks=self.plan.looks)
            self.journal.idle.add(person.number)
            self._at(person.comes_at, partial(self._look, one))
        while self._events and self._done < self.work.places:
            at, _, act = heapq.heappop(self._events)
            if at > until:
                break
            self.now = at
            self.time.go_to(at)
            act()
        self.journal.ended_at = self.now
        for tried in self.journal.tries:
            if tried.ended is Ended.OPEN:
                tried.ended_at = self.now
        return self.journal

    def _at(self, seconds: float, act: Callable[[], None]) -> None:
        self._count += 1
        # To the millisecond, so that sums of many come out alike everywhere.
        heapq.heappush(self._events, (round(seconds, 3), self._count, act))

    def _after(self, seconds: float, act: Callable[[], None]) -> None:
        self._at(self.now + seconds, act)

    # ---- Finding work --------------------------------------------------------------------------------

    def _look(self, one: Somebody) -> None:
        """Look at the first page for the work, and begin with it."""
        found = one.site.groups(self.work.title)
        mine = {group_id: may for group_id, may in found.items() if group_id in self.work.group_ids}
        open_to = next((group_id for group_id, may in mine.items() if may), "")
        if open_to:
            self.journal.unqualified.discard(one.person.number)
            one.group_id = open_to
            self._take(one)
        elif mine:
            self.journal.unqualified.add(one.person.number)
            self._qualify(one, next(iter(mine)))
        else:
            self._look_later(one)

    def _look_later(self, one: Somebody, *, after: float = 0) -> None:
        one.looks -= 1
        if one.looks >= 0:
            wait = self.plan.looks_after * one.person.chance.uniform(0.5, 1.5)
            self._after(after + wait, partial(self._look, one))

    def _qualify(self, one: Somebody, group_id: str) -> None:
        """Ask for what the work requires, taking its test if there is one; once."""
        if one.has_asked or not one.person.happens(one.person.kind.asks):
            return
        one.has_asked = True
        for path in one.site.qualifications_to_get(group_id):
            test = one.site.ask_for(path)
            if test:
                row = Row(0, self.plan.tests)
                who = Answerer(one.person, row, self.work.truths, skill=one.person.kind.test_skill)
                fields = fill_test(one.site.test_page(test[1]).text, test[1], who)
                one.site.submit_test(test[0], fields)
        self._after(_BETWEEN_SECONDS, partial(self._look, one))

    def _take(self, one: Somebody) -> None:
        """Accept the next HIT, some after a look at it."""
        if one.person.happens(one.person.kind.previews):
            hit_id = one.site.preview_next(one.group_id)
            hand = one.site.accept(hit_id) if hit_id else None
        else:
            hand = one.site.accept_next(one.group_id)
        if hand is None:
            self._look_later(one)
        else:
            self._begin(one, hand)

    # ---- Working -------------------------------------------------------------------------------------

    def _begin(self, one: Somebody, hand: Hand) -> None:
        """Decide what becomes of the HIT that was accepted."""
        person, kind = one.person, one.person.kind
        found = self._to_what_is_rehearsed(one, hand)
        if found is None:
            self._look_later(one)
            return
        hand = found
        row = self.work.truths.of(hand.hit_id)
        self.journal.worker_ids.setdefault(hand.worker_id, person.number)
        self.journal.idle.discard(person.number)
        tried = Try(person.number, row.number, hand.hit_id, hand.assignment_id, self.now)
        self.journal.tries.append(tried)
        seconds = person.seconds()
        fate = person.chance.random()
        if fate < kind.abandons:
            self._walk_away(one, tried)
        elif fate < kind.abandons + kind.returns:
            self._after(seconds * _LOOKED_AT, partial(self._return, one, hand, tried))
        elif fate < kind.abandons + kind.returns + kind.skips:
            self._after(seconds * _LOOKED_AT, partial(self._skip, one, hand, tried))
        else:
            self._fill(one, hand, tried, row, seconds)

    def _to_what_is_rehearsed(self, one: Somebody, hand: Hand) -> Hand | None:
        """Put off what else is in the group until a HIT comes that is rehearsed; None if none does."""
        seen: set[str] = set()
        found: Hand | None = hand
        while found is not None and not self.work.truths.is_known(found.hit_id):
            if found.hit_id in seen:
                # What was put off comes again when nothing else is left.
                one.site.give_back(found)
                return None
            seen.add(found.hit_id)
            found = one.site.skip(found)
        return found

    def _walk_away(self, one: Somebody, tried: Try) -> None:
        """Leave the task lying; whoever looks again does so when its time is over."""
        tried.ended = Ended.ABANDONED
        tried.ended_at = self.now + self.work.allowed_seconds
        self._at(tried.ended_at, partial(self.settle, tried.hit_id))
        self._look_later(one, after=self.work.allowed_seconds)

    def _fill(self, one: Somebody, hand: Hand, tried: Try, row: Row, seconds: float) -> None:
        """Fill in the task, and send it when it took its time."""
        who = Answerer(one.person, row, self.work.truths)
        worked = self.fill(one.site, hand, who)
        if worked.fault:
            self._after(seconds * _LOOKED_AT, partial(self._give_up, one, hand, tried, worked.fault))
            return
        tried.sent, tried.right = worked.fields, who.right
        if seconds > self.work.allowed_seconds:
            self._after(self.work.allowed_seconds, partial(self.settle, tried.hit_id))
        if (
            not one.goes_on
            and one.done + 1 < one.person.tasks
            and one.person.happens(one.person.kind.goes_on)
        ):
            one.site.go_on_by_itself(on=True)
            one.goes_on = True
        self._after(seconds, partial(self._send, one, hand, tried, worked))

    def _send(self, one: Somebody, hand: Hand, tried: Try, worked: Worked) -> None:
        if one.goes_on and one.done + 1 >= one.person.tasks:
            # The last one: nothing shall come after it.
            one.site.go_on_by_itself(on=False)
            one.goes_on = False
        sent = worked.send()
        tried.ended_at = self.now
        if sent.status == "submitted":
            tried.ended = Ended.SUBMITTED
            one.done += 1
            self._done += 1
            self.on_done(self._done)
        elif sent.status == "late":
            tried.ended = Ended.LATE
        else:
            tried.ended = Ended.REFUSED
            self._fault(one, tried, f"the server does not take the answer: {sent.message}")
            one.site.give_back(hand)
        self._go_on(one, sent.next if tried.ended is Ended.SUBMITTED else "")

    def _go_on(self, one: Somebody, following: str = "") -> None:
        """Do another, if there is time left in this worker's day."""
        if one.done >= one.person.tasks or one.faults >= _MOST_FAULTS:
            one.is_gone = True
            return
        hand = one.site.open(following) if "/work/" in following else None
        if hand is not None:
            self._begin(one, hand)
        else:
            self._after(_BETWEEN_SECONDS, partial(self._take, one))

    def _return(self, one: Somebody, hand: Hand, tried: Try) -> None:
        one.site.give_back(hand)
        tried.ended, tried.ended_at = Ended.RETURNED, self.now
        self._go_on(one)

    def _skip(self, one: Somebody, hand: Hand, tried: Try) -> None:
        following = one.site.skip(hand)
        tried.ended, tried.ended_at = Ended.SKIPPED, self.now
        if following is None:
            self._look_later(one)
        else:
            self._begin(one, following)

    def _give_up(self, one: Somebody, hand: Hand, tried: Try, fault: str) -> None:
        one.site.give_back(hand)
        tried.ended, tried.ended_at = Ended.RETURNED, self.now
        self._fault(one, tried, fault)
        self._go_on(one)

    def _fault(self, one: Somebody, tried: Try, why: str) -> None:
        one.faults += 1
        self.journal.faults[tried.row, why] += 1
