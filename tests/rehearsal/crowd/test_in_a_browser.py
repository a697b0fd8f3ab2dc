"""Some of the crowd at a real Chromium: they do what they would do over HTTP."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kempelen.rehearsal.crowd import telling
from kempelen.rehearsal.crowd.crowds import Crowd
from kempelen.rehearsal.remote_clock import RemoteClock
from kempelen.rehearsal.server import Server
from tests.rehearsal.crowd.conftest import publish_rows

pytestmark = [pytest.mark.browser, pytest.mark.once]
PLAN = {"workers": 3, "span": "10min", "looks": 5, "kinds": {"good": {"abandons": 0, "skips": 0.1}}}
CLASSIFIER = """<crowd-form><crowd-classifier name="kind" categories="['cat','dog','bird']" header="Which?">
<classification-target>${text}</classification-target>
</crowd-classifier></crowd-form>"""


def test_workers_in_a_browser_and_over_http_give_the_same_report(
    throwaway: Server, tmp_path: Path, browser: Browser
) -> None:
    # One that is open already, as in the tests of who has a crowd among others in a browser.
    assert browser.is_connected()
    said = []
    for in_browser in (0, 2):
        folder = tmp_path / str(in_browser)
        folder.mkdir()
        batch = publish_rows(
            throwaway, folder, 3, html=CLASSIFIER, assignments=2, title=f"{in_browser} {tmp_path.name}"
        )
        with Crowd(throwaway, PLAN, seed=4, clock=RemoteClock(throwaway.url, throwaway.admin_token)) as crowd:
            truth = ["kind.label=gold.label"]
            report, _ = crowd.work_on(crowd.published(batch, truth=truth), in_browser=in_browser)
            assert report.answers == 6
            said.append("\n".join(telling.lines(report, with_workers=True)))
    assert said[0] == said[1]
