"""Tools for texts in a browser: marking words, ranking responses, writing questions, correcting values."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kempelen.rehearsal.filling.controls import Control

if TYPE_CHECKING:
    from playwright.sync_api import Locator

# Selects signs of the text, counted in code points, and waits until the element has seen it.
_SELECT = """(element, [start, end]) => new Promise((resolve, reject) => {
  setTimeout(reject, 30000, new Error("The text cannot be selected."));
  const place = element.shadowRoot.querySelector(".text");
  const signs = [...element.marker.text];
  const units = (count) => signs.slice(0, count).join("").length;
  const placeOf = (unit) => {
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    let left = unit;
    while (walker.nextNode()) {
      const { length } = walker.currentNode.data;
      if (left <= length) return [walker.currentNode, left];
      left -= length;
    }
    return [place, place.childNodes.length];
  };
  getSelection().setBaseAndExtent(...placeOf(units(start)), ...placeOf(units(end)));
  const look = () => (element.marker.pending ? resolve() : requestAnimationFrame(look));
  look();
})"""
_UNMARK = "(element) => element.unmark([...element.marker.spans])"


def write(element: "Locator", control: Control, data: Any) -> None:
    """Make what a tool for texts is to hold."""
    match control.kind:
        case "entities":
            _mark(element, control, data)
        case "ranking":
            _rank(element, data)
        case "questions":
            _ask(element, data)
        case "pairs":
            _correct(element, control, data)


def _mark(element: "Locator", control: Control, data: Sequence[dict[str, Any]]) -> None:
    element.evaluate(_UNMARK)
    for entity in data:
        element.evaluate(_SELECT, [entity["startOffset"], entity["endOffset"]])
        label = next(at for at, one in enumerate(control.choices) if one.value == entity["label"])
        element.locator(".label-bar button").nth(label).click()


def _rank(element: "Locator", data: Sequence[Sequence[int]]) -> None:
    for dimension, ranks in enumerate(data):
        for response, rank in enumerate(ranks):
            of = f"input[data-dimension='{dimension}'][data-response='{response}'][value='{rank}']"
            # It lies, unseen, over the number.
            element.locator(of).check(force=True)


def _ask(element: "Locator", data: Sequence[dict[str, Any]]) -> None:
    for at, pair in enumerate(data):
        if at:
            element.locator("button.adds").click()
        group = element.locator(".pair").nth(at)
        fields = group.locator("textarea")
        fields.nth(0).fill(pair["question"])
        fields.nth(1).fill(pair["answer"])
        for tag in pair["questionTags"]:
            _tag(group, tag)
        for reference in pair["textReferences"]:
            element.evaluate(_SELECT, [reference["startOffset"], reference["endOffset"]])
            group.locator("button.refers").click()


def _tag(group: "Locator", tag: str) -> None:
    known = group.locator(".tags button")
    for at in range(known.count()):
        if known.nth(at).get_attribute("value") == tag:
            known.nth(at).click()
            return
    group.locator(".own-tag input").fill(tag)
    group.locator(".own-tag button").click()


def _correct(element: "Locator", control: Control, data: Sequence[dict[str, Any]]) -> None:
    kept = {pair["id"]: pair["value"] for pair in data}
    for at, pair in enumerate(control.settings["pairs"]):
        group = element.locator(".form-pair").nth(at)
        if pair["id"] not in kept:
            group.locator(".deny").check()
        elif kept[pair["id"]] != pair["value"]:
            group.locator("textarea.value").fill(kept[pair["id"]])
