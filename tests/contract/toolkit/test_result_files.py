"""Files that workers sent, fetched with the results; and results as Parquet, over a real server."""

import csv
import json
import signal
import subprocess
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from tests.contract.api.crowd import CrowdWorker
from tests.contract.toolkit.conftest import Toolkit
from tests.servers import Server

pytestmark = pytest.mark.once


def send(site: Server, assignment_id: str, files: Sequence[tuple[str, str, bytes]]) -> None:
    """Send an answer with files, as a page of somebody's own does."""
    parts = [f'Content-Disposition: form-data; name="assignmentId"\r\n\r\n{assignment_id}'.encode()]
    parts += [
        f'Content-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'.encode() + body
        for field, name, body in files
    ]
    body = b"".join(b"--edge\r\n" + part + b"\r\n" for part in parts) + b"--edge--\r\n"
    kind = {"Content-Type": "multipart/form-data; boundary=edge"}
    request = urllib.request.Request(f"{site.url}/mturk/externalSubmit", body, kind)
    with urllib.request.urlopen(request, timeout=30) as page:
        assert b"Your answer has been sent" in page.read()


def rows(toolkit: Toolkit, name: str) -> list[dict[str, str]]:
    with (toolkit.folder / name).open(newline="") as file:
        return list(csv.DictReader(file))


def _holds(path: Path, body: bytes) -> bool:
    return path.is_file() and path.read_bytes() == body


def test_files_are_fetched_once_and_named_in_the_results(
    toolkit: Toolkit, crowd: Callable[..., CrowdWorker], site: Server
) -> None:
    ids = toolkit.publish_people()
    cleo = crowd("Cleo")
    first = cleo.accept(ids[0])
    send(site, first, [("photo", "leaf.png", b"leaf"), ("scans", "CON", b"1"), ("scans", "b.pdf", b"22")])
    said = toolkit.json("results", "people", "--files", "sent", "--new")
    assert (said["answers"], said["files"]) == (1, {"fetched": 3, "had": 0, "failed": {}})
    (row,) = rows(toolkit, "people.new.csv")
    place = f"sent/{ids[0]}/{first}"
    assert row["Answer.photo"] == f"{place}/photo-leaf.png"
    scans = [toolkit.folder / name for name in row["Answer.scans"].split("|")]
    assert [scan.read_bytes() for scan in scans] == [b"1", b"22"]

    second = cleo.accept(ids[1])
    send(site, second, [("photo", "../leaf.png", b"another")])
    (toolkit.folder / place / "photo-leaf.png").unlink()
    assert toolkit.json("results", "people", "--files", "sent", "--new")["files"]["fetched"] == 1
    (row,) = rows(toolkit, "people.new.csv")
    assert (toolkit.folder / row["Answer.photo"]).read_bytes() == b"another"
    toolkit.run("results", "people", "--files", "sent", "-o", "people.jsonl")
    assert (toolkit.folder / place / "photo-leaf.png").read_bytes() == b"leaf"
    line = json.loads((toolkit.folder / "people.jsonl").read_text().splitlines()[0])
    assert line["Answer"]["photo"]["name"] == f"{place}/photo-leaf.png"


def test_a_file_that_is_gone_is_named_and_its_answer_stays_new(
    toolkit: Toolkit, crowd: Callable[..., CrowdWorker], site: Server
) -> None:
    ids = toolkit.publish_people()
    cleo = crowd("Cleo")
    send(site, cleo.accept(ids[0]), [("photo", "leaf.png", b"leaf of ours")])
    cleo.answer(ids[1], {"who": "an admiral"})
    kept = next(path for path in Path(site.folder, "files").rglob("*") if _holds(path, b"leaf of ours"))
    body = kept.read_bytes()
    kept.unlink()
    words = ("results", "people", "--new", "--files", "sent")
    assert "1 file is missing; the same command tries again." in toolkit.run(*words, status=1)
    assert len(rows(toolkit, "people.new.csv")) == 2
    kept.write_bytes(body)
    assert "1 file fetched into sent." in toolkit.run(*words)
    assert [row["Answer.photo"][-4:] for row in rows(toolkit, "people.new.csv")] == [".png"]


def test_parquet_says_what_the_csv_says(toolkit: Toolkit, crowd: Callable[..., CrowdWorker]) -> None:
    ids = toolkit.publish_people()
    crowd("Cleo").answer(ids[0], {"who": ["a “countess”", "Ada"]})
    assert "people.new.parquet" in toolkit.run("results", "people", "--new", "--format", "parquet")
    toolkit.run("results", "people", "-o", "named.parquet")
    toolkit.run("results", "people")
    (line,) = rows(toolkit, "people.results.csv")
    table: Any = parquet.read_table(toolkit.folder / "named.parquet")
    assert table.equals(parquet.read_table(toolkit.folder / "people.new.parquet"))
    (row,) = table.to_pylist()
    same = ("HITId", "AssignmentId", "WorkerId", "Title", "Input.name", "Answer.who", "AssignmentStatus")
    assert [row[name] for name in same] == [line[name] for name in same]
    assert f"${row['Reward']}" == line["Reward"] and row["SubmitTime"].tzinfo is not None
    assert "--format is for files" in toolkit.run(
        "results", "people", "--format", "parquet", "--to", "sqlite:///x.db", status=1
    )


def test_files_that_were_interrupted_are_all_there_in_the_end_and_once(
    toolkit: Toolkit, crowd: Callable[..., CrowdWorker], site: Server
) -> None:
    ids = toolkit.publish_people()
    cleo = crowd("Cleo")
    for hit_id in ids:
        pages = [("scans", f"page {n}.png", bytes([n]) * 3_000_000) for n in range(4)]
        send(site, cleo.accept(hit_id), pages)
    words = ("results", "people", "--files", "sent", "--new", "--at-once", "1")
    for by, seconds in ((signal.SIGINT, 0.9), (signal.SIGKILL, 1.1), (signal.SIGTERM, 1.0)):
        process = toolkit.start(*words)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(by)
        process.communicate()
        assert process.returncode in {0, 128 + by, -by}
    toolkit.run(*words)
    found = [path for path in (toolkit.folder / "sent").rglob("*") if path.is_file()]
    sizes = sorted(path.stat().st_size for path in found if path.name != "kempelen-files.jsonl")
    assert sizes == [3_000_000] * 12
    assert not list((toolkit.folder / "sent").glob(".part-*"))
