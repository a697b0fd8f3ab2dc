"""The whole way, as people go it: a template and a CSV become HITs, two workers do them, results come out."""

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser import faults_on
from tests.factories import csv_of
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.journey]

TEMPLATE = """<form action="https://www.mturk.com/mturk/externalSubmit" method="post">
  <input type="hidden" name="assignmentId">
  <p id="text">${text}</p>
  <p><label><input type="radio" name="mood" value="glad" required> Glad</label>
     <label><input type="radio" name="mood" value="sad"> Sad</label></p>
  <p><label><input type="checkbox" name="tag" value="short"> Short</label>
     <label><input type="checkbox" name="tag" value="loud"> Loud</label></p>
  <p><label>Why? <textarea name="why"></textarea></label></p>
  <button>Send</button>
</form>"""
ROWS = (
    {"text": 'Grüße, "Ada" ☃', "note": "not on the page"},
    {"text": "two\nlines", "note": ""},
    {"text": "=1+1 ${text} <b>", "note": "x,y;z"},
)
SHOWN = [" ".join(row["text"].replace("<b>", "").split()) for row in ROWS]
TITLE = "How does it sound?"
ANSWERS = {"mood": "glad", "tag": ["short", "loud"], "why": 'Ünd "so"\n=2+2, …'}

Cells = dict[str, str | None]


@dataclass
class Somebody:
    """A worker at a browser, and the rows they have answered."""

    name: str
    page: Page
    done: list[int] = field(default_factory=list)

    @property
    def task(self) -> FrameLocator:
        return self.page.frame_locator("task-frame iframe")

    def row_in_hand(self) -> int:
        return SHOWN.index(" ".join(self.task.locator("#text").inner_text().split()))

    def press(self, name: str) -> None:
        """Press a button that leads to another page."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()

    def answer(self) -> None:
        """Fill in the task and send it, with an impatient double click."""
        self.done.append(self.row_in_hand())
        self.task.get_by_label("Glad").check()
        for tag in ("Short", "Loud"):
            self.task.get_by_label(tag).check()
        self.task.get_by_label("Why?").fill(f"{ANSWERS['why']} {self.name}")
        with self.page.expect_navigation():
            self.task.get_by_role("button", name="Send").dblclick()


def test_from_a_template_and_a_csv_to_the_results(
    server: Server, new_visitor: Callable[..., Page], tmp_path: Path
):
    ada = new_visitor()
    faults = faults_on(ada)
    log_in(ada, server)
    publish(ada, tmp_path)
    cleo = sign_up(Somebody("cleo", new_visitor()), server)
    dan = sign_up(Somebody("dan", new_visitor()), server)

    work_with_a_return(cleo)
    work_with_skips(dan)
    ada.reload()

    assert sorted(cleo.done) == sorted(dan.done) == [0, 1, 2]
    expect(ada.get_by_text("complete")).to_be_visible()
    assert_same_cells(results(ada, tmp_path), expected_results(server))
    assert not faults


def log_in(page: Page, server: Server) -> None:
    link = re.search(r"http\S+/account/link/\S+", server.log())
    assert link, server.log()
    page.goto(link[0])
    page.wait_for_url(lambda url: "/account/link/" not in url)


def publish(page: Page, folder: Path) -> None:
    """Make a project from a template file, and publish a CSV for it."""
    template, rows = folder / "sound.html", folder / "rows.csv"
    template.write_text(TEMPLATE)
    rows.write_bytes(csv_of(ROWS).encode())
    page.goto(f"{page.url.split('/account')[0].split('/r/')[0].rstrip('/')}/r/")
    page.get_by_role("link", name="New project").first.click()
    page.get_by_label("Project name").fill("Sounds")
    page.locator("input[name=html_file]").set_input_files(template)
    page.get_by_label(re.compile("^Title")).fill(TITLE)
    page.get_by_label(re.compile("^Keywords")).fill("sound, quick")
    page.get_by_label(re.compile("^Reward")).fill("0.05")
    page.get_by_label(re.compile("^Assignments per HIT")).fill("2")
    page.get_by_role("button", name="Save and publish a CSV").first.click()
    page.locator("input[type=file]").set_input_files(rows)
    page.get_by_role("button", name="Check the file").click()
    expect(page.frame_locator("draft-preview iframe:not(.is-loading)").locator("#text")).to_have_text(
        ROWS[0]["text"]
    )
    page.get_by_role("button", name=re.compile("^Publish")).click()
    expect(page.get_by_role("heading", name="Bring workers here")).to_be_visible()


def sign_up(somebody: Somebody, server: Server) -> Somebody:
    page = somebody.page
    page.goto(f"{server.url}/account/signup/")
    page.get_by_label(re.compile("name", re.IGNORECASE)).first.fill(somebody.name)
    page.get_by_label(re.compile("mail", re.IGNORECASE)).fill(f"{somebody.name}@example.org")
    page.get_by_label(re.compile("password", re.IGNORECASE)).first.fill("crank-and-knight")
    page.get_by_role("button", name="Sign up").click()
    page.goto(server.url)
    page.get_by_role("link", name=TITLE, exact=True).click()
    return somebody


def work_with_a_return(cleo: Somebody) -> None:
    """The row that was returned comes back when there is no other."""
    cleo.press("Accept next")
    cleo.page.get_by_label("Auto-accept next HIT").uncheck()
    cleo.answer()
    cleo.press("Accept")
    returned = cleo.row_in_hand()
    cleo.page.get_by_role("button", name="Return", exact=True).click()
    cleo.press("Return it")
    cleo.press("Accept next")
    assert cleo.row_in_hand() != returned
    cleo.answer()
    cleo.press("Accept")
    assert cleo.row_in_hand() == returned
    cleo.answer()
    cleo.page.go_back()
    expect(cleo.page.get_by_role("heading", name="Your answer")).to_be_visible()


def work_with_skips(dan: Somebody) -> None:
    """Skipping puts a row last, on the preview and in the work; then one follows the other by itself."""
    dan.page.get_by_role("link", name="Preview next").click()
    skipped = [dan.row_in_hand()]
    dan.press("Skip")
    dan.press("Accept")
    skipped.append(dan.row_in_hand())
    dan.press("Skip")
    dan.page.get_by_label("Auto-accept next HIT").check()
    for _ in ROWS:
        dan.answer()
    assert dan.done[1:] == skipped


def results(page: Page, folder: Path) -> list[Cells]:
    """The cells of the downloaded CSV, in the order of its rows."""
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    file = folder / "results.csv"
    download.value.save_as(file)
    with file.open(newline="", encoding="utf-8") as text:
        return list(csv.DictReader(text, strict=True))


def assert_same_cells(found: list[Cells], wanted: list[Cells]) -> None:
    assert [list(row) for row in found] == [list(row) for row in wanted]
    differing = [
        f"row {number}, {column}: {row[column]!r} in place of {cell!r}"
        for number, (row, right) in enumerate(zip(found, wanted, strict=True), start=1)
        for column, cell in right.items()
        if row[column] != cell
    ]
    assert not differing, "\n".join(differing)


def expected_results(server: Server) -> list[Cells]:
    """What MTurk's results file says of this work, from what the tables hold."""
    found = server.rows(
        "SELECT h.public_id, t.public_id, h.created_at, h.expires_at, b.number, p.number, h.row_number,"
        " a.public_id, w.public_id, u.username, a.accepted_at, a.submitted_at, a.auto_approval_at"
        " FROM kempelen_assignment a JOIN kempelen_hit h ON h.id = a.hit_id"
        " JOIN kempelen_hittype t ON t.id = h.hit_type_id"
        " JOIN kempelen_batch b ON b.hit_group_id = h.group_id"
        " JOIN kempelen_project p ON p.id = b.project_id JOIN kempelen_worker w ON w.id = a.worker_id"
        " JOIN kempelen_user u ON u.id = w.user_id WHERE a.status = 'Submitted' ORDER BY h.row_number, a.id"
    )
    assert len(found) == 6
    return [expected_row(*columns) for columns in found]


