"""Filling in a task in a browser, control by control, and pressing the button that sends it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kempelen.rehearsal.filling.browser import drawing, writing
from kempelen.rehearsal.filling.browser.looking import Scope, css, root_of
from kempelen.rehearsal.filling.controls import DRAWN, Chooser, Control, Entered, NoForm, Value
from kempelen.rehearsal.filling.entering import entered_as
from kempelen.rehearsal.filling.forms import Part
from kempelen.rehearsal.filling.tasks import Filled, Task

if TYPE_CHECKING:
    from playwright.sync_api import Locator

_TYPED = (
    ":is(input:not([type=hidden], [type=submit], [type=image], [type=button], [type=reset], [type=radio], "
    "[type=checkbox]), textarea, crowd-input, crowd-text-area)"
)
_BUTTONS = "button:not([type=button], [type=reset]), input[type=submit], input[type=image]"
_SUBMIT = f"""(root, [name, at]) => {{
  const named = name ? document.getElementsByName(name)[0] : null;
  const form = named?.form ?? document.forms[0];
  return [...document.querySelectorAll("{_BUTTONS}")].filter((one) => one.form === form)[at] ?? null;
}}"""
# Which tab of which tabs an element is in, while that is closed.
_TAB = """(element) => {
  const tab = element.closest("crowd-tab");
  const tabs = tab?.closest("crowd-tabs");
  if (!tabs || tab.checkVisibility()) return null;
  const placeIn = (root, name, one) => [...root.querySelectorAll(name)].indexOf(one);
  return [placeIn(document, "crowd-tabs", tabs), placeIn(tabs, "crowd-tab", tab)];
}"""
_CROWD_SUBMIT = ", ".join(
    ["crowd-button[form-action=submit]", *(f"crowd-form {one.strip()}" for one in _BUTTONS.split(", input"))]
)


def fill_in_browser(scope: Scope, task: Task, values: Filled | Chooser | Mapping[str, Value]) -> None:
    """Enter the values in the page that shows the task: what `fill` gave, a chooser, or values by name.

    What is to stay as it is is not touched.  `scope` is Playwright's: a page, a frame, or a frame's locator.
    """
    if task.form is None:
        raise NoForm(" ".join(task.notes))
    entered = _entered(task, values)
    seen: Counter[tuple[str, str]] = Counter()
    parts: dict[int, list[tuple[Part, int]]] = {}
    for part in task.form.parts:
        key = (part.name, part.how if part.how != "box" else _box_of(task.controls[part.place]))
        parts.setdefault(part.place, []).append((part, seen[key]))
        seen[key] += 1
    for place, (control, now) in enumerate(zip(task.controls, entered, strict=True)):
        if now != control.initial and control.type != "submit":
            _enter(scope, control, now, parts.get(place, []))


def press_submit(scope: Scope, task: Task, filled: Filled | None = None) -> None:
    """Press the button that sends the form: the one that was chosen, where there are several."""
    if task.form is None:
        raise NoForm(" ".join(task.notes))
    if task.form.style != "form":
        scope.locator(_CROWD_SUBMIT).first.click()
        return
    at = next((place for place, one in enumerate(task.controls) if one.type == "submit"), -1)
    chosen = filled.entered[at].chosen[:1] if filled is not None and at >= 0 else (0,)
    name = next((part.name for part in task.form.parts if part.name), "")
    button = root_of(scope).evaluate_handle(_SUBMIT, [name, *(chosen or (0,))]).as_element()
    if button is None:
        raise NoForm("The form has no button that sends it.")
    button.click()


def _entered(task: Task, values: Filled | Chooser | Mapping[str, Value]) -> Sequence[Entered]:
    if isinstance(values, Filled):
        return values.entered
    if isinstance(values, Mapping):
        return [entered_as(control, values.get(control.name)) for control in task.controls]
    return [entered_as(control, values(control)) for control in task.controls]


def _box_of(control: Control) -> str:
    """Give the type of the elements that a control's choices are."""
    return {"crowd-radio-group": "crowd-radio-button"}.get(control.type, control.type)


