"""Templates of every kind that people bring (mturk-api.md §8, crowd-elements.md §8), and their answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import FrameLocator

SUBMIT = "input[type=submit], button[type=submit]"


def press_submit(task: FrameLocator) -> None:
    task.locator(SUBMIT).click()


def press_go(task: FrameLocator) -> None:
    task.locator("#go").click()


def fill_and_submit(task: FrameLocator) -> None:
    task.locator("[name=word]").fill("knight")
    press_submit(task)


def press_enter(task: FrameLocator) -> None:
    task.locator("[name=word]").fill("knight")
    task.locator("[name=word]").press("Enter")


def choose_file(task: FrameLocator) -> None:
    chosen = {"name": "scan.png", "mimeType": "image/png", "buffer": b"x"}
    task.locator("[type=file]").first.set_input_files(files=[chosen])
    press_submit(task)


def submit_twice(task: FrameLocator) -> None:
    press_submit(task)
    task.locator("#problem:not([hidden])").wait_for()
    fill_and_submit(task)


@dataclass(frozen=True)
class Kind:
    """A template, what a worker does in it, and the answers that must arrive."""

    name: str
    html: str
    act: Callable[[FrameLocator], None]
    answers: dict[str, Any]


WORD = '<input name="word">'
KNIGHT = {"word": "knight"}
MTURK = "https://www.mturk.com/mturk/externalSubmit"
GO = '<button type="button" id="go">Go</button>'
EXTERNAL_HIT = '<script src="https://s3.amazonaws.com/mturk-public/externalHIT_v1.js"></script>'


def own_form(attributes: str, inside: str = WORD + "<button type=submit>Send</button>") -> str:
    return f"<form {attributes}>{inside}</form>"


def with_script(inside: str, script: str) -> str:
    return f"{inside}<script>{script}</script>"


# Whole documents without a body tag, which browsers make up.
BODILESS = {
    "with a title only": f"<!DOCTYPE html><title>t</title><p>Which piece?</p>{WORD}",
    "with an html tag": f"<html><p>Which piece?{WORD}</html>",
    "with a head": f"<html><head><title>t</title></head>\n{WORD}</html>",
    "with a doctype": f"<!doctype html>{WORD}",
    "that begins with text": f"<!doctype html><title>t</title>Which piece? {WORD}",
    "after comments": f"<!-- mine --><!doctype html><!-- <p> --><title>t</title><!-- <body> -->{WORD}",
    "with all that a head may hold": "<!doctype html><meta charset=utf-8><link rel=icon href=data:,>"
    "<style>p {}</style><script>const a = '<p>'</script><noscript><p>x</p></noscript>"
    f"<template><p>x</p></template>\n<p>Which piece?</p>{WORD}",
}

KINDS = [
    *(
        Kind(f"whole document without a body tag, {name}", html, fill_and_submit, KNIGHT)
        for name, html in BODILESS.items()
    ),
    Kind("fragment without a form", f"<p>Which piece?</p>{WORD}", fill_and_submit, KNIGHT),
    Kind("fragment with an input submit", f'{WORD}<input type="submit">', fill_and_submit, KNIGHT),
    Kind("fragment with a button", f'{WORD}<button type="submit">Send</button>', fill_and_submit, KNIGHT),
    Kind("pressing Enter", f"<p>Which piece?</p>{WORD}", press_enter, KNIGHT),
    Kind("own form to MTurk", own_form(f'action="{MTURK}" method="post"'), fill_and_submit, KNIGHT),
    Kind(
        "own form to MTurk's sandbox",
        own_form('action="https://workersandbox.mturk.com/mturk/externalSubmit"'),
        fill_and_submit,
        KNIGHT,
    ),
    Kind(
        "own form to MTurk over http",
        own_form(f'action="{MTURK.replace("s:", ":")}"'),
        fill_and_submit,
        KNIGHT,
    ),
    Kind("own form without action", own_form("method=post"), fill_and_submit, KNIGHT),
    Kind("own form to a hash", own_form('action="#"'), fill_and_submit, KNIGHT),
    Kind(
        "own form with a relative action", own_form('action="/mturk/externalSubmit"'), fill_and_submit, KNIGHT
    ),
    Kind("own form with another relative action", own_form('action="submit.php"'), fill_and_submit, KNIGHT),
    Kind("own form without a submit", own_form(f'action="{MTURK}"', WORD), fill_and_submit, KNIGHT),
    Kind("target _parent", own_form(f'action="{MTURK}" target="_parent"'), fill_and_submit, KNIGHT),
    Kind("target _top", own_form(f'action="{MTURK}" target="_top" method=post'), fill_and_submit, KNIGHT),
    Kind("target _blank", own_form(f'action="{MTURK}" target="_blank"'), fill_and_submit, KNIGHT),
    Kind(
        "whole document",
        f"<!doctype html><html lang=en><head><title>Pieces</title></head><body>{own_form('')}</body></html>",
        fill_and_submit,
        KNIGHT,
    ),
    Kind(
        "whole document without a form",
        f"<!doctype html><html><head></head><body>{WORD}</body></html>",
        fill_and_submit,
        KNIGHT,
    ),
    Kind(
        "whole document with another base",
        f'<html><head><base href="https://elsewhere.invalid/x/"></head><body>{own_form("")}</body></html>',
        fill_and_submit,
        KNIGHT,
    ),
    Kind(
        "fields that a script makes",
        with_script(
            "<div id=here></div>",
            "for (const n of ['b', 'a']) { const i = document.createElement('input');"
            "i.type = 'hidden'; i.name = n; i.value = n.toUpperCase(); here.append(i); }",
        ),
        press_submit,
        {"b": "B", "a": "A"},
    ),
    Kind(
        "field that a handler fills as it submits",
        with_script(
            '<input type=hidden name=log id="log">',
            "mturk_form.addEventListener('submit', () => { log.value = '7' })",
        ),
        press_submit,
        {"log": "7"},
    ),
    Kind(
        "field that a late handler on the window fills",
        with_script(
            '<input type=hidden name=log id="log">',
            "window.addEventListener('submit', () => { log.value = '8' })",
        ),
        press_submit,
        {"log": "8"},
    ),
    Kind(
        "handler that stops the event",
        with_script(
            '<input type=hidden name=log id="log">',
            "mturk_form.onsubmit = e => { e.stopImmediatePropagation(); log.value = '9' }",
        ),
        press_submit,
        {"log": "9"},
    ),
    Kind(
        "script that calls form.submit()",
        with_script(
            own_form(
                'id=f action="https://www.mturk.com/mturk/externalSubmit"',
                f"<input name=word value=knight>{GO}",
            ),
            "go.onclick = () => document.getElementById('f').submit()",
        ),
        press_go,
        KNIGHT,
    ),
    Kind(
        "script that calls requestSubmit",
        with_script(
            own_form("id=f", f"<input name=word value=knight>{GO}"), "go.onclick = () => f.requestSubmit()"
        ),
        press_go,
        KNIGHT,
    ),
    Kind(
        "script that clicks a hidden button",
        with_script(
            f"<input name=word value=knight>{GO}",
            "onload = () => { submitButton.style.display = 'none' }; go.onclick = () => submitButton.click()",
        ),
        press_go,
        KNIGHT,
    ),
    Kind(
        "fields named action, submit, target and method",
        own_form("", "".join(f"<input name={n} value={n}>" for n in ("action", "submit", "target", "method")))
        + GO
        + "<script>go.onclick = () => HTMLFormElement.prototype.submit.call(document.forms[0])</script>",
        press_go,
        {n: n for n in ("action", "submit", "target", "method")},
    ),
    Kind(
        "handler that returns false the first time",
        with_script(
            f"<p id=problem hidden>Write a word.</p>{own_form('id=f onsubmit=return(ok())')}",
            "const ok = () => { const good = f.word.value !== ''; problem.hidden = good; return good }",
        ),
        submit_twice,
        KNIGHT,
    ),
    Kind(
        "handler that prevents the default the first time",
        with_script(
            f"<p id=problem hidden>Write a word.</p>{WORD}",
            "document.forms[0].addEventListener('submit', e => {"
            "if (!document.forms[0].word.value) { e.preventDefault(); problem.hidden = false } })",
        ),
        submit_twice,
        KNIGHT,
    ),
    Kind(
        "turkSetAssignmentID",
        "<!doctype html><html><head>"
        + EXTERNAL_HIT
        + "</head><body>"
        + own_form(
            'id="mturk_form"',
            "<input type=hidden name=assignmentId id=assignmentId><input name=id value=''>"
            "<input type=submit id=submitButton>",
        )
        + "<script>turkSetAssignmentID(); document.forms[0].id.value ="
        "[assignmentId.value === turkGetParam('assignmentId'), document.forms[0].getAttribute('action') ==="
        "turkGetSubmitToHost() + '/mturk/externalSubmit', turkGetParam('none', 'x')]</script></body></html>",
        press_submit,
        {"id": "true,true,x"},
    ),
    Kind(
        "Amazon's script, loaded by a script",
        with_script(
            "<input name=has id=has>",
            "const s = document.createElement('script');"
            "s.src = 'https://mturk-public.s3.amazonaws.com/externalHIT_v1.js';"
            "s.onload = () => { has.value = typeof turkGetSubmitToHost; has.dataset.done = 1 };"
            "document.body.append(s)",
        ),
        lambda task: (task.locator("[data-done]").wait_for(), press_submit(task))[-1],
        {"has": "function"},
    ),
    Kind(
        "several fields of one name, and checkboxes",
        "<input type=hidden name=t value=1><input type=checkbox name=c value=x checked>"
        "<input type=checkbox name=c value=y><input type=checkbox name=c value=z checked>"
        "<input type=checkbox name=plain checked><input type=checkbox name=off>"
        "<input type=hidden name=t value=2>"
        "<select name=s multiple><option selected>1<option selected>2</select>",
        press_submit,
        {"t": ["1", "2"], "c": ["x", "z"], "plain": "on", "s": ["1", "2"]},
    ),
    Kind(
        "the button that was pressed",
        "<button name=choice value=cat>Cat</button><button name=choice value=dog id=go>Dog</button>",
        press_go,
        {"choice": "dog"},
    ),
    Kind(
        "a button outside of its form",
        own_form("id=f", "<input name=word value=knight>")
        + "<button form=f name=how value=out>Send</button>",
        lambda task: task.get_by_text("Send").click(),
        {"word": "knight", "how": "out"},
    ),
    Kind(
        "a file input",
        "<input type=file name=scan><input type=file name=none>",
        choose_file,
        {"scan": "scan.png", "none": ""},
    ),
    Kind(
        "text with line ends, signs and tags",
        "<textarea name=text>Zwölf\n“Boxkämpfer” &amp;\r\n&lt;b> 🐴</textarea>",
        press_submit,
        {"text": "Zwölf\n“Boxkämpfer” &\n<b> 🐴"},
    ),
    Kind(
        "storage and cookies",
        with_script(
            "<input name=kept id=kept>",
            "localStorage.setItem('a', 1); sessionStorage.b = 2;"
            "localStorage['gone'] = 3; delete localStorage.gone;"
            "document.cookie = 'c=3; path=/'; document.cookie = 'd=4'; document.cookie = 'd=; max-age=0';"
            "kept.value = [localStorage.a, sessionStorage.getItem('b'), localStorage.length,"
            "localStorage.gone,"
            "document.cookie, Object.keys(localStorage), 'a' in localStorage]",
        ),
        press_submit,
        {"kept": "1,2,1,,c=3,a,true"},
    ),
    Kind(
        "MTurk's parameters in the address",
        with_script(
            "<input name=names id=names>",
            "names.value = [...new URLSearchParams(location.search).keys()].join()",
        ),
        press_submit,
        {"names": "assignmentId,hitId,workerId,turkSubmitTo"},
    ),
    Kind(
        "a link that carries the answer",
        '<a id=go href="https://www.mturk.com/mturk/externalSubmit?assignmentId=x&word=knight">Finish</a>',
        press_go,
        KNIGHT,
    ),
    Kind(
        "going on despite the page's own question",
        with_script(WORD, "window.onbeforeunload = () => 'Really?'"),
        fill_and_submit,
        KNIGHT,
    ),
    Kind(
        "a form that MTurk gets by a script's own address",
        with_script(
            f"<input name=word value=knight>{GO}",
            "go.onclick = () => { const p = new URLSearchParams(location.search); location.href ="
            "p.get('turkSubmitTo') + '/mturk/externalSubmit?word=knight&assignmentId=' +"
            "p.get('assignmentId') }",
        ),
        press_go,
        KNIGHT,
    ),
]
