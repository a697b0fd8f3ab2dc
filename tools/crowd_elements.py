"""The reference page of Crowd HTML Elements, made of what each element says of itself."""

import json
from collections.abc import Iterator
from typing import Any

from kempelen.crowd.definitions import NOT_YET, definitions

INTRO = """\
# Crowd HTML Elements

Amazon's elements for tasks, `<crowd-form>` and its kin, made anew: open, and without anything from the
network. A template keeps its script tag for `https://assets.crowd.aws/crowd-html-elements.js`; Kempelen
loads its own file instead, also where a script of the page makes the tag, and where a template has
forgotten it.

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
| `<input type="file">` | the names of the files; the files go beside it. Flattened, only the files |
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
names of the iron-icons set; a name that is not drawn shows its first letter.

## Lists in attributes

They may be written as JSON or as JavaScript is: single quotes, keys without quotes, trailing commas,
comments. A quote inside a text, as in `['Don't know']`, ends it only before a comma, colon or bracket.

"""


def page() -> str:
    """What docs/reference/crowd-elements.md should say."""
    return INTRO + "".join(_element(definition) for definition in definitions().values()) + _not_yet()


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
        default = f", `{attribute['default']}`" if "default" in attribute else ""
        yield f"| `{name}` | {attribute['type']}{default} | {attribute['about']} |"
    yield ""


def _name(name: str) -> str:
    return f"`{name}`: " if name else ""


def _not_yet() -> str:
    names = "\n".join(f"- `{name}`" for name in sorted(NOT_YET))
    return (
        "## Not there yet\n\n"
        "A template that uses one of these is not shown; the check before publishing and the "
        "task's page\nname the element. The attribute `overlay` of `crowd-image-classifier` does nothing "
        f"yet.\n\n{names}\n"
    )
