"""`kempelen import-turkle`."""

import json
from pathlib import Path

from tests.turkle.labs import lab


def test_a_lab_is_looked_at_then_brought_then_brought_again(shell_of_ben, tmp_path: Path):
    place = lab(tmp_path).place
    trial = json.loads(shell_of_ben.run("import-turkle", place, "--dry-run", "--json").stdout)
    assert (trial["dry_run"], trial["things"]["answers"]["brought"]) == (True, 5)

    told = shell_of_ben.run("import-turkle", place)
    assert "answers                    5             0         0" in told.stdout
    assert "Check each" in told.stdout
    assert "Import again" in told.stderr

    again = json.loads(shell_of_ben.run("import-turkle", place, "--json").stdout)
    assert again["things"]["answers"] == {"brought": 0, "here_already": 5, "left_out": 0}


def test_what_is_no_database_of_turkles_is_said_in_a_line(shell_of_ben, tmp_path: Path):
    refused = shell_of_ben.run("import-turkle", tmp_path / "none.sqlite3", status=1)
    assert "There is no file" in refused.stderr
    assert "Traceback" not in refused.stderr
