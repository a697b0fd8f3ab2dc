"""Example projects of our own: a template, rows and media each, ready to be published.

There is one for every kind of project that Mechanical Turk's website offered, and some of a design of
their own.  Their media are static files (`kempelen/examples/…`), so that a template finds them on any server.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

GROUPS = {
    "Survey": "Questions to people, on one page or on another site.",
    "Vision": "Look at pictures and clips: choose, describe, draw, paint.",
    "Language": "Read, listen, compare, mark and write.",
    "Other": "Search the web, compare offers, check records.",
    "Classic": "Plain HTML with Bootstrap 3, as projects were made from 2012 to 2018.",
    "By hand": "Pages with a design and scripts of their own, without Crowd HTML Elements.",
}
_DAY = 86_400
_CROWD_TAG = re.compile(r"<(crowd-[a-z-]+)")


@dataclass(frozen=True, kw_only=True)
class Example:
    """A project that can be made as it stands; the fields below `rows` are those of its HITs.

    `kind` is what Mechanical Turk's website called such projects, `group` where they stood there;
    `summary` is for requesters: what is asked of workers.
    """

    slug: str
    group: str
    kind: str
    name: str
    summary: str
    template: Path
    rows: Path
    title: str
    description: str
    keywords: str
    reward_cents: int
    assignment_duration_seconds: int
    max_assignments: int
    lifetime_seconds: int = 365 * _DAY
    auto_approval_delay_seconds: int = 3 * _DAY
    audience: str = "anonymous"
    queue_order: str = "oldest"

    @property
    def html(self) -> str:
        """The text of the template."""
        return self.template.read_text(encoding="utf-8")

    @property
    def elements(self) -> list[str]:
        """Names of the Crowd HTML Elements in the template, in their order, without the form itself."""
        return [name for name in dict.fromkeys(_CROWD_TAG.findall(self.html)) if name != "crowd-form"]


# Those of `kempelen demo`, in the order in which they are made. Lists show the newest first, which is then
# the simplest.
OF_THE_DEMO = ("emotions", "receipts", "names", "translations", "telegrams", "plants", "sentiment")

# All of them, by group, each in the order in which a requester would look for it.
SLUGS = (
    *("survey", "survey-link"),
    *("image-classification", "image-contains", "image-moderation", "image-tagging", "image-summarization"),
    *("image-text", "image-similarity", "person-recognition", "video-classification"),
    *("bounding-box", "keypoint", "polygon", "semantic-segmentation", "instance-segmentation"),
    *("sentiment-analysis", "emotions", "intent-detection", "semantic-similarity"),
    *("named-entities", "key-phrases"),
    *("conversation-relevance", "document-classification", "translation-quality", "collect-utterance"),
    *("fill-in-the-blank", "audio-transcription", "audio-naturalness", "same-speaker"),
    *("website-collection", "website-classification", "item-equality", "search-relevance"),
    *("side-by-side", "tabular-data", "receipt", "other"),
    *("classic-categorization", "classic-data-collection", "classic-image-moderation", "classic-sentiment"),
    *("classic-survey", "classic-survey-link", "classic-image-tagging", "classic-av-transcription"),
    *("classic-image-transcription", "classic-writing", "classic-other"),
    *("sentiment", "plants", "telegrams", "translations", "names", "receipts"),
)


@cache
def catalogue() -> tuple[Example, ...]:
    """All examples, group by group."""
    return tuple(_read(slug) for slug in SLUGS)


def by_group() -> list[tuple[str, str, list[Example]]]:
    """Each group's name, what it is about, and its examples."""
    grouped = groupby(catalogue(), key=lambda example: example.group)
    return [(group, GROUPS[group], list(members)) for group, members in grouped]


def of_the_demo() -> list[Example]:
    """The few that `kempelen demo` publishes, in the order in which to make them."""
    return [example(slug) for slug in OF_THE_DEMO]


def example(slug: str) -> Example:
    """The example of that name; `KeyError` if there is none."""
    return {example.slug: example for example in catalogue()}[slug]


def _read(slug: str) -> Example:
    folder = Path(str(files(__name__))) / slug
    properties: dict[str, Any] = tomllib.loads((folder / "project.toml").read_text(encoding="utf-8"))
    return Example(slug=slug, template=folder / "template.html", rows=folder / "rows.csv", **properties)
