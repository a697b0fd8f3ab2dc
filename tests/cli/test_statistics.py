"""Figures counted anew on the command line, beside a running server."""

import sqlite3
from pathlib import Path

import pytest

from tests.servers import Server, new_server
from tests.visitors import Visitor

pytestmark = pytest.mark.once
ANSWERS = 3


def work(server: Server, folder: Path) -> None:
    """Publish HITs and answer them as a browser without an account."""
    (folder / "task.html").write_text('<p>${n}</p><input name="answer">')
    (folder / "rows.csv").write_text("n\n" + "\n".join(map(str, range(ANSWERS))))
    server.run("publish-hits", folder / "task.html", folder / "rows.csv")
    (group_id,) = server.rows("SELECT public_id FROM kempelen_hitgroup")[0]
    visitor = Visitor(server.url)
    visitor.get(f"/groups/{group_id}/")
    for _ in range(ANSWERS):
        accepted = visitor.post(f"/groups/{group_id}/accept/")
        assignment_id = accepted.location.strip("/").rpartition("/")[2]
        visitor.post("/mturk/externalSubmit", {"assignmentId": assignment_id, "answer": "yes"})
    visitor.close()


def counted(server: Server) -> set[tuple[int, int]]:
    return set(server.rows("SELECT sum(accepted), sum(submitted) FROM kempelen_hourofwork GROUP BY scope"))


def spoil(server: Server) -> None:
    with sqlite3.connect(server.folder / "kempelen.sqlite3", timeout=60) as database:
        database.execute("UPDATE kempelen_hourofwork SET accepted = 99, submitted = 99")


def test_figures_that_were_spoilt_are_counted_anew_beside_a_server(tmp_path: Path):
    with new_server() as server:
        server.start()
        work(server, tmp_path)
        server.run("statistics", "rebuild")
        spoil(server)
        assert counted(server) == {(99, 99)}
        assert "counted anew" in server.run("statistics", "rebuild")
        assert counted(server) == {(ANSWERS, ANSWERS)}
