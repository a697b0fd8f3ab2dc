"""The same seed gives the same report, byte for byte, whichever server it is and whatever it calls things."""

import json
from pathlib import Path

import pytest

from kempelen.rehearsal import server
from kempelen.rehearsal.crowd import telling
from kempelen.rehearsal.crowd.crowds import Crowd
from kempelen.rehearsal.crowd.journal import Ended
from kempelen.rehearsal.remote_clock import RemoteClock
from kempelen.rehearsal.server import Server
from tests.rehearsal.crowd.conftest import publish_rows

pytestmark = pytest.mark.once
# Somebody runs out of time, leaves it lying, gives it back, puts it off.
PLAN = {
    "workers": 10,
    "span": "1h",
    "looks": 10,
    "kinds": {
        "diligent": {"share": 5, "tasks": 12, "confusion": {"cat": {"cat": 0.7, "dog": 0.3}}},
        "fickle": {"share": 3, "returns": 0.15, "abandons": 0.15, "skips": 0.15, "tasks": 20},
        "slow": {"share": 1, "seconds": 500, "spread": 0.8},
        "bot": 1,
    },
}
RULES = ["majority:label", "gold:label=gold.label", "time:5s"]


def rehearsed(at: Server, folder: Path, *, seed: int = 7) -> tuple[str, set[Ended]]:
    """What the report says, for programs and for people, and how tries ended."""
    folder.mkdir()
    # Of another title, since the server makes no HIT twice.
    batch = publish_rows(at, folder, 8, title=f"Animals {folder.name}")
    with Crowd(at, PLAN, seed=seed, clock=RemoteClock(at.url, at.admin_token)) as crowd:
        report, _ = crowd.work_on(crowd.published(batch), rules=RULES)
        assert crowd.last
        said = [json.dumps(report.as_json(), indent=1), *telling.lines(report, with_workers=True)]
        return "\n".join(said), {one.ended for one in crowd.last.tries}


def test_two_servers_and_a_repeated_run_give_the_same_report(throwaway: Server, tmp_path: Path) -> None:
    once, ended = rehearsed(throwaway, tmp_path / "once")
    again, _ = rehearsed(throwaway, tmp_path / "again")
    assert again == once
    with server.start() as other:
        elsewhere, _ = rehearsed(other, tmp_path / "elsewhere")
        another, _ = rehearsed(other, tmp_path / "another", seed=8)
    assert elsewhere == once
    assert another != once
    ids = {hit["HITId"] for hit in throwaway.client().list_hits(MaxResults=100)["HITs"]}
    assert not [one for one in (*ids, throwaway.url, "127.0.0.1", "worker-") if one in once]
    assert ended >= {Ended.SUBMITTED, Ended.RETURNED, Ended.ABANDONED, Ended.SKIPPED, Ended.LATE}
