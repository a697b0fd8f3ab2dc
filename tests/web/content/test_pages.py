"""What is put around and into templates of each kind."""

from dataclasses import replace

import pytest

from kempelen.web.content.pages import Ours, Task, page, uses_crowd_elements

OURS = Ours("runtime()", "turk()", "p {}", "https://k.example/external.js")
WORK = Task("work", "3HIT", "https://k.example", assignment_id="3ASSIGNMENT", worker_id="AWORKER")
PREVIEW = Task("preview", "3HIT", "https://k.example")

pytestmark = pytest.mark.once


def made(html: str, task: Task = WORK) -> str:
    return page(html, task, OURS)


@pytest.mark.parametrize(
    ("script", "is_added"),
    [
        ("turkSetAssignmentID();", True),
        ("const id = turkGetParam('assignmentId', '');", True),
        ("function turkGetParam() {} turkGetParam();", False),
        ("alert('turkSetAssignmentID')", False),
        ("turkSetAssignmentID()</script><script src='/externalHIT_v1.js'>", False),
    ],
)
def test_a_document_that_calls_mturks_script_has_it(script: str, is_added: bool) -> None:
    html = made(f"<html><body><form></form><script>{script}</script></body></html>")

    assert ("<script>\nturk()</script>" in html) is is_added


def test_a_fragment_gets_mturks_page_form_and_submit():
    html = made('<input name="label">')

    assert html.startswith("<!doctype html>")
    assert "<title>HIT</title>" in html
    assert 'id="mturk_form" action="https://k.example/mturk/externalSubmit"' in html
    assert 'name="assignmentId" id="assignmentId" value="3ASSIGNMENT"' in html
    assert html.count('type="submit" id="submitButton"') == 1


@pytest.mark.parametrize(
    "control",
    ["<input type=submit>", '<INPUT TYPE="image">', "<button>Go</button>", "<button type=''>Go</button>"],
)
def test_a_fragment_with_a_way_to_send_it_gets_no_other(control):
    assert "submitButton" not in made(f'<input name="a">{control}')


@pytest.mark.parametrize(
    "control",
    ["<button type=button>Next</button>", "<!-- <input type=submit> -->", "<script>'<button>'</script>", ""],
)
def test_what_only_looks_like_a_submit_is_none(control):
    assert "submitButton" in made(f'<input name="a">{control}')


def test_a_fragment_with_its_own_form_gets_only_the_page():
    html = made('<form action="https://www.mturk.com/mturk/externalSubmit"><input name="a"></form>')

    assert html.count("<form") == 1
    assert "mturk_form" not in html


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("<!doctype html><html><head><title>x</title>", "<head><script data-mode"),
        ("<!-- mine --><!DOCTYPE html>\n<html lang=en><title>x</title>", "<html lang=en><script data-mode"),
        ("<!doctype html><title>x</title>", "<!doctype html><script data-mode"),
        ("<body class=a>", "<script data-mode"),
    ],
)
def test_the_runtime_is_the_first_script_of_a_whole_document(start, expected):
    html = made(start + "<script>first()</script><form></form>")

    assert expected in html
    assert html.index("runtime()") < html.index("first()")


def test_a_whole_document_without_a_form_gets_one_around_its_body():
    html = made("<html><head></head><body id=b><input name=a></body></html>")

    assert '<body id=b><form name="mturk_form"' in html
    assert html.endswith("</form></body></html>")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<!DOCTYPE html><title>t</title>", "<p>${x}</p><input name=a>"),
        ("<html>", "<p>x<input name=a></html>"),
        ("<!doctype html><!-- <p> --><script>'<p>'</script>\n", "Text, <input name=a>"),
        ("<html><head><template><p>x</p></template></head> ", "<input name=a>"),
    ],
)
def test_a_document_without_a_body_tag_gets_its_form_where_the_body_begins(before, after):
    html = made(before + after)

    opened = html.index('<form name="mturk_form"')
    assert html[opened:].partition("</form>")[2] in ("", "</html>")
    assert after.removesuffix("</html>") in html[opened:]
    assert before.strip()[-6:] in html[:opened]


def test_a_document_without_any_content_still_has_a_button():
    assert "submitButton" in made("<!doctype html><title>t</title>")


def test_frames_get_no_form_around_them():
    assert "mturk_form" not in made("<html><frameset><frame src=x></frameset></html>")


def test_a_whole_document_whose_script_writes_a_form_is_left_alone():
    html = made("<html><body><script>document.write('<form>')</script></body></html>")

    assert "mturk_form" not in html


@pytest.mark.parametrize(
    "tag",
    [
        '<script src="https://s3.amazonaws.com/mturk-public/externalHIT_v1.js"></script>',
        "<script type=module src='//s3.amazonaws.com/mturk-public/externalHIT_v1.js?v=1'></script>",
        "<SCRIPT async SRC = http://mturk-public.s3.amazonaws.com/externalHIT_v1.js></SCRIPT>",
    ],
)
def test_amazons_script_is_replaced_by_ours(tag):
    html = made(f"<html><body>{tag}<form></form></body></html>")

    assert "amazonaws" not in html
    assert '<script src="https://k.example/external.js"></script>' in html.replace("async ", "").replace(
        "SCRIPT", "script"
    ).replace(" type=module", "")


def test_other_scripts_and_mentions_of_amazons_stay():
    html = made('<script src="/my/externalHIT.js"></script><a href="//s3/externalHIT_v1.js">x</a>')

    assert 'src="/my/externalHIT.js"' in html
    assert 'href="//s3/externalHIT_v1.js"' in html


def test_the_address_has_mturks_parameters():
    assert WORK.query == (
        "assignmentId=3ASSIGNMENT&hitId=3HIT&workerId=AWORKER&turkSubmitTo=https%3A%2F%2Fk.example"
    )
    assert PREVIEW.query == "assignmentId=ASSIGNMENT_ID_NOT_AVAILABLE&hitId=3HIT"


def test_crowd_elements_are_seen_but_not_in_comments():
    assert uses_crowd_elements("<p><crowd-form><crowd-input name=a></crowd-input></crowd-form>")
    assert not uses_crowd_elements("<!-- <crowd-form> --><script>'<crowd-form>'</script><p>crowd-form")


@pytest.mark.parametrize(
    ("html", "has_it"),
    [
        ("<p>once = twice; a script</p><input name=a>", False),
        ("<script src=https://s3.amazonaws.com/mturk-public/externalHIT_v1.js></script>", False),
        ("<script src='https://assets.crowd.aws/crowd-html-elements.js'></script><crowd-form>", False),
        ("<crowd-form><crowd-input name=a></crowd-input></crowd-form>", False),
        ("<link rel=stylesheet href=https://getbootstrap.com/docs/4.0/css/bootstrap.css>", False),
        ("<script>load()</script>", True),
        ("<SCRIPT SRC=https://code.jquery.com/jquery-3.2.1.slim.min.js></SCRIPT>", True),
        ("<p title='>'/onclick = 'load()'>", True),
        ("<a href=javascript:load()>", True),
    ],
)
def test_only_pages_with_scripts_of_their_own_carry_what_exchanges_for_scripts(
    html: str, has_it: bool
) -> None:
    ours = replace(OURS, crowd_url="https://k.example/crowd-html-elements.js?v=1&w=2", exchange="exchange()")

    made = page(html, WORK, ours)

    assert ("exchange()" in made) is ("data-known" in made) is has_it
    assert made.index("runtime()") < (made.index("exchange()") if has_it else len(made))
