"""Files in a task, in a browser: chosen, uploaded while one works, there after a reload, in the answer."""

import socket
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Page, Route, expect

from kempelen.domain import stored_files
from kempelen.domain.actions import claims
from kempelen.domain.models import Assignment, HITGroup, Requester, UploadedFile, Worker
from tests.browser import assert_accessible
from tests.contract.api.test_files import FORM
from tests.contract.web.test_questions import log_in
from tests.contract.web.test_work_drafts import kept, wait_until
from tests.domain.api_hits import a_hit_type, a_new_hit
from tests.servers import Server
from tests.web.content.tasks import (
    a_group_showing,
    accept_in,
    answers_after_leaving,
    open_assignment,
    open_preview,
    open_work,
)

pytestmark = [pytest.mark.browser, pytest.mark.once]

ONE = '<label>Photo <input type="file" name="photo" accept="image/*,.heic" required></label>'
SEVERAL = (
    '<label>Scans <input type="file" name="scans" multiple></label><label>Word <input name="word"></label>'
)
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(5_000)


def a_file(name: str, content: bytes = PNG, kind: str = "image/png") -> Any:
    return {"name": name, "mimeType": kind, "buffer": content}


def field(task: FrameLocator) -> Any:
    return task.locator("[type=file]")


def wait_for_names(task: FrameLocator, names: list[str]) -> None:
    look = "field => [...field.files].map((file) => file.name)"
    wait_until(lambda: field(task).evaluate(look) == names)


def expect_said(page: Page, text: str) -> None:
    expect(page.locator("work-files")).to_contain_text(text)


def submit(task: FrameLocator) -> None:
    task.locator("#submitButton").click()


def corrected(page: Page, task: FrameLocator, assignment: Assignment) -> Any:
    submit(task)
    page.wait_for_url(f"**/history/{assignment.public_id}/")
    assignment.refresh_from_db()
    return assignment.answers


def as_stored() -> list[dict[str, Any]]:
    files = UploadedFile.objects.filter(is_answered=True).order_by("name")
    return [{"file": file.public_id, "name": file.name, "size": file.size} for file in files]


@pytest.mark.journey
def test_a_file_is_uploaded_as_it_is_chosen_and_is_in_the_answer(page: Page, site: Server) -> None:
    assignment, task = open_work(page, site, ONE)
    submit(task)  # which the browser refuses, since a file is required
    field(task).set_input_files(a_file("leaf.png"))
    expect_said(page, "1 file uploaded")
    submit(task)
    answers = answers_after_leaving(page, assignment)
    photo = UploadedFile.objects.get()
    assert answers == {"photo": {"file": photo.public_id, "name": "leaf.png", "size": len(PNG)}}
    assert (photo.media_type, photo.field) == ("image/png", "photo")
    assert site.folder.joinpath("files", photo.storage_key).read_bytes() == PNG


@pytest.mark.journey
def test_several_files_are_there_after_a_reload(page: Page, site: Server) -> None:
    assignment, task = open_work(page, site, SEVERAL)
    field(task).set_input_files([a_file("b.png"), a_file("a.png"), a_file("c.txt", b"ink", "text/plain")])
    expect_said(page, "3 files uploaded")
    wait_until(lambda: len(kept(assignment).get("scans", [])) == 3)
    page.reload()
    wait_for_names(task, ["b.png", "a.png", "c.txt"])
    task.get_by_label("Word").fill("ink")
    submit(task)
    answers = answers_after_leaving(page, assignment)
    assert [file["name"] for file in answers["scans"]] == ["b.png", "a.png", "c.txt"]
    assert sorted(answers["scans"], key=lambda file: file["name"]) == as_stored()
    assert answers["word"] == "ink"


