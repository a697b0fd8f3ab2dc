import os
import subprocess
import sys
from pathlib import Path

import pytest

from kempelen.config import data_folder
from kempelen.config.data_folder import Unusable

pytestmark = pytest.mark.once


def test_the_folder_is_the_one_that_is_named_else_one_of_the_users_own():
    assert data_folder.find({"KEMPELEN_DATA_DIR": "/srv/kempelen"}) == Path("/srv/kempelen")
    assert data_folder.find({"XDG_DATA_HOME": "/home/ada/data"}) == Path("/home/ada/data/kempelen")
    assert data_folder.find({}) == Path.home() / ".local/share/kempelen"


def test_a_new_folder_and_its_secrets_are_for_their_owner_only(tmp_path):
    folder = tmp_path / "deep" / "data"

    data_folder.prepare(folder)
    data_folder.keep_secrets(folder)

    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / data_folder.SECRET_KEY).stat().st_mode & 0o777 == 0o600
    assert len(data_folder.kept_secret_key(folder)) >= 50


def test_secrets_are_made_once(tmp_path):
    data_folder.keep_secrets(tmp_path)
    key, node = data_folder.kept_secret_key(tmp_path), data_folder.node_of(tmp_path)

    data_folder.keep_secrets(tmp_path)

    assert (data_folder.kept_secret_key(tmp_path), data_folder.node_of(tmp_path)) == (key, node)


def test_a_file_in_the_folders_place_is_refused_in_plain_words(tmp_path):
    (tmp_path / "data").write_text("")

    with pytest.raises(Unusable, match=r"is no folder\. Give --data-dir"):
        data_folder.prepare(tmp_path / "data")


def test_a_second_server_hears_who_has_the_folder(tmp_path):
    with data_folder.held(tmp_path) as hold:
        hold.announce("http://localhost:8123")

        with (
            pytest.raises(Unusable, match=rf"process {os.getpid()}, http://localhost:8123"),
            data_folder.held(tmp_path),
        ):
            pass


def test_a_folder_is_free_when_its_server_was_killed(tmp_path):
    program = (
        "import os, pathlib, sys; from kempelen.config import data_folder\n"
        "with data_folder.held(pathlib.Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    )
    killed = subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)

    assert killed.returncode == -9
    assert data_folder.server_of(tmp_path) is None
    with data_folder.held(tmp_path):
        assert data_folder.server_of(tmp_path) is not None


def test_what_the_lock_file_holds_by_accident_is_no_server(tmp_path):
    (tmp_path / data_folder.SERVER).write_text("not JSON")

    assert data_folder.server_of(tmp_path) is None


def test_a_folder_remembers_as_what_it_was_served_last(tmp_path):
    assert data_folder.mode_of(tmp_path) == ""

    for mode in ("production", "production", "sandbox"):
        data_folder.note_mode(tmp_path, mode)
        assert data_folder.mode_of(tmp_path) == mode

    assert [path.name for path in tmp_path.iterdir()] == [data_folder.MODE]
    data_folder.note_mode(tmp_path / "none", "production")
    assert not (tmp_path / "none").exists()
