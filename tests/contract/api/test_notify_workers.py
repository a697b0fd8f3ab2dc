"""NotifyWorkers (mturk-api.md §2): who is reached, who is not, and what the worker sees of it."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from botocore.exceptions import ClientError

from kempelen.domain.actions import assignments, people
from kempelen.domain.models import Notice, Requester, Worker
from tests.contract.api.crowd import CrowdWorker, crowd
from tests.factories import a_hit, a_submitted_assignment, an_assignment
from tests.outside import Mailbox

__all__ = ["crowd"]

NO_WORK_DONE = "Cannot send a notification to a worker who has not done any work for you"
WORDS = {"Subject": "New work", "MessageText": "There are more birds."}


@pytest.fixture(scope="module")
def site_settings(mailbox: Mailbox) -> Mapping[str, str]:
    return {"KEMPELEN_EMAIL_URL": f"smtp://127.0.0.1:{mailbox.port}", "KEMPELEN_URL": "http://turk.example"}


def reviewed(requester: Requester, worker: Worker, *, is_good: bool = True) -> None:
    assignment_id = a_submitted_assignment(worker, a_hit(requester)).public_id
    if is_good:
        assignments.approve(requester, assignment_id)
    else:
        assignments.reject(requester, assignment_id, feedback="No.")


def failures(answer: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (one["WorkerId"], one["NotifyWorkersFailureCode"], one["NotifyWorkersFailureMessage"])
        for one in answer["NotifyWorkersFailureStatuses"]
    ]


def test_full_success_is_an_empty_list(ada: Requester, mturk: Any, cleo: Worker, dan: Worker) -> None:
    # Mephisto takes the list's length without a look [S20].
    reviewed(ada, cleo)
    reviewed(ada, dan, is_good=False)
    answer = mturk.notify_workers(WorkerIds=[cleo.public_id, dan.public_id], **WORDS)
    assert set(answer) == {"NotifyWorkersFailureStatuses", "ResponseMetadata"}
    assert answer["NotifyWorkersFailureStatuses"] == []
    assert set(Notice.objects.values_list("worker", "subject")) == {
        (one.pk, "New work") for one in (cleo, dan)
    }


def test_who_did_no_reviewed_work_for_the_requester_is_a_hard_failure(
    ada: Requester, ben: Requester, mturk: Any, cleo: Worker, dan: Worker
) -> None:
    # The code and the text are recorded [S23]; the rest are reached all the same.
    reviewed(ada, cleo)
    reviewed(ben, dan)
    a_submitted_assignment(dan, a_hit(ada))
    answer = mturk.notify_workers(WorkerIds=[dan.public_id, cleo.public_id], **WORDS)
    assert failures(answer) == [(dan.public_id, "HardFailure", NO_WORK_DONE)]
    assert Notice.objects.get().worker == cleo


def test_an_unknown_worker_does_not_raise(mturk: Any) -> None:
    # Unlike blocking [S13].
    answer = mturk.notify_workers(WorkerIds=["A1NOBODYATALL"], **WORDS)
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert failures(answer) == [("A1NOBODYATALL", "HardFailure", NO_WORK_DONE)]


@pytest.mark.parametrize(
    "words",
    [
        {"Subject": "x" * 201},
        {"MessageText": "x" * 4097},
        {"Subject": ""},
        {"MessageText": " "},
        {"WorkerIds": []},
        {"WorkerIds": [f"A{number}" for number in range(101)]},
    ],
    ids=["subject", "text", "no subject", "no text", "nobody", "too many"],
)
def test_the_limits_are_errors_of_the_whole_call(mturk: Any, words: dict[str, Any]) -> None:
    # 100 ids, subject 200, text 4,096 [D]; an error for 201 is [S51].
    with pytest.raises(ClientError) as refusal:
        mturk.notify_workers(**{"WorkerIds": ["A1NOBODYATALL"], **WORDS, **words})
    assert refusal.value.response["Error"]["Code"] == "ParameterValidationError"


def test_the_longest_texts_to_a_hundred_workers_are_no_error(mturk: Any) -> None:
    worker_ids = [f"A{number}" for number in range(100)]
    answer = mturk.notify_workers(Subject="é" * 200, MessageText="é" * 4096, WorkerIds=worker_ids)
    assert len(answer["NotifyWorkersFailureStatuses"]) == 100


def test_a_repeat_is_sent_again(ada: Requester, mturk: Any, cleo: Worker) -> None:
    reviewed(ada, cleo)
    for _ in range(2):
        mturk.notify_workers(WorkerIds=[cleo.public_id, cleo.public_id], **WORDS)
    assert Notice.objects.filter(worker=cleo).count() == 2


def test_the_worker_reads_it_on_the_messages_page_and_by_mail(
    ada: Requester, mturk: Any, mailbox: Mailbox, crowd: Callable[..., CrowdWorker]
) -> None:
    cleo = crowd("Cleo")
    assert cleo.worker.user
    people.change_details(cleo.worker.user, name="", email="cleo@example.org")
    reviewed(ada, cleo.worker)
    mturk.notify_workers(WorkerIds=[cleo.id], **WORDS)

    page = cleo.look("/messages/").text
    assert "New work" in page
    assert "There are more birds." in page
    mail = mailbox.wait_for(1)[-1]
    assert (mail["To"], mail["Subject"]) == ("cleo@example.org", "New work")
    assert "http://turk.example/messages/" in mail.get_content()


def test_work_in_hand_is_no_reviewed_work(ada: Requester, mturk: Any, cleo: Worker) -> None:
    an_assignment(cleo, a_hit(ada))
    assert failures(mturk.notify_workers(WorkerIds=[cleo.public_id], **WORDS))


def test_a_call_that_the_sdk_repeats_writes_once(ada: Requester, mturk: Any, cleo: Worker) -> None:
    """The name of an invocation stays the same with each of an SDK's attempts; a new call has another."""
    reviewed(ada, cleo)

    def as_the_first_attempt(params: dict[str, Any], **others: Any) -> None:
        params["context"]["retries"] = {"invocation-id": "9f4c1a52-0b1e-4a43-9d6e-3a1e0f6a7b11"}

    mturk.meta.events.register("before-call.mturk.NotifyWorkers", as_the_first_attempt)
    both = [mturk.notify_workers(WorkerIds=[cleo.public_id], **WORDS) for _ in range(2)]
    assert [one["NotifyWorkersFailureStatuses"] for one in both] == [[], []]
    assert Notice.objects.count() == 1
    mturk.meta.events.unregister("before-call.mturk.NotifyWorkers", as_the_first_attempt)
    mturk.notify_workers(WorkerIds=[cleo.public_id], **WORDS)
    assert Notice.objects.count() == 2
