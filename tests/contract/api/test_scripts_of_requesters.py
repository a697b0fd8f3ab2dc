"""What published programs of requesters do with boto3, in the order and with the habits they do it.

The habits were read in, and those programs run against Kempelen: Amazon's code samples, psiTurk, Mephisto,
Dallinger, amti, P.808 and scripts of single labs.  Each test says whose habit it shows.
"""

import re
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from xml.dom.minidom import parseString
from xml.etree import ElementTree

import pytest
from botocore.exceptions import ClientError

from kempelen.domain.models import Requester
from tests.contract.api.crowd import CrowdWorker
from tests.contract.api.hits import PROPERTIES, a_hit
from tests.factories import a_project

Crowd = Callable[..., CrowdWorker]
# Scripts give it without a zone.
LONG_AGO = datetime(2015, 1, 1)


def every(list_page: Callable[..., dict[str, Any]], key: str, **asked: Any) -> Iterator[dict[str, Any]]:
    """Turn pages as Mephisto and others do: a token is read from each page that has items."""
    page = list_page(**asked)
    while page["NumResults"] > 0:
        yield from page[key]
        page = list_page(NextToken=page["NextToken"], **asked)


def test_a_loop_that_reads_a_token_from_every_page_with_items_ends(mturk: Any) -> None:
    made = [a_hit(mturk)["HITId"] for _ in range(4)]
    listed = [hit["HITId"] for hit in every(mturk.list_hits, "HITs", MaxResults=2)]
    assert listed[:4] == made[::-1]
    assert len(listed) == len(set(listed))


def test_a_script_cleans_up_whatever_there_is(mturk: Any, crowd: Crowd) -> None:
    """Labs' scripts: expire what is assignable at a day of 2015, delete, and go on where that fails."""
    open_hit, unreviewed, done = (a_hit(mturk)["HITId"] for _ in range(3))
    crowd().answer(unreviewed)
    mturk.approve_assignment(AssignmentId=crowd().answer(done))
    deleted = []
    for hit in mturk.list_hits()["HITs"]:
        if mturk.get_hit(HITId=hit["HITId"])["HIT"]["HITStatus"] == "Assignable":
            mturk.update_expiration_for_hit(HITId=hit["HITId"], ExpireAt=LONG_AGO)
        try:
            mturk.delete_hit(HITId=hit["HITId"])
            deleted.append(hit["HITId"])
        except mturk.exceptions.RequestError as refused:
            assert "This HIT is currently in the state 'Reviewable'" in str(refused)
    assert deleted == [done, open_hit]
    assert [hit["HITId"] for hit in mturk.list_hits()["HITs"]] == [unreviewed]


def test_a_script_approves_and_deletes_all_that_is_to_be_reviewed(mturk: Any, crowd: Crowd) -> None:
    for _ in range(2):
        crowd().answer(a_hit(mturk)["HITId"])
    for hit in mturk.list_reviewable_hits()["HITs"]:
        work = mturk.list_assignments_for_hit(HITId=hit["HITId"], AssignmentStatuses=["Submitted"])
        for assignment in work["Assignments"]:
            mturk.approve_assignment(AssignmentId=assignment["AssignmentId"], OverrideRejection=False)
        mturk.delete_hit(HITId=hit["HITId"])
    assert mturk.list_hits()["NumResults"] == 0


def test_the_first_free_text_is_the_answer(mturk: Any, crowd: Crowd) -> None:
    """Amazon's samples read it with minidom, without a namespace, from text nodes alone."""
    hit = a_hit(mturk)
    crowd().answer(hit["HITId"], {"comment": "a knight & a crank"})
    (work,) = mturk.list_assignments_for_hit(HITId=hit["HITId"], MaxResults=10)["Assignments"]
    text = parseString(work["Answer"]).getElementsByTagName("FreeText")[0]
    assert " ".join(node.nodeValue for node in text.childNodes if node.nodeType == node.TEXT_NODE) == (
        "a knight & a crank"
    )


def test_work_is_rejected_without_a_word_and_taken_back(mturk: Any, crowd: Crowd) -> None:
    """psiTurk: RequesterFeedback is there, and empty; later OverrideRejection."""
    assignment_id = crowd().answer(a_hit(mturk)["HITId"])
    mturk.reject_assignment(AssignmentId=assignment_id, RequesterFeedback="")
    mturk.approve_assignment(AssignmentId=assignment_id, OverrideRejection=True)
    assert mturk.get_assignment(AssignmentId=assignment_id)["Assignment"]["AssignmentStatus"] == "Approved"


def test_an_experiment_grows_while_it_runs(mturk: Any, crowd: Crowd) -> None:
    """Dallinger and psiTurk: more places and more time at once, read back from GetHIT."""
    hit = a_hit(mturk, MaxAssignments=1)
    crowd().answer(hit["HITId"])
    mturk.create_additional_assignments_for_hit(HITId=hit["HITId"], NumberOfAdditionalAssignments=2)
    later = hit["Expiration"].timestamp() + 900
    mturk.update_expiration_for_hit(HITId=hit["HITId"], ExpireAt=later)
    grown = mturk.get_hit(HITId=hit["HITId"])["HIT"]
    assert (grown["MaxAssignments"], grown["HITStatus"]) == (3, "Assignable")
    assert grown["Expiration"].timestamp() == int(later)
    mturk.update_expiration_for_hit(HITId=hit["HITId"], ExpireAt=0)
    assert mturk.get_hit(HITId=hit["HITId"])["HIT"]["HITStatus"] == "Reviewable"


