"""Requesters and workers do what they like, in any order; boto3 sees what the facts foresee, its own only.

Each machine computes beside it what has to be seen, by rules of the facts that it states once more.
"""

import inspect
from collections import Counter
from collections.abc import Mapping
from typing import Any

import botocore.session
import pytest
from hypothesis import settings
from hypothesis.stateful import RULE_MARKER, run_state_machine_as_test

from tests.contract.api.life_of_guarded_hits import LifeOfGuardedHITs
from tests.contract.api.life_of_hits import LifeOfHITs
from tests.contract.api.life_of_qualifications import LifeOfQualifications
from tests.contract.api.several_requesters import SeveralRequesters
from tests.outside import Mailbox

MACHINES: tuple[type[SeveralRequesters], ...] = (LifeOfHITs, LifeOfQualifications, LifeOfGuardedHITs)


@pytest.fixture(scope="module")
def site_settings(mailbox: Mailbox) -> Mapping[str, str]:
    return {"KEMPELEN_EMAIL_URL": f"smtp://127.0.0.1:{mailbox.port}"}


def writes_of(machine: type[SeveralRequesters]) -> set[str]:
    """The operations that the machine's rules name, less those that only read."""
    rules = [getattr(its, RULE_MARKER) for _, its in inspect.getmembers(machine) if hasattr(its, RULE_MARKER)]
    return {name for rule in rules for name in rule.function.__code__.co_consts} & all_writes()


def all_writes() -> set[str]:
    """Every operation that changes or sends something, by AWS's own service model."""
    model = botocore.session.get_session().get_service_model("mturk")
    return {name for name in model.operation_names if not name.startswith(("Get", "List"))}


def test_the_machines_together_write_in_every_way_there_is() -> None:
    driven = set().union(*map(writes_of, MACHINES))
    assert driven == all_writes()
    assert len(driven) == 23


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("examples", [5, pytest.param(1000, marks=pytest.mark.proof)])
def test_whatever_is_done_boto3_sees_what_the_facts_foresee(
    db: None, machine: type[SeveralRequesters], examples: int
) -> None:
    machine.asked = Counter()
    run_state_machine_as_test(
        machine, settings=settings(max_examples=examples, stateful_step_count=30, deadline=None)
    )
    print(f"{machine.__name__}:", dict(sorted(machine.asked.items())))
    if examples == 1000:
        assert all(machine.asked[name, False] for name in writes_of(machine))


@pytest.mark.parametrize("machine", MACHINES)
def test_a_started_server_shows_the_same(site: Any, mturk_of: Any, machine: type[SeveralRequesters]) -> None:
    over_http = type("OverHTTP", (machine,), {"make_client": staticmethod(mturk_of), "is_in_process": False})
    run_state_machine_as_test(
        over_http, settings=settings(max_examples=3, stateful_step_count=15, deadline=None)
    )
