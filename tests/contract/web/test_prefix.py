"""The whole site under a path of its host, behind a real proxy that shows nothing else of it."""

import json
import re
import urllib.request
from collections.abc import Iterator, Mapping

import boto3
import pytest
from playwright.sync_api import Page, expect

from kempelen.domain.actions import access_keys
from kempelen.domain.models import Assignment, Membership
from tests import proxies
from tests.browser import faults_on
from tests.factories import a_batch, a_project, a_requester, a_user, group_of, owner_of
from tests.proxies import PREFIX, Proxy
from tests.servers import Server
from tests.turkle_api.calling import Api
from tests.visitors import Visitor

PASSWORD = "crank-and-knight-1770"


@pytest.fixture(scope="module")
def proxy() -> Iterator[Proxy]:
    with proxies.running() as proxy:
        yield proxy


@pytest.fixture(scope="module")
def site_settings(proxy: Proxy) -> Mapping[str, str]:
    return {"KEMPELEN_URL": proxy.url}


@pytest.fixture(params=["passes the path on", "cuts the path off"])
def shown(request: pytest.FixtureRequest, site: Server, proxy: Proxy) -> Proxy:
    proxy.server = site.url
    proxy.cuts = request.param == "cuts the path off"
    proxy.strays.clear()
    return proxy


def test_every_address_of_a_page_is_under_the_path(shown: Proxy) -> None:
    visitor = Visitor(shown.url)
    page = visitor.get(f"{PREFIX}/")
    assert page.status == 200
    addresses = re.findall(r'(?:href|src|action)="(/[^"]*)"', page.text)
    assert len(addresses) > 10
    assert [one for one in addresses if not one.startswith(f"{PREFIX}/")] == []
    for one in addresses:
        assert visitor.get(one.partition("#")[0]).status in {200, 302}, one
    assert visitor.get(f"{PREFIX}/health/").status == 200
    moved = visitor.get(f"{PREFIX}/account/")
    assert moved.location.startswith(f"{PREFIX}/account/login/?next={PREFIX}/account/")
    assert visitor.get(PREFIX).status == 200
    visitor.close()


def test_programs_call_the_api_under_the_path(shown: Proxy) -> None:
    requester = a_requester("Ada")
    member = Membership.objects.get(requester=requester)
    key, secret = access_keys.create(member, by=member.user)
    for address in (shown.url, f"{shown.url}/"):
        mturk = boto3.client(
            "mturk",
            region_name="us-east-1",
            endpoint_url=address,
            aws_access_key_id=key.public_id,
            aws_secret_access_key=secret,
        )
        assert mturk.get_account_balance()["AvailableBalance"] == "10000.00"


def test_turkles_api_is_under_the_path_too(shown: Proxy) -> None:
    api = Api(owner_of(a_requester("Ada")))
    asked = urllib.request.Request(f"{shown.url}/api/", headers=api.headers)
    with urllib.request.urlopen(asked) as answer:
        addresses = json.loads(answer.read())
    assert addresses
    assert all(address.startswith(f"{shown.url}/") for address in addresses.values())


@pytest.mark.browser
def test_a_worker_logs_in_works_and_gets_the_next_task(shown: Proxy, page: Page) -> None:
    faults = faults_on(page)
    user = a_user("Cleo")
    user.set_password(PASSWORD)
    user.save()
    group = group_of(a_batch(a_project(audience="workers")))
    page.goto(f"{shown.url}/account/login/")
    page.get_by_label("Name").fill("Cleo")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Log in").click()
    page.goto(f"{shown.url}/groups/{group.public_id}/")
    with page.expect_navigation():
        page.get_by_role("button", name="Accept").first.click()
    for answer in ("one", "two"):
        task = page.frame_locator("task-frame iframe")
        task.get_by_label("Your answer").fill(answer)
        with page.expect_navigation(url=re.compile(rf"{PREFIX}/")):
            task.get_by_role("button", name="Submit").click()
        if answer == "one":
            page.goto(f"{shown.url}/groups/{group.public_id}/")
            with page.expect_navigation():
                page.get_by_role("button", name="Accept").first.click()
    page.goto(f"{shown.url}/history/")
    expect(page.locator("tbody tr")).to_have_count(2)
    assert Assignment.objects.filter(status="Submitted").count() == 2
    assert shown.strays == []
    assert not faults
