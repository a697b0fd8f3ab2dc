"""Files of answers in a folder: hostile names, links that fail, and runs that were interrupted."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import pytest

from kempelen.toolkit import answer_files
from kempelen.toolkit.answer_files import INDEX, Files, fetching
from kempelen.toolkit.connection import Connection
from kempelen.toolkit.troubles import Refused, Trouble
from tests.toolkit.test_databases import a_row

pytestmark = pytest.mark.once


class Endpoint:
    """Answers GetFileUploadURL with links to itself; `held` are names and bytes by what is asked for."""

    def __init__(self) -> None:
        self.held: dict[str, tuple[str, bytes]] = {}
        self.failures: dict[str, int] = {}
        self.asked: list[str] = []
        self.link = ""

    def call(self, operation: str, *, AssignmentId: str, QuestionIdentifier: str) -> dict[str, str]:  # noqa: N803
        assert operation == "GetFileUploadURL"
        self.asked.append(QuestionIdentifier)
        if QuestionIdentifier not in self.held:
            raise Refused("AWS.MechanicalTurk.InvalidParameterValue", "This answer is no uploaded file.")
        return {"FileUploadURL": f"{self.link}{QuestionIdentifier}"}

    def reply(self, request: BaseHTTPRequestHandler) -> None:
        asked = request.path.rpartition("/")[2]
        name, body = self.held[asked]
        if self.failures.get(asked, 0):
            self.failures[asked] -= 1
            request.send_response(503)
            request.end_headers()
            return
        request.send_response(200)
        request.send_header("Content-Disposition", f'attachment; filename="{name}"')
        request.end_headers()
        request.wfile.write(body)


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    made = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.reply(self)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        made.link = f"http://127.0.0.1:{server.server_port}/"
        yield made
        server.shutdown()
        thread.join()


def fetched(endpoint: Endpoint, folder: Path, **answers: Any) -> tuple[dict[str, Any], Files]:
    """Fetch the files of one answer; gives the answer as it then is, and what became of them."""
    with fetching(folder, cast(Connection, endpoint)) as files:
        row = files.with_files(a_row("3ASSIGNMENT", **answers))
    return dict(row.answers), files


def sent(key: str, size: int) -> dict[str, Any]:
    return {"file": key, "name": "", "size": size}


@pytest.mark.parametrize(
    ("hostile", "safe"),
    [
        ("../../etc/passwd", "photo-passwd"),
        ("..\\\\..\\\\boot.ini", "photo-boot.ini"),
        ("CON.txt", "photo-_CON.txt"),
        ("a:b<c>?*.png", "photo-a_b_c___.png"),
        (f"{'x' * 900}.jpeg", f"photo-{'x' * 115}.jpeg"),
        (".bashrc", "photo-bashrc"),
        ("", "photo-file"),
    ],
)
def test_names_of_strangers_become_names_below_the_folder(
    endpoint: Endpoint, tmp_path: Path, hostile: str, safe: str
) -> None:
    endpoint.held["photo"] = (hostile, b"leaf")
    answers, _ = fetched(endpoint, tmp_path / "in", photo=sent("K", 4))
    assert answers["photo"]["name"] == str(tmp_path / "in" / "3H" / "3ASSIGNMENT" / safe)
    assert Path(answers["photo"]["name"]).read_bytes() == b"leaf"
    assert {each.name for each in tmp_path.iterdir()} == {"in"}


def test_several_of_a_field_have_names_of_their_own(endpoint: Endpoint, tmp_path: Path) -> None:
    endpoint.held |= {"scan": ("Page.PNG", b"one"), "K2": ("page.png", b"two"), "K3": ("page.png", b"three")}
    answers, files = fetched(
        endpoint, tmp_path, **{"../scan": [], "scan": [sent("K1", 3), sent("K2", 3), sent("K3", 5)]}
    )
    names = [Path(file["name"]) for file in answers["scan"]]
    assert [name.name for name in names] == ["scan-Page.PNG", "scan-page (2).png", "scan-page (3).png"]
    assert [name.read_bytes() for name in names] == [b"one", b"two", b"three"]
    assert (files.fetched, files.had, files.failed) == (3, 0, {})


def test_what_is_there_is_not_fetched_again_and_never_written_over(
    endpoint: Endpoint, tmp_path: Path
) -> None:
    endpoint.held["photo"] = ("leaf.png", b"leaf")
    first, _ = fetched(endpoint, tmp_path, photo=sent("K", 4))
    again, files = fetched(endpoint, tmp_path, photo=sent("K", 4))
    assert again == first and (files.fetched, files.had) == (0, 1) and endpoint.asked == ["photo"]
    path = Path(first["photo"]["name"])
    path.write_bytes(b"with a note of mine")
    third, _ = fetched(endpoint, tmp_path, photo=sent("K", 4))
    assert Path(third["photo"]["name"]).name == "photo-leaf (2).png"
    assert path.read_bytes() == b"with a note of mine"
    Path(third["photo"]["name"]).unlink()
    fourth, _ = fetched(endpoint, tmp_path, photo=sent("K", 4))
    assert fourth == third and Path(third["photo"]["name"]).read_bytes() == b"leaf"


def test_a_run_that_was_killed_leaves_nothing_half(endpoint: Endpoint, tmp_path: Path) -> None:
    endpoint.held["photo"] = ("leaf.png", b"leaf")
    (tmp_path / ".part-dead").mkdir()
    (tmp_path / ".part-dead" / "part").write_bytes(b"le")
    # Noted, and killed before the file had its name; then torn.
    (tmp_path / INDEX).write_text(
        '{"key": "K", "path": "3H/3ASSIGNMENT/photo-leaf.png", "size": 4}\n{"key": "L'
    )
    answers, _ = fetched(endpoint, tmp_path, photo=sent("K", 4))
    assert Path(answers["photo"]["name"]).read_bytes() == b"leaf"
    assert {each.name for each in tmp_path.iterdir()} == {INDEX, "3H"}
    assert len((tmp_path / INDEX).read_text().splitlines()) == 1


def test_a_failure_that_passes_is_tried_again(
    endpoint: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_files, "_FIRST_WAIT_SECONDS", 0)
    endpoint.held["photo"] = ("leaf.png", b"leaf")
    endpoint.failures["photo"] = 2
    _, files = fetched(endpoint, tmp_path, photo=sent("K", 4))
    assert (files.fetched, len(endpoint.asked)) == (1, 3)


def test_what_does_not_arrive_is_named_and_leaves_nothing(
    endpoint: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_files, "_ATTEMPTS", 1)
    endpoint.held |= {"long": ("x", b"leaf and more"), "short": ("x", b"le")}
    given = {name: sent(name, 4) for name in ("long", "short", "gone")}
    answers, files = fetched(endpoint, tmp_path, **given)
    assert {file["name"] for file in answers.values()} == {""}
    assert set(files.failed) == {f"3ASSIGNMENT {name}" for name in given}
    assert files.lacking == {"3ASSIGNMENT"}
    endpoint.link = "file:///etc/"
    _, files = fetched(endpoint, tmp_path, passwd=sent("K", 4), long=sent("long", 4))
    assert "no link" in files.failed["3ASSIGNMENT long"]
    assert {each.name for each in tmp_path.iterdir()} == {INDEX}


def test_two_runs_do_not_fill_one_folder_at_once(endpoint: Endpoint, tmp_path: Path) -> None:
    with fetching(tmp_path, cast(Connection, endpoint)), pytest.raises(Trouble, match="Another run"):
        fetched(endpoint, tmp_path)


def test_an_index_that_leads_out_of_the_folder_is_refused(endpoint: Endpoint, tmp_path: Path) -> None:
    (tmp_path / INDEX).write_text(json.dumps({"key": "K", "path": "../x", "size": 1}) + "\n")
    with pytest.raises(Trouble, match="outside of the folder"):
        fetched(endpoint, tmp_path)
