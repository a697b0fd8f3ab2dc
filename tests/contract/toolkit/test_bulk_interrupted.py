"""Each command that does something to many, ended at any moment and run again, does all of it, and once."""

import random
from collections.abc import Iterator

import pytest

from kempelen.domain.models import Requester
from tests.contract.toolkit.bulk_jobs import JOBS, World
from tests.contract.toolkit.conftest import Toolkit
from tests.contract.toolkit.gate import Gate, standing
from tests.contract.toolkit.interrupting import Interrupter
from tests.servers import Server

IN_ALL = 200


@pytest.fixture
def gate(site: Server, toolkit: Toolkit) -> Iterator[Gate]:
    """What stands between the toolkit and the server."""
    with standing(site.url) as gate:
        toolkit.environment["AWS_ENDPOINT_URL_MTURK"] = gate.url
        yield gate


@pytest.fixture
def interrupter(toolkit: Toolkit, gate: Gate, site: Server) -> Interrupter:
    return Interrupter(toolkit, gate, site, random.Random(0))


@pytest.mark.once
@pytest.mark.parametrize(("name", "times"), [("bonus_file", 3), ("notify", 2)])
def test_what_was_interrupted_goes_on(
    interrupter: Interrupter, ada: Requester, name: str, times: int
) -> None:
    interrupter.dice.seed(f"{name} sampled")
    interrupter.interrupt(JOBS[name](World(interrupter.toolkit, ada)), times)


@pytest.mark.proof
@pytest.mark.parametrize(("number", "name"), list(enumerate(JOBS)), ids=list(JOBS))
def test_two_hundred_interruptions_double_and_lose_nothing(
    interrupter: Interrupter, ada: Requester, number: int, name: str
) -> None:
    """Two hundred in all, shared among the commands; a command that ends before is begun anew."""
    interrupter.dice.seed(f"{name} interrupted")
    left = IN_ALL // len(JOBS) + (number < IN_ALL % len(JOBS))
    world = World(interrupter.toolkit, ada)
    while left:
        left -= interrupter.interrupt(JOBS[name](world), left)
    print(f"{name}:", {blow.value: count for blow, count in interrupter.struck.items()})
