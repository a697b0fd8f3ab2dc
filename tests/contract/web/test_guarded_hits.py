"""A HIT that a program guards by a qualification, as workers meet it in a browser (mturk-api.md §4.4)."""

from collections.abc import Callable
from typing import Any

import boto3
import pytest
from playwright.sync_api import Page, expect

from kempelen.domain.actions import access_keys, people
from kempelen.domain.models import Requester, Worker
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.journey]

TITLE = "Read old letters"
QUESTION = """<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<!DOCTYPE html><html><body><form><p>Dear Sir</p><input name="answer"></form></body></html>]]></HTMLContent>
<FrameHeight>0</FrameHeight></HTMLQuestion>"""  # noqa: E501


def mturk_of(requester: Requester, site: Server) -> Any:
    key, secret = access_keys.create(requester.memberships.get(role="owner"))
    return boto3.client(
        "mturk",
        endpoint_url=site.url,
        region_name="us-east-1",
        aws_access_key_id=key.public_id,
        aws_secret_access_key=secret,
    )


def a_guarded_hit(mturk: Any, type_id: str, guards: str) -> dict[str, Any]:
    made: dict[str, Any] = mturk.create_hit(
        Title=TITLE,
        Description="Type what you read.",
        Reward="0.05",
        AssignmentDurationInSeconds=600,
        LifetimeInSeconds=3600,
        Question=QUESTION,
        QualificationRequirements=[
            {
                "QualificationTypeId": type_id,
                "Comparator": "GreaterThanOrEqualTo",
                "IntegerValues": [80],
                "ActionsGuarded": guards,
            }
        ],
    )["HIT"]
    return made


def log_in(page: Page, site: Server, worker: Worker) -> None:
    assert worker.user
    page.goto(f"{site.url}/account/link/{people.login_link(worker.user)}/")
    page.wait_for_url(f"{site.url}/")


@pytest.mark.parametrize("guards", ["Accept", "PreviewAndAccept", "DiscoverPreviewAndAccept"])
def test_a_worker_gets_a_guarded_hit_once_the_program_gives_the_qualification(
    page: Page, site: Server, ada: Requester, cleo: Worker, guards: str
) -> None:
    mturk = mturk_of(ada, site)
    kind = mturk.create_qualification_type(
        Name="Old handwriting", Description="Reads it.", QualificationTypeStatus="Active"
    )["QualificationType"]
    hit = a_guarded_hit(mturk, kind["QualificationTypeId"], guards)
    log_in(page, site, cleo)
    title = page.get_by_role("rowheader", name=TITLE)

    expect(title).to_have_count(0 if guards.startswith("Discover") else 1)
    expect(page.get_by_role("link", name=f"Preview “{TITLE}”")).to_have_count(1 if guards == "Accept" else 0)
    expect(page.get_by_role("button", name="Accept")).to_have_count(0)
    page.goto(f"{site.url}/hits/{hit['HITId']}/")
    if guards == "Accept":
        expect(page.frame_locator("task-frame iframe").get_by_text("Dear Sir")).to_be_visible()
        page.get_by_role("link", name="Why you cannot accept it").click()
    expect(page.get_by_role("rowheader", name="“Old handwriting”: at least 80")).to_be_visible()
    expect(page.get_by_text("You do not have it.")).to_be_visible()

    ask_for_it(page)
    (request,) = mturk.list_qualification_requests()["QualificationRequests"]
    assert request["WorkerId"] == cleo.public_id
    mturk.accept_qualification_request(
        QualificationRequestId=request["QualificationRequestId"], IntegerValue=80
    )
    page.goto(site.url)
    expect(title).to_have_count(1)
    page.get_by_role("button", name=f"Accept and start “{TITLE}”").click()
    expect(page.frame_locator("task-frame iframe").get_by_text("Dear Sir")).to_be_visible()


def ask_for_it(page: Page) -> None:
    """Go from what is required to the qualification, and ask for it."""
    page.get_by_role("link", name="Look at this qualification").click()
    page.get_by_role("button", name="Ask for it").click()
    expect(page.get_by_text("Asked. Ada decides about it.")).to_be_visible()


def test_the_menu_leads_to_the_qualifications(
    new_visitor: Callable[..., Page], site: Server, cleo: Worker
) -> None:
    page = new_visitor()
    log_in(page, site, cleo)
    page.get_by_role("button", name="Account: Cleo").click()
    page.get_by_role("link", name="My qualifications").click()
    expect(page.get_by_role("heading", name="My qualifications")).to_be_visible()
