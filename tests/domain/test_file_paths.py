"""Where a project's file stands, and what it is served as."""

import pytest

from kempelen.domain import file_paths
from kempelen.domain.errors import InvalidValue


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("cat.png", "cat.png"),
        ("./images/Two cats.PNG", "images/Two cats.PNG"),
        ("images\\cat.png", "images/cat.png"),
        ("/images/cat.png", "images/cat.png"),
        (" a / b .png", "a/b .png"),
        ("u\u0308.png", "\u00fc.png"),
        (".hidden/x.js", ".hidden/x.js"),
    ],
)
def test_a_path_is_kept_as_addresses_have_it(said, kept):
    assert file_paths.checked(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "",
        "/",
        "../cat.png",
        "a/../../etc/x.png",
        "a//b.png",
        "a/./b.png",
        "what?.png",
        "a#b.png",
        "100%.png",
        "c:x.png",
        "new\nline.png",
        "page.html",
        "page.XHTML",
        "program.exe",
        "no-ending",
        "x" * 300 + ".png",
        "a/" * 11 + "b.png",
    ],
)
def test_what_cannot_be_an_address_or_is_no_part_of_a_template_is_refused(said):
    with pytest.raises(InvalidValue):
        file_paths.checked(said)


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("a.PNG", "image/png"),
        ("a.mjs", "text/javascript; charset=utf-8"),
        ("a.svg", "image/svg+xml; charset=utf-8"),
        ("a.woff2", "font/woff2"),
    ],
)
def test_the_ending_says_what_it_is_served_as(path, media_type):
    assert file_paths.type_of(path) == media_type


@pytest.mark.parametrize(
    ("path", "looks_like", "is_text", "is_taken"),
    [
        ("a.png", "image/jpeg", False, True),
        ("a.png", "application/octet-stream", False, True),
        ("a.m4a", "video/mp4", False, True),
        ("a.png", "text/html", True, False),
        ("a.png", "audio/mpeg", False, False),
        ("a.mp3", "image/png", False, False),
        ("a.woff2", "text/plain", True, False),
        ("a.js", "text/html", True, True),
        ("a.js", "image/png", False, False),
        ("a.svg", "image/svg+xml", True, True),
    ],
)
def test_bytes_must_not_contradict_the_name(path, looks_like, is_text, is_taken):
    if is_taken:
        file_paths.check_content(path, looks_like=looks_like, is_text=is_text)
    else:
        with pytest.raises(InvalidValue, match=path):
            file_paths.check_content(path, looks_like=looks_like, is_text=is_text)
