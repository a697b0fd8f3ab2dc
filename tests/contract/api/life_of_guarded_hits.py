"""HITs that not everybody may do, and requesters' programs that are told of them: a state machine.

Workers go by the pages; what they may is foreseen by `requirements_foreseen`.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from kempelen.api import notifications as calls
from kempelen.domain.actions import notifications
from kempelen.domain.models import Delivery
from tests.contract.api.every_operation import PROPERTIES
from tests.contract.api.requirements_foreseen import (
    ACCEPT,
    COMPARED,
    DISCOVER,
    GUARDED,
    ONE_VALUE,
    PREVIEW,
    Requirement,
    may,
)
from tests.contract.api.several_requesters import (
    MISSING,
    REQUESTERS,
    SeveralRequesters,
    picks,
    strangers,
    workers,
)
from tests.domain.api_hits import html_question

WRONG = "ParameterValidationError"
TYPES = 2
# Requirements by the number of a type: which types there are is known only when a run has begun.
Given = tuple[tuple[int, str, tuple[int, ...], str], ...]
values = st.integers(0, 2)


def _of(comparator: str) -> st.SearchStrategy[Any]:
    count = 1 if comparator in ONE_VALUE else 2 if comparator in ("In", "NotIn") else 0
    numbers = st.lists(values, min_size=count, max_size=count, unique=True).map(tuple)
    return st.tuples(st.integers(0, TYPES - 1), st.just(comparator), numbers, st.sampled_from(list(GUARDED)))


requirements = st.lists(
    st.sampled_from([*COMPARED, "DoesNotExist"]).flatmap(_of), max_size=2, unique=True
).map(tuple)
event_types = st.lists(
    st.sampled_from(["HITCreated", "AssignmentAccepted", "HITCreated", "AssignmentAccepted", "Ping"]),
    min_size=1,
    max_size=2,
)


@dataclass
class Kind:
    """A HIT type, and what its requester is told of: nothing before it has asked (None)."""

    id: str
    owner: int
    title: str
    required: tuple[Requirement, ...]
    event_types: list[str] | None = None
    is_active: bool = True


@dataclass
class Hit:
    """A HIT, and who took it."""

    id: str
    group: str
    kind: Kind
    places: int
    takers: set[int] = field(default_factory=set)


class LifeOfGuardedHITs(SeveralRequesters):
    """HITs with requirements, what workers hold, and notifications."""

    def __init__(self) -> None:
        super().__init__()
        self.types: list[str] = []
        self.kinds: list[Kind] = []
        self.hits: list[Hit] = []
        self.held: list[dict[str, int]] = [{} for _ in self.workers]
        self.told: list[tuple[str, str, str]] = []
        self.visitors = [Client() for _ in self.workers]
        for visitor, worker in zip(self.visitors, self.workers, strict=True):
            assert worker.user
            visitor.force_login(worker.user)
        self.sent: list[Delivery] = []
        self._real_send = calls.send
        calls.send = self.sent.append

    def teardown(self) -> None:
        calls.send = self._real_send
        super().teardown()

    @initialize(given=requirements, other=requirements)
    def begin(self, given: Given, other: Given) -> None:
        """There are qualifications, HITs that require them, and workers who have some."""
        new = {"Name": "Sharp eyes", "Description": "Sees.", "QualificationTypeStatus": "Active"}
        for owner in range(TYPES):
            made = self.ask(owner, "CreateQualificationType", **new)["QualificationType"]
            self.types.append(made["QualificationTypeId"])
            self.grant(owner, owner, owner)
        for who, its in ((0, given), (0, other), (1, given)):
            self.create_hit(who, "Birds", its, 2)
            self.update_notification_settings(len(self.kinds) - 1, 0, ["HITCreated"], None)

    # What requesters do.

    @rule(who=picks, title=st.sampled_from(["Birds", "Boats"]), given=requirements)
    def create_hit_type(self, who: int, title: str, given: Given) -> None:
        required = self.required(given)
        made = self.ask(who, "CreateHITType", **properties_of(title, required[::-1]))["HITTypeId"]
        self.kind_of(made, who % REQUESTERS, title, required)

    @rule(who=picks, title=st.sampled_from(["Birds", "Boats"]), given=requirements, places=st.integers(1, 2))
    def create_hit(self, who: int, title: str, given: Given, places: int) -> None:
        required = self.required(given)
        task = {"Question": html_question(), "LifetimeInSeconds": 3000, "MaxAssignments": places}
        made = self.ask(who, "CreateHIT", **properties_of(title, required), **task)["HIT"]
        self.is_made(made, self.kind_of(made["HITTypeId"], who % REQUESTERS, title, required), places)

    @rule(pick=picks, stranger=strangers)
    def create_hit_with_hit_type(self, pick: int, stranger: int) -> None:
        kind = self.kinds[pick % len(self.kinds)]
        task = {"Question": html_question(), "LifetimeInSeconds": 3000}
        refusal = WRONG if stranger else ""
        who = kind.owner + stranger
        made = self.ask(who, "CreateHITWithHITType", refusal, HITTypeId=kind.id, **task)
        if not refusal:
            self.is_made(made["HIT"], kind, 1)

    @rule(pick=picks, worker=workers, value=values)
    def grant(self, pick: int, worker: int, value: int) -> None:
        number = pick % TYPES
        given = {"QualificationTypeId": self.types[number], "WorkerId": self.workers[worker].public_id}
        self.ask(number, "AssociateQualificationWithWorker", IntegerValue=value, **given)
        self.held[worker][self.types[number]] = value

    @rule(pick=picks, worker=workers)
    def revoke(self, pick: int, worker: int) -> None:
        number = pick % TYPES
        given = {"QualificationTypeId": self.types[number], "WorkerId": self.workers[worker].public_id}
        if self.held[worker].pop(self.types[number], None) is not None:
            self.ask(number, "DisassociateQualificationFromWorker", **given)

    @rule(
        pick=picks,
        stranger=strangers,
        asked=st.none() | event_types,
        is_active=st.sampled_from([None, True, False]),
    )
    def update_notification_settings(
        self, pick: int, stranger: int, asked: list[str] | None, is_active: bool | None
    ) -> None:
        kind = self.kinds[pick % len(self.kinds)]
        given = {} if asked is None else {"Notification": specification(kind.owner, asked)}
        given |= {} if is_active is None else {"Active": is_active}
        has_nothing = asked is None and (is_active is None or kind.event_types is None)
        refusal = WRONG if stranger or has_nothing or "Ping" in (asked or ()) else ""
        who = kind.owner + stranger
        self.ask(who, "UpdateNotificationSettings", refusal, HITTypeId=kind.id, **given)
        if not refusal:
            kind.event_types = kind.event_types if asked is None else asked
            kind.is_active = kind.is_active if is_active is None else is_active

    @rule(who=picks, kind=st.sampled_from(["Ping", "HITReviewable"]))
    def send_test(self, who: int, kind: str) -> None:
        given = {"Notification": specification(99, ["HITCreated"]), "TestEventType": kind}
        self.ask(who, "SendTestEventNotification", **given)
        if self.is_in_process:
            [event] = json.loads(self.sent[-1].body)["Events"]
            assert (event["EventType"], self.sent[-1].destination) == (kind, "99@example.org")

    # What workers do.

    @rule(pick=picks, worker=workers)
    def preview(self, pick: int, worker: int) -> None:
        hit = self.hits[pick % len(self.hits)]
        page = self.visitors[worker].get(f"/hits/{hit.id}/")
        if worker in hit.takers:
            assert page["Location"].startswith("/work/")
        else:
            assert page.status_code == (200 if self.may(PREVIEW, worker, hit.kind) else 302)

    @rule(pick=picks, worker=workers)
    def accept(self, pick: int, worker: int) -> None:
        hit = self.hits[pick % len(self.hits)]
        has_place = len(hit.takers) < hit.places and self.may(ACCEPT, worker, hit.kind)
        page = self.visitors[worker].post(f"/hits/{hit.id}/accept/")
        is_taken = page.get("Location", "").startswith("/work/")
        assert is_taken == (has_place or worker in hit.takers)
        if is_taken and worker not in hit.takers:
            hit.takers.add(worker)
            self.happens("AssignmentAccepted", hit)

    @rule(worker=workers)
    def look_for_work(self, worker: int) -> None:
        page = self.visitors[worker].get("/").content.decode()
        for kind in self.kinds:
            mine = [hit for hit in self.hits if hit.kind is kind]
            is_left = any(len(hit.takers) < hit.places and worker not in hit.takers for hit in mine)
            for group in {hit.group for hit in mine}:
                is_seen = f'href="/groups/{group}/"' in page
                assert is_seen == (is_left and self.may(DISCOVER, worker, kind))

    # What is seen.

    @invariant()
    def requesters_are_told_of_their_own_alone(self) -> None:
        self.turn += 1
        if self.is_in_process:
            notifications.write_out()
            messages = Delivery.objects.exclude(destination="99@example.org")
            found = [(its.destination, event) for its in messages for event in json.loads(its.body)["Events"]]
            told = [(destination, event["EventType"], event["HITId"]) for destination, event in found]
            assert sorted(told) == sorted(self.told)
        if self.hits:
            self.look_at_one(self.hits[self.turn % len(self.hits)])

    def look_at_everything(self) -> None:
        for worker in range(len(self.workers)):
            self.look_for_work(worker)
        for hit in self.hits:
            self.look_at_one(hit)
        for number, type_id in enumerate(self.types):
            for who in range(REQUESTERS):
                asked = {"QualificationTypeId": type_id}
                seen = self.all_of(who, "ListHITsForQualificationType", "HITs", **asked)
                its = {hit.id for hit in self.hits if hit.kind.owner == who and self.names(hit.kind, number)}
                assert {hit["HITId"] for hit in seen} == its

    def look_at_one(self, hit: Hit) -> None:
        seen = self.ask(hit.kind.owner, "GetHIT", HITId=hit.id)["HIT"]
        required = [one.shown() for one in hit.kind.required]
        assert canonical(seen["QualificationRequirements"]) == canonical(required)
        assert seen["NumberOfAssignmentsPending"] == len(hit.takers)
        self.ask(hit.kind.owner + 1, "GetHIT", MISSING.format("HIT"), HITId=hit.id)

    # What there is.

    def required(self, given: Given) -> tuple[Requirement, ...]:
        return tuple(Requirement(self.types[number], *rest) for number, *rest in given)

    def names(self, kind: Kind, number: int) -> bool:
        return any(one.type_id == self.types[number] for one in kind.required)

    def may(self, action: str, worker: int, kind: Kind) -> bool:
        return may(action, kind.required, self.held[worker])

    def kind_of(self, hit_type_id: str, owner: int, title: str, required: tuple[Requirement, ...]) -> Kind:
        """Give the kind of this type: requirements in another order are the same."""
        known = [kind for kind in self.kinds if kind.id == hit_type_id]
        same = (owner, title, set(required))
        assert known == [kind for kind in self.kinds if (kind.owner, kind.title, set(kind.required)) == same]
        if not known:
            self.kinds.append(Kind(hit_type_id, owner, title, required))
        return [*known, self.kinds[-1]][0]

    def is_made(self, shown: dict[str, Any], kind: Kind, places: int) -> None:
        """Take down a new HIT."""
        self.hits.append(Hit(shown["HITId"], shown["HITGroupId"], kind, places))
        self.happens("HITCreated", self.hits[-1])

    def happens(self, event_type: str, hit: Hit) -> None:
        """Take down what is told, if anybody asked for it."""
        if hit.kind.is_active and event_type in (hit.kind.event_types or ()):
            self.told.append((f"{hit.kind.owner}@example.org", event_type, hit.id))


def properties_of(title: str, required: tuple[Requirement, ...]) -> dict[str, Any]:
    """The properties of a kind of HITs."""
    return PROPERTIES | {"Title": title, "QualificationRequirements": [one.given() for one in required]}


def specification(number: int, asked: list[str]) -> dict[str, Any]:
    """A notification to the address with this number."""
    told = {"Destination": f"{number}@example.org", "Transport": "Email", "Version": "2006-05-05"}
    return {**told, "EventTypes": asked}


def canonical(required: list[dict[str, Any]]) -> list[str]:
    """Requirements in the one way to write them down, in the one order."""
    return sorted(json.dumps(one, sort_keys=True) for one in required)
