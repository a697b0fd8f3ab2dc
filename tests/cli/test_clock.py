"""`kempelen clock` on the data folder here."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from kempelen.config import data_folder
from tests.cli.commands import CommandLine


def shown(shell: CommandLine, *words: str) -> dict[str, float | str]:
    """What the command says to programs."""
    said: dict[str, float | str] = json.loads(shell.run("clock", *words, "--json").stdout)
    return said


def test_it_moves_without_a_server_and_stays_moved(shell_of_ben: CommandLine) -> None:
    assert shown(shell_of_ben, "show")["offset"] == 0

    moved = shown(shell_of_ben, "advance", "3d", "2h")

    assert float(moved["offset"]) == pytest.approx(74 * 3600, abs=60)
    assert shown(shell_of_ben, "run", "x0")["factor"] == 0
    assert shown(shell_of_ben, "set", "2100-01-01T09:00Z")["now"] == "2100-01-01T09:00:00+00:00"
    words = shell_of_ben.run("clock", "show").stdout
    assert "2100-01-01 09:00:00 UTC" in words
    assert "It stands still." in words
    reset = shown(shell_of_ben, "reset")
    assert datetime.now(tz=UTC) - datetime.fromisoformat(str(reset["now"])) < timedelta(minutes=5)


@pytest.mark.once
def test_what_it_cannot_do_is_said_with_a_remedy(shell_of_ben: CommandLine) -> None:
    for words, remedy in (
        (("advance",), "kempelen clock advance 3d"),
        (("advance", "9" * 50 + "d"), "does not go so far"),
        (("set", "soon"), "kempelen clock set 2027-01-01T09:00Z"),
        (("run", "fast"), "kempelen clock run x100"),
        (("run", "nan"), "0 to 1,000,000"),
        (("show", "3d"), "takes nothing more"),
    ):
        assert remedy in shell_of_ben.run("clock", *words, status=2).stderr
    assert "does not go back" in shell_of_ben.run("clock", "set", "2020-01-01", status=1).stderr
    assert "2000 to 2199" in shell_of_ben.run("clock", "set", "1999-01-01", status=1).stderr
    shell_of_ben.environment["KEMPELEN_MODE"] = "production"
    assert "KEMPELEN_MODE" in shell_of_ben.run("clock", "advance", "3d", status=1).stderr


@pytest.mark.once
@pytest.mark.parametrize("words", [("clock", "advance", "3d"), ("trouble", "set", "--errors", "1")])
def test_a_shell_that_forgot_the_mode_does_not_reach_a_production_servers_folder(
    shell_of_ben: CommandLine, words: tuple[str, ...]
) -> None:
    folder = shell_of_ben.folder / "data"
    data_folder.note_mode(folder, "production")

    assert "is a production server’s" in shell_of_ben.run(*words, status=1).stderr
    assert not any((folder / "clock").read_bytes())
    assert not (folder / "trouble.json").exists()

    data_folder.note_mode(folder, "sandbox")
    shell_of_ben.run(*words)


@pytest.mark.once
def test_a_server_elsewhere_takes_a_token_and_no_folder_begins_here(shell: CommandLine) -> None:
    shell.environment["KEMPELEN_ENDPOINT_URL"] = "http://localhost:9"

    missing = shell.run("clock", "show", status=1).stderr

    assert "KEMPELEN_ADMIN_TOKEN" in missing
    shell.environment["KEMPELEN_ADMIN_TOKEN"] = "kempelen_secret"
    away = shell.run("clock", "show", status=1).stderr
    assert "does not answer" in away
    assert "kempelen_secret" not in away
    assert not (shell.folder / "data").exists()
