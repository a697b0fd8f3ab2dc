"""Which outside addresses have local copies, and that the packages ship them."""

import re
from dataclasses import replace
from functools import cache

import pytest

from kempelen.stand_ins import fonts, libraries, table
from kempelen.stand_ins.table import KNOWN_ADDRESSES, KnownAddress, stand_in_for

pytestmark = pytest.mark.once
CDNJS = "https://cdnjs.cloudflare.com/ajax/libs"
# Where a library's own file says its version.
SAYS_ITS_VERSION = {
    "bootstrap-2": "css/bootstrap.min.css",
    "bootstrap-3": "css/bootstrap.min.css",
    "bootstrap-4": "css/bootstrap.min.css",
    "bootstrap-5": "css/bootstrap.min.css",
    "jquery-1": "jquery-1.12.4.min.js",
    "jquery-3": "jquery.min.js",
    "jquery-ui": "jquery-ui.min.js",
    "font-awesome": "css/all.min.css",
}


def file_for(url: str) -> str:
    """The local file for an address, without its package's version; empty if there is none."""
    found = stand_in_for(url)
    return (
        "" if found is None else "/".join(part for at, part in enumerate(found.address.split("/")) if at != 1)
    )


@pytest.mark.parametrize("known", KNOWN_ADDRESSES, ids=lambda known: known.example)
def test_each_kind_of_address_has_a_file(known: KnownAddress) -> None:
    found = stand_in_for(known.example)

    assert found is not None
    assert found.library.name == known.library
    path = found.address.split("/", 2)[2]
    assert path.startswith("fonts.css?") or libraries.read(known.library, path)


@pytest.mark.parametrize(
    ("url", "file"),
    [
        (
            "HTTPS://S3.amazonaws.com/mturk-public/bs30/css/bootstrap.min.css",
            "bootstrap-3/css/bootstrap.min.css",
        ),
        ("//mturk-public.s3.amazonaws.com/bs30/js/bootstrap.js", "bootstrap-3/js/bootstrap.min.js"),
        (" //code.jquery.com/jquery-1.8.3.js?v=2#x ", "jquery-1/before-1.9.min.js"),
        ("http://ajax.googleapis.com/ajax/libs/jquery/1/jquery.min.js", "jquery-1/jquery-1.12.4.min.js"),
        ("https://code.jquery.com/jquery-1.12.4.min.js", "jquery-1/jquery-1.12.4.min.js"),
        ("https://code.jquery.com/jquery-2.2.4.min.js", "jquery-1/jquery-1.12.4.min.js"),
        ("https://code.jquery.com/jquery-latest.min.js", "jquery-1/jquery-1.12.4.min.js"),
        ("https://cdn.jsdelivr.net/npm/jquery@3", "jquery-3/jquery.min.js"),
        ("https://unpkg.com/jquery/dist/jquery.slim.min.js", "jquery-3/jquery.min.js"),
        ("https://ajax.aspnetcdn.com/ajax/jQuery/jquery-3.6.0.min.js", "jquery-3/jquery.min.js"),
        ("https://getbootstrap.com/docs/4.0/dist/css/bootstrap.css", "bootstrap-4/css/bootstrap.min.css"),
        ("https://getbootstrap.com/dist/js/bootstrap.min.js", "bootstrap-3/js/bootstrap.min.js"),
        (f"{CDNJS}/twitter-bootstrap/4.2.1/js/bootstrap.min.js", "bootstrap-4/js/bootstrap.bundle.min.js"),
        ("https://unpkg.com/@popperjs/core@2", "own/popper.js"),
        ("https://pro.fontawesome.com/releases/v5.10.0/css/all.css", "font-awesome/css/all.min.css"),
        ("//unpkg.com/@fortawesome/fontawesome-free@6.4.0/js/all.js", "font-awesome/js/all.min.js"),
        ("https://code.jquery.com/jquery-4.0.0.min.js", ""),
        ("https://code.jquery.com/jquery-migrate-3.4.1.min.js", ""),
        ("https://cdn.jsdelivr.net/npm/bootstrap@5/dist/js/bootstrap.esm.min.js", ""),
        (f"{CDNJS}/bootstrap-slider/10.6.1/bootstrap-slider.js", ""),
        ("https://elsewhere.example/https://code.jquery.com/jquery-3.2.1.min.js", ""),
        ("https://code.jquery.com.elsewhere.example/jquery-3.2.1.min.js", ""),
        ("/jquery-3.2.1.min.js", ""),
        ("https://fonts.googleapis.com/css2?family=Material+Symbols+Outlined", ""),
    ],
)
def test_all_versions_of_a_line_get_its_newest(url: str, file: str) -> None:
    assert file_for(url) == file


@pytest.mark.parametrize("name", SAYS_ITS_VERSION)
def test_the_packages_ship_the_line_that_they_stand_for(name: str) -> None:
    head = (libraries.read(name, SAYS_ITS_VERSION[name]) or b"")[:400].decode()
    shipped = re.search(r"(?:v| Free )(\d+(?:\.\d+)+)", head)
    at_least = libraries.BY_NAME[name].at_least

    assert shipped
    assert shipped[1].split(".")[0] == at_least.split(".")[0]
    assert [int(number) for number in shipped[1].split(".")] >= [
        int(number) for number in at_least.split(".")
    ]


def test_a_made_file_holds_its_parts_in_their_order() -> None:
    made = libraries.read("jquery-1", "before-1.9.min.js") or b""

    assert 0 < made.index(b"jQuery v1.12.4") < made.index(b"$.fn.live")


def test_no_address_reads_beyond_a_librarys_folder() -> None:
    for path in ("../../pyproject.toml", "css/../../__init__.py", "/etc/passwd", "css", "", "own/popper.js"):
        assert libraries.read("bootstrap-4", path) is None


def test_fonts_of_google_become_ones_like_them() -> None:
    sheet = fonts.style_sheet('family=Open+Sans:400,700|Lora&family=Fira+Code&family="}body{')

    regular = r'"([\w ]+)"; font-weight: 400; src: local\("\1"\), local\("([\w ]+)"\)'
    alike = [("Open Sans", "Noto Sans"), ("Lora", "Noto Serif"), ("Fira Code", "Noto Sans Mono")]
    assert re.findall(regular, sheet) == alike
    assert "body" not in sheet


def test_what_a_hostile_page_names_is_read_in_a_moment() -> None:
    for text in (
        "s3" * 500_000,
        "//s3" + "-" * 1_000_000,
        "/jquery-1" * 100_000,
        "fonts.googleapis.com/css?" * 50_000,
    ):
        table.may_hold_known(text)
        assert stand_in_for(f"https://code.jquery.com/{text}") is None


def test_what_is_not_installed_stands_in_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "https://code.jquery.com/ui/1.11.4/jquery-ui.js"
    assert file_for(url) == "jquery-ui/jquery-ui.min.js"
    gone = {"jquery-ui": replace(libraries.BY_NAME["jquery-ui"], package="no-such-package-anywhere")}
    monkeypatch.setattr(libraries, "BY_NAME", libraries.BY_NAME | gone)
    for cached in (libraries.version_of, table._patterns):
        monkeypatch.setattr(cached.__module__ + "." + cached.__name__, cache(cached.__wrapped__))
    monkeypatch.setattr(table, "version_of", libraries.version_of)

    assert file_for(url) == ""
    assert libraries.read("jquery-ui", "jquery-ui.min.js") is None
