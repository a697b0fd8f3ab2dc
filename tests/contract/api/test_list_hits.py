"""ListHITs and ListReviewableHITs (mturk-api.md §2.0, §2)."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from kempelen.domain import clock
from kempelen.domain.models import HIT, Requester
from tests.contract.api.hits import a_hit
from tests.factories import a_batch, an_upload, hits_of

PAST = 0


def ids(hits: list[dict[str, Any]]) -> list[str]:
    return [hit["HITId"] for hit in hits]


@pytest.mark.usefixtures("here")
def test_all_hits_are_listed_newest_first(mturk: Any, ada: Requester, ben: Requester) -> None:
    web = [hit.public_id for hit in hits_of(a_batch(requester=ada))]
    a_batch(requester=ben)
    made = [a_hit(mturk) for _ in range(2)]
    listed = mturk.list_hits()
    assert ids(listed["HITs"]) == [*reversed(ids(made)), *reversed(web)]
    assert listed["HITs"][0] == made[1]
    assert listed["NumResults"] == 5


@pytest.mark.usefixtures("here")
def test_every_page_with_items_has_a_token_and_the_last_is_empty(mturk: Any, ada: Requester) -> None:
    """§2.0 [S3][S18][S20]."""
    a_batch(requester=ada)
    seen, answer = [], mturk.list_hits(MaxResults=2)
    while answer["HITs"]:
        seen.append(answer["NumResults"])
        answer = mturk.list_hits(MaxResults=2, NextToken=answer["NextToken"])
    assert seen == [2, 1]
    assert (answer["NumResults"], answer["HITs"]) == (0, [])
    assert "NextToken" not in answer


@pytest.mark.usefixtures("here")
def test_a_page_has_ten_unless_asked_for_more(mturk: Any, ada: Requester) -> None:
    """§2.0 [S18]; boto3's paginator goes through all pages."""
    a_batch(requester=ada, rows=[{"text": str(number)} for number in range(12)])
    assert mturk.list_hits()["NumResults"] == 10
    assert mturk.list_hits(MaxResults=100)["NumResults"] == 12
    pages = mturk.get_paginator("list_hits").paginate(PaginationConfig={"PageSize": 5})
    assert len({hit["HITId"] for page in pages for hit in page["HITs"]}) == 12


@pytest.mark.usefixtures("here")
def test_pages_stay_stable_while_hits_are_made(mturk: Any) -> None:
    old = [a_hit(mturk)["HITId"] for _ in range(3)]
    first = mturk.list_hits(MaxResults=2)
    a_hit(mturk)
    second = mturk.list_hits(MaxResults=2, NextToken=first["NextToken"])
    assert ids(first["HITs"]) + ids(second["HITs"]) == old[::-1]


def test_a_token_of_another_list_is_refused(mturk: Any) -> None:
    """§2.0 [I]."""
    a_hit(mturk)
    token = mturk.list_hits()["NextToken"]
    for wrong in (token + "x", "p1:nonsense"):
        with pytest.raises(ClientError, match="is not valid for the parameter NextToken"):
            mturk.list_hits(NextToken=wrong)
    with pytest.raises(ClientError, match="is not valid for the parameter NextToken"):
        mturk.list_reviewable_hits(NextToken=token)


@pytest.mark.usefixtures("here")
def test_what_is_deleted_is_gone_from_lists_and_still_shown(mturk: Any) -> None:
    """DeleteHIT; GetHIT [I]."""
    kept, gone = a_hit(mturk), a_hit(mturk)
    mturk.update_expiration_for_hit(HITId=gone["HITId"], ExpireAt=PAST)
    assert ids(mturk.list_reviewable_hits()["HITs"]) == [gone["HITId"]]
    mturk.delete_hit(HITId=gone["HITId"])
    assert ids(mturk.list_hits()["HITs"]) == [kept["HITId"]]
    assert mturk.list_reviewable_hits()["HITs"] == []
    assert mturk.get_hit(HITId=gone["HITId"])["HIT"]["HITStatus"] == "Disposed"


@pytest.mark.usefixtures("here")
def test_reviewable_hits_have_nothing_but_their_id(mturk: Any) -> None:
    """§9 [S18]: only HITId; one status per call; a token with one result."""
    hit, other = a_hit(mturk), a_hit(mturk, Reward="0.10")
    for one in (hit, other):
        mturk.update_expiration_for_hit(HITId=one["HITId"], ExpireAt=PAST)
    mturk.update_hit_review_status(HITId=other["HITId"])
    listed = mturk.list_reviewable_hits()
    assert (listed["HITs"], listed["NumResults"]) == ([{"HITId": hit["HITId"]}], 1)
    assert listed["NextToken"]
    assert mturk.list_reviewable_hits(Status="Reviewing")["HITs"] == [{"HITId": other["HITId"]}]
    assert mturk.list_reviewable_hits(HITTypeId=hit["HITTypeId"])["HITs"] == [{"HITId": hit["HITId"]}]
    assert mturk.list_reviewable_hits(HITTypeId=other["HITTypeId"])["HITs"] == []


@pytest.mark.usefixtures("here")
def test_time_that_is_over_is_seen_at_once(mturk: Any) -> None:
    """Whoever looks sees what is true at that moment."""
    listed, alone, reviewable = a_hit(mturk), a_hit(mturk), a_hit(mturk)
    HIT.objects.update(expires_at=clock.now())
    assert mturk.list_hits()["HITs"][-1]["HITStatus"] == "Reviewable"
    assert mturk.get_hit(HITId=alone["HITId"])["HIT"]["HITStatus"] == "Reviewable"
    assert reviewable["HITId"] in ids(mturk.list_reviewable_hits()["HITs"])
    assert listed["HITStatus"] == "Assignable"


@pytest.mark.usefixtures("here")
def test_a_batch_that_is_being_published_is_not_listed(mturk: Any, ada: Requester) -> None:
    batch = a_batch(requester=ada)
    assert batch.hit_group
    batch.hit_group.status = "hidden"
    batch.hit_group.save()
    an_upload(batch.project)
    assert mturk.list_hits()["HITs"] == []
    with pytest.raises(mturk.exceptions.RequestError, match="does not exist"):
        mturk.get_hit(HITId=hits_of(batch)[0].public_id)


def test_a_paused_batch_stays_assignable(mturk: Any, ada: Requester, crowd: Callable[..., Any]) -> None:
    """design.md §4: MTurk never had pauses."""
    batch = a_batch(requester=ada)
    assert batch.hit_group
    batch.hit_group.status = "paused"
    batch.hit_group.save()
    (hit, *_) = mturk.list_hits()["HITs"]
    assert hit["HITStatus"] == "Assignable"
    assert crowd().is_refused(hit["HITId"])
