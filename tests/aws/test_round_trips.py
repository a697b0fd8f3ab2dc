"""Whatever the model allows goes from client to server and back unharmed; whatever it does not is refused.

botocore writes the requests that we read, and reads the answers that we write.
"""

import json
import random
from datetime import datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kempelen.aws import checking, protocol, quick_reading, reading
from kempelen.aws.model import OPERATIONS, Operation
from tests.aws.calls import PREFIX, received, sent
from tests.aws.mutations import mutated
from tests.aws.values import values_of

pytestmark = pytest.mark.once

each_operation = pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def in_whole_seconds(value: Any) -> Any:
    """The same with its times as they are answered."""
    if isinstance(value, dict):
        return {name: in_whole_seconds(member) for name, member in value.items()}
    if isinstance(value, list):
        return [in_whole_seconds(member) for member in value]
    return value.replace(microsecond=0) if isinstance(value, datetime) else value


@each_operation
@given(data=st.data())
@settings(max_examples=15)
def test_we_read_what_botocore_writes(operation: Operation, data: st.DataObject) -> None:
    request = data.draw(values_of(operation.request))
    target, body = sent(operation.name, **request)
    assert protocol.operation_called(target) is operation
    read = protocol.parse(operation, body)
    moment = read.pop("ExpireAt", None)
    if moment:
        assert abs((moment - request.pop("ExpireAt")).total_seconds()) < 0.001
    assert read == request


@each_operation
@given(data=st.data())
@settings(max_examples=15)
def test_botocore_reads_what_we_write(operation: Operation, data: st.DataObject) -> None:
    answer = data.draw(values_of(operation.answer))
    assert received(operation.name, protocol.reply(operation, answer)) == in_whole_seconds(answer)


@st.composite
def broken_bodies(draw: st.DrawFn) -> tuple[Operation, bytes]:
    """A body that was right until something happened to its members or its bytes."""
    operation = draw(st.sampled_from(list(OPERATIONS.values())))
    arguments = draw(values_of(operation.request))
    arguments.pop("ExpireAt", None)
    names = st.sampled_from([*operation.request.members, "Unknown"])
    body = bytearray(json.dumps(arguments | draw(st.dictionaries(names, JSON, max_size=2))).encode())
    for place, byte in draw(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 255)), max_size=3)):
        body[place % len(body)] = byte
    return operation, bytes(body)


def only_refused(operation: Operation, body: bytes) -> None:
    """It is read or refused, and both ways of reading agree on it."""
    try:
        read = protocol.parse(operation, body)
    except protocol.ProtocolError as refused:
        assert refused.status == 400
        assert protocol.refuse(refused.name, str(refused), refused.code, now=NOW, is_sandbox=True)
        return
    json.dumps(read, default=str).encode()
    decoder = quick_reading.decoder(operation.request)
    if decoder and not _is_beyond_the_model(body):
        slowly = reading.read(operation.request, body)
        checking.check(operation.request, slowly)
        assert read == slowly


def _is_beyond_the_model(body: bytes) -> bool:
    """Whether it is no JSON, somewhere in a member that nobody reads."""
    try:
        reading.read(OPERATIONS["GetAccountBalance"].request, body)
    except protocol.Unreadable:
        return True
    return False


NOW = datetime.fromisoformat("2026-01-01T00:00:00Z")


@given(broken_bodies())
@settings(max_examples=200)
@example((OPERATIONS["GetHIT"], b'{"HITId":"A","x":"\xff"}'))
def test_whatever_happens_to_a_body_is_refused_at_worst(case: tuple[Operation, bytes]) -> None:
    only_refused(*case)


@pytest.mark.parametrize("count", [5_000, pytest.param(100_000, marks=pytest.mark.proof)])
def test_whatever_happens_to_many_bodies_is_refused_at_worst(count: int) -> None:
    chance = random.Random(count)
    for _ in range(count):
        operation, body = mutated(chance)
        try:
            only_refused(operation, body)
        except Exception as error:
            raise AssertionError(f"{operation.name}: {body[:1000]!r}") from error


@given(st.binary(max_size=50), st.sampled_from(list(OPERATIONS.values())))
def test_any_bytes_are_refused_at_worst(body: bytes, operation: Operation) -> None:
    only_refused(operation, body)


@given(st.text(max_size=30), st.sampled_from(["", PREFIX, f"{PREFIX}."]))
def test_any_target_is_an_operation_or_refused(rest: str, beginning: str) -> None:
    try:
        protocol.operation_called(beginning + rest)
    except protocol.UnknownOperation as refused:
        assert refused.status == 400
