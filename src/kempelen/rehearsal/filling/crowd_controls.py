"""Crowd HTML Elements: which control each is to whoever fills in a task (crowd-elements.md §4)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kempelen.rehearsal.filling import dates
from kempelen.rehearsal.filling.controls import Choice, Control, Kind
from kempelen.rehearsal.filling.crowd_attributes import list_in, name_in, number, read, texts_in, whole
from kempelen.rehearsal.filling.crowd_says import MODERATION, says, sends
from kempelen.rehearsal.filling.elements import Element, Page
from kempelen.rehearsal.filling.forms import Part
from kempelen.rehearsal.filling.labels import Labels
from kempelen.rehearsal.filling.native import Fields
from kempelen.rehearsal.filling.tools import TOOLS, entities, pairs, shapes
from kempelen.rehearsal.filling.typed import typed

_ONE_OF = ("crowd-classifier", "crowd-image-classifier")
_SEVERAL_OF = ("crowd-classifier-multi-select", "crowd-image-classifier-multi-select", MODERATION)
DRAWN: dict[str, Kind] = {
    "crowd-bounding-box": "boxes",
    "crowd-keypoint": "keypoints",
    "crowd-polygon": "polygons",
    "crowd-polyline": "polylines",
    "crowd-line": "lines",
    "crowd-semantic-segmentation": "regions",
    "crowd-instance-segmentation": "instances",
}
# Under which name an element is sent that has none.
USUAL_NAMES = {
    "crowd-text-ranking": "ordinalRankingDimensions",
    "crowd-question-answer-generation": "questionAnswers",
    "crowd-textract-analyze-document": "AWS/Textract/AnalyzeDocument/Forms/V1",
    MODERATION: "AWS/Rekognition/DetectModerationLabels/Image/V3",
}
_TYPED_AS = {"min-length": "minlength", "max-length": "maxlength"}


Size = tuple[int, int]
_GROUP = "crowd-radio-group"
_BOXES = ("crowd-checkbox", "crowd-toggle-button", "crowd-radio-button")


class CrowdFields(Fields):
    """Collects the controls of crowd elements too.

    `address_of` gives the whole address of a picture, `size_of` how wide and high it is.
    """

    def __init__(
        self,
        page: Page,
        labels: Labels,
        address_of: Callable[[str], str],
        size_of: Callable[[str], Size],
    ) -> None:
        super().__init__(page, labels)
        self.address_of = address_of
        self.size_of = size_of

    def group_of(self, element: Element) -> tuple[str, str] | None:
        """Radio buttons in a group are one control whatever their names; other boxes are by name."""
        if element.name not in _BOXES:
            return None if element.name.startswith("crowd-") else super().group_of(element)
        if not element.get("name"):
            return None
        group = element.within(_GROUP) if element.name == "crowd-radio-button" else None
        return (element.name, element.get("name")) if group is None else (_GROUP, str(id(group)))

    def take_one(self, element: Element) -> None:
        """Take an element that is no box."""
        if not element.name.startswith("crowd-"):
            super().take_one(element)
        elif name_of(element) and element.name not in _BOXES:
            _take(self, element)

    def _group(self, boxes: list[Element], kind: str) -> Control:
        """Buttons of a group are called by their names where these differ, as their answer has them."""
        if kind != _GROUP:
            return super()._group(boxes, kind)
        control = super()._group(boxes, "radio")
        names = list(dict.fromkeys(one.get("name") for one in boxes))
        if len(names) > 1:
            choices = tuple(
                Choice(box.get("name"), choice.label)
                for box, choice in zip(boxes, control.choices, strict=True)
            )
            control = replace(control, choices=choices)
        group = boxes[0].within(_GROUP)
        said = [group.get("name"), group.get("id")] if group is not None else []
        return replace(control, name="|".join(names), type=_GROUP, aliases=tuple(one for one in said if one))


def name_of(element: Element) -> str:
    """Give the name that an element is sent under; nothing for one that is not."""
    return element.get("name") or USUAL_NAMES.get(element.name, "")


def _take(fields: CrowdFields, element: Element) -> None:
    """Add the control of an element that is no box, and what it sends."""
    name, place, label = name_of(element), len(fields.controls), fields.labels.of(element)
    if element.name in ("crowd-input", "crowd-text-area"):
        _take_text(fields, element, label)
        return
    if element.name in DRAWN:
        control = _drawn(fields, element, label)
    elif element.name in _MAKERS:
        control = _MAKERS[element.name](element, label)
    else:
        return
    fields.add(replace(control, name=name, aliases=_aliases(control, name)), element)
    fields.parts.append(Part(name, "element", place=place, says=says, sends=sends))


def _aliases(control: Control, name: str) -> tuple[str, ...]:
    """Give the columns of results that hold the answer alone."""
    leaf = {"choice": "label", "choices": "labels", "entities": "entities"}.get(control.kind, "")
    return (f"{name}.{leaf}",) if leaf else ()


# ---- Plain ones ------------------------------------------------------------------------------------------


def _take_text(fields: CrowdFields, element: Element, label: str) -> None:
    attributes = {_TYPED_AS.get(key, key): value for key, value in element.attributes.items()}
    kind = element.type
    known = {"email", "url", "tel", "search", "password", "number", "range", "color", "file", *dates.TYPES}
    if element.name == "crowd-text-area":
        kind = "crowd-text-area"
    elif kind not in known:
        kind = "text"
    place = len(fields.controls)
    if kind == "file":
        most = None if element.has("multiple") else 1
        control = Control(
            name_of(element),
            "file",
            "file",
            label,
            is_required=element.has("required"),
            most=most,
            accepts=element.get("accept"),
        )
        fields.parts.append(Part(name_of(element), "file", place=place))
    else:
        control = typed(_with(element, attributes), kind, label)
        allowed = element.get("allowed-pattern") if element.has("auto-validate") else ""
        if allowed:
            control = replace(control, settings={**control.settings, "allowed": allowed})
        fields.parts.append(Part(name_of(element), "text", place=place))
    fields.add(control, element)


def _with(element: Element, attributes: dict[str, str]) -> Element:
    """Give the same element with other attributes."""
    return Element(element.name, attributes, element.parent, element.form)


def _slider(element: Element, label: str) -> Control:
    wanted = {
        name: text
        for name, text in element.attributes.items()
        if name not in ("min", "max", "step", "value") or number(text) is not None
    }
    wanted.setdefault("min", "0")
    wanted.setdefault("max", "100")
    wanted.setdefault("value", wanted["min"])
    if number(wanted.get("step", "")) == 0:
        wanted["step"] = "any"
    control = typed(_with(element, wanted), "range", label)
    return replace(control, type="crowd-slider")


def _classifier(element: Element, label: str) -> Control:
    items = list_in(element.get("categories"))
    if element.name == MODERATION:
        items = [item for item in items if name_in(item)]
    names = list(dict.fromkeys(name_in(item) for item in items if item is not None))
    exclusion = _exclusion(element) or ("None" if element.name == MODERATION and items else "")
    options = [*names, *([exclusion] if exclusion and exclusion not in names else [])]
    options = [option for option in options if option]
    return Control(
        "",
        "choice" if element.name in _ONE_OF else "choices",
        element.name,
        label,
        tuple(Choice(option, option) for option in options),
        is_required=bool(options),
        source=element.get("src"),
        settings={"exclusion": exclusion, "items": items},
    )


def _exclusion(element: Element) -> str:
    if element.name in _ONE_OF:
        return ""
    value = read(element.get("exclusion-category"))
    if isinstance(value, dict):
        return str(value.get("text") or "")
    return value if isinstance(value, str) else ""


# ---- Tools -----------------------------------------------------------------------------------------------


def _drawn(fields: CrowdFields, element: Element, label: str) -> Control:
    kind = DRAWN[element.name]
    labels = list(dict.fromkeys(texts_in(element.get("labels"))))
    source = fields.address_of(element.get("src"))
    control = Control(
        "",
        kind,
        element.name,
        label,
        tuple(Choice(one, one) for one in labels),
        source=source,
        size=fields.size_of(source),
    )
    settings: dict[str, Any] = {"colours": texts_in(element.get("label-colors"))}
    if element.get("initial-value").strip():
        tool = TOOLS[kind]
        value = read(element.get("initial-value"))
        settings["initial"] = tool.initial(control, value) if isinstance(tool, shapes.Shapes) else value
    return replace(control, settings=settings)


def _entities(element: Element, label: str) -> Control:
    named = [item if isinstance(item, dict) else {"label": item} for item in list_in(element.get("labels"))]
    choices = [
        Choice(str(one["label"]), str(one.get("fullDisplayName") or one["label"]))
        for one in named
        if one.get("label") not in (None, "")
    ]
    control = Control(
        "", "entities", element.name, label, tuple(dict.fromkeys(choices)), source=element.get("text")
    )
    if not element.has("initial-value"):
        return control
    initial = entities.ENTITIES.initial(control, list_in(element.get("initial-value")))
    return replace(control, settings={"initial": initial})


def _ranking(element: Element, label: str) -> Control:
    dimensions = [
        {"name": str(one.get("name")), "allowTie": one.get("allowTie") in (True, "true")}
        if isinstance(one, dict)
        else {"name": str(one), "allowTie": False}
        for one in list_in(element.get("ordinal-ranking-dimensions"))
        if one
    ]
    return Control(
        "",
        "ranking",
        element.name,
        label or element.get("text"),
        tuple(Choice(one, one) for one in texts_in(element.get("responses"))),
        is_required=True,
        settings={"dimensions": dimensions, "is_named": bool(element.get("name"))},
    )


def _questions(element: Element, label: str) -> Control:
    own = element.get("allow-custom-question-tags", element.get("allow-custom-tags", "false"))
    fewest = whole(element, "min-questions", 1) or 0
    return Control(
        "",
        "questions",
        element.name,
        label,
        tuple(Choice(one, one) for one in texts_in(element.get("question-tags"))),
        is_required=fewest > 0,
        fewest=fewest,
        most=whole(element, "max-questions", None),
        source=element.get("text"),
        settings={
            "is_named": bool(element.get("name")),
            "has_own_tags": own != "false",
            **{
                kind: (whole(element, f"{kind}-min-words", 1), whole(element, f"{kind}-max-words", None))
                for kind in ("question", "answer")
            },
        },
    )


def _pairs(element: Element, label: str) -> Control:
    begun = pairs.begin(list_in(element.get("initial-value")), list_in(element.get("keys")))
    return Control("", "pairs", element.name, label, source=element.get("src"), settings={"pairs": begun})


_MAKERS: dict[str, Callable[[Element, str], Control]] = {
    "crowd-slider": _slider,
    "crowd-entity-annotation": _entities,
    "crowd-text-ranking": _ranking,
    "crowd-question-answer-generation": _questions,
    "crowd-textract-analyze-document": _pairs,
    **dict.fromkeys(_ONE_OF + _SEVERAL_OF, _classifier),
}