def test_another_file_takes_the_place_of_the_first(page: Page, site: Server) -> None:
    assignment, task = open_work(page, site, ONE)
    field(task).set_input_files(a_file("first.png"))
    expect_said(page, "1 file uploaded")
    field(task).set_input_files(a_file("second.png"))
    wait_until(lambda: list(UploadedFile.objects.values_list("name", flat=True)) == ["second.png"])
    expect_said(page, "1 file uploaded")
    submit(task)
    assert answers_after_leaving(page, assignment)["photo"]["name"] == "second.png"


def test_a_file_of_another_kind_is_let_go_of_with_a_word(page: Page, site: Server) -> None:
    _, task = open_work(page, site, ONE)
    field(task).set_input_files(a_file("notes.txt", b"ink", "text/plain"))
    expect(page.get_by_text("“notes.txt” is not what is asked for here: images, .heic.")).to_be_visible()
    wait_for_names(task, [])
    assert_accessible(page)
    assert not UploadedFile.objects.exists()


def test_a_file_that_is_too_large_is_let_go_of_with_a_word(page: Page, site: Server) -> None:
    _, task = open_work(page, site, SEVERAL)
    page.locator("work-files").evaluate("element => element.setAttribute('limit', '1000')")
    field(task).set_input_files([a_file("large.png"), a_file("small.png", b"ink")])
    expect(page.get_by_text("“large.png” is too large: 5 KB. At most 1 KB are taken.")).to_be_visible()
    wait_for_names(task, ["small.png"])
    expect_said(page, "1 file uploaded")


def test_the_answer_waits_for_its_files_and_those_for_the_network(page: Page, site: Server) -> None:
    assignment, task = open_work(page, site, SEVERAL)
    expect(field(task)).to_be_visible()
    page.context.set_offline(True)
    field(task).set_input_files(a_file("scan.png"))
    expect_said(page, "Offline, files wait")
    submit(task)
    expect(page.get_by_text("Uploading your files; your answer follows.")).to_be_visible()
    page.context.set_offline(False)
    assert answers_after_leaving(page, assignment)["scans"]["name"] == "scan.png"


def test_what_the_server_refuses_is_said_and_the_answer_not_sent(page: Page, site: Server) -> None:
    assignment, task = open_work(page, site, SEVERAL)
    refusal = {"message": "There is no room for this file."}

    def refuse(route: Route) -> None:
        route.fulfill(status=409, json=refusal)

    page.route("**/files/", refuse)
    field(task).set_input_files(a_file("scan.png"))
    expect(page.get_by_text("“scan.png” was not taken. There is no room for this file.")).to_be_visible()
    wait_for_names(task, [])
    page.unroute("**/files/")
    field(task).set_input_files(a_file("scan.png"))
    expect_said(page, "1 file uploaded")
    submit(task)
    assert answers_after_leaving(page, assignment)["scans"]["name"] == "scan.png"


def test_files_that_a_script_adds_to_a_form_are_sent_too(page: Page, site: Server) -> None:
    made = """<form><button>Go</button></form><script>document.forms[0].addEventListener("formdata",
        ({formData}) => formData.append("sound", new File(["la la"], "song.txt")));</script>"""
    assignment, task = open_work(page, site, made)
    task.get_by_role("button").click()
    assert answers_after_leaving(page, assignment)["sound"]["size"] == 5


def test_in_a_preview_nothing_is_uploaded(page: Page, site: Server) -> None:
    task = open_preview(page, site, SEVERAL)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    field(task).set_input_files(a_file("scan.png"))
    task.get_by_label("Word").press("Enter")
    wait_for_names(task, ["scan.png"])
    assert not any(url.endswith("/files/") for url in sent)


def test_a_frame_opened_alone_sends_its_files_itself(page: Page, site: Server) -> None:
    assignment, task = open_work(page, site, SEVERAL)
    expect(field(task)).to_be_visible()
    page.goto(page.locator("task-frame iframe").evaluate("frame => frame.src"))
    page.locator("[type=file]").set_input_files(a_file("scan.png"))
    with page.expect_navigation():
        page.locator("#submitButton").click()
    wait_until(lambda: "scans" in (assignment.refresh_from_db() or assignment.answers or {}))
    assert assignment.answers["scans"]["size"] == len(PNG)
    with stored_files.opened(UploadedFile.objects.get()) as content:
        assert content.read() == PNG


