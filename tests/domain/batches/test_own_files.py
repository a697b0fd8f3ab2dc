"""Relative addresses in a template that are no files of its project."""

import pytest

from kempelen.domain.batches import filling
from kempelen.domain.batches.lint import lint

FILES = {"images/cat.png", "app.js", "two cats.png"}


def missing(html: str, **options) -> list[tuple[int, str]]:
    found = lint(html, files=FILES, **options)
    return [(one.line, one.message) for one in found if "no file of this project" in one.message]


@pytest.mark.parametrize(
    "html",
    [
        '<img src="images/cat.png"><script src="./app.js?v=2"></script>',
        '<img src="two%20cats.png" srcset="images/cat.png 2x, app.js 3x">',
        '<img src="${url}"><img src="images/${name}.png"><img src="data:image/png;base64,AA">',
        '<img src="https://a.invalid/x.png"><img src="//a.invalid/x.png"><img src="/static/x.png">',
        '<a href="#top">up</a><a href="elsewhere.html">no file is loaded</a><img src="">',
        "<style>p { background: url('images/cat.png'); filter: url(#soft) }</style>",
    ],
)
def test_nothing_is_said_where_a_file_is_there_or_none_is_asked_for(html):
    assert missing(html) == []


def test_each_missing_file_is_named_once_with_its_first_line():
    html = (
        '<img src="none.png">\n<img src="none.png">\n<video poster="still.jpg" src="film.mp4"></video>\n'
        "<style>\np { background: url(paper.png) }</style>\n<p style=\"background: url('ink.png')\">"
    )
    names = [(line, message.split(" ")[0].strip('"“”`')) for line, message in missing(html)]
    assert names == [(1, "none.png"), (3, "film.mp4"), (3, "still.jpg"), (5, "paper.png"), (6, "ink.png")]


def test_a_name_in_other_letters_is_offered():
    assert "there is" in missing('<img src="Images/Cat.png">')[0][1]


def test_liquid_is_looked_through_too_and_what_it_fills_in_is_not():
    html = '<img src="{{ task.input.url }}"><img src="a/{{ task.input.x }}.png"><img src="none.png">'
    assert len(missing(html, language=filling.LIQUID)) == 1


def test_nothing_is_said_where_nobody_knows_the_files():
    assert not [one for one in lint('<img src="none.png">') if "file of this project" in one.message]
