"""Users and groups from a CSV: every fault with its place, nothing half done."""

from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection

from kempelen.domain.actions import people, people_import, worker_groups
from kempelen.domain.actions.people_import import Rights
from kempelen.domain.errors import FileRefused
from kempelen.domain.models import Event, Requester, User, Worker, WorkerGroup

ALL = Rights(may_make_users=True, may_name_users=True)
OWNER = Rights(may_make_users=True)


def table(tmp_path: Path, text: str) -> people_import.Table:
    path = tmp_path / "people.csv"
    path.write_text(text)
    return people_import.read(path, file_name="people.csv")


def refused(tmp_path: Path, ada: Requester, text: str, rights: Rights = OWNER) -> str:
    with pytest.raises(FileRefused) as found:
        people_import.plan(ada, table(tmp_path, text), rights)
    return "\n".join(found.value.problems)


def test_people_and_groups_are_made(tmp_path: Path, ada: Requester, cleo: Worker) -> None:
    text = (
        "username,email,name,password,worker_id,groups\n"
        "zoe,zoe@example.org,Zoë,,,pilots; finnish\n\n"
        f",,,,{cleo.public_id},pilots\n"
        "max,,,crank-and-knight-1770,,\n"
    )
    looked_at = people_import.plan(ada, table(tmp_path, text), OWNER)
    assert (len(looked_at.new_users), looked_at.known) == (2, 1)
    assert looked_at.groups == {"pilots": 2, "finnish": 1}
    assert not User.objects.filter(username="zoe").exists()
    zoe, max_ = people_import.carry_out(ada, table(tmp_path, text), OWNER)
    assert people.user_of_login_link(zoe.secret).username == "zoe"
    assert (max_.username, max_.secret) == ("max", "")
    assert User.objects.get(username="max").check_password("crank-and-knight-1770")
    assert set(worker_groups.named(ada, "pilots").members.values_list("public_id", flat=True)) == {
        zoe.worker_id,
        cleo.public_id,
    }
    assert Event.objects.get(kind="PeopleImported").data == {"users": 2, "groups": 2}


def test_every_fault_is_told_with_row_column_and_remedy(tmp_path: Path, ada: Requester, cleo: Worker) -> None:
    said = refused(
        tmp_path,
        ada,
        "username,email,password,worker_id,groups\n"
        "two words,,,,\n"
        "zoe,nowhere,short,,\n"
        "zoe,,,,\n"
        "cleo,,,,\n"
        ",,,AZZZ,\n"
        ",,,,pilots\n",
    )
    for line in (
        "people.csv, row 2, column username: Enter a valid username",
        "people.csv, row 3, column email: Enter a valid email",
        "people.csv, row 3, column password: This password is too short",
        "leave it empty for a log-in link",
        "people.csv, row 4, column username: stands in an earlier row too",
        "people.csv, row 5, column username: “cleo” is taken",
        "people.csv, row 6, column worker_id: nobody with an account has the WorkerId AZZZ",
        "people.csv, row 7: needs a username or a worker_id",
    ):
        assert line in said


def test_columns_that_nobody_knows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="row 1, column Team: nobody knows this column"):
        table(tmp_path, "username,Team\nzoe,a\n")
    with pytest.raises(FileRefused, match=r"a column username .* is needed"):
        table(tmp_path, "email\nzoe@example.org\n")


def test_what_fails_in_the_middle_leaves_nothing(
    tmp_path: Path, ada: Requester, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = table(tmp_path, "username,groups\nzoe,pilots\nmax,pilots\n")

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("kempelen.domain.actions.worker_groups.change_members", fails)
    with pytest.raises(RuntimeError):
        people_import.carry_out(ada, wanted, OWNER)
    assert not User.objects.filter(username__in=["zoe", "max"]).exists()
    assert not WorkerGroup.objects.exists()


def test_an_editor_makes_no_accounts_and_learns_no_names(
    tmp_path: Path, ada: Requester, cleo: Worker
) -> None:
    said = refused(tmp_path, ada, "username,groups\nzoe,pilots\n", Rights())
    assert "row 2, column username: you may not make accounts" in said


def test_an_administrator_puts_in_who_has_an_account_already(
    tmp_path: Path, ada: Requester, cleo: Worker
) -> None:
    made = people_import.carry_out(ada, table(tmp_path, "username,groups\nCLEO,pilots\n"), ALL)
    assert made == []
    assert list(worker_groups.named(ada, "pilots").members.all()) == [cleo]


def test_passwords_are_hashed_before_anything_is_locked_and_not_too_many(
    tmp_path: Path, ada: Requester, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked: list[bool] = []
    depth = len(connection.savepoint_ids)

    def hashes(password: str | None) -> str:
        locked.append(len(connection.savepoint_ids) > depth)
        return make_password(password)

    monkeypatch.setattr(people_import, "make_password", hashes)
    monkeypatch.setattr(people_import, "MOST_PASSWORDS", 1)
    one = "username,password\nzoe,crank-and-knight-1770\n"
    people_import.carry_out(ada, table(tmp_path, one), OWNER)
    assert locked == [False]
    two = "username,password\nmax,crank-and-knight-1770\nben,crank-and-knight-1770\n"
    assert "2 passwords; import at most 1" in refused(tmp_path, ada, two)
    monkeypatch.setattr(people_import, "MOST_NEW", 1)
    assert "2 new people; import at most 1" in refused(tmp_path, ada, "username\nmax\nben\n")


def test_a_file_made_to_harm_is_refused_or_taken_as_text(tmp_path: Path, ada: Requester) -> None:
    with pytest.raises(FileRefused, match="NUL"):
        table(tmp_path, "username,groups\nzoe,a\0b\n")
    assert "row 2" in refused(tmp_path, ada, "worker_id,groups\n=1+1,pilots\n")
    long = ";".join(f"group {number}" for number in range(3000))
    assert "at most 200" in refused(tmp_path, ada, f"username,groups\nzoe,{long}\n")
