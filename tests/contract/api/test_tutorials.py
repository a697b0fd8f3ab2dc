"""The two seeds of every tutorial for MTurk, to the letter: a HIT by boto3, and one by `aws mturk`.

Each HIT is worked on in a real browser, its answer read as the tutorials read it, approved, and paid a bonus.
"""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page

from kempelen.domain.actions import people
from kempelen.domain.models import Worker
from tests.contract.api.programs import Program, aws, shell
from tests.servers import Server

__all__ = ["aws", "shell"]

pytestmark = [pytest.mark.browser, pytest.mark.journey]

QUESTION = """
<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
  <HTMLContent><![CDATA[
<!DOCTYPE html>
<html>
 <head>
  <meta http-equiv='Content-Type' content='text/html; charset=UTF-8'/>
  <script type='text/javascript' src='https://s3.amazonaws.com/mturk-public/externalHIT_v1.js'></script>
 </head>
 <body>
  <form name='mturk_form' method='post' id='mturk_form'
        action='https://workersandbox.mturk.com/mturk/externalSubmit'>
   <input type='hidden' value='' name='assignmentId' id='assignmentId'/>
   <h1>What is in this picture?</h1>
   <p><textarea name='comment' cols='80' rows='3'></textarea></p>
   <p><input type='submit' id='submitButton' value='Submit' /></p>
  </form>
  <script language='Javascript'>turkSetAssignmentID();</script>
 </body>
</html>
]]>
  </HTMLContent>
  <FrameHeight>450</FrameHeight>
</HTMLQuestion>
""".strip()
ANSWERS = (
    "{http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd}"
)
COMMENT = "A knight, naïvely drawn <3\nand a crank"


def work_on(page: Page, site: Server, worker: Worker, group_id: str) -> None:
    """Follow the link that tutorials print, accept the HIT, fill it in, and send it."""
    assert worker.user
    page.goto(f"{site.url}/account/link/{people.login_link(worker.user)}/")
    page.wait_for_url(f"{site.url}/")
    page.goto(f"{site.url}/mturk/preview?groupId={group_id}")
    page.get_by_role("button", name="Accept").first.click()
    task = page.frame_locator("task-frame iframe")
    task.locator("[name=comment]").fill(COMMENT)
    task.locator("#submitButton").click()
    page.wait_for_url(lambda url: "/work/" not in url)


def comment_in(answer: str) -> str | None:
    """Read the answer as scripts do: the FreeText of the Answer, by namespace."""
    (found,) = ElementTree.fromstring(answer).findall(f"{ANSWERS}Answer")
    assert found.findtext(f"{ANSWERS}QuestionIdentifier") == "comment"
    return found.findtext(f"{ANSWERS}FreeText")


def test_a_hit_by_boto3(mturk: Any, site: Server, page: Page, cleo: Worker) -> None:
    assert mturk.get_account_balance()["AvailableBalance"] == "10000.00"
    new_hit = mturk.create_hit(
        Title="Describe a picture",
        Description="Look at a picture and say what is in it.",
        Keywords="text, quick, picture",
        Reward="0.15",
        MaxAssignments=1,
        LifetimeInSeconds=172800,
        AssignmentDurationInSeconds=600,
        AutoApprovalDelayInSeconds=14400,
        Question=QUESTION,
    )
    work_on(page, site, cleo, new_hit["HIT"]["HITGroupId"])

    worker_results = mturk.list_assignments_for_hit(
        HITId=new_hit["HIT"]["HITId"], AssignmentStatuses=["Submitted"]
    )
    assert worker_results["NumResults"] == 1
    (assignment,) = worker_results["Assignments"]
    assert comment_in(assignment["Answer"]) == COMMENT
    mturk.approve_assignment(AssignmentId=assignment["AssignmentId"], RequesterFeedback="Thank you!")
    mturk.send_bonus(
        WorkerId=assignment["WorkerId"],
        BonusAmount="0.10",
        AssignmentId=assignment["AssignmentId"],
        Reason="Well seen.",
        UniqueRequestToken="a bonus",
    )
    status = mturk.get_assignment(AssignmentId=assignment["AssignmentId"])["Assignment"]["AssignmentStatus"]
    assert status == "Approved"


def test_a_hit_by_the_aws_command(
    aws: Program, site: Server, page: Page, cleo: Worker, tmp_path: Path
) -> None:
    document = tmp_path / "question.xml"
    document.write_text(QUESTION, encoding="utf-8")
    made = aws(
        "create-hit",
        *("--max-assignments", "1", "--lifetime-in-seconds", "172800", "--reward", "0.15"),
        *("--assignment-duration-in-seconds", "600", "--title", "Describe a picture"),
        *("--description", "Look at a picture and say what is in it.", "--question", f"file://{document}"),
    )
    work_on(page, site, cleo, made["HIT"]["HITTypeId"])

    (assignment,) = aws("list-assignments-for-hit", "--hit-id", made["HIT"]["HITId"])["Assignments"]
    assert comment_in(assignment["Answer"]) == COMMENT
    work = ("--assignment-id", assignment["AssignmentId"])
    aws("approve-assignment", *work)
    aws(
        "send-bonus",
        *work,
        "--worker-id",
        assignment["WorkerId"],
        "--bonus-amount",
        "1",
        "--reason",
        "Well seen.",
    )
    (listed,) = aws("list-reviewable-hits")["HITs"]
    aws("delete-hit", "--hit-id", listed["HITId"])
    assert aws("list-hits")["HITs"] == []
