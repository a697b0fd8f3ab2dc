"""The reference says what the program does, since it is made from it."""

import pytest
from tools import reference_pages

from kempelen.cli import main
from kempelen.config import env

pytestmark = pytest.mark.once


def headings_of(page: str) -> set[str]:
    lines = (reference_pages.FOLDER / page).read_text(encoding="utf-8").splitlines()
    return {line.removeprefix("## ") for line in lines if line.startswith("## ")}


def test_every_setting_has_a_heading_in_the_reference():
    assert headings_of("settings.md") == {setting.name for setting in env.SETTINGS}


def test_every_command_has_a_heading_in_the_reference():
    assert headings_of("commands.md") == {f"kempelen {name}" for name in (*main.COMMANDS, *main.OVER_THE_API)}


@pytest.mark.parametrize("path", reference_pages.pages(), ids=lambda path: path.name)
def test_a_page_made_from_code_is_up_to_date(path):
    assert path.read_text(encoding="utf-8") == reference_pages.pages()[path], "run make docs"
