"""What the lint says of addresses elsewhere."""

import pytest

from kempelen.domain.batches.lint import lint

pytestmark = pytest.mark.once
FIELD = "<input name=a>\n"
BOOTSTRAP = "maxcdn.bootstrapcdn.com"
REACH = "workers’ browsers must reach it"
ANY_ORIGIN = f"{REACH}, and it must answer any origin (Access-Control-Allow-Origin: *)"
FRAME = f"{REACH}, and it must let itself be framed"
SCRIPT = "the task fails where it is out of reach; paste it into the template to be safe"
STYLES = "the task looks wrong where it is out of reach; paste it into a <style> to be safe"


def told(html: str) -> list[str]:
    return [f"{finding.level} {finding.line}: {finding.message}" for finding in lint(FIELD + html)]


@pytest.mark.parametrize(
    ("html", "place", "what", "remedy"),
    [
        ('<script src="https://c.example/a.js"></script>', "warning 2", "script", SCRIPT),
        ('<link rel="stylesheet" href="//c.example/a.css">', "warning 2", "style sheet", STYLES),
        ('<style>\n@import "https://c.example/a";</style>', "warning 3", "style sheet", STYLES),
        ("<style>\n\ni { src: url(//c.example/a.woff2?x) }</style>", "info 4", "font", ANY_ORIGIN),
        ("<p style=\"background: url('//c.example/a.png')\">", "info 2", "picture", REACH),
        ('<img src="https://c.example/${name}.png">', "info 2", "picture", REACH),
        ('<img src="/a.png" srcset="/a.png 1x, //c.example/b.png 2x">', "info 2", "picture", REACH),
        ('<video poster="https://c.example/a.png"></video>', "info 2", "picture", REACH),
        ('<audio><source src="//c.example/a.mp3"></audio>', "info 2", "sound or video", REACH),
        ('<iframe src="https://c.example/"></iframe>', "info 2", "frame", FRAME),
        ("<script>s.src = 'https://c.example/a.js'</script>", "warning 2", "script", SCRIPT),
        ('<script>import a from "//c.example/a.js"</script>', "warning 2", "script", SCRIPT),
    ],
)
def test_each_address_elsewhere_is_told_with_its_line_and_a_remedy(
    html: str, place: str, what: str, remedy: str
) -> None:
    assert f"{place}: this {what} comes from c.example; {remedy}" in told(html)


@pytest.mark.parametrize(
    "script",
    [
        'fetch("https://c.example/x")',
        "$.getJSON('https://c.example/x')",
        "$.ajax({ url: 'https://c.example/x' })",
        "r.open('GET', `https://c.example/${x()}`)",
    ],
)
def test_what_scripts_ask_is_told_with_what_it_must_answer(script: str) -> None:
    assert f"info 3: a script asks c.example; {ANY_ORIGIN}" in told(f"<script>\n{script}</script>")


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ('<script src="https://code.jquery.com/jquery-1.11.1.min.js"></script>', "jQuery 1"),
        (
            f'<link rel="stylesheet" href="http://{BOOTSTRAP}/bootstrap/3.3.7/css/bootstrap.css">',
            "Bootstrap 3",
        ),
        ("<style>@import url(https://fonts.googleapis.com/css?family=Lora);</style>", "Kempelen’s own"),
        (f"<script>s.src = '//{BOOTSTRAP}/bootstrap/4.0.0/js/bootstrap.js'</script>", "Bootstrap 4"),
    ],
)
def test_what_is_served_from_here_is_a_quiet_note(html: str, title: str) -> None:
    (note,) = told(html)

    assert note.startswith("info 2: ")
    assert note.endswith(f": served from here ({title}), which works offline")


def test_amazons_own_scripts_are_told_to_be_ours() -> None:
    scripts = '<script src="https://s3.amazonaws.com/mturk-public/externalHIT_v1.js"></script>'
    assert told(scripts) == [
        "info 2: MTurk's externalHIT_v1.js is replaced by Kempelen's own, which works offline"
    ]
    assert told('<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>') == [
        "info 2: Crowd HTML Elements are Kempelen's own, which work offline"
    ]


def test_an_address_is_told_once_and_links_and_connections_not_at_all() -> None:
    assert len(told('<img src="https://cdn.example/a.png">' * 3)) == 1
    assert not told(
        '<a href="https://elsewhere.example">a</a><link rel="preconnect" href="https://fonts.gstatic.com">'
        '<link rel="canonical" href="https://elsewhere.example"><p>https://elsewhere.example</p>'
        '<img src="${picture_url}"><img src="https://${host}/a.png"><img src="a.png">'
    )


@pytest.mark.parametrize(
    "part", ["url(//", "<style>@import url( ", "<script>fetch('//a", 'src="//', "<img srcset=',"]
)
def test_hostile_templates_are_read_in_linear_time(part: str) -> None:
    assert len(lint(part * 30_000)) <= 100