def test_a_qualification_is_found_by_its_name_or_made(mturk: Any) -> None:
    """Mephisto, Dallinger: search, make, and where the name is taken search again; nothing lags here."""
    name = f"has worked before {time.time_ns()}"

    def found() -> list[str]:
        listed = mturk.list_qualification_types(
            Query=name, MustBeRequestable=True, MustBeOwnedByCaller=True, MaxResults=2
        )
        return [one["QualificationTypeId"] for one in listed["QualificationTypes"] if one["Name"] == name]

    assert found() == []
    given = {"Name": name, "Description": "Knows the task.", "QualificationTypeStatus": "Active"}
    made = mturk.create_qualification_type(**given)["QualificationType"]["QualificationTypeId"]
    assert found() == [made]
    with pytest.raises(ClientError) as refused:
        mturk.create_qualification_type(**given)
    assert refused.value.response["Error"]["Message"].startswith(
        "You have already created a QualificationType with this name."
    )


def test_a_score_is_counted_up_from_none_and_from_revoked(mturk: Any, crowd: Crowd) -> None:
    """Dallinger decides by words in the refusals of GetQualificationScore."""
    kind = mturk.create_qualification_type(
        Name=f"times seen {time.time_ns()}", Description="-", QualificationTypeStatus="Active"
    )["QualificationType"]["QualificationTypeId"]
    named = {"QualificationTypeId": kind, "WorkerId": crowd().id}

    def count_up() -> str:
        said, value = "", 0
        try:
            value = mturk.get_qualification_score(**named)["Qualification"]["IntegerValue"]
        except ClientError as refused:
            said = str(refused)
        mturk.associate_qualification_with_worker(**named, IntegerValue=value + 1, SendNotification=False)
        return said

    assert "does not exist" in count_up()
    assert count_up() == ""
    assert mturk.get_qualification_score(**named)["Qualification"]["IntegerValue"] == 2
    mturk.disassociate_qualification_from_worker(**named, Reason="")
    assert "operation can be called with a status of: Granted" in count_up()
    assert mturk.get_qualification_score(**named)["Qualification"]["IntegerValue"] == 1


def test_everybody_but_those_who_were_here_before_may_work(mturk: Any, crowd: Crowd) -> None:
    """Mephisto and psiTurk block softly: DoesNotExist on a type of one's own, and three system types."""
    kind = mturk.create_qualification_type(
        Name=f"blocked {time.time_ns()}", Description="-", QualificationTypeStatus="Active"
    )["QualificationType"]["QualificationTypeId"]
    hit_type = mturk.create_hit_type(
        **PROPERTIES,
        QualificationRequirements=[
            {
                "QualificationTypeId": "000000000000000000L0",
                "Comparator": "GreaterThanOrEqualTo",
                "IntegerValues": [0],
            },
            {
                "QualificationTypeId": "00000000000000000040",
                "Comparator": "GreaterThanOrEqualTo",
                "IntegerValues": [0],
            },
            {
                "QualificationTypeId": kind,
                "Comparator": "DoesNotExist",
                "ActionsGuarded": "DiscoverPreviewAndAccept",
            },
        ],
    )["HITTypeId"]
    question = a_hit(mturk)["Question"]
    hit = mturk.create_hit_with_hit_type(
        HITTypeId=hit_type, MaxAssignments=2, LifetimeInSeconds=3600, Question=question
    )["HIT"]
    blocked, new = crowd("Cleo"), crowd("Dan")
    mturk.associate_qualification_with_worker(
        QualificationTypeId=kind, WorkerId=blocked.id, IntegerValue=1, SendNotification=False
    )
    assert blocked.is_refused(hit["HITId"])
    assert new.answer(hit["HITId"])


def test_a_listening_test_is_published_from_a_layout_and_checks_its_workers(
    mturk: Any, ada: Requester, crowd: Crowd
) -> None:
    """P.808: a HIT of a layout for each row; who misses a trap is rejected."""
    layout = a_project(ada, html="<p>${clip}</p><input name='rating'><input name='trap'>").template
    policy = {
        "PolicyName": "ScoreMyKnownAnswers/2011-09-01",
        "Parameters": [
            {"Key": "AnswerKey", "MapEntries": [{"Key": "trap", "Values": ["0"]}]},
            {"Key": "RejectIfKnownAnswerScoreIsLessThan", "Values": ["100"]},
            {"Key": "RejectReason", "Values": ["An attention check was missed."]},
            {"Key": "ExtendIfKnownAnswerScoreIsLessThan", "Values": ["100"]},
        ],
    }
    hit = mturk.create_hit_with_hit_type(
        HITTypeId=mturk.create_hit_type(**PROPERTIES, QualificationRequirements=[])["HITTypeId"],
        MaxAssignments=10,
        LifetimeInSeconds=3600,
        AssignmentReviewPolicy=policy,
        HITLayoutId=layout.public_id,
        HITLayoutParameters=[{"Name": "clip", "Value": "https://lab.example/1.wav"}],
        RequesterAnnotation="Batch_1.csv",
    )["HIT"]
    for trap in ("0", "1"):
        crowd().answer(hit["HITId"], {"rating": "4", "trap": trap})
    work = mturk.list_assignments_for_hit(HITId=hit["HITId"], MaxResults=100)["Assignments"]
    assert [one["AssignmentStatus"] for one in work] == ["Submitted", "Rejected"]
    plain = re.sub(' xmlns="[^"]+"', "", work[0]["Answer"], count=1)
    answer = {
        one.findtext("QuestionIdentifier"): one.findtext("FreeText") for one in ElementTree.fromstring(plain)
    }
    assert answer == {"rating": "4", "trap": "0"}
