"""Answers of 10 MB, of polygons or masks, on their whole way through a real browser and a real server."""

import csv
import io
import json

import pytest
from playwright.sync_api import Page, expect

from kempelen.domain.actions import people
from kempelen.domain.answers import answers_in
from kempelen.domain.batches.results import csv_lines
from kempelen.domain.models import Assignment
from kempelen.domain.models.projects import Audience
from kempelen.domain.queries import results
from tests.contract.web.test_work_drafts import wait_until
from tests.factories import ROWS, a_batch, group_of, owner_of
from tests.servers import Server
from tests.web.content.tasks import accept_in, answers_after_leaving, open_assignment

pytestmark = [pytest.mark.browser, pytest.mark.once]

# As a polygon is within a field of a crowd-form: what is quoted twice grows on its way.
VERTEX = '{"x":1234,"y":567},'
COUNT = 10 * 2**20 // (len(VERTEX) + VERTEX.count('"'))
TASK = """<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form><input type="hidden" name="shapes"><crowd-input name="word" label="Word"></crowd-input>
</crowd-form>
"""


# So much takes its time on a loaded machine.
PATIENCE_MS = 120_000


def stored(assignment: Assignment) -> str:
    assignment.refresh_from_db()
    return str(answers_in(assignment.draft).get("taskAnswers", ""))


def test_ten_megabytes_are_kept_sent_looked_at_and_exported(page: Page, site: Server) -> None:
    page.set_default_timeout(PATIENCE_MS)
    batch = a_batch(html=TASK, rows=ROWS[:1], audience=Audience.ANONYMOUS)
    assignment = accept_in(page, site, group_of(batch))
    task = open_assignment(page, site, assignment)
    field = task.locator("[name=shapes]")
    field.evaluate("(field, [text, count]) => { field.value = text.repeat(count); }", [VERTEX, COUNT])
    task.get_by_label("Word").fill("knight")
    wait_until(lambda: len(stored(assignment)) >= 10 * 2**20, patience_ms=PATIENCE_MS)
    page.reload()
    expect(task.get_by_label("Word")).to_have_value("knight", timeout=PATIENCE_MS)
    task.locator("crowd-form").evaluate("form => { setTimeout(() => form.submit()); }")
    answer = answers_after_leaving(page, assignment)

    whole = {"shapes": VERTEX * COUNT, "word": "knight"}
    assert answer == {"taskAnswers": json.dumps([whole], separators=(",", ":"))}
    group, requester = assignment.group, assignment.group.requester
    lines = csv_lines(results.rows_of([group.pk], requester=requester), [], ["taskAnswers"])
    csv.field_size_limit(2**27)
    (row,) = csv.DictReader(io.StringIO("".join(lines), newline=""))
    assert row["Answer.taskAnswers"] == answer["taskAnswers"]
    page.goto(f"{site.url}/account/link/{people.login_link(owner_of(requester))}/")
    page.wait_for_url(lambda url: "/account/link/" not in url)  # a script presses its button
    table = f"{site.url}/r/{requester.slug}/batches/{batch.number}/results/"
    page.goto(f"{table}{assignment.public_id}/")
    expect(task.get_by_label("Word")).to_have_value("knight", timeout=PATIENCE_MS)
    page.goto(table)
    assert len(page.content()) < 2**20, "a table of such answers can be opened"
