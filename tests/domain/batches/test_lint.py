"""What will not work in a template is said with its line, and blocks publishing only when it must."""

import pytest

from kempelen.domain.batches.lint import Finding, lint, lint_with_columns

pytestmark = pytest.mark.once

FIELD = "<input name=a>"


def told(html: str) -> list[str]:
    return [f"{finding.level} {finding.line}: {finding.message}" for finding in lint(html)]


def only(html: str) -> Finding:
    (finding,) = lint(html)
    return finding


@pytest.mark.parametrize(
    "html",
    [
        FIELD,
        "<!doctype html><html><head><title>T</title></head><body><form>${q}<select name=a></select></form>",
        "<textarea name=t>${text}</textarea><button>Send</button>",
        "<button name=answer value=yes>Yes</button><button name=answer value=no>No</button>",
        "<input type=radio name=r value=1><input type=radio name=r value=2>",
        "<input type=checkbox name=c value=a><input type=checkbox name=c value=b><input type=submit>",
        "<script>document.write('<input name=x>')</script>",
        "<p onclick='answer(1)'>Click</p>",
        "<a href='http://example.org'>a</a>" + FIELD,
        "<script>`${0, i}` + `{{x}}`; '<crowd-form>'</script>",
        FIELD + "<style>.a{}</style><svg><path d='M0'/></svg><select name=s><option>1</select>",
    ],
)
def test_templates_that_work_raise_no_finding(html: str) -> None:
    assert told(html) == []


@pytest.mark.parametrize(
    "html", ["", "<p>${text}</p>", "<!-- <input name=a> --><p>", "<button>Send</button>"]
)
def test_a_page_without_field_and_script_has_nothing_to_answer(html: str) -> None:
    assert told(html) == ["error 1: there is nothing to answer: the page has no input, select or textarea"]


def test_a_page_whose_fields_all_lack_names_sends_no_answer() -> None:
    assert told("\n<input>") == [
        "error 2: no field has a name, so that no answer would be sent",
        "warning 2: <input> has no name; its answer is not sent",
    ]


def test_a_field_without_name_is_a_warning_where_others_have_names_or_scripts_may_name_it() -> None:
    assert told(f"{FIELD}\n<textarea></textarea>") == [
        "warning 2: <textarea> has no name; its answer is not sent"
    ]
    assert only("<script src=/a.js></script><select></select>").level == "warning"


def test_reserved_names_are_told_and_the_usual_hidden_one_is_no_warning() -> None:
    html = f"{FIELD}<input type=hidden name=assignmentId>\n<input name=workerId>"
    assert told(html) == [
        'info 1: the field name "assignmentId" is reserved; it is not kept among the answers',
        'warning 2: the field name "workerId" is reserved; it is not kept among the answers',
    ]
    assert lint("<input name=hitId>")[0].level == "error"


def test_choices_that_would_all_answer_on_are_told() -> None:
    assert told("<input type=radio name=r value=1>\n<input type=radio name=r>") == [
        'warning 2: a choice of "r" has no value and answers "on"; give each choice its own value'
    ]
    assert told("<input type=checkbox name=agree>") == []


@pytest.mark.parametrize(
    "html",
    [
        "<crowd-google-static-map>\n<crowd-input name=a></crowd-input></crowd-google-static-map>",
        "<CROWD-google-static-map></CROWD-google-static-map><crowd-input name=a></crowd-input>",
    ],
)
def test_an_element_of_which_only_the_name_is_known_is_told_with_its_line(html: str) -> None:
    finding = only(f"<script src=/x.js></script>\n{html}")
    assert finding[:2] == ("warning", 2)
    assert finding.message.startswith("<crowd-google-static-map> shows nothing")


@pytest.mark.parametrize("name", ["QuestionForm", "HTMLQuestion", "ExternalQuestion"])
def test_xml_for_the_api_is_refused(name: str) -> None:
    finding = only(f'<?xml version="1.0"?>\n<{name} xmlns="http://mechanicalturk.amazonaws.com/"></{name}>')
    assert finding[:2] == ("error", 2)
    assert finding.message.startswith(f"<{name.lower()}> ")


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<script>let a", "<script> is never closed; the rest of the page is lost in it"),
        ("<textarea name=b>", "the tag <textarea has no end; is a quote of it left open?"),
        ("<textarea name=b>x <p>", "<textarea> is never closed; the rest of the page is lost in it"),
        ("<!-- <p>", "a comment (<!--) is never closed; the rest of the page is lost in it"),
        ("<input name='b><p>", "the tag <input has no end; is a quote of it left open?"),
    ],
)
def test_what_swallows_the_rest_of_the_page_is_refused(html: str, message: str) -> None:
    assert lint(f"{FIELD}\n{html}")[-1] == ("error", 2, message)


def test_selects_that_are_never_closed_are_told() -> None:
    assert told("<select name=a>\n<option>1\n<select name=b><option>2") == [
        "warning 1: <select> is never closed",
        "warning 3: <select> is never closed",
    ]


