"""The two seeds of every tutorial for MTurk, to the letter: a HIT by boto3, and one by `aws mturk`.

Each HIT is worked on in a real browser, its answer read as the tutorials read it, approved, and paid a bonus.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page

from kempelen.domain.actions import access_keys, people
from kempelen.domain.models import Requester, Worker
from tests.servers import Server, clean_environment

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


@pytest.fixture
def aws(site: Server, ada: Requester) -> Callable[..., Any]:
    """Runs `aws mturk …` as a requester's shell would; gives what it prints."""
    key, secret = access_keys.create(ada.memberships.get())
    environment = clean_environment() | {
        "AWS_ACCESS_KEY_ID": key.public_id,
        "AWS_SECRET_ACCESS_KEY": secret,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL_MTURK": site.url,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_PAGER": "",
    }
    program = Path(sys.executable).with_name("aws")

    def run(*words: str) -> Any:
        command = [program, "mturk", *words]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout or "{}")

    return run


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
    aws: Callable[..., Any], site: Server, page: Page, cleo: Worker, tmp_path: Path
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
    aws("approve-assignment", "--assignment-id", assignment["AssignmentId"])
    (listed,) = aws("list-reviewable-hits")["HITs"]
    aws("delete-hit", "--hit-id", listed["HITId"])
    assert aws("list-hits")["HITs"] == []