def expected_row(
    hit: str, hit_type: str, created: Any, expires: Any, batch: int, project: int, row_number: int,
    assignment: str, worker: str, username: str, accepted: Any, submitted: Any, approval: Any,
) -> Cells:  # fmt: skip
    row = ROWS[row_number - 1]
    seconds = (moment(submitted) - moment(accepted)).total_seconds()
    return {
        "HITId": hit,
        "HITTypeId": hit_type,
        "Title": TITLE,
        "Description": "",
        "Keywords": "sound, quick",
        "Reward": "$0.05",
        "CreationTime": mturk_time(created),
        "MaxAssignments": "2",
        "RequesterAnnotation": f"BatchId:{batch};OriginalHitTemplateId:{project};",
        "AssignmentDurationInSeconds": "3600",
        "AutoApprovalDelayInSeconds": "2592000",
        "Expiration": mturk_time(expires),
        "NumberOfSimilarHITs": "",
        "LifetimeInSeconds": "",
        "AssignmentId": assignment,
        "WorkerId": worker,
        "AssignmentStatus": "Submitted",
        "AcceptTime": mturk_time(accepted),
        "SubmitTime": mturk_time(submitted),
        "AutoApprovalTime": mturk_time(approval),
        "ApprovalTime": "",
        "RejectionTime": "",
        "RequesterFeedback": "",
        "WorkTimeInSeconds": str(int(seconds)),
        "LifetimeApprovalRate": "0% (0/0)",
        "Last30DaysApprovalRate": "0% (0/0)",
        "Last7DaysApprovalRate": "0% (0/0)",
        "Input.text": row["text"],
        "Input.note": row["note"],
        "Answer.mood": "glad",
        "Answer.tag": "short|loud",
        "Answer.why": f"{ANSWERS['why']} {username}",
        # MTurk's rows stop after the last answer, two cells before the header does.
        "Approve": None,
        "Reject": None,
    }


def mturk_time(value: Any) -> str:
    return moment(value).strftime("%a %b %d %H:%M:%S UTC %Y")


def moment(value: Any) -> datetime:
    """A time from either database: SQLite keeps text in UTC."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value.astimezone(UTC)
