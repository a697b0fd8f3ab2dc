"""Qualifications and what work requires, in a real browser: in both themes, on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kempelen.domain.actions import qualifications
from kempelen.domain.models import Requester, Worker
from kempelen.domain.qualifications import system_types
from tests.browser import assert_accessible
from tests.domain.queues import a_group
from tests.domain.requiring import PREVIEW, a_requirement, a_type, granted
from tests.web.worker.test_in_a_browser import LOOKS, open_as

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
LONG = "Reads the handwriting of clerks of the seventeenth century " * 3


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark phone"])
def test_the_pages_are_accessible_and_never_wider_than_the_window(
    new_visitor: Callable[..., Page],
    live_server: object,
    look: dict[str, object],
    cleo: Worker,
    ada: Requester,
) -> None:
    held, lost = a_type(ada, LONG), a_type(ada, "Listens")
    granted(cleo, held, 81)
    granted(cleo, lost)
    qualifications.disassociate(ada, lost.public_id, cleo.public_id, reason="Empty transcripts. " * 20)
    qualifications.request(cleo, a_type(ada, "Reads French").public_id)
    a_type(ada, "Knows birds", test="<QuestionForm/>", test_duration_seconds=60)
    states = [{"Country": "US", "Subdivision": state} for state in ("CA", "NY", "WA", "OR", "TX")]
    required = [
        a_requirement(held.public_id, "In", IntegerValues=list(range(80, 95))),
        a_requirement(lost.public_id),
        a_requirement(system_types.LOCALE, "NotIn", LocaleValues=states),
    ]
    lacks = a_group(ada, requirements=required)
    previewed = a_group(ada, requirements=[a_requirement(lost.public_id, guards=PREVIEW)])
    page = new_visitor(**look)
    for path in (
        "/",
        "/qualifications/",
        "/qualifications/?q=nothing+like+this",
        f"/groups/{lacks.public_id}/",
        f"/groups/{previewed.public_id}/",
        f"/hits/{lacks.hits.earliest('pk').public_id}/",
    ):
        open_as(page, live_server, cleo, path)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_a_state_is_asked_for_in_the_united_states_only(
    page: Page, live_server: object, cleo: Worker
) -> None:
    open_as(page, live_server, cleo, "/preferences/")
    country = page.get_by_label("Where you are")
    expect(page.locator("#id_state")).to_be_hidden()
    country.select_option("United States")
    page.locator("#id_state").select_option("California")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your preferences are kept.")).to_be_visible()
    expect(page.locator("#id_state")).to_have_value("CA")
