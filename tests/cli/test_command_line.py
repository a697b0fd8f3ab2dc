import json
import os
import subprocess
import sys

import pytest

from kempelen.cli import main
from kempelen.config import env

pytestmark = pytest.mark.once


def test_help_names_every_command(shell):
    said = shell.run("--help").stdout

    assert all(name in said for name in (*main.COMMANDS, *main.OVER_THE_API))


@pytest.mark.parametrize("name", [*main.COMMANDS, *main.OVER_THE_API])
def test_each_command_has_help_and_touches_nothing_to_give_it(shell, name):
    said = shell.run(name, "--help").stdout

    assert f"kempelen {name}" in said
    assert not (shell.folder / "data").exists()


def test_python_m_kempelen_is_the_same_and_takes_underscores(shell):
    done = subprocess.run(
        [sys.executable, "-m", "kempelen", "publish_hits", "--help"],
        env=shell.environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert "Usage: kempelen publish-hits" in done.stdout


def test_settings_lists_each_with_its_value_and_where_it_comes_from(shell):
    shell.environment["KEMPELEN_SIGNUP"] = "invite"

    said = shell.run("settings").stdout
    told = json.loads(shell.run("settings", "--json").stdout)

    assert "KEMPELEN_SIGNUP = invite   [environment]" in said
    assert f"KEMPELEN_DATA_DIR = {shell.folder / 'data'}" in said
    assert list(told) == [row.name for row in env.SETTINGS]


def test_settings_keeps_secrets(shell):
    shell.environment["KEMPELEN_SECRET_KEY"] = "x" * 40

    said = shell.run("settings").stdout

    assert "KEMPELEN_SECRET_KEY = (secret)   [environment]" in said
    assert "xxx" not in said


def test_a_misspelt_setting_is_pointed_out(shell):
    shell.environment["KEMPELEN_SINGUP"] = "closed"

    assert "Did you mean KEMPELEN_SIGNUP?" in shell.run("settings").stderr


def test_check_ends_each_line_with_a_remedy_and_fails_on_errors_only(shell):
    (shell.folder / "data").mkdir()
    (shell.folder / "data/secret-key").write_text("x" * 50)
    said = shell.run("check", status=1).stdout
    assert "error: The database is not up to date. Run: kempelen migrate" in said

    shell.run("migrate")

    said = shell.run("check").stdout
    assert "warning: KEMPELEN_URL is not set" in said
    assert "error:" not in said


def test_check_finds_a_server_behind_its_proxy_well_set_up(shell):
    shell.environment |= {
        "KEMPELEN_URL": "https://turk.example.org",
        "KEMPELEN_TRUSTED_PROXIES": "127.0.0.1",
        "KEMPELEN_EMAIL_URL": "smtps://mail.example.org",
        "KEMPELEN_SIGNUP": "invite",
        "KEMPELEN_MODE": "production",
    }
    shell.run("migrate")

    assert shell.run("check").stdout == "All is well.\n"


def test_check_asks_a_public_server_which_mode_is_meant(shell):
    shell.run("migrate")
    assert "KEMPELEN_MODE" not in shell.run("check").stdout
    shell.environment["KEMPELEN_URL"] = "https://turk.example.org"
    assert "warning: KEMPELEN_MODE is not set" in shell.run("check").stdout
    shell.environment["KEMPELEN_MODE"] = "sandbox"
    assert "KEMPELEN_MODE" not in shell.run("check").stdout


def test_check_finds_access_keys_whose_secrets_are_lost(shell):
    shell.run("access-key", "create")
    assert "access keys" not in shell.run("check").stdout
    shell.environment["KEMPELEN_SECRET_KEY"] = "another one, which is also long enough"
    assert "The secrets of 1 access keys were encrypted" in shell.run("check", status=1).stdout
    shell.environment["KEMPELEN_SECRET_KEY_FALLBACKS"] = (shell.folder / "data/secret-key").read_text()
    assert "access keys" not in shell.run("check").stdout


def test_check_sees_that_others_can_read_the_data(shell):
    shell.run("migrate")
    (shell.folder / "data").chmod(0o755)

    assert "Run: chmod go-rwx" in shell.run("check").stdout


@pytest.mark.parametrize("words", [["check"], ["login-link", "ada"], ["dump-results", "*", "out/"]])
def test_looking_begins_no_data_folder(shell, words):
    done = shell.run(*words, status=1)

    assert f"There is no data folder yet at {shell.folder / 'data'}. Start" in done.stdout + done.stderr
    assert "kempelen serve" in done.stdout + done.stderr
    assert list(shell.folder.iterdir()) == []


def test_of_several_data_folders_the_last_one_is_taken(shell):
    shell.run("migrate", "--data-dir", "one", f"--data-dir={shell.folder / 'two'}")

    assert [path.name for path in shell.folder.iterdir()] == ["two"]


def test_what_is_not_utf_8_is_refused_in_plain_words(shell):
    odd = os.fsdecode(b"\xff.html")
    (shell.folder / odd).write_text("<p>${text}</p>")
    (shell.folder / "rows.csv").write_text("text\none\n")

    done = shell.run("publish-hits", odd, "rows.csv", status=1)

    assert done.stderr.startswith("\\xff.html is not UTF-8. ")
    shell.environment["KEMPELEN_SITE_NAME"] = os.fsdecode(b"\xff")
    assert "KEMPELEN_SITE_NAME" in shell.run("check", status=1).stderr


@pytest.mark.parametrize("words", [["migrate"], ["login-link", "ada"], ["serve", "--port", "0"]])
def test_a_file_that_is_no_database_is_named(shell, words):
    shell.run("migrate")
    (shell.folder / "data/kempelen.sqlite3").write_text("Dear diary, today I was not a database. " * 50)

    done = shell.run(*words, status=1)

    assert "kempelen.sqlite3 cannot be read: file is not a database. Put a backup" in done.stderr


def test_an_unknown_user_is_refused_in_plain_words(shell):
    shell.run("migrate")

    done = shell.run("login-link", "nobody", status=1)

    assert done.stderr == "There is no user nobody.\n"
    assert done.stdout == ""
