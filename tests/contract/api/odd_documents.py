"""Questions, tests and answer keys as nobody should write them: at most 65,535 bytes, and some more."""

import random
from collections.abc import Callable

from tests.contract.api.qualification_types import ANSWER_KEY, TEST
from tests.domain.api_hits import external_question, html_question, question_form

LONGEST = 65_535
SOUND = [
    html_question(),
    external_question("https://example.org/task?a=1&b=2"),
    question_form(),
    TEST,
    ANSWER_KEY,
]
ROOTS = ["HTMLQuestion", "ExternalQuestion", "QuestionForm", "AnswerKey", "html", "a:b", "xml", "é"]
SPACES = [
    "",
    "http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd",
    "http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/AnswerKey.xsd",
    "http://www.w3.org/XML/1998/namespace",
    "urn:" + "x" * 1000,
]
ENCODINGS = [
    "UTF-8",
    "UTF-16",
    "UTF-7",
    "ISO-8859-1",
    "EBCDIC-CP-US",
    "utf8",
    "idna",
    "zip",
    "x" * 100,
    "UTF-32",
]
PIECES = [
    "<",
    ">",
    "&",
    "&#0;",
    "&#xFFFFFFFF;",
    "&#55296;",
    "&x;",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?xml version='1.1'?>",
    "<!DOCTYPE a>",
    "\ud800",
    "\0",
    "\x0b",
    "\ufffe",
    "\ufeff",
    "xmlns:xml=''",
    "<a/>",
]


def one(chance: random.Random) -> str:
    """Some document; the same source of chance gives the same ones."""
    return chance.choice(_KINDS)(chance)


def _bomb(chance: random.Random) -> str:
    levels = [
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha" * 10}">' for n in range(chance.choice([3, 30]))
    ]
    return f"<!DOCTYPE a [{''.join(levels)}]><a>&a{len(levels) - 1};</a>"


def _quadratic(chance: random.Random) -> str:
    return f'<!DOCTYPE a [<!ENTITY x "{"x" * 30_000}">]><a>{"&x;" * 8_000}</a>'


def _outside(chance: random.Random) -> str:
    where = chance.choice(
        ["file:///etc/passwd", "http://127.0.0.1:9/x", "http://169.254.169.254/", "php://x"]
    )
    return chance.choice(
        [
            f'<!DOCTYPE a [<!ENTITY x SYSTEM "{where}">]><a>&x;</a>',
            f'<!DOCTYPE a SYSTEM "{where}"><a/>',
            f'<!DOCTYPE a [<!ENTITY % x SYSTEM "{where}"> %x;]><a/>',
            f'<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{where}"/></a>',
            external_question(where),
        ]
    )


def _deep(chance: random.Random) -> str:
    depth = chance.choice([50, 300, 5_000, 9_000])
    return f"<{chance.choice(ROOTS)}>" + "<b>" * depth + chance.choice(["", "</b>" * depth])


def _wide(chance: random.Random) -> str:
    names = " ".join(f'a{n}="{n}"' for n in range(chance.choice([100, 4_000])))
    return f"<HTMLQuestion {names}/>"


def _strange_root(chance: random.Random) -> str:
    root, space = chance.choice(ROOTS), chance.choice(SPACES)
    inside = chance.choice(["", "<HTMLContent/>", "<FrameHeight>x</FrameHeight>", "<Question/>", "text"])
    return f'<{root} xmlns="{space}">{inside}</{root}>'


def _encoded(chance: random.Random) -> str:
    return f'<?xml version="1.0" encoding="{chance.choice(ENCODINGS)}"?>{chance.choice(SOUND)}'


def _html(chance: random.Random) -> str:
    """HTML that parsers of HTML find hard."""
    unit = chance.choice(
        ["<p>", "<table>", "<a><b>", "<b><p>", "<svg><a>", "<!--", "<script>", "&amp", "<select>", "</p>"]
    )
    page = (unit * 60_000)[: chance.choice([100, 20_000, 64_000])]
    return html_question(f"<!DOCTYPE html><html><body>{page}")


def _frames(chance: random.Random) -> str:
    height = chance.choice(["", "-1", "1e9", "9" * 300, "٣", " 7 ", "0x10", "NaN"])
    return chance.choice(SOUND[:2]).replace(">400<", f">{height}<").replace(">600<", f">{height}<")


def _mutated(chance: random.Random) -> str:
    document = chance.choice(SOUND)
    for _ in range(chance.choice([1, 1, 3, 10])):
        start = chance.randrange(len(document) + 1)
        end = start + chance.choice([0, 1, 8])
        document = document[:start] + chance.choice(PIECES) + document[end:]
    return document


def _long(chance: random.Random) -> str:
    length = LONGEST + chance.choice([-1000, 0, 1, 1000])
    return html_question("é" * (length // chance.choice([1, 2])))


def _address(chance: random.Random) -> str:
    odd = chance.choice(
        [
            "https://[",
            "https://a:99999/",
            "//x",
            "https://é.example/\x7f",
            "javascript:0",
            "https://" + "a" * 5000,
        ]
    )
    return external_question(odd)


_KINDS: list[Callable[[random.Random], str]] = [
    _bomb,
    _quadratic,
    _outside,
    _deep,
    _wide,
    _strange_root,
    _encoded,
    _html,
    _frames,
    _mutated,
    _mutated,
    _mutated,
    _long,
    _address,
]
