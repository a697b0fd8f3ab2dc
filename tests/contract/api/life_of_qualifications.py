"""Requesters and workers do what they like with qualifications and blocks; boto3 sees what is foreseen.

The rules are those of mturk-api.md §3.3, written once more.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from kempelen.domain.actions import qualifications
from kempelen.domain.errors import Refusal
from tests.contract.api.several_requesters import (
    MISSING,
    REQUESTERS,
    SeveralRequesters,
    picks,
    strangers,
    workers,
)

NO_TYPE = MISSING.format("QualificationType")
NO_REQUEST = MISSING.format("QualificationRequest")
WRONG = "AWS.MechanicalTurk.Invalid{}State"
values = st.sampled_from([None, 0, -5, 100, 2**31 - 1])


@dataclass
class Asked:
    """A worker's request."""

    id: str
    worker: int
    at: datetime
    is_pending: bool


@dataclass
class Kind:
    """A qualification type, with what workers hold and held of it and all that was ever asked."""

    id: str
    owner: int
    name: str
    status: str
    delay: int | None
    is_auto_granted: bool
    held: dict[int, tuple[int, str]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    @property
    def is_disposed(self) -> bool:
        return self.status == "Disposed"

    def grant(self, worker: int, value: int | None) -> None:
        """Give the worker the value, which is 1 where none is said."""
        self.held[worker] = (1 if value is None else value, "Granted")

    def may_be_asked_for_by(self, worker: int, now: datetime) -> bool:
        """Whether the worker may ask: once where there is no delay, and never for what is held."""
        if self.status != "Active" or self.held.get(worker, (0, ""))[1] == "Granted":
            return False
        last = [asked for asked in self.asked if asked.worker == worker][-1:]
        if not last:
            return True
        again = self.delay is not None and last[0].at + timedelta(seconds=self.delay) <= now
        return again and not last[0].is_pending

    def of_status(self, status: str) -> dict[int, int]:
        """Who has it, or had it, and with which value."""
        return {worker: value for worker, (value, its) in self.held.items() if its == status}


class LifeOfQualifications(SeveralRequesters):
    """Qualification types, what workers have of them, and whom requesters block."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[Kind] = []
        self.blocked: list[dict[int, str]] = [{} for _ in range(REQUESTERS)]

    @initialize(delay=st.sampled_from([None, 0, 50]))
    def begin(self, delay: int | None) -> None:
        """Two of the requesters have types, and workers ask for them."""
        for who in (0, 1):
            self.create(who, "Cats", delay, False, "Active")
            for worker in range(len(self.workers)):
                self.ask_for(who, worker)
        self.create(0, "Owls", delay, True, "Active")

    @rule(
        who=picks,
        name=st.sampled_from(["Cats", "Dogs", "Birds"]),
        delay=st.sampled_from([None, 0, 50]),
        auto=st.booleans(),
        status=st.sampled_from(["Active", "Active", "Inactive"]),
    )
    def create(self, who: int, name: str, delay: int | None, auto: bool, status: str) -> None:
        owner = who % REQUESTERS
        taken = any((kind.owner, kind.name) == (owner, name) and not kind.is_disposed for kind in self.kinds)
        given = {"Name": name, "Description": "Some.", "QualificationTypeStatus": status, "AutoGranted": auto}
        given |= {"RetryDelayInSeconds": delay} if delay is not None else {}
        refusal = "AWS.MechanicalTurk.QualificationTypeAlreadyExists" if taken else ""
        made = self.ask(owner, "CreateQualificationType", refusal, **given)
        if not taken:
            public_id = made["QualificationType"]["QualificationTypeId"]
            self.kinds.append(Kind(public_id, owner, name, status, delay, auto))

    @rule(pick=picks, stranger=strangers, status=st.sampled_from(["Active", "Inactive"]))
    def update(self, pick: int, stranger: int, status: str) -> None:
        if kind := self.a_kind(pick):
            refusal = self.refusal_of_change(kind, stranger)
            given = {"QualificationTypeId": kind.id, "QualificationTypeStatus": status}
            self.ask(kind.owner + stranger, "UpdateQualificationType", refusal, **given)
            kind.status = kind.status if refusal else status

    @rule(pick=picks, stranger=strangers)
    def dispose(self, pick: int, stranger: int) -> None:
        # Seldom: most runs shall go on to something else.
        if pick % 3 == 0 and (kind := self.a_kind(pick)):
            refusal = self.refusal_of_change(kind, stranger)
            self.ask(kind.owner + stranger, "DeleteQualificationType", refusal, QualificationTypeId=kind.id)
            if not refusal:
                kind.status = "Disposed"
                for asked in kind.asked:
                    asked.is_pending = False

    @rule(pick=picks, stranger=strangers, worker=workers, value=values)
    def associate(self, pick: int, stranger: int, worker: int, value: int | None) -> None:
        if kind := self.a_kind(pick):
            refusal = NO_TYPE if stranger or kind.is_disposed else ""
            given = self.of(kind, worker) | ({"IntegerValue": value} if value is not None else {})
            self.ask(kind.owner + stranger, "AssociateQualificationWithWorker", refusal, **given)
            if not refusal:
                kind.grant(worker, value)

    @rule(pick=picks, stranger=strangers, worker=workers)
    def disassociate(self, pick: int, stranger: int, worker: int) -> None:
        if kind := self.a_kind(pick):
            value, status = kind.held.get(worker, (0, ""))
            refusal = MISSING.format("Qualification") if stranger or not status else ""
            refusal = refusal or (WRONG.format("Qualification") if status == "Revoked" else "")
            given = self.of(kind, worker)
            self.ask(kind.owner + stranger, "DisassociateQualificationFromWorker", refusal, **given)
            if not refusal:
                kind.held[worker] = (value, "Revoked")

    @rule(pick=picks, worker=workers)
    def ask_for(self, pick: int, worker: int) -> None:
        if not (kind := self.a_kind(pick)):
            return
        may = kind.may_be_asked_for_by(worker, self.now)
        try:
            made = qualifications.request(self.workers[worker], kind.id)
        except Refusal:
            assert not may
            return
        assert may
        kind.asked.append(Asked(made.public_id, worker, self.now, not kind.is_auto_granted))
        if kind.is_auto_granted:
            kind.grant(worker, None)

    @rule(pick=picks, stranger=strangers, value=values)
    def accept_request(self, pick: int, stranger: int, value: int | None) -> None:
        if found := self.a_request(pick):
            kind, asked = found
            refusal = self.refusal_of_answer(asked, stranger)
            given: dict[str, Any] = {"QualificationRequestId": asked.id}
            given |= {"IntegerValue": value} if value is not None else {}
            self.ask(kind.owner + stranger, "AcceptQualificationRequest", refusal, **given)
            if not refusal:
                asked.is_pending = False
                kind.grant(asked.worker, value)

    @rule(pick=picks, stranger=strangers)
    def reject_request(self, pick: int, stranger: int) -> None:
        if found := self.a_request(pick):
            kind, asked = found
            refusal = self.refusal_of_answer(asked, stranger)
            who = kind.owner + stranger
            self.ask(who, "RejectQualificationRequest", refusal, QualificationRequestId=asked.id)
            asked.is_pending = asked.is_pending and bool(refusal)

    @rule(who=picks, worker=workers, reason=st.sampled_from(["Why not.", "Again."]))
    def block(self, who: int, worker: int, reason: str) -> None:
        self.ask(who, "CreateWorkerBlock", WorkerId=self.workers[worker].public_id, Reason=reason)
        self.blocked[who % REQUESTERS][worker] = reason

    @rule(who=picks, worker=workers)
    def unblock(self, who: int, worker: int) -> None:
        self.ask(who, "DeleteWorkerBlock", WorkerId=self.workers[worker].public_id)
        self.blocked[who % REQUESTERS].pop(worker, None)

    @precondition(lambda self: self.is_in_process)
    @rule(seconds=st.sampled_from([1, 49, 51]))
    def time_passes(self, seconds: int) -> None:
        self.forward(seconds)

    @invariant()
    def what_one_requester_sees_is_what_happened(self) -> None:
        self.turn += 1
        self.look_at(self.turn % REQUESTERS)
        if kind := self.a_kind(self.turn):
            self.look_at_one(kind)

    def look_at_everything(self) -> None:
        for who in range(REQUESTERS):
            self.look_at(who)
        for kind in self.kinds:
            self.look_at_one(kind)

    def look_at(self, who: int) -> None:
        own = {"MustBeRequestable": False, "MustBeOwnedByCaller": True}
        seen = self.all_of(who, "ListQualificationTypes", "QualificationTypes", **own)
        mine = [kind for kind in self.kinds if kind.owner == who]
        alive = [(kind.id, kind.status) for kind in mine if not kind.is_disposed]
        assert [(one["QualificationTypeId"], one["QualificationTypeStatus"]) for one in seen] == alive
        waiting = self.all_of(who, "ListQualificationRequests", "QualificationRequests")
        asked = [one.id for kind in mine for one in kind.asked if one.is_pending]
        assert sorted(one["QualificationRequestId"] for one in waiting) == sorted(asked)
        assert [one["SubmitTime"] for one in waiting] == sorted(one["SubmitTime"] for one in waiting)
        blocks = self.all_of(who, "ListWorkerBlocks", "WorkerBlocks")
        named = {self.workers[worker].public_id: reason for worker, reason in self.blocked[who].items()}
        assert {one["WorkerId"]: one["Reason"] for one in blocks} == named
        assert len(blocks) == len(named)

    def look_at_one(self, kind: Kind) -> None:
        stranger = kind.owner + 1
        listing = ("ListWorkersWithQualificationType", "Qualifications")
        for status in ("Granted", "Revoked"):
            seen = self.all_of(kind.owner, *listing, QualificationTypeId=kind.id, Status=status)
            have = {self.workers[worker].public_id: value for worker, value in kind.of_status(status).items()}
            assert {one["WorkerId"]: one["IntegerValue"] for one in seen} == have
            assert len(seen) == len(have)
        for worker, (value, status) in kind.held.items():
            wrong = "" if status == "Granted" else WRONG.format("Qualification")
            score = self.ask(kind.owner, "GetQualificationScore", wrong, **self.of(kind, worker))
            assert wrong or score["Qualification"]["IntegerValue"] == value
            missing = MISSING.format("Qualification")
            self.ask(stranger, "GetQualificationScore", missing, **self.of(kind, worker))
        for operation in ("ListWorkersWithQualificationType", "ListQualificationRequests"):
            self.ask(stranger, operation, NO_TYPE, QualificationTypeId=kind.id)
        hidden = NO_TYPE if kind.is_disposed else ""
        self.ask(kind.owner, "GetQualificationType", hidden, QualificationTypeId=kind.id)
        hidden = "" if kind.status == "Active" else NO_TYPE
        self.ask(stranger, "GetQualificationType", hidden, QualificationTypeId=kind.id)

    def a_kind(self, pick: int) -> Kind | None:
        return self.kinds[pick % len(self.kinds)] if self.kinds else None

    def a_request(self, pick: int) -> tuple[Kind, Asked] | None:
        found = [(kind, asked) for kind in self.kinds for asked in kind.asked]
        return found[pick % len(found)] if found else None

    def of(self, kind: Kind, worker: int) -> dict[str, Any]:
        return {"QualificationTypeId": kind.id, "WorkerId": self.workers[worker].public_id}

    def refusal_of_change(self, kind: Kind, stranger: int) -> str:
        if stranger:
            return NO_TYPE
        return WRONG.format("QualificationType") if kind.is_disposed else ""

    def refusal_of_answer(self, asked: Asked, stranger: int) -> str:
        if stranger:
            return NO_REQUEST
        return "" if asked.is_pending else WRONG.format("QualificationRequest")
