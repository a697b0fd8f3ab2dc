"""Files of results that are made in the background."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import Storage

from kempelen.domain import stored_files
from kempelen.domain.actions import exports, people
from kempelen.domain.errors import NotFound, WrongState
from kempelen.domain.models import Batch, Delivery, Event, Export, Job, Requester, User
from kempelen.domain.queries.result_files import ResultFile
from kempelen.domain.queries.selections import Selection
from kempelen.jobs import working
from tests.domain.moving_clock import MovingClock
from tests.factories import a_batch, a_project, a_submitted_assignment, hits_of, owner_of


@pytest.fixture
def storage(settings: Any, tmp_path: Path) -> Storage:
    """Where files are kept, empty."""
    settings.MEDIA_ROOT = tmp_path
    in_memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = settings.STORAGES | {"files": in_memory}
    return stored_files.storage()


@pytest.fixture
def batch(ada: Requester) -> Batch:
    """A batch with two answers."""
    batch = a_batch(a_project(ada))
    Job.objects.all().delete()
    for hit in hits_of(batch)[:2]:
        a_submitted_assignment(hit=hit, answers={"answer": f"to row {hit.row_number}"})
    return batch


@pytest.fixture
def ask(ada: Requester, batch: Batch, storage: Storage) -> Callable[..., Export]:
    """A function that asks for a file of the batch's answers."""

    def asked(form: Export.Form = Export.Form.CSV, **selection: Any) -> Export:
        return exports.ask(ResultFile(ada, batch, Selection(**selection), form), by=owner_of(ada))

    return asked


def stored(storage: Storage) -> list[str]:
    try:
        return storage.listdir("exports")[1]
    except FileNotFoundError:
        return []


def content_of(export: Export) -> str:
    export.refresh_from_db()
    with stored_files.storage().open(export.storage_key) as file:
        return str(file.read().decode())


def test_a_file_is_made_by_a_job_and_then_it_is_there(ask: Callable[..., Export], storage: Storage) -> None:
    export = ask()
    assert export.state == "waiting"
    assert stored(storage) == []
    assert working.do_next("me")
    assert "to row 2" in content_of(export)
    assert (export.state, export.done, export.total) == ("ready", 2, 2)
    assert export.size == len(content_of(export).encode())
    assert Event.objects.get(kind="ResultsExported").data == {"file": "Batch_1_batch_results.csv"}


def test_a_file_has_what_was_chosen_as_it_was_chosen(ask: Callable[..., Export]) -> None:
    export = ask(Export.Form.JSON_LINES, search="answer", sort="-hit")
    exports.make(export.pk)
    assert content_of(export) == ""
    export = ask(Export.Form.JSON_LINES, search="row", sort="-hit")
    exports.make(export.pk)
    rows = [json.loads(line) for line in content_of(export).splitlines()]
    assert [row["Answer"]["answer"] for row in rows] == ["to row 2", "to row 1"]
    export.refresh_from_db()
    assert export.total == 2


