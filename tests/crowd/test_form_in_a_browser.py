"""crowd-form collects, validates and sends as the original did (crowd-elements.md §3, §5, §7)."""

import pytest
from playwright.sync_api import Page, expect

from kempelen.crowd.definitions import definitions
from tests.crowd.pages import ALONE, PREVIEW, open_task, submit

pytestmark = [pytest.mark.browser, pytest.mark.once]

EVERYTHING = """
<crowd-input name="magicWord" label="Word"></crowd-input>
<crowd-input name="empty" label="Nothing"></crowd-input>
<crowd-text-area name="essay" label="Essay"></crowd-text-area>
<crowd-slider name="howMuch" min="1" max="10"></crowd-slider>
<crowd-checkbox name="likeBirds">I like birds</crowd-checkbox>
<crowd-checkbox name="unticked">No</crowd-checkbox>
<crowd-checkbox name="image_attributes" value="blurry">Blurry</crowd-checkbox>
<crowd-checkbox name="image_attributes" value="in_focus" checked>In focus</crowd-checkbox>
<crowd-radio-group><crowd-radio-button name="btn1" value="yes">Yes</crowd-radio-button>
  <p><crowd-radio-button name="btn2" value="no">No</crowd-radio-button></p></crowd-radio-group>
<crowd-toggle-button name="enabled">Enabled</crowd-toggle-button>
<label>10 <input name="10" value="ten"></label><label>9 <input name="9" value="nine"></label>
<label>A <input type="radio" name="side" value="A"></label>
<label>B <input type="radio" name="side" value="B"></label>
<label>C <input type="radio" name="unchosen" value="C"></label>
<label>N <input type="checkbox" name="NA0"></label><input type="checkbox" aria-label="unnamed">
<label>S <select name="choice"><option value="">-<option>two</select></label>
<input type="hidden" name="clicked" value='["https://x/a.png"]'><input type="hidden" name="_" value="first">
<input type="hidden" name="_" value="last"><input name="off" value="x" disabled aria-label="off">
<input aria-label="no name" value="x">
"""
EXPECTED = (
    '[{"10":"ten","9":"nine","NA0":{"on":true},"_":"last","btn1":{"yes":false},"btn2":{"no":true},'
    '"choice":"two","clicked":"[\\"https://x/a.png\\"]","enabled":{"on":true},"essay":"One.\\n\\"Two\\" é",'
    '"howMuch":3,"image_attributes":{"blurry":true,"in_focus":true},"likeBirds":{"on":true},"magicWord":"please",'
    '"side":{"A":false,"B":true},"unchosen":{"C":false},"unticked":{"on":false}}]'
)
FLAT = {
    "assignmentId": "3A",
    "10": "ten",
    "9": "nine",
    "NA0.on": "true",
    "_": "last",
    "btn1.yes": "false",
    "btn2.no": "true",
    "choice": "two",
    "clicked": '["https://x/a.png"]',
    "enabled.on": "true",
    "essay": 'One.\r\n"Two" é',
    "howMuch": "3",
    "image_attributes.blurry": "true",
    "image_attributes.in_focus": "true",
    "likeBirds.on": "true",
    "magicWord": "please",
    "side.A": "false",
    "side.B": "true",
    "unchosen.C": "false",
    "unticked.on": "false",
}


def fill_in(page: Page) -> None:
    page.get_by_label("Word").fill("please")
    page.get_by_label("Essay").fill('One.\n"Two" é')
    slider = page.get_by_role("slider")
    slider.focus()
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    page.get_by_role("checkbox", name="I like birds").click()
    page.get_by_role("checkbox", name="Blurry").press(" ")
    yes = page.get_by_role("radio", name="Yes")
    yes.click()
    yes.press("ArrowDown")
    page.get_by_role("switch").click()
    page.get_by_label("B", exact=True).check()
    page.get_by_label("N", exact=True).check()
    page.locator("[name=choice]").select_option("two")