def test_a_form_within_a_form_is_told_and_forms_side_by_side_are_not() -> None:
    assert told(f"<form>{FIELD}</form>\n<form>\n<form></form>") == [
        "warning 3: <form> within the form of line 2; browsers ignore it and end both together"
    ]


def test_doubled_ids_are_told() -> None:
    assert told(f"<p id=x>{FIELD}\n<b id='x'>") == ['warning 2: the id "x" is also that of <p> in line 1']


def test_liquid_tags_are_told_once_and_not_in_code() -> None:
    html = f"<script>a({{{{b: 1}}}})</script>{FIELD}\n{{{{ x }}}} {{% with %}}"
    assert told(html) == ["info 2: {{ is not filled in here; write variables as ${name}"]


@pytest.mark.parametrize("sign", ["{{ task.input.x }}", "{%- for a in b %}", "<b title='{{task.input.x}}'>"])
def test_what_looks_like_liquid_is_told_with_its_language(sign: str) -> None:
    (finding,) = lint(f"{FIELD}\n{sign}")
    assert finding[:2] == ("warning", 2)
    assert finding.message.endswith("choose that as its language")


@pytest.mark.parametrize("end", ["${x", "<p>${x", "${two words</p>", "${ "])
def test_a_variable_that_is_left_open_at_the_end_is_told(end: str) -> None:
    finding = only(f"{FIELD}\n{end}")

    assert finding.line == 2
    assert "is not closed by }" in finding.message


@pytest.mark.parametrize(
    ("tag", "word"),
    [
        ("<meta http-equiv=refresh content=5>", "refresh"),
        ("<META HTTP-EQUIV='Refresh' content='0; url=/x'>", "refresh"),
        ("<base href='https://example.org/'>", "<base>"),
        ('<meta http-equiv="Content-Security-Policy" content="default-src *">', "Content-Security-Policy"),
    ],
)
def test_tags_that_lead_the_page_away_are_told(tag: str, word: str) -> None:
    finding = only(f"{FIELD}\n{tag}")

    assert (finding.level, finding.line) == ("warning", 2)
    assert word in finding.message


def test_other_tags_of_a_head_are_no_concern() -> None:
    assert told(f"<meta charset=utf-8><base target=_blank>{FIELD}<meta name=refresh>") == []


def test_what_looks_like_a_variable_is_told() -> None:
    assert told(f"{FIELD}${{a,b}}\n${{c\n<script>`${{d()}}`</script>") == [
        "info 1: ${a,b} is no variable (names have letters, digits, spaces, _ - .); it stays",
        "warning 2: ${c is not closed by } on its line; it stays",
    ]


def test_large_templates_are_told_to_be_too_large_for_mturk_only() -> None:
    assert told(FIELD + "é" * 32_761) == [
        "info 1: the template is larger than the 65,535 bytes that MTurk takes; it works here"
    ]
    assert told(FIELD + "é" * 32_760) == []


@pytest.mark.parametrize(
    "html",
    [
        "<img src='http://a.org/b.png'>",
        "<video poster=HTTP://a.org/b.png>",
        "<link rel='icon' href=http://a.org/b.ico>",
        "<object data=http://a.org/b></object>",
        "<p style='background: url(http://a.org/b.png)'>",
        '<style>p { background: url( "http://a.org/b.png") }</style>',
    ],
)
def test_files_by_http_are_told(html: str) -> None:
    finding = only(FIELD + "\n" + html)
    assert finding[:2] == ("warning", 2) and "by http:, which browsers refuse" in finding.message


def test_mturks_own_script_is_told_to_be_replaced() -> None:
    html = "<script src='https://s3.amazonaws.com/mturk-public/externalHIT_v1.js'></script>"
    assert told(html) == [
        "info 1: MTurk's externalHIT_v1.js is replaced by Kempelen's own, which works offline"
    ]


def test_variables_without_column_are_errors_outside_scripts_and_warnings_inside() -> None:
    html = f"${{Text}}\n${{Text}} ${{b}}<script>\n`${{i}} ${{b}}`</script>{FIELD}"
    assert lint_with_columns(html, ["text", "b"]) == [
        ("error", 1, '${Text} has no column in the file; there is "text"'),
        ("warning", 3, "${i} in a script has no column and stays as it is"),
    ]


def test_findings_are_many_at_most_and_errors_are_among_them() -> None:
    findings = lint("<input>" * 5_000 + "<script>")
    assert len(findings) == 100
    assert any(finding.level == "error" for finding in findings)


@pytest.mark.parametrize(
    "part",
    ["<input>", "<form>", "<select>", "<p id=x>", "<p id=x class=y ", "<input type=radio name=r>", "{{",
     "${a,}", "<crowd-x>", "<style>url(http:", "<p style='url(  ", "<img src=http://x>", "${a}",
     "<script src=//x></script>"],
)  # fmt: skip
def test_hostile_templates_take_linear_time(part: str) -> None:
    assert len(lint_with_columns(part * 30_000, ["b"])) <= 100
