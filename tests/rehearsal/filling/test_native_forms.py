"""Forms of HTML's own fields: what they are to a worker, and what is posted for what was entered."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kempelen.rehearsal.filling import (
    Blank,
    Control,
    File,
    First,
    NoForm,
    NotTaken,
    Task,
    Truthful,
    Uniform,
    Value,
    answer,
    fill,
    read,
)

URL = "https://tasks.example/task?assignmentId=3A&hitId=3H&turkSubmitTo=https%3A%2F%2Fours.example"


def form(html: str) -> Task:
    return read(f"<form>{html}</form>", URL)


def posted(html: str, **truths: Value) -> list[tuple[str, str]]:
    return answer(form(html), Truthful(truths, Blank()))[1:]


def one(html: str) -> Control:
    (control,) = form(html).controls
    return control


def test_fields_are_posted_in_the_order_of_the_page() -> None:
    html = (
        '<input type="hidden" name="h" value="a&amp;b"><input name="n"><textarea name="t">\nx</textarea>'
        '<input type="checkbox" name="k" checked><input name="off" disabled>'
        '<input name="r" readonly value="1">'
    )
    assert posted(html, n="Ada") == [("h", "a&b"), ("n", "Ada"), ("t", "x"), ("k", "on"), ("r", "1")]


def test_the_assignment_is_named_first_where_no_page_around_names_it() -> None:
    task = read('<form><input type="hidden" name="assignmentId" value=""><input name="a"></form>', URL)
    assert answer(task, Blank()) == [("assignmentId", "3A"), ("a", "")]


def test_radio_buttons_of_a_name_are_one_control_with_the_legend_for_its_question() -> None:
    control = one(
        "<fieldset><legend>Which <b>colour</b>?</legend>"
        '<label><input type="radio" name="c" value="r"> Red</label>'
        '<input type="radio" name="c" value="g" id="g" required><label for="g">Green</label></fieldset>'
    )
    assert (control.kind, control.label, control.is_required) == ("choice", "Which colour?", True)
    assert [(choice.value, choice.label) for choice in control.choices] == [("r", "Red"), ("g", "Green")]


@pytest.mark.parametrize("truth", ["g", "green", " Green "])
def test_a_choice_is_meant_by_its_value_or_by_its_label(truth: str) -> None:
    html = "<input type=radio name=c value=r>Red<br><input type=radio name=c value=g>Green"
    assert posted(html, c=truth) == [("c", "g")]


@pytest.mark.parametrize("truth", [["1", "Three"], "1|3", '["One", "3"]', {"1": True, "2": False, "3": True}])
def test_several_boxes_are_meant_by_a_list_of_their_values_or_labels(truth: Value) -> None:
    boxes = (
        f"<label><input type=checkbox name=k value={n}>{word}</label>"
        for n, word in ((1, "One"), (2, "Two"), (3, "Three"))
    )
    assert posted("".join(boxes), k=truth) == [("k", "1"), ("k", "3")]


def test_a_list_begins_with_its_first_choice_and_leaves_out_what_is_disabled() -> None:
    html = (
        '<select name="s"><option>Apple<option disabled>Pear'
        '<optgroup label="Far" disabled><option>Fig</optgroup>'
        '<optgroup label="Near"><option value="b">  Big\n banana </optgroup></select>'
    )
    assert [choice.label for choice in one(html).choices] == ["Apple", "Big banana"]
    assert posted(html) == [("s", "Apple")]
    assert posted(html, s="Big banana") == [("s", "b")]


def test_a_list_of_several_posts_each() -> None:
    html = '<select name="s" multiple><option selected>1<option>2<option selected>3</select>'
    assert posted(html) == [("s", "1"), ("s", "3")]
    assert posted(html, s=["2"]) == [("s", "2")]


def test_the_button_that_is_pressed_is_a_choice_where_it_says_the_answer() -> None:
    html = (
        '<button name="go" value="yes">It is</button><input name="why">'
        '<button name="go" value="no">It is <b>not</b></button>'
    )
    assert posted(html, go="It is not") == [("why", ""), ("go", "no")]
    assert posted(html, go="yes") == [("go", "yes"), ("why", "")]


def test_a_single_button_posts_its_name() -> None:
    assert posted('<input name="a"><input type="submit" name="s">') == [("a", ""), ("s", "Submit")]


def test_a_disabled_fieldset_takes_all_but_its_first_legend_out() -> None:
    html = (
        '<fieldset disabled><legend><input name="a"></legend><legend><input name="b"></legend>'
        '<fieldset><input name="c"></fieldset></fieldset><input name="d">'
    )
    assert posted(html) == [("a", ""), ("d", "")]


def test_fields_belong_to_the_form_that_they_name() -> None:
    page = (
        '<input form="f" name="before"><form id="f"><input name="in"><input form="g" name="other"></form>'
        '<form id="g" action="https://search.example/"></form><select form="f" name="s"><option>1</select>'
    )
    assert answer(read(page, URL), Blank())[1:] == [("before", ""), ("in", ""), ("s", "1")]


def test_a_form_that_no_end_tag_ends_goes_on_to_the_end_of_the_page() -> None:
    page = "<table><form><tr><td><input name=a></table><input name=b></form><input name=c>"
    assert answer(read(page, URL), Blank())[1:] == [("a", ""), ("b", "")]


def test_templates_comments_and_scripts_hold_no_fields() -> None:
    html = (
        "<template><input name=a></template><!-- <input name=b> --><script>'<input name=c>'</script>"
        "<noscript><input name=d></noscript><input name=e>"
    )
    assert posted(html) == [("e", "")]


def test_what_a_browser_would_not_send_is_refused_with_its_reasons() -> None:
    html = '<input name=a required><input name=b pattern="[a-z]+"><input type=number name=c min=1 max=3>'
    with pytest.raises(NotTaken) as refused:
        answer(form(html), lambda control: {"a": "", "b": "A1", "c": 7}[control.name])
    assert set(refused.value.faults) == {"a", "b", "c"}


def test_a_form_that_is_not_validated_takes_anything() -> None:
    task = read("<form novalidate><input name=a required></form>", URL)
    assert answer(task, lambda control: "") == [("assignmentId", "3A"), ("a", "")]


def test_files_are_posted_beside_in_parts() -> None:
    task = form('<input name="a" value="x"><input type="file" name="f" accept=".png" required>')
    filled = fill(task, Truthful({"f": File("cat.png", b"\x89PNG", "image/png")}, Blank()))
    body, kind = filled.encoded()
    assert filled.pairs == [("assignmentId", "3A"), ("a", "x"), ("f", "cat.png")]
    assert kind.startswith("multipart/form-data; boundary=")
    assert b'name="f"; filename="cat.png"\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n' in body


def test_a_page_without_a_form_says_why_nothing_can_be_filled_in() -> None:
    task = read("<div id=app></div><script src=app.js></script>", URL)
    assert task.controls == ()
    with pytest.raises(NoForm, match="--browser"):
        answer(task, First())
    with pytest.raises(NoForm, match="no form, and no scripts"):
        answer(read("<p>Hello", URL), First())


def test_scripts_of_the_page_are_noted_and_ours_are_not() -> None:
    ours = '<script data-mode="work" data-submit-url="https://ours.example/mturk/externalSubmit">x</script>'
    task = read(f"{ours}<form id=mturk_form><input name=a></form>", URL)
    assert task.notes == ()
    assert task.form and task.form.action == "https://ours.example/mturk/externalSubmit"
    assert "scripts of its own" in read("<form><input name=a></form><script>x()</script>", URL).notes[0]


def test_the_form_of_somebody_elses_page_goes_where_mturks_parameters_say() -> None:
    page = '<form action="https://www.mturk.com/mturk/externalSubmit"><input name=a></form>'
    task = read(page, URL)
    assert task.form and task.form.action == "https://ours.example/mturk/externalSubmit"
    assert read("<form action=next><input name=a></form>", URL).form.action == "https://tasks.example/next"  # type: ignore[union-attr]


ALL = """
<input name=text required minlength=3 maxlength=5><input type=email name=email required>
<input type=url name=url required><input type=tel name=tel pattern="\\d{3}-\\d{4}" required>
<input type=number name=number min=-3 max=9 step=0.25 required>
<input type=range name=range min=1 max=7 step=2>
<input type=date name=date min=2024-02-27 max=2024-03-02 required><input type=month name=month required>
<input type=week name=week min=2020-W50 required><input type=time name=time min=09:00 max=17:30 required>
<input type=datetime-local name=moment max=1999-12-31T12:00 required><input type=color name=colour>
<input type=file name=file accept="image/*" required>
<select name=list required><option value="">-<option>1<option>2</select>
<select name=some multiple required><option>1<option>2<option>3</select>
<textarea name=words required></textarea>
<input type=radio name=one value=a required><input type=radio name=one value=b>
<input type=checkbox name=tick required>
<input type=checkbox name=many value=1 required><input type=checkbox name=many value=2>
<input name=coded pattern="(?:[A-Z]{2}|x\\.y)[^0-9]?-\\w+" required>
"""


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_chosen_at_random_is_taken(seed: int) -> None:
    task = form(ALL)
    answer(task, Uniform(Random(seed)))
    answer(task, First(Random(seed)))
    answer(task, Blank())


def test_the_same_seed_gives_the_same_answer() -> None:
    assert answer(form(ALL), Uniform(Random(7))) == answer(form(ALL), Uniform(Random(7)))


HOSTILE = [
    "<div>" * 3_000 + "<form><input name=a>",
    "<form>" + "<label>" * 600 + "<input name=a>x" * 6_000,
    "<form>" + "<input type=radio name=r>" * 6_000,
    "<form><select name=s>" + "<option>a" * 6_000,
    "<form>" + "<fieldset disabled>" * 600 + "<input name=a>" * 6_000,
    "<form><input name=a pattern='" + "(a*)*" * 500 + "$' required>",
    "<form><input name=a pattern='(((((a{9999}){9999}){9999}))' required maxlength=3>",
    "<form><input type=number name=a min=1e308 max=-1e308 step=1e-300 required>",
    "<form><input type=date name=a min=0001-01-01 max=9999-12-31 step=99999999 required>",
    "<form><input type=week name=a value=0000-W99 min=9999-W53>",
    "<form action='http://[' ><input name=a><script src='http://['></script>",
    "<form><input name=a minlength=999999999 maxlength=99999999999999999999 required>",
    "<form><input type=file name=a required accept='\0'><input type=range name=b min=9 max=1 step=any>",
    "<crowd-form><crowd-slider name=a min=x max=1e999 step=-1></crowd-slider>",
    "<crowd-form><crowd-bounding-box name=a labels=[ src='data:,x' initial-value='[{label:1,left:1e999}]'>",
    "<crowd-form><crowd-text-ranking responses='[[],{}]' ordinal-ranking-dimensions='[1,null,{}]'>",
    "<crowd-form><crowd-textract-analyze-document initial-value='[{blockType:1},{BlockType:{}}]' keys='{}'>",
    "<crowd-form><crowd-semantic-segmentation name=a labels='[1,1,null]' src='data:image/svg+xml,<svg "
    'width="99999999" height="99999999">\'>',
    "<crowd-form><crowd-question-answer-generation min-questions=-3 question-max-words=0 text=''>",
    "<crowd-entity-annotation name=e labels='{label: {}}' text='x' initial-value='[0, {startOffset: {}}]'>",
    "<!--" * 9_000,
    "<textarea>",
    "\0\ud800<form><input name='\ud800' value='\0'>",
]


@pytest.mark.parametrize("page", HOSTILE)
def test_a_hostile_page_is_read_all_the_same(page: str) -> None:
    task = read(page, URL)
    for chooser in (Uniform(Random(1)), First(), Blank(), lambda control: "x", lambda control: [{"a": []}]):
        try:
            fill(task, chooser).encoded()
        except (NoForm, NotTaken) as refusal:
            assert str(refusal)


@given(st.text(), st.lists(st.sampled_from([*"<>=' \"/&;", "<form>", "<input ", "name=", "crowd-input"])))
def test_any_text_is_a_page(text: str, signs: list[str]) -> None:
    read(text, URL)
    read("".join(signs), text)