def test_the_answer_is_one_field_of_compact_sorted_json(page: Page) -> None:
    sent = open_task(page, f"<crowd-form>{EVERYTHING}</crowd-form>")
    fill_in(page)
    submit(page, sent)

    assert sent.posts == [{"assignmentId": "3A", "taskAnswers": EXPECTED}]


def test_flattened_each_leaf_is_a_field(page: Page) -> None:
    sent = open_task(page, f'<crowd-form answer-format="flatten-objects">{EVERYTHING}</crowd-form>')
    fill_in(page)
    submit(page, sent)

    assert sent.posts == [FLAT]


INPUT = '<crowd-input name="a" label="A" value="x"></crowd-input>'
FLAT_FORM = '<crowd-form answer-format="flatten-objects">'
ONE = {"assignmentId": "3A", "taskAnswers": '[{"a":"x"}]'}


@pytest.mark.parametrize(
    ("own", "button"),
    [
        ("", "crowd-button[data-testid=crowd-submit]"),
        ('<crowd-button form-action="submit">Go</crowd-button>', "crowd-button"),
        ('<input type="submit" name="go" value="Go">', "input[type=submit]"),
        ('<button name="go" value="1">Go</button>', "button"),
    ],
)
def test_one_submit_button_of_its_own_or_of_the_templates(page: Page, own: str, button: str) -> None:
    sent = open_task(page, f"<crowd-form>{INPUT}{own}</crowd-form>")
    expect(page.locator("crowd-form form > :is(crowd-button, input[type=submit], button)")).to_have_count(1)
    with page.expect_navigation():
        page.locator(f"crowd-form form > {button}").click()

    assert sent.posts == [ONE]


def test_onsubmit_may_say_no_and_is_asked_by_scripts_too(page: Page) -> None:
    script = """<script>let asked = 0;
      const allow = () => {
        asked += 1; document.querySelector("[name=hidden]").value = asked; return asked > 2; }</script>"""
    hidden = '<input type="hidden" name="hidden">'
    sent = open_task(page, f'{script}<crowd-form onsubmit="return allow()">{hidden}</crowd-form>')
    page.get_by_role("button", name="Submit").click()
    page.wait_for_function("asked === 1")
    page.evaluate("document.querySelector('crowd-form').submit()")
    assert not sent.posts
    with page.expect_navigation():
        page.evaluate("document.querySelector('crowd-form').submit()")

    assert sent.answer() == {"hidden": "3"}


@pytest.mark.parametrize("where", ["crowd-form", "crowd-form form", "body"])
def test_handlers_anywhere_may_prevent_and_send_themselves(page: Page, where: str) -> None:
    script = f"""<script>document.addEventListener("all-crowd-elements-ready", () =>
      document.querySelector("{where}").addEventListener("submit", (event) => {{
        event.preventDefault();
        document.querySelector("[name=late]").value = "set";
        document.querySelector("crowd-form").submit();
      }}))</script>"""
    sent = open_task(page, f'<crowd-form><input type="hidden" name="late"></crowd-form>{script}')
    submit(page, sent)

    assert sent.answer() == {"late": "set"}
    assert len(sent.posts) == 1


def test_a_handler_on_the_button_may_stop_it(page: Page) -> None:
    stops = "event.preventDefault(); this.textContent = `Stopped`"
    own = f'<crowd-button form-action="submit" onclick="{stops}">Go</crowd-button>'
    sent = open_task(
        page, f"<crowd-form>{INPUT}{own}<crowd-button id=other>Other</crowd-button></crowd-form>"
    )
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_role("button", name="Stopped")).to_be_visible()
    page.get_by_role("button", name="Other").click()

    assert not sent.posts


def test_a_preview_cannot_be_sent_and_says_why(page: Page) -> None:
    sent = open_task(page, f"<crowd-form>{INPUT}</crowd-form>", url=PREVIEW)

    button = page.get_by_role("button", name="You must ACCEPT the HIT before you can submit the results.")
    expect(button).to_be_disabled()
    page.evaluate("document.querySelector('crowd-form').submit()")
    expect(page.get_by_role("alert").filter(has_text="You must ACCEPT")).to_be_visible()
    assert not sent.posts


