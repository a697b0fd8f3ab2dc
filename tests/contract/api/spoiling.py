"""Calls that no client would make: sound arguments spoiled in many ways."""

import copy
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kempelen.aws.model import OPERATIONS
from tests.aws import mutations
from tests.contract.api import odd_documents

TYPE = "application/x-amz-json-1.1"
TEXTS = [
    *mutations.TEXTS,
    "A" * 64,
    "3" * 65,
    "é" * 255,
    "\U0001f600" * 300,
    "\u202e\ufeff\x7f\x85\u2028",
    "'; DROP TABLE x; --",
    "%s%n{0}${a}{{b}}",
    "../../etc/passwd",
    "<b>&amp;]]>",
    "1" * 400,
    "0" * 70_000,
    "\x01\x08\x0b\x1f",
    "9" * 20 + ".99",
    "٣.٤",
    "0.0",
    "00000.01",
    ".5",
    "5.",
]
NUMBERS = [
    *mutations.NUMBERS,
    30,
    31_536_000,
    2**31 - 1,
    -(2**31),
    2**63 - 1,
    -(2**63),
    253402300800,
    -62135596801,
]
OTHERS = [*mutations.OTHERS, [[]] * 50, {"": ""}, {"Country": "US", "Subdivision": "CA"}]
# The members that hold documents of 65,535 bytes.
DOCUMENTS = ("Question", "Test", "AnswerKey")
HEADERS = [
    "X-Amz-Target",
    "Content-Type",
    "Accept-Encoding",
    "X-Amz-Content-Sha256",
    "Origin",
    "Expect",
    "Range",
]
TARGETS = [
    "",
    ".",
    "MTurkRequesterServiceV20170117.",
    "X.GetHIT",
    "GetHIT",
    "MTurkRequesterServiceV20170117.getHIT",
]


@dataclass
class Call:
    """One call that waits to be signed."""

    operation: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


class Spoiler:
    """Makes calls from sound arguments; the same seed makes the same ones."""

    def __init__(self, sound: Mapping[str, Mapping[str, Any]], tokens: list[str], seed: int) -> None:
        self._chance = random.Random(seed)
        self._sound = sound
        self._tokens = tokens
        self._ways = [self._values, self._documents, self._bytes, self._token, self._headers, self._noise]

    def call(self) -> Call:
        """One more call."""
        [way] = self._chance.choices(self._ways, weights=[50, 12, 18, 8, 6, 6])
        return way()

    def _values(self) -> Call:
        operation, arguments = self._any()
        for _ in range(self._chance.choice([1, 1, 1, 2, 3])):
            self._spoil(operation, arguments)
        return Call(operation, _json(arguments))

    def _spoil(self, operation: str, arguments: dict[str, Any]) -> None:
        """Put something odd in the place of a member, however deep, or beside what is there."""
        place: Any = arguments
        known = [*OPERATIONS[operation].request.members, "Unknown"]
        if self._chance.random() < 0.2:
            name = self._chance.choice(known)
            arguments[name] = self._odd(arguments.get(name))
            return
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                return
            key = self._chance.choice(keys)
            if not isinstance(place[key], dict | list) or self._chance.random() < 0.3:
                break
            place = place[key]
        place[key] = self._odd(place[key])

    def _odd(self, was: Any = None) -> Any:
        """Mostly of the type that is asked for: what is not, is refused before it gets anywhere."""
        fits = TEXTS if isinstance(was, str) else NUMBERS
        if isinstance(was, str | int) and self._chance.random() < 0.8:
            return self._chance.choice(fits)
        # A copy, since it may be spoiled again.
        one = copy.deepcopy(self._chance.choice([*TEXTS, *NUMBERS, *OTHERS]))
        many = [one] * self._chance.choice([1, 2, 101])
        inside = {"QualificationTypeId": one}
        return self._chance.choice([one, one, one, [one], many, [was, one], [was] * 40, inside])

    def _documents(self) -> Call:
        operation, arguments = self._any()
        having = [name for name, given in self._sound.items() if set(DOCUMENTS) & set(given)]
        operation = self._chance.choice(having)
        arguments = json.loads(json.dumps(self._sound[operation]))
        name = self._chance.choice([name for name in DOCUMENTS if name in arguments])
        arguments[name] = odd_documents.one(self._chance)
        return Call(operation, _json(arguments))

    def _bytes(self) -> Call:
        if self._chance.random() < 0.5:
            operation, body = mutations.mutated(self._chance)
            return Call(operation.name, body)
        name, arguments = self._any()
        body = _json(arguments)
        for _ in range(self._chance.choice([1, 1, 2, 5])):
            body = mutations._changed(body, self._chance)
        return Call(name, body)

    def _token(self) -> Call:
        operation, arguments = self._any()
        listings = [name for name in self._sound if "NextToken" in OPERATIONS[name].request.members]
        operation = self._chance.choice(listings)
        token = self._chance.choice(self._tokens)
        cut = self._chance.randrange(len(token) + 1)
        changed = token[:cut] + self._chance.choice(["", "A", "é", ":", "\0", "=="]) + token[cut + 1 :]
        arguments = {**self._sound[operation], "NextToken": self._chance.choice([token, changed])}
        return Call(operation, _json(arguments))

    def _headers(self) -> Call:
        operation, arguments = self._any()
        name = self._chance.choice(HEADERS)
        value = "".join(
            chr(self._chance.choice([*range(32, 127), *range(160, 256)])) for _ in range(20)
        ).strip()
        if name == "X-Amz-Target" and self._chance.random() < 0.5:
            value = self._chance.choice(TARGETS)
        return Call(operation, _json(arguments), {name: value})

    def _noise(self) -> Call:
        length = self._chance.choice([0, 1, 10, 200, 5000])
        return Call(self._chance.choice(list(self._sound)), self._chance.randbytes(length))

    def _any(self) -> tuple[str, dict[str, Any]]:
        operation = self._chance.choice(list(self._sound))
        return operation, json.loads(json.dumps(self._sound[operation]))


def _json(arguments: Any) -> bytes:
    return json.dumps(arguments).encode(errors="surrogatepass")
