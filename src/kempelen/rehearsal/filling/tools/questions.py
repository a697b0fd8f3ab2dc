"""Questions about a text with their answers: the tool of crowd-question-answer-generation."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from kempelen.rehearsal.filling.controls import Control, Value
from kempelen.rehearsal.filling.tools.tool import CannotMake, items_in, number_in

_WORDS = ("what", "is", "said", "here", "about", "the", "old", "bird")


@dataclass(frozen=True)
class Questions:
    """Pairs of question and answer, with tags and with references to the text."""

    def taken(self, control: Control, value: Any) -> list[dict[str, Any]]:
        """Give the pairs as the answer has them; one without words is none."""
        found = [_pair(control, item) for item in items_in(value, "questionAnswers")]
        return [one for one in found if one["question"].strip() or one["answer"].strip()]

    def fault(self, control: Control, data: Any) -> str:
        """So many have to be written, each with so many words."""
        pairs = data or []
        for pair in pairs:
            for kind in ("question", "answer"):
                least, most = control.settings[kind]
                count = len(pair[kind].split())
                if count < least or (most is not None and count > most):
                    return f"a {kind} must have {least} to {most or 'any number of'} words"
        if len(pairs) < control.fewest:
            return f"write at least {control.fewest} questions"
        return (
            f"write at most {control.most}" if control.most is not None and len(pairs) > control.most else ""
        )

    def says(self, control: Control, data: Any) -> Any:
        """Give the pairs."""
        if not data:
            return None
        return {"questionAnswers": data} if control.settings["is_named"] else data

    def sample(self, control: Control, random: Random) -> Value:
        """Write as many as there have to be."""

        def words(kind: str) -> str:
            least, most = control.settings[kind]
            count = random.randint(max(least, 1), max(least, 1) + 3)
            return " ".join(random.choice(_WORDS) for _ in range(count if most is None else min(count, most)))

        return [
            {"answer": words("answer"), "question": words("question")} for _ in range(max(control.fewest, 1))
        ]


def _pair(control: Control, item: Any) -> dict[str, Any]:
    if not isinstance(item, Mapping):
        raise CannotMake("asks for objects with question and answer")
    tags = [str(tag) for tag in item.get("questionTags") or []]
    known = {choice.value for choice in control.choices}
    if not control.settings["has_own_tags"] and not set(tags) <= known:
        raise CannotMake("has a tag that is none of its tags")
    references = [_reference(control.source, one) for one in item.get("textReferences") or []]
    return {
        "answer": str(item.get("answer", "")),
        "question": str(item.get("question", "")),
        "questionTags": list(dict.fromkeys(tags)),
        "textReferences": sorted(references, key=lambda one: (one["startOffset"], one["endOffset"])),
    }


def _reference(text: str, item: Any) -> dict[str, Any]:
    start, end = (int(number_in(item, name)) for name in ("startOffset", "endOffset"))
    if not 0 <= start < end <= len(text):
        raise CannotMake("refers to what is not in the text")
    return {"endOffset": end, "startOffset": start, "text": text[start:end]}


QUESTIONS = Questions()
