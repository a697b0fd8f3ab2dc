"""The page that says, operation by operation, what of Mechanical Turk's API is proven and what differs."""

import inspect
from collections.abc import Iterator, Sequence
from itertools import groupby

from kempelen.api import handlers
from tools import differences, proofs
from tools.proofs import Proof

_TESTS = "../../tests/contract/api"
# Whole programs of others, beside the operations one by one.
_CLIENTS = ("test_tutorials.py", "test_sdk_*.py", "test_scripts_*.py")

_INTRO = """\
# Compatibility with Mechanical Turk

**{answered} of {all} operations** of the MTurk Requester API, version 2017-01-17, are answered, and
{proven} are proven. Each line below is a test in `tests/contract/api`: a real client (boto3, `aws`, the
SDK for JavaScript) calls a server that was started as you start it, on SQLite and on PostgreSQL. A test
names the fact it follows: Mechanical Turk's recorded answers where there are some, its documentation
otherwise.

To try another server with those tests that need nothing but a client, name it:

    KEMPELEN_TEST_ENDPOINT=https://turk.example.org .venv/bin/pytest tests/contract/api

[How programs call the API](../how-to/api.md) has the endpoint, keys, roles and limits.
"""


def page() -> str:
    """The page docs/reference/mturk-compatibility.md."""
    proven = proofs.by_operation()
    intro = _INTRO.format(
        answered=len(handlers.by_name()), all=len(proven), proven=sum(map(bool, proven.values()))
    )
    return "\n".join([intro, *_scoreboard(proven), *_everywhere(), *_programs(), *_operations(proven)])


def _scoreboard(proven: dict[str, list[Proof]]) -> Iterator[str]:
    yield "| operation | answered | tests | differs |"
    yield "| --- | --- | --- | --- |"
    for name, tests in proven.items():
        answered = "yes" if name in handlers.by_name() else "no"
        differs = "on purpose" if name in differences.OF_OPERATIONS else ""
        yield f"| [{name}](#{name.lower()}) | {answered} | {len(tests)} | {differs} |"
    yield ""


def _everywhere() -> Iterator[str]:
    yield "## What differs everywhere\n"
    yield from (f"- {difference}" for difference in differences.EVERYWHERE)
    yield ""


def _programs() -> Iterator[str]:
    yield "## Programs that run unchanged\n"
    yield from _list([proof for pattern in _CLIENTS for proof in proofs.of_files(pattern)])


def _operations(proven: dict[str, list[Proof]]) -> Iterator[str]:
    for name, tests in proven.items():
        yield f"## {name}\n"
        if name in handlers.by_name():
            handler = handlers.of(name)
            does = (inspect.getdoc(handler.function) or "").partition("\n")[0].partition(" (mturk-api.md")[0]
            yield f"{does.rstrip('.')}. Least role: {handler.role}.\n"
        if name in differences.OF_OPERATIONS:
            yield f"*Differs:* {differences.OF_OPERATIONS[name]}\n"
        yield from _list(tests)


def _list(tests: Sequence[Proof]) -> Iterator[str]:
    """Show tests under the files they are in."""
    for file, found in groupby(tests, key=lambda proof: proof.file):
        yield f"[{file}]({_TESTS}/{file}):\n"
        yield from (f"- {proof.sentence}" for proof in found)
        yield ""
