"""How far each answer to a HIT agrees with the others, whatever was asked.

Unlike the review policies (`plurality`) nobody names the questions here.  So what is no question at all must
not count: a comment that few give, the seconds that a page measured, the name of a browser.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from kempelen.domain.answers import files_in
from kempelen.domain.quality import given
from kempelen.domain.quality.given import Answers

# What is longer is not compared: it is written anew by each worker.
LONGEST = 256
_LONGEST_WHOLE = 100_000
# Where two workers say two things, only what looks like a choice tells that they disagree.
_LONGEST_CHOICE = 40
_MEASURED = re.compile(r"-?\d*(\d{4}|\.\d+)\d*\Z", re.ASCII)
_WHOLE = "taskAnswers"


def percents(answers: Sequence[Answers]) -> list[int | None]:
    """Give for each answer on how many percent of the compared questions it is the most common one.

    A question is compared where at least two workers gave something for it.  Where no answer is the most
    common one, nobody has it.  None: nothing could be compared.
    """
    texts = [_texts(one) for one in answers]
    names = dict.fromkeys(name for one in texts for name in one)
    common = {name: _most_common([one[name] for one in texts if name in one]) for name in names}
    compared = {name: text for name, text in common.items() if text is not None}
    return [_percent(one, compared) for one in texts]


def _percent(texts: Mapping[str, str], common: Mapping[str, str]) -> int | None:
    """Compare one answer; where nothing is common only those count who gave something."""
    asked = [name for name, text in common.items() if text or name in texts]
    agreed = sum(1 for name in asked if common[name] and texts.get(name) == common[name])
    return 100 * agreed // len(asked) if asked else None


def _most_common(texts: list[str]) -> str | None:
    """Give the most common text; empty if several are, None if there is nothing to compare."""
    if len(texts) < 2:
        return None
    (first, count), *others = Counter(texts).most_common(2)
    if others and others[0][1] == count:
        is_choice = count > 1 or (len(texts) == 2 and all(map(_is_choice, texts)))
        return "" if is_choice else None
    return first


def _is_choice(text: str) -> bool:
    return len(text) <= _LONGEST_CHOICE and not _MEASURED.match(text)


def _texts(answers: Answers) -> dict[str, str]:
    """Give what was given, by question, as it is compared; what is blank, too long or a file is left out."""
    found: dict[str, str] = {}
    for name, value in answers.items():
        if name == _WHOLE and isinstance(value, str) and len(value) <= _LONGEST_WHOLE:
            found |= _parts(value)
        elif not files_in(value):
            found[name] = given.in_one(given.values_of(answers, name))
    return {name: text for name, text in found.items() if text and len(text) <= LONGEST}


def _parts(text: str) -> dict[str, str]:
    """Give what the elements of a crowd-form answered, each as one text."""
    try:
        whole: Any = json.loads(text)
    except (ValueError, RecursionError):
        return {_WHOLE: text.strip()}
    if not (isinstance(whole, list) and len(whole) == 1 and isinstance(whole[0], dict)):
        return {_WHOLE: text.strip()}
    return {f"{_WHOLE}.{name}": json.dumps(part, sort_keys=True) for name, part in whole[0].items()}
