"""A browser's part in a form, without a browser: its fields, what one enters, and what it would send."""

from collections.abc import Iterator

from lxml import html
from lxml.html import HtmlElement

from kempelen.domain import answers as answering
from kempelen.domain.answers import Answers
from kempelen.domain.questions import form_answers, form_pages
from kempelen.domain.questions.form_parts import Form


class FilledForm:
    """A form's page as `form_pages.render` makes it, to be filled in like the real one."""

    def __init__(self, form: Form, shown: str | None = None) -> None:
        self.form = form
        self.page: HtmlElement = html.fragment_fromstring(f"<form>{shown or form_pages.render(form)}</form>")

    def type(self, name: str, text: str) -> None:
        """Put the text into the field of this name."""
        (field,) = self.page.xpath(".//*[@name=$name]", name=name)
        if field.tag == "textarea":
            field.text = text
        else:
            field.set("value", text)

    def choose(self, name: str, value: str) -> None:
        """Tick the box, press the radio button, or choose the option that has this value."""
        boxes = self.page.xpath(".//input[@name=$name]", name=name)
        for box in boxes:
            if box.get("value") == value:
                box.set("checked", "")
            elif box.get("type") == "radio":
                box.attrib.pop("checked", None)
        for option in self.page.xpath(".//select[@name=$name]/option", name=name):
            if option.get("value") == value:
                option.set("selected", "")
            elif "multiple" not in option.getparent().attrib:
                option.attrib.pop("selected", None)

    def fields(self) -> Iterator[tuple[str, str]]:
        """What a browser sends of it."""
        for field in self.page.xpath(".//input | .//textarea | .//select"):
            name, kind = field.get("name"), field.get("type", "")
            if field.tag == "textarea":
                # A parser of HTML takes the first line end away, as browsers do; lxml's does not.
                yield name, (field.text or "").removeprefix("\n")
            elif field.tag == "select":
                yield from ((name, option.get("value")) for option in _chosen(field))
            elif kind != "file" and (kind not in ("radio", "checkbox") or "checked" in field.attrib):
                yield name, field.get("value", "")

    def answers(self) -> Answers:
        """What the server makes of it; raises `AnswersRefused` as it would."""
        return form_answers.read(self.form, answering.collect(self.fields()))


def _chosen(select: HtmlElement) -> list[HtmlElement]:
    """The options that are chosen; a drop-down list has its first one if no other."""
    options = list(select)
    chosen = [option for option in options if "selected" in option.attrib]
    return chosen or (options[:1] if "size" not in select.attrib else [])
