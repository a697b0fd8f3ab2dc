"""Whatever is sent with a good signature is done or refused in JSON: the server neither fails nor hangs.

Calls go to the endpoint in this process, with everything at stake that one requester can have, so that
spoiled arguments reach as deep as sound ones.
"""

import json
import random
import signal
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse

from kempelen.aws.model import OPERATIONS, TARGET_PREFIX
from kempelen.domain.actions import access_keys
from kempelen.domain.models import Requester, Worker
from tests.aws import signing
from tests.contract.api import in_process, odd_documents
from tests.contract.api.every_operation import Things, arguments, things_of
from tests.contract.api.spoiling import TYPE, Call, Spoiler

# Nothing takes a hundredth of it, be the machine ever so busy.
HANGS_AFTER_SECONDS = 60
# What a call may be refused with; the last five come of spoiled headers.
FAMILIES = {
    "RequestError",
    "ParameterValidationError",
    "ValidationException",
    "SerializationException",
    "UnknownOperationException",
    "InvalidSignatureException",
    "RequestEntityTooLargeException",
    "IncompleteSignatureException",
    "MissingAuthenticationTokenException",
}
AT_ONCE = 250


class Sender:
    """Signs calls with a requester's key, and looks at what comes of them."""

    def __init__(self, requester: Requester) -> None:
        key, self._secret = access_keys.create(requester.memberships.get(role="owner"))
        self._key_id = key.public_id
        self.seen: Counter[str] = Counter()

    def send(self, call: Call) -> HttpResponse:
        """The answer, which is either done or refused."""
        target = {"Content-Type": TYPE, "X-Amz-Target": f"{TARGET_PREFIX}.{call.operation}"}
        headers = {"Host": "testserver", **target, **call.headers}
        signed = signing.signed(
            call.body, headers, at=datetime.now(tz=UTC), key_id=self._key_id, secret=self._secret
        )
        with refusing_to_hang(call):
            answer = in_process.post(signed.headers, call.body)
        assert isinstance(answer, HttpResponse)
        said = json.loads(answer.content)
        assert answer.status_code in (200, 400, 413), (call, said)
        assert answer.status_code == 200 or said["__type"] in FAMILIES, (call, said)
        self.seen[said.get("__type", "done") if answer.status_code != 200 else "done"] += 1
        return answer


@contextmanager
def refusing_to_hang(call: Call) -> Iterator[None]:
    """Fail in the middle of a call that takes for ever."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise AssertionError(f"This takes for ever: {call.operation} {call.body[:2000]!r}")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(HANGS_AFTER_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(autouse=True)
def _nothing_leaves_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kempelen.api.notifications.send", lambda *_, **__: None)


@pytest.fixture
def things(ada: Requester, cleo: Worker, dan: Worker) -> Things:
    """What Ada has."""
    return things_of(in_process.mturk(ada), ada, cleo, dan)


def tokens_of(its: Things, *requesters: Requester) -> list[str]:
    """Good tokens, of this listing and that one, of one requester and another."""
    found = []
    for mturk in map(in_process.mturk, requesters):
        for page in (
            mturk.list_hits(MaxResults=1),
            mturk.list_reviewable_hits(MaxResults=1),
            mturk.list_worker_blocks(),
            mturk.list_qualification_types(MustBeRequestable=False),
        ):
            found += [page["NextToken"]] if page["NumResults"] else []
    return found


@pytest.mark.parametrize("calls", [1500, pytest.param(100_000, marks=pytest.mark.proof)])
def test_no_spoiled_call_makes_the_server_fail_or_hang(
    things: Things, ada: Requester, ben: Requester, calls: int
) -> None:
    sender, sound = Sender(ada), arguments(things)
    spoiler = Spoiler(sound, tokens_of(things, ada, ben), seed=calls)
    for _ in range(0, calls, AT_ONCE):
        # What was deleted is there again for the next ones.
        with transaction.atomic():
            for _ in range(AT_ONCE):
                sender.send(spoiler.call())
            transaction.set_rollback(True)
    print(f"Answers to {calls} calls:", dict(sender.seen))
    # A run in which nothing is done any more, or nothing refused, would prove little.
    assert sender.seen["done"] > calls / 20
    assert len(sender.seen) >= 6


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_member_is_checked(operation: str, things: Things, ada: Requester) -> None:
    sender, sound = Sender(ada), arguments(things)[operation]
    for name in OPERATIONS[operation].request.members:
        for odd in ODD:
            with transaction.atomic():
                sender.send(Call(operation, json.dumps({**sound, name: odd}).encode(errors="surrogatepass")))
                transaction.set_rollback(True)


ODD: list[Any] = [
    None,
    "",
    "\0",
    "\ud800",
    "\U0001f600" * 2000,
    "A" * 70_000,
    2**63,
    -(2**63),
    10**400,
    1e308,
    float("nan"),
    True,
    [],
    {},
    [{}],
    [None],
    [["A"]],
    {"A": {"A": "A"}},
]


def test_deeply_nested_json_is_refused(things: Things, ada: Requester) -> None:
    sender = Sender(ada)
    for opening, closing in (("[", "]"), ('{"a":', "}"), ('{"HITId":', "}")):
        for depth in (100, 5_000, 500_000):
            for end in ("", "1" + closing * depth):
                answer = sender.send(Call("GetHIT", (opening * depth + end).encode()))
                assert answer.status_code in (400, 413)


@pytest.mark.parametrize("seed", range(4))
def test_no_document_makes_the_server_fail_or_hang(things: Things, ada: Requester, seed: int) -> None:
    sender, chance = Sender(ada), random.Random(seed)
    sound = arguments(things)
    for _ in range(60):
        document = odd_documents.one(chance)
        for operation, name in DOCUMENTS:
            given: Mapping[str, Any] = {**sound[operation], name: document}
            sender.send(Call(operation, json.dumps(given).encode()))


DOCUMENTS = [
    ("CreateHITWithHITType", "Question"),
    ("CreateQualificationType", "Test"),
    ("CreateQualificationType", "AnswerKey"),
]
