"""The requester's page of notifications: what is told where, and what could not be sent."""

import pytest
from playwright.sync_api import expect

from kempelen.domain.actions import deliveries, notifications
from kempelen.domain.actions.deliveries import NotSent
from tests.browser import assert_accessible
from tests.domain.test_notifications import QUEUE, a_specification
from tests.factories import a_hit
from tests.web.requester.test_in_a_browser import LOOKS, visit

__all__ = ["visit"]


@pytest.fixture
def asked(ada):
    """Ada's programs are told of submitted and approved assignments of one type."""
    hit_type_id = a_hit(ada).hit_type.public_id
    specification = a_specification("AssignmentSubmitted", "AssignmentApproved")
    return notifications.update(ada, hit_type_id, specification=specification)


def a_failure(requester, *, is_final, transport="SQS", destination=QUEUE):
    deliveries.write(requester, transport=transport, destination=destination, subject="", body="{}")

    def send(_message):
        raise NotSent("The specified queue does not exist.", is_final=is_final)

    assert deliveries.deliver_next(send)


def test_each_hit_type_says_what_is_told_where(owner, asked, at):
    page = owner.get(at("notifications/")).content.decode()
    assert f"SQS: {QUEUE}" in page
    assert "AssignmentSubmitted, AssignmentApproved" in page
    assert asked.hit_type.public_id in page
    assert "Not delivered" not in page


def test_what_is_given_up_or_in_trouble_says_why(owner, ada, ben, at):
    a_failure(ada, is_final=True)
    a_failure(ada, is_final=False)
    a_failure(ben, is_final=True, destination=f"{QUEUE}-of-ben")
    page = owner.get(at("notifications/")).content.decode()
    assert page.count("The specified queue does not exist.") == 2
    assert page.count("given up") == page.count("tried again") == 1
    assert "of-ben" not in page


def test_a_workers_address_is_nobodys_to_see(owner, ada, at):
    a_failure(ada, is_final=True, transport="Email", destination="cleo@example.org")
    assert "Not delivered" not in owner.get(at("notifications/")).content.decode()


def test_a_mail_to_a_notifications_own_address_is_shown(owner, ada, at):
    specification = a_specification(transport="Email", destination="ada@example.org")
    notifications.update(ada, a_hit(ada).hit_type.public_id, specification=specification)
    a_failure(ada, is_final=True, transport="Email", destination="ada@example.org")
    assert owner.get(at("notifications/")).content.decode().count("Email: ada@example.org") == 2


def test_every_member_may_look_and_nobody_else(member, client, asked, at):
    assert member("viewer").get(at("notifications/")).status_code == 200
    assert client.get(at("notifications/"))["Location"].startswith("/account/login/")


@pytest.mark.browser
@pytest.mark.parametrize("look", LOOKS)
def test_the_page_is_accessible_and_never_wider_than_the_window(visit, ada, asked, look):
    a_failure(ada, is_final=True)
    page = visit("notifications/", **LOOKS[look])
    expect(page.get_by_role("heading", name="Not delivered")).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
