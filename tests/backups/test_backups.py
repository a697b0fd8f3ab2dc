"""Backups taken while a server works, and put back."""

import contextlib
import io
import json
import shutil
import sqlite3
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kempelen.backups import restoring, snapshots, taking
from kempelen.config.data_folder import Unusable
from tests.servers import Server
from tests.visitors import Visitor

pytestmark = pytest.mark.once
ROWS = 1_000


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a batch of many HITs."""
    folder = tmp_path_factory.mktemp("prepared")
    (folder / "task.html").write_text('<p>${n}</p><input name="answer">')
    (folder / "rows.csv").write_text("n\n" + "\n".join(map(str, range(ROWS))))
    Server(folder / "data").run("publish-hits", folder / "task.html", folder / "rows.csv")
    return folder / "data"


@pytest.fixture
def worked_on(prepared: Path, tmp_path: Path) -> Iterator[Server]:
    """A server of such a folder, on SQLite."""
    shutil.copytree(prepared, tmp_path / "data")
    server = Server(tmp_path / "data").start()
    yield server
    server.kill()


def group_of(server: Server) -> str:
    return str(server.rows("SELECT public_id FROM kempelen_hitgroup")[0][0])


def work(server: Server, group_id: str, confirmed: list[str], over: threading.Event) -> None:
    """Accept and answer until it is over; note what the server confirmed."""
    visitor = Visitor(server.url)
    visitor.get(f"/groups/{group_id}/")
    while not over.is_set():
        accepted = visitor.post(f"/groups/{group_id}/accept/")
        assignment_id = accepted.location.strip("/").rpartition("/")[2]
        visitor.post("/mturk/externalSubmit", {"assignmentId": assignment_id, "answer": "yes"})
        confirmed.append(assignment_id)
    visitor.close()


def opens(server: Server, group_id: str) -> bool:
    """Whether the group can be looked at and a HIT of it be accepted."""
    with contextlib.closing(Visitor(server.url)) as visitor:
        is_shown = visitor.get(f"/groups/{group_id}/").status == 200
        return is_shown and "/work/" in visitor.post(f"/groups/{group_id}/accept/").location


def answered_in(folder: Path) -> set[str]:
    with sqlite3.connect(folder / "kempelen.sqlite3") as database:
        found = database.execute("SELECT public_id FROM kempelen_assignment WHERE submitted_at IS NOT NULL")
        answered = {row[0] for row in found}
        places = "places_left + pending_count + unreviewed_count + reviewed_count"
        wrong = database.execute(f"SELECT count(*) FROM kempelen_hit WHERE max_assignments <> {places}")
        assert wrong.fetchone() == (0,)
    return answered


def test_a_backup_taken_amid_work_has_what_was_confirmed_before_it(worked_on: Server, tmp_path: Path):
    confirmed: list[str] = []
    over = threading.Event()
    workers = [
        threading.Thread(target=work, args=(worked_on, group_of(worked_on), confirmed, over))
        for _ in range(3)
    ]
    for worker in workers:
        worker.start()
    try:
        for number in range(5):
            while len(confirmed) < 10 * (number + 1):
                threading.Event().wait(0.01)
            before = set(confirmed)
            said = json.loads(worked_on.run("backup", tmp_path / f"{number}.tar.gz", "--json"))
            restoring.restore(tmp_path / f"{number}.tar.gz", tmp_path / f"back{number}")
            assert before <= answered_in(tmp_path / f"back{number}")
            assert said["file_count"] == 1
    finally:
        over.set()
        for worker in workers:
            worker.join()


def test_what_is_restored_serves_as_the_server_did(worked_on: Server, tmp_path: Path):
    worked_on.run("backup", tmp_path / "backup.tar.gz")
    worked_on.stop()
    done = worked_on.run("restore", tmp_path / "backup.tar.gz", "--replace")
    assert "is in" in done
    assert len(list(tmp_path.glob("data.before-*"))) == 1
    worked_on.start()
    assert opens(worked_on, group_of(worked_on))
    assert worked_on.rows("SELECT count(*) FROM kempelen_hit") == [(ROWS,)]


def test_a_folder_in_use_or_with_something_in_it_is_left_alone(worked_on: Server, shell, tmp_path: Path):
    worked_on.run("backup", tmp_path / "backup.tar.gz")
    shell.environment["KEMPELEN_DATA_DIR"] = str(worked_on.folder)
    said = shell.run("restore", tmp_path / "backup.tar.gz", "--replace", status=1).stderr
    assert "Stop it first" in said
    said = shell.run("restore", tmp_path / "backup.tar.gz", status=1).stderr
    assert "--replace" in said
    assert worked_on.rows("SELECT count(*) FROM kempelen_hit") == [(ROWS,)]
    assert not list(tmp_path.glob(".restore-*"))


def test_a_snapshot_takes_a_running_rehearsal_back(worked_on: Server):
    group = group_of(worked_on)
    worked_on.run("snapshot", "save", "empty")
    confirmed: list[str] = []
    over = threading.Event()
    worker = threading.Thread(target=work, args=(worked_on, group, confirmed, over))
    worker.start()
    while len(confirmed) < 5:
        threading.Event().wait(0.01)
    over.set()
    worker.join()
    worked_on.run("snapshot", "restore", "empty")
    assert worked_on.rows("SELECT count(*) FROM kempelen_assignment") == [(0,)]
    assert opens(worked_on, group)
    assert worked_on.run("snapshot", "list").startswith("empty")
    worked_on.run("snapshot", "delete", "empty")
    assert worked_on.run("snapshot", "list") == ""


def test_a_snapshot_of_another_version_waits_until_the_server_stands_still(worked_on: Server):
    worked_on.run("snapshot", "save", "before")
    with contextlib.closing(sqlite3.connect(worked_on.folder / "kempelen.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('kempelen', '9999', '2030-01-01')"
        )
    with pytest.raises(Unusable, match="Stop the server"):
        snapshots.restore(worked_on.folder, "before")
    worked_on.kill()
    snapshots.restore(worked_on.folder, "before")
    assert worked_on.rows("SELECT count(*) FROM django_migrations WHERE name = '9999'") == [(0,)]


def test_snapshots_are_for_rehearsals_and_have_names(shell_of_ben):
    shell_of_ben.environment.pop("KEMPELEN_DATABASE_URL", None)
    shell_of_ben.run("snapshot", "save", "one")
    assert "already" in shell_of_ben.run("snapshot", "save", "one", status=1).stderr
    shell_of_ben.run("snapshot", "save", "one", "--replace")
    assert "there are: one" in shell_of_ben.run("snapshot", "restore", "two", status=1).stderr
    for name in ("../x", "", "a/b"):
        assert shell_of_ben.run("snapshot", "save", name, status=1).stderr
    shell_of_ben.environment["KEMPELEN_MODE"] = "production"
    assert "production" in shell_of_ben.run("snapshot", "restore", "one", status=1).stderr


def test_a_backup_of_postgresql_is_left_to_its_tools(shell):
    shell.environment["KEMPELEN_DATABASE_URL"] = "postgresql://nobody@localhost/none"
    assert "pg_dump" in shell.run("backup", "x.tar.gz", status=1).stderr
    assert not list(shell.folder.glob("*.tar.gz"))


def test_nothing_is_left_of_a_backup_that_fails(shell):
    assert "no data folder" in shell.run("backup", "x.tar.gz", status=1).stderr
    assert list(shell.folder.iterdir()) == []


class Spoiled:
    """A backup that is not what it was."""

    def __init__(self, backup: Path) -> None:
        with tarfile.open(backup) as archive:
            self.entries = [(entry, archive.extractfile(entry).read()) for entry in archive]  # type: ignore[union-attr]

    def written(self, to: Path) -> Path:
        with tarfile.open(to, "w:gz") as archive:
            for entry, content in self.entries:
                entry.size = len(content)
                archive.addfile(entry, io.BytesIO(content))
        return to


@pytest.fixture
def backup(shell_of_ben, tmp_path: Path) -> Path:
    (tmp_path / "data/files/a").mkdir(parents=True)
    (tmp_path / "data/files/a/photo").write_bytes(b"x" * 10)
    if not (tmp_path / "data/kempelen.sqlite3").exists():
        sqlite3.connect(tmp_path / "data/kempelen.sqlite3").execute("CREATE TABLE t (a)").connection.commit()
    taking.take(tmp_path / "data", tmp_path / "backup.tar.gz")
    return tmp_path / "backup.tar.gz"


def other_database(spoiled: Spoiled) -> None:
    entry, content = spoiled.entries[1]
    spoiled.entries[1] = (entry, content[:-1] + bytes([content[-1] ^ 1]))


def no_file(spoiled: Spoiled) -> None:
    spoiled.entries.pop()


def no_manifest(spoiled: Spoiled) -> None:
    spoiled.entries.pop(0)


def a_way_out(spoiled: Spoiled) -> None:
    spoiled.entries.append((tarfile.TarInfo("../evil"), b"x"))


def another_name(spoiled: Spoiled) -> None:
    spoiled.entries.append((tarfile.TarInfo("files/../../evil"), b"x"))


def another_form(spoiled: Spoiled) -> None:
    entry, content = spoiled.entries[0]
    spoiled.entries[0] = (entry, content.replace(b'"format": 1', b'"format": 2'))


@pytest.mark.parametrize(
    "spoil", [other_database, no_file, no_manifest, a_way_out, another_name, another_form]
)
def test_a_spoiled_backup_is_refused_and_nothing_is_changed(backup: Path, tmp_path: Path, spoil):
    spoiled = Spoiled(backup)
    spoil(spoiled)
    with pytest.raises(Unusable):
        restoring.restore(spoiled.written(tmp_path / "spoiled.tar.gz"), tmp_path / "back")
    assert not (tmp_path / "back").exists()
    assert not (tmp_path.parent / "evil").exists()
    assert not list(tmp_path.glob(".restore-*"))


@pytest.mark.parametrize("size", [0, 1, 100, 1_000])
def test_a_backup_that_was_cut_off_is_refused(backup: Path, tmp_path: Path, size: int):
    (tmp_path / "cut.tar.gz").write_bytes(backup.read_bytes()[:size])
    with pytest.raises(Unusable):
        restoring.restore(tmp_path / "cut.tar.gz", tmp_path / "back")
    assert not (tmp_path / "back").exists()


def test_files_come_back_as_they_were_and_belong_to_whoever_restores_them(backup: Path, tmp_path: Path):
    _, aside = restoring.restore(backup, tmp_path / "back")
    assert aside is None
    photo = tmp_path / "back/files/a/photo"
    assert photo.read_bytes() == b"x" * 10
    assert photo.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "back/secret-key").read_text() == (tmp_path / "data/secret-key").read_text()
    assert backup.stat().st_mode & 0o077 == 0


def test_a_volume_stays_where_it_is_and_keeps_what_was_there_below_it(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Path, "is_mount", lambda path: path.name == "volume")
    volume = tmp_path / "volume"
    (volume / "lost+found").mkdir(parents=True)
    assert restoring.restore(backup, volume)[1] is None
    (volume / "secret-key").write_text("another")
    inode = volume.stat().st_ino
    with pytest.raises(Unusable, match="--replace"):
        restoring.restore(backup, volume)
    _, aside = restoring.restore(backup, volume, replace=True)
    assert aside
    assert aside.parent == volume
    assert (aside / "secret-key").read_text() == "another"
    assert (volume / "secret-key").read_text() == (tmp_path / "data/secret-key").read_text()
    assert (volume / "files/a/photo").read_bytes() == b"x" * 10
    assert volume.stat().st_ino == inode
    assert not list(volume.glob(".restore-*"))


def test_a_volume_that_cannot_be_filled_is_as_it_was(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Path, "is_mount", lambda path: path.name == "volume")
    volume = tmp_path / "volume"
    restoring.restore(backup, volume)
    (volume / "secret-key").write_text("another")
    before = sorted(volume.rglob("*"))
    rename = Path.rename

    def fail_for_new_files(path: Path, to: Path) -> Path:
        if path.parent.name == "content":
            raise OSError("full")
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", fail_for_new_files)
    with pytest.raises(OSError, match="full"):
        restoring.restore(backup, volume, replace=True)
    monkeypatch.setattr(Path, "rename", rename)
    kept = {path for path in volume.rglob("*") if path.name != "server.lock"}
    assert kept == set(before)
    assert (volume / "secret-key").read_text() == "another"
