"""The same thing asked for several times at once happens once, and nobody hears of a fault."""

import threading
from collections.abc import Callable

from django.db import connection

from kempelen.domain.actions import (
    blocks,
    overdue_tests,
    qualification_tests,
    qualification_types,
    qualifications,
)
from kempelen.domain.errors import Refusal
from kempelen.domain.models import Event, Qualification, QualificationRequest, Requester, Worker
from tests.domain.qualification_tests import BY_SCALE, a_tested_type, ticked
from tests.domain.requiring import a_type

AT_ONCE = 6


def at_once(act: Callable[[], object]) -> list[str]:
    """Let threads do it at the same time; gives `done` or the refusal's code of each."""
    ready, outcomes = threading.Barrier(AT_ONCE), []

    def run() -> None:
        ready.wait(timeout=60)
        try:
            act()
            outcomes.append("done")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=300)
    assert len(outcomes) == AT_ONCE, outcomes
    return sorted(outcomes)


def test_a_worker_who_asks_twice_at_once_has_asked_once(
    transactional_db: None, ada: Requester, cleo: Worker
) -> None:
    kind = a_type(ada, is_auto_granted=True, retry_delay_seconds=0)
    outcomes = at_once(lambda: qualifications.request(cleo, kind.public_id))
    assert outcomes == ["QualificationAlreadyExists"] * (AT_ONCE - 1) + ["done"]
    assert QualificationRequest.objects.count() == Qualification.objects.count() == 1


def test_one_of_many_gets_a_name(transactional_db: None, ada: Requester) -> None:
    outcomes = at_once(
        lambda: qualification_types.create(ada, {"name": "Cats", "description": "Cats.", "status": "Active"})
    )
    assert outcomes == ["QualificationTypeAlreadyExists"] * (AT_ONCE - 1) + ["done"]
    assert ada.qualification_types.count() == 1


def test_a_request_is_answered_once(transactional_db: None, ada: Requester, cleo: Worker) -> None:
    asked = qualifications.request(cleo, a_type(ada).public_id).public_id
    outcomes = at_once(lambda: qualifications.accept_request(ada, asked))
    assert outcomes == ["InvalidQualificationRequestState"] * (AT_ONCE - 1) + ["done"]
    assert Event.objects.filter(kind="QualificationGranted").count() == 1


def test_a_request_is_refused_with_its_type_or_granted_before(
    transactional_db: None, ada: Requester, cleo: Worker
) -> None:
    kind = a_type(ada)
    asked = qualifications.request(cleo, kind.public_id)
    acts = iter([lambda: qualification_types.dispose(ada, kind.public_id)] * (AT_ONCE // 2))
    at_once(lambda: next(acts, lambda: qualifications.accept_request(ada, asked.public_id))())
    asked.refresh_from_db()
    granted = Event.objects.filter(kind="QualificationGranted").count()
    refused = Event.objects.filter(kind="QualificationRequestRejected").count()
    assert (granted, refused) == ((1, 0) if asked.status == "Granted" else (0, 1))


def test_giving_and_blocking_at_once_is_as_good_as_once(
    transactional_db: None, ada: Requester, cleo: Worker
) -> None:
    kind = a_type(ada)
    given = at_once(lambda: qualifications.associate(ada, kind.public_id, cleo.public_id, value=3))
    blocked = at_once(lambda: blocks.block(ada, cleo.public_id, reason="Spam."))
    assert given == blocked == ["done"] * AT_ONCE
    assert Qualification.objects.count() == ada.worker_blocks.count() == 1


def test_a_test_begins_once_and_is_scored_once(transactional_db: None, ada: Requester, cleo: Worker) -> None:
    kind = a_tested_type(ada)
    assert at_once(lambda: qualifications.request(cleo, kind.public_id)) == ["done"] * AT_ONCE
    test = QualificationRequest.objects.get().public_id
    assert at_once(lambda: qualification_tests.submit(cleo, test, ticked("n2"))) == ["done"] * AT_ONCE
    for kind_of_event in ("QualificationRequested", "QualificationTestSubmitted", "QualificationGranted"):
        assert Event.objects.filter(kind=kind_of_event).count() == 1


def test_a_test_is_scored_by_the_key_that_it_had(
    transactional_db: None, ada: Requester, cleo: Worker
) -> None:
    kind = a_tested_type(ada)
    test = qualifications.request(cleo, kind.public_id).public_id
    changes = {"test": kind.test.replace("Tick", "Mark"), "answer_key": BY_SCALE}
    acts = iter([lambda: qualification_types.update(ada, kind.public_id, changes)])  # type: ignore[arg-type]
    full = ticked("n2", "n7", capital="lj")
    at_once(lambda: next(acts, lambda: qualification_tests.submit(cleo, test, full))())
    assert Qualification.objects.get().value == 100


def test_a_test_that_runs_out_as_it_is_sent_is_one_or_the_other(
    transactional_db: None, ada: Requester, cleo: Worker
) -> None:
    test = qualifications.request(cleo, a_tested_type(ada).public_id)
    QualificationRequest.objects.update(deadline_at=test.asked_at)
    acts = iter([overdue_tests.settle] * (AT_ONCE // 2))
    at_once(lambda: next(acts, lambda: qualification_tests.submit(cleo, test.public_id, ticked("n2")))())
    test.refresh_from_db()
    assert (test.status, test.answers) == ("Abandoned", None)
    assert Event.objects.filter(kind="QualificationTestAbandoned").count() == 1
