"""Documents of every kind, spoiled at random: each is taken or refused in words, and never anything else."""

import contextlib
import random
import re

import pytest

from kempelen.domain.errors import InvalidValue
from kempelen.domain.qualifications import documents as tests_of_types
from kempelen.domain.questions import answer_keys, documents, formatted_content
from tests.domain.questions import fixtures

FORMS = [fixtures.valid(name) for name in fixtures.VALID]
FRAGMENTS = [row["content"] for row in fixtures.table("formatted")]
ALL = FORMS + [row["document"] for name in ("refused", "edges") for row in fixtures.table(name)]
TOKENS = re.compile(r"<[^>]*>|[^<]+")
PIECES = [
    "<",
    ">",
    "&",
    "&#0;",
    "&#xD800;",
    "]]>",
    "<![CDATA[",
    "<!--",
    "<?x?>",
    "<!DOCTYPE a [",
    "\0",
    "\ud800",
]
PIECES += [
    "xmlns=''",
    "xml:id='a'",
    "<b>" * 200,
    "9" * 5000,
    "-",
    "NaN",
    "1e309",
    "'",
    '"',
    "\ufeff",
    "&lt;b&gt;",
]


def spoiled(chance: random.Random) -> str:
    """A document after one to four changes of characters, of tags, or of pieces from others."""
    text = chance.choice(ALL)
    for _ in range(chance.randint(1, 4)):
        text = chance.choice((in_characters, in_tags, in_pieces))(text, chance)
    return text


def in_characters(text: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(("", chr(chance.randint(0, 0x2FF)))) + text[at + chance.randint(0, 3) :]


def in_tags(text: str, chance: random.Random) -> str:
    tokens = TOKENS.findall(text) or [text]
    one, other = chance.randrange(len(tokens)), chance.randrange(len(tokens))
    match chance.randint(0, 3):
        case 0:
            del tokens[one]
        case 1:
            tokens[one], tokens[other] = tokens[other], tokens[one]
        case 2:
            tokens.insert(one, tokens[other])
        case _:
            tokens[one] = chance.choice(TOKENS.findall(chance.choice(ALL)) or [""])
    return "".join(tokens)


def in_pieces(text: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(PIECES) + text[at:]


def take_everywhere(text: str) -> None:
    """Take a document at all doors, whatever it is."""
    for take in (
        documents.parse,
        documents.read,
        tests_of_types.check_test,
        answer_keys.parse,
        formatted_content.check,
    ):
        with contextlib.suppress(InvalidValue):
            take(text)


@pytest.mark.parametrize("count", [1_000, pytest.param(100_000, marks=pytest.mark.proof)])
def test_spoiled_documents_are_taken_or_refused(count: int) -> None:
    chance = random.Random(count)
    for _ in range(count):
        take_everywhere(spoiled(chance))


@pytest.mark.parametrize("count", [1_000, pytest.param(100_000, marks=pytest.mark.proof)])
def test_spoiled_fragments_are_taken_or_refused(count: int) -> None:
    chance = random.Random(count)
    for _ in range(count):
        fragment = in_tags(in_pieces(chance.choice(FRAGMENTS), chance), chance)
        with contextlib.suppress(InvalidValue):
            formatted_content.check(fragment)
