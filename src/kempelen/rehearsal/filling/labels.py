"""What fields are called: by their labels, or else by the words beside them."""

from collections.abc import Sequence

from kempelen.rehearsal.filling.elements import CONTROLS, Element, Page


class Labels:
    """The labels of a page's fields."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.of_ids: dict[str, list[Element]] = {}
        for label in page.named("label"):
            if label.get("for"):
                self.of_ids.setdefault(label.get("for"), []).append(label)
        self.fields = [
            one
            for one in page.elements
            if (one.name in CONTROLS or one.name.startswith("crowd-")) and one.type not in ("hidden", "image")
        ]
        self.places = {id(one): at for at, one in enumerate(self.fields)}

    def of(self, element: Element) -> str:
        """Give what a field is called; empty where nothing says so."""
        if said := self._said(element):
            return said
        if element.name.startswith("crowd-"):
            return self._of_crowd(element)
        if element.type in ("radio", "checkbox"):
            return self.page.text_after(element, self._neighbour(element, 1))
        if beside := element.get("title") or element.get("placeholder"):
            return beside
        before = self._neighbour(element, -1)
        is_of_box = before is not None and before.type in ("radio", "checkbox")
        return "" if is_of_box else self.page.text_before(element, before)

    def _of_crowd(self, element: Element) -> str:
        """An element has its label in an attribute, a box and a switch in itself."""
        own = element.get("label") or element.get("header")
        if own or element.name not in ("crowd-checkbox", "crowd-radio-button", "crowd-toggle-button"):
            return own or element.get("placeholder") or self.page.text_before(element, None)
        return self.page.text_in(element)

    def of_group(self, boxes: Sequence[Element]) -> str:
        """Give what is asked with several boxes: the legend around them, or the group's own name."""
        shared = {id(one) for one in boxes[-1].around()}
        for around in boxes[0].around():
            if id(around) not in shared:
                continue
            if around.name == "fieldset":
                legend = self.page.legends.get(id(around))
                if legend is not None:
                    return self.page.text_in(legend)
            is_group = around.name == "fieldset" or around.get("role") in ("group", "radiogroup")
            if is_group and (said := self._by_aria(around)):
                return said
        return ""

    def of_button(self, element: Element) -> str:
        """Give what stands on a button."""
        said = self._by_aria(element)
        if said or element.name != "button":
            return said or element.get("value") or element.get("alt")
        runs = self.page.runs[element.first_run : element.last_run]
        return " ".join("".join(text for text, _ in runs).split())

    def _said(self, element: Element) -> str:
        if said := self._by_aria(element):
            return said
        labels = self.of_ids.get(element.get("id"), []) if element.get("id") else []
        around = element.within("label")
        if around is not None and not around.get("for"):
            labels = [*labels, around]
        return " ".join(filter(None, map(self.page.text_in, labels)))

    def _by_aria(self, element: Element) -> str:
        ids = element.get("aria-labelledby").split()[:20]
        named = [self.page.text_in(self.page.ids[one]) for one in ids if one in self.page.ids]
        return " ".join(filter(None, named)) or element.get("aria-label").strip()

    def _neighbour(self, element: Element, step: int) -> Element | None:
        at = self.places.get(id(element))
        if at is None or not 0 <= at + step < len(self.fields):
            return None
        return self.fields[at + step]
