"""HTML's own fields: which controls they are to whoever fills them in, and what each of them sends."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from kempelen.rehearsal.filling import dates
from kempelen.rehearsal.filling.controls import Choice, Control, Entered
from kempelen.rehearsal.filling.elements import Element, Page
from kempelen.rehearsal.filling.forms import Part
from kempelen.rehearsal.filling.labels import Labels
from kempelen.rehearsal.filling.typed import typed

_TYPED = frozenset(["text", "search", "tel", "url", "email", "password"])
_SUBMITS = frozenset(["submit", "image"])
_SENDS_NOTHING = frozenset(["button", "reset"])
# The place of a control that comes when all others are known.
_LAST = -2


def type_of(element: Element) -> str:
    """Give the type of a field as browsers see it; what is no type is `text`."""
    if element.name == "button":
        return element.type if element.type in ("button", "reset") else "submit"
    if element.name == "select":
        return "select"
    if element.name == "textarea":
        return "textarea"
    known = _TYPED | _SUBMITS | _SENDS_NOTHING | set(dates.TYPES)
    others = {"hidden", "number", "range", "color", "checkbox", "radio", "file"}
    return element.type if element.type in known | others else "text"


def is_disabled(page: Page, element: Element) -> bool:
    """Tell whether a field is off: by itself, or a fieldset around it, unless it is in its legend."""
    if element.has("disabled"):
        return True
    inner = element
    for around in element.around():
        is_off = around.name == "fieldset" and around.has("disabled")
        if is_off and page.legends.get(id(around)) is not inner:
            return True
        inner = around
    return False


class Fields:
    """Collects controls and parts of a form's fields, in the order of the page."""

    def __init__(self, page: Page, labels: Labels) -> None:
        self.page = page
        self.labels = labels
        self.controls: list[Control] = []
        # The element, or the first one, of each control.
        self.sources: list[Element] = []
        self.parts: list[Part] = []
        self._boxes: dict[tuple[str, str], list[Element]] = {}
        self._places: dict[tuple[str, str], int] = {}
        self._choices: dict[int, int] = {}
        self._pressed: dict[str, Element] = {}

    def take(self, elements: Sequence[Element], *, is_crowd: bool = False) -> None:
        """Take a form's fields; in a crowd-form buttons send nothing."""
        fields = [one for one in elements if not is_disabled(self.page, one)]
        # Of radio buttons the last counts, also if it is off.
        self._pressed = {
            one.get("name"): one for one in elements if one.type == "radio" and one.has("checked")
        }
        presses = [] if is_crowd else [one for one in fields if type_of(one) in _SUBMITS]
        for one in fields:
            if key := self.group_of(one):
                group = self._boxes.setdefault(key, [])
                self._choices[id(one)] = len(group)
                group.append(one)
        matters = len(presses) > 1 and any(one.get("name") for one in presses)
        pressed = {id(one): at for at, one in enumerate(presses)}
        for one in fields:
            if id(one) in pressed:
                self._press(one, pressed[id(one)] if matters else -1)
            elif key := self.group_of(one):
                self._box(one, key)
            else:
                self.take_one(one)
        if matters:
            self._end_with(presses)

    def add(self, control: Control, element: Element) -> None:
        """Note a control with its element."""
        self.controls.append(control)
        self.sources.append(element)

    def group_of(self, element: Element) -> tuple[str, str] | None:
        """Give the kind of a box and what its group is known by; None of what is no box, or has no name."""
        kind = type_of(element)
        return (kind, element.get("name")) if kind in ("radio", "checkbox") and element.get("name") else None

    # ---- A field each ------------------------------------------------------------------------------------

    def take_one(self, element: Element) -> None:
        """Take a field that is no box."""
        kind = type_of(element)
        if not element.get("name"):
            return
        match kind:
            case "hidden":
                self._constant(element)
            case "select":
                self._list(element)
            case "file":
                self._file(element)
            case "submit" | "image" | "button" | "reset":
                pass
            case _ if element.has("readonly") and kind not in ("range", "color"):
                self._constant(element)
            case _:
                self._typed(element, kind)

    def _constant(self, element: Element) -> None:
        value = element.text if element.name == "textarea" else element.get("value")
        self.parts.append(Part(element.get("name"), "constant", value=value))

    def _typed(self, element: Element, kind: str) -> None:
        self.parts.append(Part(element.get("name"), "text", place=len(self.controls)))
        self.add(typed(element, kind, self.labels.of(element)), element)

    def _file(self, element: Element) -> None:
        self.parts.append(Part(element.get("name"), "file", place=len(self.controls)))
        self.add(
            Control(
                element.get("name"),
                "file",
                "file",
                self.labels.of(element),
                is_required=element.has("required"),
                most=None if element.has("multiple") else 1,
                accepts=element.get("accept"),
            ),
            element,
        )

    def _box(self, element: Element, key: tuple[str, str]) -> None:
        if key not in self._places:
            self._places[key] = len(self.controls)
            self.add(self._group(self._boxes[key], key[0]), element)
        place, choice = self._places[key], self._choices[id(element)]
        self.parts.append(
            Part(element.get("name"), "box", place=place, choice=choice, value=value_of(element))
        )

    def _group(self, boxes: list[Element], kind: str) -> Control:
        choices = tuple(Choice(value_of(one), self.labels.of(one)) for one in boxes)
        on = tuple(place for place, one in enumerate(boxes) if one.has("checked"))
        name, needed = boxes[0].get("name"), [one.has("required") for one in boxes]
        if kind == "radio":
            label = self.labels.of_group(boxes)
            if boxes[0].name == "input" and name in self._pressed:
                on = tuple(at for at in on if boxes[at] is self._pressed[name])
                # One that is off does for a group that has to be answered.
                needed = needed if on else []
            return Control(name, "choice", kind, label, choices, any(needed), initial=Entered(chosen=on[-1:]))
        if len(boxes) == 1:
            return Control(
                name, "tick", kind, choices[0].label, choices, any(needed), initial=Entered(chosen=on)
            )
        must = tuple(place for place, is_needed in enumerate(needed) if is_needed)
        return Control(
            name,
            "choices",
            kind,
            self.labels.of_group(boxes),
            choices,
            any(needed),
            initial=Entered(chosen=on),
            settings={"must": must} if must else {},
        )

    def _list(self, element: Element) -> None:
        options = [one for one in self.page.options.get(id(element), []) if not _is_off(one)]
        is_many = element.has("multiple")
        place, name = len(self.controls), element.get("name")
        values = [_value_of(one) for one in options]
        on = tuple(at for at, one in enumerate(options) if one.has("selected"))
        if not is_many:
            on = on[-1:] or ((0,) if options and (dates.float_of(element.get("size")) or 1) <= 1 else ())
        self.add(
            Control(
                name,
                "choices" if is_many else "choice",
                "select",
                self.labels.of(element),
                tuple(
                    Choice(value, one.get("label") or _words(one.text))
                    for value, one in zip(values, options, strict=True)
                ),
                element.has("required"),
                initial=Entered(chosen=on),
            ),
            element,
        )
        for at, value in enumerate(values):
            self.parts.append(Part(name, "box", place=place, choice=at, value=value, is_list=True))

    # ---- Buttons that send the form ----------------------------------------------------------------------

    def _press(self, element: Element, choice: int) -> None:
        """Note what a button sends when it is pressed; which one is a choice where there are several."""
        name = element.get("name")
        if type_of(element) == "image":
            pairs = [(f"{name}.{axis}" if name else axis, "0") for axis in "xy"]
        else:
            value = element.get("value") if element.has("value") else _default_of(element)
            pairs = [(name, value)] if name else []
        for own, value in pairs:
            how: Literal["constant", "press"] = "constant" if choice < 0 else "press"
            self.parts.append(Part(own, how, place=_LAST if choice >= 0 else -1, choice=choice, value=value))

    def _end_with(self, presses: Sequence[Element]) -> None:
        """Add the choice of a button: one is pressed when all else is done."""
        names = dict.fromkeys(one.get("name") for one in presses if one.get("name"))
        choices = tuple(
            Choice(one.get("value") or one.get("name"), self.labels.of_button(one)) for one in presses
        )
        place = len(self.controls)
        self.parts = [replace(part, place=place) if part.place == _LAST else part for part in self.parts]
        initial = Entered(chosen=(0,))
        button = Control("|".join(names), "choice", "submit", "", choices, True, initial=initial)
        self.add(button, presses[0])


def value_of(box: Element) -> str:
    """Give what a box sends when it is ticked."""
    if box.name.startswith("crowd-"):
        return box.get("value") or "on"
    return box.get("value") if box.has("value") else "on"


def _is_off(option: Element) -> bool:
    group = option.parent if option.parent is not None and option.parent.name == "optgroup" else None
    return option.has("disabled") or (group is not None and group.has("disabled"))


def _value_of(option: Element) -> str:
    return option.get("value") if option.has("value") else _words(option.text)


def _words(text: str) -> str:
    return " ".join(text.split())


def _default_of(element: Element) -> str:
    """Give what a button without a value sends."""
    return "" if element.name == "button" else "Submit"
