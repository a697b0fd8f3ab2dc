"""A crowd at a server on the tables of this test: whatever it does, every rule holds, and nothing is lost."""

from collections import Counter
from pathlib import Path

import pytest
from django.db.models import Sum

from kempelen.domain.actions import access_keys, api_tokens
from kempelen.domain.models import ApiToken, Assignment, Event, Payment, Requester
from kempelen.domain.questions import answers
from kempelen.domain.statistics import filling
from kempelen.rehearsal.crowd.crowds import Crowd
from kempelen.rehearsal.crowd.journal import Ended, Journal
from kempelen.rehearsal.remote_clock import RemoteClock
from kempelen.rehearsal.server import Server, join
from kempelen.toolkit import collecting
from kempelen.toolkit.ledger import Ledger
from tests import invariants, servers
from tests.domain.statistics.test_figures_kept import assert_figures_are_right
from tests.rehearsal.crowd.conftest import publish_rows
from tests.web.sandbox.asking import an_administrator

# All kinds of people, who do all that can be done with a HIT.
KINDS = {
    "diligent": {"share": 60, "tasks": 120, "goes_on": 0.95},
    "fickle": {"share": 20, "returns": 0.05, "abandons": 0.03, "skips": 0.05, "tasks": 80, "skill": 0.7},
    "slow": {"share": 10, "seconds": 240, "spread": 1.0, "tasks": 60},
    "spammer": {"share": 10, "tasks": 150, "goes_on": 1},
}
ENDS = {
    Ended.SUBMITTED: "AssignmentSubmitted",
    Ended.RETURNED: "AssignmentReturned",
    Ended.SKIPPED: "AssignmentReturned",
    Ended.ABANDONED: "AssignmentAbandoned",
}


@pytest.fixture
def joined(site: servers.Server, ada: Requester) -> Server:
    """The server of this test, as a rehearsal joins it."""
    key, secret = access_keys.create(ada.memberships.get(role="owner"))
    _, token = api_tokens.create(an_administrator(), scope=ApiToken.Scope.ADMINISTRATOR)
    return join(site.url, access_key_id=key.public_id, secret_access_key=secret, admin_token=token)


@pytest.mark.parametrize(
    ("workers", "hits", "span"),
    [(8, 12, "1h"), pytest.param(200, 5000, "8h", marks=pytest.mark.proof)],
)
def test_a_crowd_leaves_every_invariant_intact(
    joined: Server, tmp_path: Path, workers: int, hits: int, span: str
) -> None:
    plan = {"workers": workers, "span": span, "kinds": KINDS, "looks": 20}
    batch = publish_rows(joined, tmp_path, hits, assignments=3, reward="0.05")
    with Crowd(joined, plan, seed=7, clock=RemoteClock(joined.url, joined.admin_token)) as crowd:
        report, scores = crowd.work_on(crowd.published(batch), rules=["majority:label"])
        summary = crowd.review(scores)
        journal = crowd.last
        assert journal
        assert report.answers == 3 * hits
        assert not summary.failed
        assert_results_are_what_was_sent(crowd, batch, journal)
    assert not Assignment.objects.filter(status="Accepted").exists()
    invariants.counts_equal_what_the_rows_say()
    invariants.nobody_has_a_hit_twice()
    invariants.what_is_approved_is_paid_once()
    paid = Payment.objects.aggregate(cents=Sum("amount_cents"))["cents"]
    assert paid == report.cost.approved == 5 * Assignment.objects.filter(status="Approved").count()
    filling.fill_all()
    assert_figures_are_right()
    assert_every_event_is_there(journal)


def assert_results_are_what_was_sent(crowd: Crowd, batch: Ledger, journal: Journal) -> None:
    """Each answer that somebody submitted is in the results once, from them and as they sent it."""
    hits = collecting.hits(crowd.connection, list(batch.by_hit()))
    given = [one for _, one in collecting.assignments(crowd.connection, hits)]
    sent = {one.assignment_id: one for one in journal.submitted()}
    assert len(given) == len(sent)
    for one in given:
        tried = sent.pop(one["AssignmentId"])
        assert (journal.worker_ids[one["WorkerId"]], one["HITId"]) == (tried.worker, tried.hit_id)
        assert answers.from_xml(one["Answer"]) == dict(tried.sent)
    assert not sent


def assert_every_event_is_there(journal: Journal) -> None:
    """As many of each kind as the crowd did, each for its assignment."""
    wanted = Counter((one.assignment_id, "AssignmentAccepted") for one in journal.tries)
    wanted += Counter((one.assignment_id, ENDS[one.ended]) for one in journal.tries if one.ended in ENDS)
    found = Event.objects.filter(kind__in={"AssignmentAccepted", *ENDS.values()})
    ids = dict(Assignment.objects.values_list("pk", "public_id"))
    there = Counter((ids[pk], kind) for pk, kind in found.values_list("assignment_pk", "kind"))
    # Who was late left it lying first, and what was late may be taken up once more.
    late = {one.assignment_id for one in journal.tries if one.ended is Ended.LATE}
    late |= {name for name, kind in there if kind == "AssignmentAbandoned"}
    assert {key: n for key, n in there.items() if key[0] not in late} == {
        key: n for key, n in wanted.items() if key[0] not in late
    }
    reviewed = Event.objects.filter(kind__in=["AssignmentApproved", "AssignmentRejected"])
    assert reviewed.count() == Assignment.objects.filter(status__in=["Approved", "Rejected"]).count()
