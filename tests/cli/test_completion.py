"""What Tab completes, asked as a shell asks."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.servers import KEMPELEN, clean_environment

pytestmark = pytest.mark.once


def script_for(shell: str) -> str:
    done = subprocess.run([KEMPELEN, "completion", shell], capture_output=True, text=True, check=True)
    return done.stdout


def completed(line: str, folder: Path) -> set[str]:
    """What bash itself would offer after this line."""
    script = subprocess.run(
        [KEMPELEN, "completion", "bash"], capture_output=True, text=True, check=True
    ).stdout
    words = line.split(" ")
    quoted = " ".join(f"'{word}'" for word in words)
    asked = f"{script}\nCOMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}\n_kempelen_completion kempelen\n"
    environment = clean_environment() | {
        "KEMPELEN_DATA_DIR": str(folder / "data"),
        "PATH": f"{KEMPELEN.parent}{os.pathsep}{os.environ['PATH']}",
    }
    done = subprocess.run(
        ["bash", "-c", f'{asked}printf "%s\\n" "${{COMPREPLY[@]}}"'],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    assert not done.stderr
    return set(done.stdout.split())


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash to ask")
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("kempelen pub", {"publish", "publish-hits"}),
        ("kempelen publish --dry", {"--dry-run"}),
        ("kempelen serve --por", {"--port"}),
        ("kempelen snapshot re", {"restore"}),
        ("kempelen --profile lab app", {"approve"}),
        ("kempelen nonsense --x", set()),
    ],
)
def test_bash_completes_commands_options_and_values(line: str, offered: set[str], tmp_path: Path):
    assert completed(line, tmp_path) == offered
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_a_script_of_its_own(shell: str):
    script = script_for(shell)
    assert "_KEMPELEN_COMPLETE" in script
    assert f"complete_{shell}" in script