def test_opened_alone_it_shows_what_it_would_send(page: Page) -> None:
    sent = open_task(page, f"<crowd-form>{INPUT}</crowd-form>", url=ALONE)
    page.get_by_role("button", name="Submit").click()

    expect(page.get_by_role("status").filter(has_text='taskAnswers = [{"a":"x"}]')).to_be_visible()
    assert not sent.posts


def test_what_is_required_blocks_and_is_shown(page: Page) -> None:
    html = """<crowd-input name=a label=A required error-message="Say something."></crowd-input>
      <label>N <input name=n required></label><crowd-checkbox name=c required>Agree</crowd-checkbox>
      <crowd-toggle-button name=t required>On</crowd-toggle-button>
      <crowd-slider name=s required></crowd-slider>"""
    sent = open_task(page, f"<crowd-form>{html}</crowd-form>")
    button = page.get_by_role("button", name="Submit")
    button.click()
    expect(page.get_by_text("Say something.")).to_be_visible()
    expect(page.get_by_label("A", exact=True)).to_be_focused()
    page.keyboard.type("x")
    button.click()
    expect(page.get_by_label("N")).to_be_focused()
    page.get_by_label("N").fill("y")
    button.click()
    expect(page.get_by_text("This has to be ticked.")).to_be_visible()
    expect(page.get_by_role("checkbox")).to_be_focused()
    page.keyboard.press(" ")
    page.get_by_role("switch").click()
    submit(page, sent)

    assert sent.answer() == {"a": "x", "n": "y", "c": {"on": True}, "t": {"on": True}, "s": 0}


def test_names_may_be_anything(page: Page) -> None:
    names = [
        "children",
        "submit",
        "append",
        "a.b",
        "1",
        "https://x/?a=b&c",
        "a b",
        "__proto__",
        "[x]",
        "action",
    ]
    fields = "".join(f'<crowd-input name="{name}" value="v" label="{name}"></crowd-input>' for name in names)
    native = "<input type=hidden name=children value=native>"
    sent = open_task(page, f"<crowd-form>{fields}{native}</crowd-form>")
    submit(page, sent)

    assert sent.answer() == dict.fromkeys(names, "v") | {"children": "native"}


def test_elements_made_at_any_time_count(page: Page) -> None:
    sent = open_task(page, "<crowd-form><div id=place></div></crowd-form>")
    page.evaluate("""() => {
        place.innerHTML = '<crowd-input name="inner" value="1"></crowd-input>';
        const made = document.createElement("crowd-checkbox");
        made.name = "made";
        made.checked = true;
        place.append(made);
        const slider = document.createElement("crowd-slider");
        Object.assign(slider, { name: "s", min: 1, max: 9, value: 4 });
        document.querySelector("crowd-form").append(slider);
    }""")
    submit(page, sent)

    assert sent.answer() == {"inner": "1", "made": {"on": True}, "s": 4}


def test_the_script_may_come_last_and_twice(page: Page) -> None:
    document = f"""<!doctype html><title>x</title><crowd-form>{INPUT}</crowd-form><script>let ready = 0;
      document.addEventListener("all-crowd-elements-ready", () => ready += 1)</script>
      <script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
      <script>onload = () => {{ const late = document.createElement("script");
        late.src = "https://assets.crowd.aws/crowd-html-elements.js";
        document.head.append(late) }}</script>"""
    sent = open_task(page, "", document=document)
    page.wait_for_function("ready === 1")
    submit(page, sent)

    assert sent.posts == [ONE]


def test_a_host_of_its_own_may_take_the_answer(page: Page) -> None:
    open_task(page, f"<crowd-form>{INPUT}</crowd-form>")
    page.evaluate("""() => {
        const form = document.querySelector("crowd-form");
        window.whole = form._serializeForm().taskAnswers;
        form._submitHelperForm = { submit: () => { window.taken = true } };
    }""")
    page.get_by_role("button", name="Submit").click()
    page.wait_for_function("window.taken")

    assert page.evaluate("JSON.parse(whole)[0]") == {"a": "x"}


