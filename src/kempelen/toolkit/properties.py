"""The properties of HITs, from a project's file and from options: as people write them, as MTurk has them."""

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import yaml

from kempelen.toolkit import quantities
from kempelen.toolkit.troubles import Trouble

_SPANS = ("duration", "lifetime", "auto_approval")
# As MTurk's own fields are called, for files that people have.
_ALIASES = {
    "AssignmentDurationInSeconds": "duration",
    "AutoApprovalDelayInSeconds": "auto_approval",
    "Description": "description",
    "FrameHeight": "frame_height",
    "Keywords": "keywords",
    "LifetimeInSeconds": "lifetime",
    "MaxAssignments": "assignments",
    "QualificationRequirements": "requirements",
    "Reward": "reward",
    "Title": "title",
}
DAY = 86_400


@dataclass(frozen=True)
class Properties:
    """What HITs are like; times in seconds, the reward in dollars as text."""

    title: str = ""
    description: str = ""
    keywords: str = ""
    reward: str = "0.00"
    assignments: int = 1
    duration: int = 3600
    lifetime: int = 7 * DAY
    auto_approval: int = 30 * DAY
    frame_height: int = 0
    # As the API takes them (mturk-api.md §4).
    requirements: list[dict[str, Any]] = field(default_factory=list)

    def hit_type(self) -> dict[str, Any]:
        """Give the members of CreateHITType."""
        return {
            "Title": self.title,
            "Description": self.description or self.title,
            "Keywords": self.keywords,
            "Reward": self.reward,
            "AssignmentDurationInSeconds": self.duration,
            "AutoApprovalDelayInSeconds": self.auto_approval,
            "QualificationRequirements": self.requirements,
        }

    def cents(self) -> int:
        """Give the reward in cents."""
        return quantities.cents(self.reward)


def read(path: Path) -> Properties:
    """Read a project's file, YAML or TOML; refuses unknown names, and values that are none of their kind."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        said = tomllib.loads(text) if path.suffix == ".toml" else yaml.safe_load(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, yaml.YAMLError) as error:
        raise Trouble(f"{path} cannot be understood: {error}") from error
    if not isinstance(said, Mapping):
        raise Trouble(f"{path} should have lines such as `title: Describe a picture`.")
    return changed(Properties(), said, where=str(path))


def changed(properties: Properties, said: Mapping[str, Any], *, where: str) -> Properties:
    """Give the properties with these values in place of their own; `where` is named in refusals."""
    known = {each.name for each in fields(Properties)}
    values: dict[str, Any] = {}
    for key, value in said.items():
        name = _ALIASES.get(key, str(key).replace("-", "_"))
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f" Did you mean {near[0]}?" if near else f" Known are: {', '.join(sorted(known))}."
            raise Trouble(f"{where}: there is no property {key!r}.{hint}")
        try:
            values[name] = _value(name, value)
        except (ValueError, TypeError, OverflowError) as error:
            raise Trouble(f"{where}: {key}: {error}") from error
    return replace(properties, **values)


def _value(name: str, value: Any) -> Any:
    if name in _SPANS:
        return quantities.span(value if isinstance(value, int) else str(value))
    if name == "reward":
        return quantities.money(value)
    if name in ("assignments", "frame_height"):
        return int(value)
    if name == "requirements":
        if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
            raise ValueError("write a list of requirements as the API takes them.")
        return [dict(one) for one in value]
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
