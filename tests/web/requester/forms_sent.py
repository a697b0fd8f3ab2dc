"""What a browser would send of a form, as the page stands."""

from collections.abc import Iterator

from lxml import html

Fields = dict[str, list[str]]


def form_on(page: str, form_id: str) -> Fields:
    """The fields of the form with this id: every value that is not disabled, by its name."""
    (form,) = html.fromstring(page).xpath("//form[@id=$id]", id=form_id)
    sent: Fields = {}
    for name, value in _values(form):
        sent.setdefault(name, []).append(value)
    return sent


def _values(form: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for element in form.iter("input", "textarea", "select"):
        name = element.get("name")
        if not name or "disabled" in element.attrib:
            continue
        if element.tag == "textarea":
            # A line end that comes first is the page's, and forms send others than pages have.
            yield name, (element.text or "").removeprefix("\n").replace("\n", "\r\n")
        elif element.tag == "select":
            chosen = element.xpath("option[@selected]") or element.xpath("option")[:1]
            yield from ((name, option.get("value", "")) for option in chosen)
        elif element.get("type") in ("checkbox", "radio"):
            if "checked" in element.attrib:
                yield name, element.get("value", "on")
        else:
            yield name, element.get("value", "").replace("\n", "\r\n")
