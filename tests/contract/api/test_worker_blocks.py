"""Blocks of workers (mturk-api.md, CreateWorkerBlock, DeleteWorkerBlock, ListWorkerBlocks)."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from kempelen.domain.models import Worker
from tests.contract.api.crowd import CrowdWorker
from tests.contract.api.hits import a_hit
from tests.contract.api.qualification_types import refusal
from tests.factories import a_worker


def test_a_worker_can_be_blocked_twice_and_unblocked_twice(mturk: Any, cleo: Worker) -> None:
    """mturk-api.md, CreateWorkerBlock [S51] and DeleteWorkerBlock [D]."""
    mturk.create_worker_block(WorkerId=cleo.public_id, Reason="Spam.")
    mturk.create_worker_block(WorkerId=cleo.public_id, Reason="More spam.")
    assert mturk.list_worker_blocks()["WorkerBlocks"] == [
        {"WorkerId": cleo.public_id, "Reason": "More spam."}
    ]
    mturk.delete_worker_block(WorkerId=cleo.public_id, Reason="Sorry.")
    mturk.delete_worker_block(WorkerId=cleo.public_id)
    assert mturk.list_worker_blocks()["WorkerBlocks"] == []


def test_nobody_unknown_can_be_blocked(mturk: Any) -> None:
    """mturk-api.md, CreateWorkerBlock [S13]."""
    with pytest.raises(ClientError) as refused:
        mturk.create_worker_block(WorkerId="A1UNKNOWN", Reason="Spam.")
    assert refusal(refused) == (
        "ParameterValidationError",
        'The value "A1UNKNOWN" is not valid for the parameter WorkerId.',
    )
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


def test_unblocking_nobody_is_refused(mturk: Any) -> None:
    """mturk-api.md, DeleteWorkerBlock [D]."""
    with pytest.raises(ClientError) as refused:
        mturk.delete_worker_block(WorkerId="A1UNKNOWN")
    assert refusal(refused) == ("ParameterValidationError", "WorkerId is invalid.")


def test_blocks_are_listed_page_by_page_for_whoever_made_them(mturk: Any, mturk_of: Any, ben: Any) -> None:
    """mturk-api.md, ListWorkerBlocks and §2.0."""
    workers = [a_worker(f"Worker{number}").public_id for number in range(5)]
    for worker_id in workers:
        mturk.create_worker_block(WorkerId=worker_id, Reason="Spam.")
    pages = mturk.get_paginator("list_worker_blocks").paginate(PaginationConfig={"PageSize": 2})
    assert [block["WorkerId"] for page in pages for block in page["WorkerBlocks"]] == workers
    assert mturk_of(ben).list_worker_blocks()["NumResults"] == 0


def test_the_blocked_neither_see_nor_get_new_hits_but_finish_what_they_have(
    mturk: Any, crowd: Callable[..., CrowdWorker]
) -> None:
    """mturk-api.md, CreateWorkerBlock [D][K]."""
    hit, other = a_hit(mturk), a_hit(mturk, Title="Look at other pictures")
    cleo = crowd("Cleo")
    mine = cleo.accept(hit["HITId"])
    mturk.create_worker_block(WorkerId=cleo.id, Reason="Spam.")
    assert "Look at other pictures" not in cleo.look("/").text
    assert cleo.look(f"/hits/{other['HITId']}/").status == 404
    assert cleo.is_refused(other["HITId"])
    assert "Your answer has been sent" in cleo.submit(mine)
    mturk.delete_worker_block(WorkerId=cleo.id)
    assert cleo.accept(other["HITId"])