def test_a_form_around_it_still_yields_task_answers(page: Page) -> None:
    form = '<form id="mturk_form" action="https://mturk.invalid/mturk/externalSubmit" method="post">'
    sent = open_task(
        page, f"{form}<input type=hidden name=outer value=1><crowd-form>{INPUT}</crowd-form></form>"
    )
    submit(page, sent)

    assert sent.posts == [ONE]


def test_a_megabyte_is_sent_whole(page: Page) -> None:
    sent = open_task(page, '<crowd-form><input type="hidden" name="mask"></crowd-form>')
    page.evaluate("document.querySelector('[name=mask]').value = 'é\"'.repeat(500_000)")
    submit(page, sent)

    assert sent.answer() == {"mask": 'é"' * 500_000}


@pytest.mark.parametrize(("form", "named"), [("<crowd-form>", True), (FLAT_FORM, False)])
def test_of_a_file_the_answer_has_the_name(page: Page, form: str, named: bool) -> None:
    sent = open_task(page, f"{form}<input type=file name=photo aria-label=P>{INPUT}</crowd-form>")
    page.get_by_label("P").set_input_files({"name": "p.png", "mimeType": "image/png", "buffer": b"x"})
    submit(page, sent)

    assert ("p.png" in str(sent.posts)) == named


def test_a_form_within_it_sends_it_unless_it_goes_elsewhere(page: Page) -> None:
    inner = """<dialog open><form method=dialog><button>Close</button></form></dialog>
      <form><input name=b aria-label=B><input type=submit value=Submit></form>"""
    document = f"<crowd-form>{INPUT}{inner}</crowd-form>"
    sent = open_task(page, document)
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert not sent.posts
    page.get_by_label("B").fill("y")
    with page.expect_navigation():
        page.get_by_label("B").press("Enter")

    assert sent.answer() == {"a": "x", "b": "y"}


def test_what_is_entered_or_held_before_it_is_set_up_waits_for_that(page: Page) -> None:
    """The page around may say so between the end of the markup and `DOMContentLoaded`."""
    script = """<script>document.addEventListener("readystatechange", () => {
        const form = document.querySelector("crowd-form");
        if (document.readyState !== "interactive") return;
        window.wasSetUp = Boolean(form.form);
        form.enterAgain([["taskAnswers", '[{"a":"kept","later":"too"}]']]);
        form.hold("Not now.");
        window.fields = form.answerFields();
      })</script>"""
    open_task(page, f"{script}<crowd-form>{INPUT}</crowd-form>")

    assert page.evaluate("window.wasSetUp") is False
    expect(page.get_by_label("A")).to_have_value("kept")
    expect(page.get_by_role("button", name="Not now.")).to_be_disabled()
    kept = page.evaluate("document.querySelector('crowd-form').answerFields()")
    assert kept == [["taskAnswers", '[{"a":"kept","later":"too"}]']]


def test_no_element_hides_what_every_element_of_a_page_can_do(page: Page) -> None:
    open_task(page, "<crowd-form></crowd-form>")
    hidden = page.evaluate(
        """names => names.flatMap((name) => {
          const keys = Object.getOwnPropertyNames(document.createElement(name));
          let { prototype } = customElements.get(name);
          for (; prototype !== HTMLElement.prototype; prototype = Object.getPrototypeOf(prototype))
            keys.push(...Object.getOwnPropertyNames(prototype));
          return keys.filter((key) => key in HTMLElement.prototype).map((key) => [name, key]);
        })""",
        list(definitions()),
    )
    meant = {"constructor", "focus", "click", "ariaSelected"}  # which do what they do elsewhere, and more
    assert [pair for pair in hidden if pair[1] not in meant] == []
