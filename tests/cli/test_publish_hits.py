import sqlite3
from pathlib import Path

import pytest

from tests.cli.browsing import Browser
from tests.servers import new_server

HTML = '<p>${text}</p><input name="answer">'


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A template and its rows."""
    template, rows = tmp_path / "label.html", tmp_path / "tweets.csv"
    template.write_text(HTML, encoding="utf-8")
    rows.write_text("text\none\ntwo\n", encoding="utf-8")
    return template, rows


def test_a_hit_is_published_for_each_row_without_a_server(shell_of_ben, files):
    done = shell_of_ben.run("publish-hits", *files)

    assert done.stdout == "2 HITs published as batch 1 of “label”.\n"
    assert f"Data folder: {shell_of_ben.folder / 'data'} (" in done.stderr


def test_one_hit_is_one_hit(shell_of_ben, files):
    files[1].write_text("text\none\n", encoding="utf-8")

    assert shell_of_ben.run("publish-hits", *files).stdout == "1 HIT published as batch 1 of “label”.\n"


def test_publishing_a_template_again_makes_a_second_batch_of_the_same_project(shell_of_ben, files):
    template, rows = files
    shell_of_ben.run("publish-hits", template, rows)
    template.write_text(HTML + "<p>clearer</p>", encoding="utf-8")

    said = shell_of_ben.run("publish_hits", template.name, rows.name).stdout  # relative, the same file

    assert said == "2 HITs published as batch 2 of “label”.\n"


def test_a_template_is_the_same_by_whichever_way_it_is_reached(shell_of_ben, files):
    template, rows = files
    (template.parent / "sub").mkdir()
    shell_of_ben.run("publish-hits", template, rows)

    said = shell_of_ben.run("publish-hits", "sub/../label.html", rows).stdout
    shell_of_ben.run("dump-results", "sub/../sub/./../label.html", "out.csv")

    assert said == "2 HITs published as batch 2 of “label”.\n"


def test_hits_for_worker_groups_need_a_group(shell_of_ben, files):
    done = shell_of_ben.run("publish-hits", *files, "--audience", "groups", status=1)

    assert "--group NAME" in done.stderr
    assert "kempelen worker-group" in done.stderr


@pytest.mark.once
def test_a_chosen_group_keeps_others_out(shell_of_ben, files):
    shell_of_ben.run("worker-group", "pilots")
    shell_of_ben.run("publish-hits", *files, "--group", "pilots")

    with sqlite3.connect(shell_of_ben.folder / "data/kempelen.sqlite3") as connection:
        audience = connection.execute("SELECT audience FROM kempelen_project").fetchall()
    connection.close()

    assert audience == [("groups",)]
    shell_of_ben.run("publish-hits", *files, "--audience", "groups")
    refused = shell_of_ben.run("publish-hits", *files, "--group", "pilots", "--audience", "workers", status=1)
    assert "--audience groups only" in refused.stderr


def test_problems_of_the_files_are_listed_and_nothing_is_published(shell_of_ben, files):
    template, rows = files
    rows.write_text("text,text\none,two\nthree\n", encoding="utf-8")

    done = shell_of_ben.run("publish-hits", template, rows, status=1)

    assert f"{rows}: nothing was published." in done.stderr
    assert "row 3: 1 value for 2 columns" in done.stderr
    assert done.stdout == ""


def test_sums_and_times_are_taken_as_people_write_them(shell_of_ben, files):
    options = ["--reward", "$0.05", "--lifetime", "7d", "--duration", "1h 30min", "--auto-approval", "90"]

    shell_of_ben.run("publish-hits", *files, *options, "--assignments", "3", "--order", "random")

    refused = shell_of_ben.run("publish-hits", *files, "--reward", "five", status=2)
    assert "write 0.05 for five cents" in refused.stderr


def test_on_a_new_data_folder_publishing_is_the_first_start(shell, files):
    done = shell.run("publish-hits", *files)

    assert "2 HITs published" in done.stdout
    assert f"Began a new data folder: {shell.folder / 'data'}" in done.stderr
    assert "/account/link/" in shell.run("login-link", "owner").stdout


def test_without_a_requester_it_says_how_to_get_one(shell, files):
    shell.run("add-user", "cleo")
    assert "add-requester" in shell.run("publish-hits", *files, status=1).stderr


def test_hits_published_beside_a_running_server_are_there_for_anonymous_browsers(files):
    with new_server() as server:
        server.start()

        server.run("publish-hits", *files, "--title", "Label tweets")

        assert "Label tweets" in Browser().open(server.url)[1]
        assert server.rows("SELECT count(*) FROM kempelen_hit") == [(2,)]


def test_a_template_in_liquid_takes_a_manifest_and_that_is_said(shell_of_ben, files):
    template, rows = files[0], files[0].with_name("data.manifest")
    template.write_text("<p>{{ task.input.taskObject }}</p><input name=a>", encoding="utf-8")
    rows.write_text('{"source": "one"}\n{"source": "two"}\n', encoding="utf-8")

    done = shell_of_ben.run("publish-hits", template, rows)

    assert done.stdout == "2 HITs published as batch 1 of “label”.\n"
    assert "taken as Liquid" in done.stderr


def test_a_template_with_both_languages_is_mturks_unless_told(shell_of_ben, files):
    files[0].write_text(HTML + "{{ task.input.text }}", encoding="utf-8")

    done = shell_of_ben.run("publish-hits", *files)
    told = shell_of_ben.run("publish-hits", *files, "--language", "liquid")

    assert "only ${…} is filled in" in done.stderr
    assert "only ${…} is filled in" not in told.stderr
    assert told.stdout == "2 HITs published as batch 2 of “label”.\n"
