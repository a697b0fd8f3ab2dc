"""The reference page of Crowd HTML Elements, made of what each element says of itself."""

import json
from collections.abc import Iterator
from typing import Any

from kempelen.crowd.definitions import definitions

INTRO = """\
# Crowd HTML Elements

Amazon's elements for tasks, `<crowd-form>` and its kin, made anew: open, and without anything from the
network. A template keeps its script tag for `https://assets.crowd.aws/crowd-html-elements.js`; Kempelen
loads its own file instead, also where a script of the page makes the tag, and where a template has
forgotten it. [Each element can be played with](../crowd-elements/index.html) on a page of its own, which
opens from a disk.

The file is one classic script of plain custom elements, at `/crowd-html-elements.js` on every server,
for pages of any origin. For use elsewhere:

```sh
kempelen crowd-elements > crowd-html-elements.js
```

## Answers

A plain `<crowd-form>` sends one field, `taskAnswers`: a JSON list with one object, keys sorted, without
spaces, without what is empty. `<crowd-form answer-format="flatten-objects">` sends a field for each
leaf, names joined by dots, lists as JSON. HTML's own fields count too, if they have a name and are not
disabled:

| In the form | In the answer |
| --- | --- |
| `<input>`, `<textarea>`, `<select>` | the text; left out when empty |
| `<select multiple>` | a list |
| file fields, also `<crowd-input type="file">` | the names; the files go beside it. Flattened, only those |
| radio buttons, checkboxes | an object: each value to `true` or `false` |

A submit button is added where the template has none. Before anything is sent, what is required is
checked, then `submit` is told on the form inside `<crowd-form>`, from where it rises: `onsubmit` on
`<crowd-form>` may prevent it. The method `submit()` does the same as the button. When all elements are
ready the document is told `all-crowd-elements-ready`.

In a preview the button says that the HIT must be accepted first. A page that is opened alone, without a
place to send answers to, shows what it would send. Where an answer is looked at, the elements show it
and cannot be changed.

## How they look

Colours follow the page: with `<meta name="color-scheme" content="light dark">` (or the style
`color-scheme: light dark`) the elements are dark where the reader's screen is. Icons are our own, under
names of the iron-icons set; a name that is not drawn shows its first letter. Full-screen elements have
settings behind their gear: larger text, more contrast, keys beside the choices or not. They are kept where
the browser lets the page keep something, which it does not in Kempelen's tasks.

## Drawing

Tools that draw answer in whole pixels of the picture, however it is zoomed; `inputImageProperties` is its
size. Nothing drawn is a valid answer. What is begun and not ended, and a picture that is not there yet,
are told before anything is sent. Of an `initial-value`, what has a label that `labels` lacks is not drawn;
`initialValueModified` says whether what is sent differs from what was drawn of it. Another `src` begins
anew.

Everything goes by mouse, pen, fingers (two zoom and move the picture) or the keyboard alone; the button
Shortcuts lists the keys. Drawn over another shape's edge, that is taken; with Shift held, a new one is
begun. A label that is chosen while a shape is selected becomes that shape's. Colours are told apart by
colour-blind people too, and each shape carries its label, or the label's number where it is small. On a
page with other fields the wheel zooms only while the picture has the focus.

## Lists in attributes

They may be written as JSON or as JavaScript is: single quotes, keys without quotes, trailing commas,
comments. A quote inside a text, as in `['Don't know']`, ends it only before a comma, colon or bracket.

The check of a template reads them by the same rules before anything is published. It tells misspelt
elements and attributes, what an element lacks, and lists that cannot be read, each by its line.

"""


def page() -> str:
    """What docs/reference/crowd-elements.md should say."""
    return INTRO + "".join(_element(definition) for definition in definitions().values())


def _element(definition: dict[str, Any]) -> str:
    lines = [
        f"## {definition['element']}",
        "",
        definition["summary"],
        "",
        *_attributes(definition["attributes"]),
    ]
    for title, told in (("Inside", definition["slots"]), ("Events", definition["events"])):
        if told:
            lines += [f"{title}:", "", *(f"- {_name(name)}{about}" for name, about in told.items()), ""]
    if definition["answer"] != "none":
        lines += [f"Answer: {definition['answer']}", ""]
    if "sample" in definition:
        sample = json.dumps(definition["sample"], ensure_ascii=False)
        lines += ["```json", sample, "```", ""]
    return "\n".join([*lines, ""])


def _attributes(attributes: dict[str, Any]) -> Iterator[str]:
    if not attributes:
        return
    yield from ("| Attribute | | |", "| --- | --- | --- |")
    for name, attribute in attributes.items():
        yield f"| `{name}` | {kind_of(attribute)} | {attribute['about']} |"
    yield ""


def kind_of(attribute: dict[str, Any]) -> str:
    """An attribute's kind, what it is without one, and whether it is needed."""
    default = [f"`{attribute['default']}`"] if "default" in attribute else []
    needed = ["required"] if attribute.get("required") else []
    return ", ".join([attribute["type"], *default, *needed])


def _name(name: str) -> str:
    return f"`{name}`: " if name else ""