def _enter(scope: Scope, control: Control, now: Entered, parts: Sequence[tuple[Part, int]]) -> None:
    if control.type == "select":
        _choose_in_list(scope, control, now, parts)
        return
    for part, at in parts:
        match part.how:
            case "text":
                typed = scope.locator(f"{_TYPED}[name={css(part.name)}]").nth(at)
                if control.kind not in ("choice", "choices") or now.text != control.initial.text:
                    show(scope, typed)
                    _field_of(typed).fill(now.text)
            case "file":
                chosen = scope.locator(f"{_TYPED}[name={css(part.name)}]").nth(at)
                files: list[Any] = [
                    {"name": file.name, "mimeType": file.kind, "buffer": file.content} for file in now.files
                ]
                _field_of(chosen).set_input_files(files)
            case "box":
                _tick(scope, control, part, at, is_on=part.choice in now.chosen)
            case "element":
                _use(_element(scope, control, part, at), control, now)


def show(scope: Scope, locator: "Locator") -> None:
    """Open the tab that holds something, if it is in one that is not open."""
    found = locator.evaluate(_TAB)
    if found is not None:
        tabs, tab = found
        scope.locator("crowd-tabs").nth(tabs).get_by_role("tab").nth(tab).click()


def _field_of(locator: "Locator") -> "Locator":
    """Give the field itself, which an element has in its shadow."""
    is_element = locator.evaluate("(one) => one.localName.startsWith('crowd-')")
    return locator.locator(".field") if is_element else locator


def _tick(scope: Scope, control: Control, part: Part, at: int, *, is_on: bool) -> None:
    kind = _box_of(control)
    if kind.startswith("crowd-"):
        box = scope.locator(f"{kind}[name={css(part.name)}]").nth(at)
        show(scope, box)
        if (box.get_attribute("aria-checked") == "true") != is_on and (is_on or kind != "crowd-radio-button"):
            box.click()
        return
    box = scope.locator(f"input[type={kind} i][name={css(part.name)}]:not(:disabled)").nth(at)
    if not is_on and kind == "radio":
        return  # another one is pressed instead
    show(scope, box)
    if box.is_visible():
        box.set_checked(is_on)
    else:  # a page that draws its own; its label is what people press
        box.evaluate("(one, isOn) => one.checked !== isOn && one.click()", is_on)


def _choose_in_list(scope: Scope, control: Control, now: Entered, parts: Sequence[tuple[Part, int]]) -> None:
    boxes = [part for part, _ in parts if part.how == "box"]
    chosen = scope.locator(f"select[name={css(boxes[0].name)}]:not(:disabled)").first
    chosen.select_option(value=[part.value for part in boxes if part.choice in now.chosen])
    for part, at in parts:
        if part.how == "text" and now.text != control.initial.text:
            scope.locator(f"{_TYPED}[name={css(part.name)}]").nth(at).fill(now.text)


def _element(scope: Scope, control: Control, part: Part, at: int) -> "Locator":
    named = scope.locator(f"{control.type}[name={css(part.name)}]")
    element = named.nth(at) if named.count() else scope.locator(control.type).first
    show(scope, element)
    return element


def _use(element: "Locator", control: Control, now: Entered) -> None:
    """Use the controls of an element that are in its shadow."""
    if control.kind == "number":
        element.locator("input[type=range]").fill(now.text)
    elif control.kind in ("choice", "choices"):
        exclusion = control.settings.get("exclusion")
        wanted = [place for place in now.chosen if control.choices[place].value == exclusion] or now.chosen
        for place in wanted:
            element.locator("input[name=category]").nth(place).check()
    elif control.kind in DRAWN:
        drawing.draw(element, control, now.data)
    else:
        writing.write(element, control, now.data)