def test_who_dies_on_the_way_leaves_nothing_that_is_seen(
    ask: Callable[..., Export], storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = ask()

    def dies(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        # The bytes are there, and nothing says so yet.
        patched.setattr(exports, "_appear", dies)
        with pytest.raises(KeyboardInterrupt):
            exports.make(export.pk)
    export.refresh_from_db()
    assert export.state == "waiting"
    assert len(stored(storage)) == 1
    exports.make(export.pk)
    assert "to row 1" in content_of(export)
    # What the first attempt left is gone.
    assert [f"exports/{name}" for name in stored(storage)] == [export.storage_key]


def test_a_file_that_is_removed_while_it_is_made_is_not_made(
    ask: Callable[..., Export], ada: Requester, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = ask()
    save = type(storage).save

    def removed_meanwhile(self: Storage, *arguments: Any) -> str:
        exports.remove(ada, export.public_id)
        return save(self, *arguments)

    monkeypatch.setattr(type(storage), "save", removed_meanwhile)
    exports.make(export.pk)
    export.refresh_from_db()
    assert export.state == "gone"
    assert stored(storage) == []


def test_two_who_make_the_same_file_leave_one(
    ask: Callable[..., Export], storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = ask()
    save = type(storage).save

    def and_another(self: Storage, *arguments: Any) -> str:
        monkeypatch.setattr(type(storage), "save", save)
        exports.make(export.pk)
        return save(self, *arguments)

    monkeypatch.setattr(type(storage), "save", and_another)
    exports.make(export.pk)
    assert "to row 1" in content_of(export)
    assert len(stored(storage)) == 1


def test_a_file_is_removed_after_some_days(
    ask: Callable[..., Export], storage: Storage, moving_clock: MovingClock
) -> None:
    export = ask()
    exports.make(export.pk)
    moving_clock.forward(exports.KEPT.total_seconds() - 60)
    assert exports.remove_old() == 0
    moving_clock.forward(120)
    assert exports.remove_old() == 1
    export.refresh_from_db()
    assert (export.state, export.storage_key) == ("gone", "")
    assert stored(storage) == []


def test_a_full_disk_is_told(ask: Callable[..., Export], monkeypatch: pytest.MonkeyPatch) -> None:
    export = ask()
    monkeypatch.setattr(stored_files, "has_room", lambda size: False)
    working.do_next("me")
    export.refresh_from_db()
    assert export.state == "failed"
    assert "no room" in export.problem
    assert Job.objects.filter(finished_at=None).count() == 0


def test_only_so_many_are_made_at_once(ask: Callable[..., Export], ada: Requester) -> None:
    asked = [ask() for _ in range(exports.MOST_WAITING)]
    with pytest.raises(WrongState, match="being made already"):
        ask()
    exports.remove(ada, asked[0].public_id)
    assert ask().state == "waiting"


def test_files_are_their_requesters_alone(ask: Callable[..., Export], ben: Requester) -> None:
    with pytest.raises(NotFound):
        exports.found(ben, ask().public_id)


def test_who_asked_is_mailed_that_the_file_is_there(
    ask: Callable[..., Export], ada: Requester, settings: Any
) -> None:
    settings.KEMPELEN_SENDS_MAIL, settings.KEMPELEN_URL = True, "https://work.example"
    User.objects.filter(pk=owner_of(ada).pk).update(email="ada@example.org")
    exports.make(ask().pk)
    mail = Delivery.objects.get()
    assert (mail.destination, mail.subject) == ("ada@example.org", "Batch_1_batch_results.csv is ready")
    assert f"https://work.example/r/{ada.slug}/exports/" in mail.body


def test_a_whole_projects_file_has_the_columns_of_all_its_batches(ada: Requester, storage: Storage) -> None:
    project = a_project(ada)
    for rows in ([{"text": "a", "x": "1"}], [{"y": "2", "text": "b"}]):
        a_submitted_assignment(hit=hits_of(a_batch(project, rows=rows))[0])
    export = exports.ask(ResultFile(ada, project, Selection(), Export.Form.CSV), by=owner_of(ada))
    exports.make(export.pk)
    header, first, second = content_of(export).splitlines()
    assert '"Input.text","Input.x","Input.y","Answer.answer"' in header
    assert ',"a","1","","yes"' in first
    assert ',"b","","2","yes"' in second


def test_accounts_of_workers_are_for_administrators(ada: Requester, batch: Batch) -> None:
    root = people.create_user("Root")
    User.objects.filter(pk=root.pk).update(is_superuser=True)
    root.refresh_from_db()
    for by, shows in ((owner_of(ada), False), (root, True)):
        file = ResultFile(ada, batch, Selection(), Export.Form.TURKLE, asked_by=by)
        text = b"".join(file.pieces()).decode()
        assert ('"Somebody' in text or '"Cleo' in text) == shows


def test_a_file_that_all_members_may_fetch_names_no_accounts(
    ada: Requester, batch: Batch, storage: Storage
) -> None:
    root = people.create_user("Root")
    User.objects.filter(pk=root.pk).update(is_superuser=True)
    root.refresh_from_db()
    export = exports.ask(ResultFile(ada, batch, Selection(), Export.Form.TURKLE, asked_by=root), by=root)
    exports.make(export.pk)
    made = content_of(export)
    assert '"Turkle.Username"' in made
    assert not ('"Somebody' in made or '"Cleo' in made)