def test_a_form_asks_for_a_file_and_has_it_again_after_a_reload(
    page: Page, site: Server, ada: Requester, cleo: Worker
) -> None:
    hit = a_new_hit(a_hit_type(ada, assignment_duration_seconds=3600), question=FORM)
    log_in(page, site, cleo)
    assignment = claims.accept(cleo, hit)
    task = open_assignment(page, site, assignment)
    field(task).set_input_files(a_file("leaf.png"))
    wait_until(lambda: "Answer_1_FileUpload" in kept(assignment))
    page.reload()
    wait_for_names(task, ["leaf.png"])
    task.get_by_role("button", name="Submit").click()
    photo = {"file": UploadedFile.objects.get().public_id, "name": "leaf.png", "size": len(PNG)}
    assert answers_after_leaving(page, assignment) == {"sketch": photo}


def test_a_correction_begins_with_the_file_that_was_sent(page: Page, site: Server) -> None:
    assignment, task = open_work(page, site, SEVERAL)
    HITGroup.objects.update(allows_corrections=True)
    field(task).set_input_files(a_file("first.png"))
    expect_said(page, "1 file uploaded")
    submit(task)
    first = answers_after_leaving(page, assignment)
    page.goto(f"{site.url}/history/{assignment.public_id}/correct/")
    wait_for_names(task, ["first.png"])
    task.get_by_label("Word").fill("ink")
    assert corrected(page, task, assignment) == first | {"word": "ink"}
    page.goto(f"{site.url}/history/{assignment.public_id}/correct/")
    wait_for_names(task, ["first.png"])
    field(task).set_input_files([a_file("second.png")])
    expect_said(page, "1 file uploaded")
    assert corrected(page, task, assignment)["scans"]["name"] == "second.png"
    assert UploadedFile.objects.filter(is_answered=True).count() == 2


@pytest.mark.parametrize("sent", [0, 400_000])
def test_an_upload_that_is_cut_short_leaves_nothing(page: Page, site: Server, sent: int) -> None:
    assignment = accept_in(page, site, a_group_showing(ONE))
    [cookie] = page.context.cookies()
    head = (
        f"POST /work/{assignment.public_id}/files/ HTTP/1.1\r\nHost: localhost:{site.port}\r\n"
        f"Cookie: {cookie['name']}={cookie['value']}\r\nContent-Length: 1000000\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n"
        'Content-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'
    )
    with socket.create_connection(("localhost", site.port), timeout=60) as connection:
        connection.sendall(head.encode() + bytes(sent))
    page.goto(site.url)
    assert not UploadedFile.objects.exists()
    assert not [path for path in (site.folder / "tmp").rglob("*") if path.is_file()]


def test_a_file_in_a_crowd_form_goes_beside_its_answer(page: Page, site: Server) -> None:
    crowd = '<crowd-form><input type="file" name="scan"><crowd-input name="word" label="Word"></crowd-input>'
    script = '<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>'
    assignment, task = open_work(page, site, f"{script}{crowd}</crowd-form>")
    expect(task.get_by_label("Word")).to_be_visible()
    task.get_by_label("Word").fill("ink")
    field(task).set_input_files(a_file("scan.png"))
    wait_until(lambda: {"scan", "taskAnswers"} <= kept(assignment).keys())
    page.reload()
    wait_for_names(task, ["scan.png"])
    expect(task.get_by_label("Word")).to_have_value("ink")
    task.get_by_role("button", name="Submit").click()
    answers = answers_after_leaving(page, assignment)
    assert answers.pop("scan") == as_stored()[0]
    assert '"word":"ink"' in answers.pop("taskAnswers")
    assert not answers
