"""Tasks that submit what is not theirs: for another worker, another HIT, too late, or while previewing."""

import json

import pytest
from playwright.sync_api import Page, expect

from kempelen.domain.actions import assignments, claims
from kempelen.domain.models import Assignment, User
from tests.contract.containment.attacks import attack, open_task, task_frame
from tests.factories import a_worker
from tests.servers import Server
from tests.web.content.tasks import a_group_showing, open_preview

pytestmark = [pytest.mark.browser, pytest.mark.once]

TASK = "<input name=word value=knight>"


def hand_over(page: Page, fields: list[list[str]]) -> None:
    """Say to the page around what our runtime would say."""
    message = json.dumps({"kempelen": "submit", "fields": fields})
    with page.expect_response("**/submit/"):
        task_frame(page).evaluate(f"parent.postMessage({message}, '*')")


def by_mturks_way(site: Server, assignment_id: str) -> str:
    """A script that posts an answer as MTurk's pages did, to whichever assignment."""
    return (
        f"await fetch('{site.url}/mturk/externalSubmit', {{method: 'POST', mode: 'no-cors',"
        f" body: new URLSearchParams({{assignmentId: '{assignment_id}', word: 'stolen'}})}})"
    )


def test_an_answer_is_for_the_assignment_of_the_page_whatever_it_names(
    page: Page, site: Server, victim: User
) -> None:
    others = claims.accept_next(a_worker("Dan"), a_group_showing(TASK))
    mine = open_task(page, site, TASK, victim)
    hand_over(page, [["assignmentId", others.public_id], ["hitId", others.hit.public_id], ["word", "forged"]])

    others.refresh_from_db()
    mine.refresh_from_db()
    assert (others.status, mine.status) == ("Accepted", "Submitted")


@pytest.mark.parametrize("what", ["hit.public_id", "worker.public_id", "hit.group.public_id"])
def test_what_a_task_may_know_of_others_submits_nothing(
    page: Page, site: Server, victim: User, what: str
) -> None:
    others = claims.accept_next(a_worker("Dan"), a_group_showing(TASK))
    known = others
    for name in what.split("."):
        known = getattr(known, name)
    attack(page, site, by_mturks_way(site, str(known)), victim)

    assert Assignment.objects.filter(status="Accepted").count() == 2


def test_mturks_way_does_work_for_who_has_the_assignments_id(page: Page, site: Server, victim: User) -> None:
    others = claims.accept_next(a_worker("Dan"), a_group_showing(TASK))
    attack(page, site, by_mturks_way(site, others.public_id), victim)

    others.refresh_from_db()
    assert others.status == "Submitted"


def test_a_hit_that_was_returned_takes_no_answer(page: Page, site: Server, victim: User) -> None:
    mine = open_task(page, site, TASK, victim)
    assignments.return_assignment(mine.worker, mine.public_id)
    hand_over(page, [["word", "late"]])

    expect(page.get_by_text("You returned this HIT")).to_be_visible()
    mine.refresh_from_db()
    assert (mine.status, mine.answers) == ("Returned", None)


def test_mturks_way_is_closed_once_the_hit_is_returned(page: Page, site: Server, victim: User) -> None:
    mine = open_task(page, site, TASK, victim, hits=2)
    assignments.return_assignment(mine.worker, mine.public_id)
    sent = {"assignmentId": mine.public_id, "word": "late"}
    answer = page.request.post(f"{site.url}/mturk/externalSubmit", form=sent)

    assert answer.status == 400
    mine.refresh_from_db()
    assert (mine.status, mine.answers) == ("Returned", None)


def test_an_answer_cannot_be_changed_by_the_task_once_it_is_in(
    page: Page, site: Server, victim: User
) -> None:
    mine = open_task(page, site, TASK, victim, hits=1)
    assignments.submit(mine.public_id, {"word": "knight"})
    hand_over(page, [["word", "changed"]])

    mine.refresh_from_db()
    assert mine.answers == {"word": "knight"}


def test_a_preview_cannot_accept_or_submit(page: Page, site: Server, victim: User) -> None:
    submit = "setInterval(() => parent.postMessage({kempelen: 'submit', fields: [['word', 'x']]}, '*'), 200)"
    task = open_preview(page, site, f"{TASK}<script>{submit}</script>")
    task.locator("[name=word]").wait_for()
    expect(page.get_by_text("You must accept the HIT before you can submit the results.")).to_be_visible()

    assert not Assignment.objects.exists()
