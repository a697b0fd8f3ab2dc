"""Bodies of requests that something happened to, many and quickly: Hypothesis takes minutes for as many."""

import json
import random
from typing import Any

from kempelen.aws.model import OPERATIONS, Operation, Shape

TEXTS = ["", "A", "A1", "b", "A" * 65, "x" * 300, "0.05", "1.234", "US", "é", "\U0001f600", "\x00", "\ud800"]
NUMBERS = [0, 1, 100, 101, -1, 2**31, 2**63, 2**64, 10**30, 1.5, 1e10, 1e300, -0.0]
OTHERS: list[Any] = [
    None,
    True,
    False,
    [],
    {},
    [None],
    {"a": {"b": [1]}},
    [[[[[]]]]],
    float("nan"),
    float("inf"),
]
BYTES = [
    b"\\ud800",
    b"\\u0000",
    b"1e999",
    b"NaN",
    b"[" * 2000,
    b'{"a":' * 2000,
    b"9" * 5000,
    b"\xff",
    b"\xef\xbb\xbf",
]


def mutated(chance: random.Random) -> tuple[Operation, bytes]:
    """A body for an operation: right at first, then changed in its members, its bytes, or both."""
    operation = chance.choice(list(OPERATIONS.values()))
    arguments = _value(operation.request, chance)
    if chance.random() < 0.7:
        arguments[chance.choice([*operation.request.members, "Unknown"])] = _anything(chance)
    body = json.dumps(arguments, ensure_ascii=chance.random() < 0.5).encode(errors="surrogatepass")
    for _ in range(chance.choice([0, 0, 1, 1, 2, 5])):
        body = _changed(body, chance)
    return operation, body


def _value(shape: Shape, chance: random.Random) -> Any:
    """A value that fits the shape, mostly."""
    if shape.kind == "structure":
        names = [name for name in shape.members if name in shape.required or chance.random() < 0.3]
        return {name: _value(shape.members[name].shape, chance) for name in names}
    if shape.element:
        return [_value(shape.element, chance) for _ in range(chance.choice([0, 1, 1, 2, 3]))]
    if shape.values:
        return chance.choice([*shape.values, "Foo"])
    if shape.kind == "string":
        return chance.choice(TEXTS[1:3] if chance.random() < 0.8 else TEXTS)
    if shape.kind == "boolean":
        return chance.random() < 0.5
    return chance.choice(NUMBERS[1:3] if chance.random() < 0.8 else NUMBERS)


def _anything(chance: random.Random) -> Any:
    one = chance.choice([*TEXTS, *NUMBERS, *OTHERS])
    return chance.choice([one, [one], [one, "A1"], {"QualificationTypeId": one}, [{"Country": one}]])


def _changed(body: bytes, chance: random.Random) -> bytes:
    """With some bytes lost, doubled, replaced or put in between."""
    start = chance.randrange(len(body) + 1)
    end = min(len(body), start + chance.choice([0, 1, 1, 5, 50]))
    middle = chance.choice([b"", body[start:end] * 2, bytes([chance.randrange(256)]), chance.choice(BYTES)])
    return body[:start] + middle + body[end:]
