"""Keys and values read from a document, reviewed: the tool of crowd-textract-analyze-document.

The counterpart of `crowd/parts/text/form-blocks.js`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from kempelen.rehearsal.filling.controls import Control, Value
from kempelen.rehearsal.filling.tools.tool import CannotMake

_MOST = 10_000
Pair = dict[str, Any]


@dataclass(frozen=True)
class Pairs:
    """The pairs to begin with, and what is corrected in them."""

    def taken(self, control: Control, value: Any) -> list[Pair]:
        """Give the pairs with the values that are given by their key or id; None denies one."""
        if isinstance(value, Mapping) and isinstance(value.get("blocks"), list):
            value = {pair["id"]: pair["value"] for pair in pairs_in(value["blocks"])}
        if not isinstance(value, Mapping):
            raise CannotMake("asks for values by their keys")
        pairs = []
        for pair in control.settings["pairs"]:
            given = value.get(pair["id"], value.get(pair["key"], pair["value"]))
            if given is not None:
                pairs.append({**pair, "value": str(given)})
        return pairs

    def fault(self, control: Control, data: Any) -> str:
        """Whatever was read may be right."""
        return ""

    def says(self, control: Control, data: Any) -> Any:
        """Give the blocks of each pair."""
        pairs = control.settings["pairs"] if data is None else data
        return {"blocks": [block for pair in pairs for block in _blocks_of(pair)]}

    def sample(self, control: Control, random: Random) -> Value:
        """Leave most as it was read, and change one."""
        pairs = control.settings["pairs"]
        return {random.choice(pairs)["id"]: f"{random.randrange(1000)}"} if pairs else {}


def begin(blocks: Any, keys: Any) -> list[Pair]:
    """Give the pairs that were read, and those to be looked for that were not."""
    read = pairs_in(blocks)
    lacking = [
        name for name, others in _important(keys) if not any(_is_called([name, *others], one) for one in read)
    ]
    added: list[Pair] = [
        {"id": f"added-{at}", "key": name, "value": "", "relationships": [], "value_id": "", "below": []}
        for at, name in enumerate(lacking, 1)
    ]
    return read + added


def pairs_in(blocks: Any) -> list[Pair]:
    """Give the pairs among blocks of an analysis."""
    every = [_lowered(one) for one in _list(blocks)[:_MOST] if isinstance(one, dict)]
    by_id = {str(one.get("id")): one for one in every}
    pairs = []
    for block in every:
        if block.get("blockType") != "KEY_VALUE_SET" or "KEY" not in _list(block.get("entityTypes")):
            continue
        values = [by_id[one] for one in _ids(block, "VALUE") if one in by_id]
        texts = filter(None, (_text(one, by_id) for one in values))
        others = [
            one
            for one in _list(block.get("relationships"))
            if not (isinstance(one, dict) and one.get("type") == "VALUE")
        ]
        pairs.append(
            {
                "id": str(block.get("id")),
                "key": _text(block, by_id),
                "value": " ".join(texts),
                "relationships": others,
                "value_id": str(values[0].get("id")) if values and "id" in values[0] else "",
                "below": _list(values[0].get("relationships")) if values else [],
            }
        )
    return pairs


def _blocks_of(pair: Pair) -> list[dict[str, Any]]:
    value_id = pair["value_id"] or f"{pair['id']}-value"
    own = [*pair["relationships"], {"ids": [value_id], "type": "VALUE"}]
    return [
        _block("KEY", pair["id"], own, pair["key"]),
        _block("VALUE", value_id, pair["below"], pair["value"]),
    ]


def _block(kind: str, id_: str, relationships: list[Any], text: str) -> dict[str, Any]:
    return {
        "blockType": "KEY_VALUE_SET",
        "entityTypes": [kind],
        "id": id_,
        "relationships": relationships,
        "text": text,
    }


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _lowered(value: Any) -> Any:
    if isinstance(value, list):
        return [_lowered(one) for one in value]
    if isinstance(value, dict):
        return {name[:1].lower() + name[1:]: _lowered(part) for name, part in value.items()}
    return value


def _ids(block: dict[str, Any], kind: str) -> list[str]:
    of_kind = (
        one for one in _list(block.get("relationships")) if isinstance(one, dict) and one.get("type") == kind
    )
    return [str(id_) for one in of_kind for id_ in _list(one.get("ids"))]


def _text(block: dict[str, Any], by_id: Mapping[str, dict[str, Any]]) -> str:
    if isinstance(block.get("text"), str):
        return str(block["text"])
    texts = []
    for id_ in _ids(block, "CHILD"):
        child = by_id.get(id_, {})
        said = child.get("text", "X" if child.get("selectionStatus") == "SELECTED" else "")
        texts.append(str(said))
    return " ".join(filter(None, texts))


def _important(keys: Any) -> list[tuple[str, list[str]]]:
    named = [one if isinstance(one, dict) else {"importantFormKey": one} for one in _list(keys) if one]
    return [
        (str(one["importantFormKey"]), [str(other) for other in _list(one.get("importantFormKeyAliases"))])
        for one in named
        if one.get("importantFormKey")
    ]


def _is_called(names: list[str], pair: Pair) -> bool:
    return any(_plain(one) == _plain(pair["key"]) for one in names)


def _plain(text: str) -> str:
    return text.strip().rstrip(": \t\n\r").lower()


PAIRS = Pairs()
