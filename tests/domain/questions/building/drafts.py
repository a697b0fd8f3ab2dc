"""Tests as people could build them, by Hypothesis: right ones only."""

from hypothesis import strategies as st

from kempelen.domain.questions.building import changing, scoring
from kempelen.domain.questions.building.parts import (
    MEDIA,
    STYLES,
    Block,
    Choice,
    Combination,
    Draft,
    Mapping,
    Part,
    Span,
)

_SIGNS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="￾￿")
LINES = st.text(_SIGNS, min_size=1, max_size=12).filter(str.strip)
TEXTS = st.text(_SIGNS | st.just("\n"), min_size=1, max_size=30).filter(str.strip)
NUMBERS = st.integers(-1000, 1000).map(str)


def blocks(*, is_label: bool = False) -> st.SearchStrategy[Block]:
    """Something shown that is right; a label is no title and no list."""
    media = st.builds(
        Block, st.sampled_from(MEDIA), LINES, LINES.map(lambda path: f"https://e.org/{path.strip()}")
    )
    formatted = LINES.map(
        lambda text: Block("formatted", "<p>" + text.translate({38: "", 60: "", 62: ""}) + "</p>")
    )
    text = (LINES if is_label else TEXTS).map(lambda words: Block("text", words))
    if is_label:
        return text | media | formatted
    lists = st.lists(LINES, min_size=1, max_size=3).map(lambda items: Block("list", "\n".join(items)))
    return text | media | formatted | lists | TEXTS.map(lambda words: Block("title", words))


@st.composite
def selections(draw: st.DrawFn) -> dict[str, object]:
    names = draw(st.lists(LINES, min_size=1, max_size=4, unique=True))
    highest = draw(st.integers(1, len(names)))
    points = draw(st.lists(st.just("") | NUMBERS, min_size=len(names), max_size=len(names)))
    labels = [draw(blocks(is_label=True)) for _ in names]
    sets = st.sets(st.sampled_from(names), min_size=min(2, len(names)))
    several = draw(st.lists(sets, max_size=3, unique_by=frozenset)) if highest > 1 else []
    combined = [Combination(tuple(sorted(one, key=names.index)), draw(NUMBERS)) for one in several]
    choices = [Choice(*given) for given in zip(names, labels, points, strict=True)]
    has_points = bool(combined) or any(points)
    return {
        "answer": draw(st.sampled_from([*STYLES, "selection"])),
        "choices": tuple(choices),
        "lowest": draw(st.sampled_from(["", "0", "1"])),
        "highest": "" if highest == 1 else str(highest),
        "combinations": tuple(combined),
        "default_points": draw(st.just("") | NUMBERS) if has_points else "",
    }


@st.composite
def words(draw: st.DrawFn) -> dict[str, object]:
    low, high = sorted(draw(st.tuples(st.integers(0, 9), st.integers(1, 99))))
    regex = draw(st.sampled_from(["", "^[a-z]+$", r"\d&<"]))
    is_number = draw(st.booleans())
    return {
        "answer": "number" if is_number else "text",
        "minimum": draw(st.just("") | NUMBERS) if is_number else "",
        "maximum": draw(st.just("") | NUMBERS) if is_number else "",
        "shortest": draw(st.sampled_from(["", str(low)])),
        "longest": draw(st.sampled_from(["", str(max(high, 1))])),
        "regex": regex,
        "error_text": draw(st.sampled_from(["", "No."])) if regex else "",
        "ignores_case": draw(st.booleans()) and bool(regex),
        "default": draw(st.just("") | TEXTS),
        "lines": draw(st.sampled_from(["", "3"])),
    }


def mappings() -> st.SearchStrategy[Mapping]:
    """What may become of the sum."""
    spans = (Span("-5", "-1", "10"), Span("0", "7", "90"))
    return st.sampled_from(
        [
            Mapping(),
            Mapping("percentage", maximum="12"),
            Mapping("scale", multiplier="2.5"),
            Mapping("range", spans=spans, otherwise="0"),
        ]
    )


@st.composite
def drafts(draw: st.DrawFn, *, is_scored: bool = False) -> Draft:
    """A test that workers can answer; a scored one has questions only that a key can score."""
    identifiers = draw(st.lists(LINES, min_size=1, max_size=4, unique=True))
    parts = [
        scoring.settled(
            Part(
                "question",
                tuple(draw(st.lists(blocks(), min_size=1, max_size=2))),
                identifier=identifier,
                name=draw(st.just("") | LINES),
                is_required=draw(st.booleans()),
                **draw(selections() if is_scored else selections().map(_unscored) | words()),  # type: ignore[arg-type]
            )
        )
        for identifier in identifiers
    ]
    for _ in range(draw(st.integers(0, 2))):
        overview = Part("overview", tuple(draw(st.lists(blocks(), min_size=1, max_size=3))))
        parts.insert(draw(st.integers(0, len(parts))), overview)
    is_any_scored = any(part.is_scored for part in parts)
    return Draft(tuple(parts), draw(mappings()) if is_any_scored else Mapping())


def _unscored(given: dict[str, object]) -> dict[str, object]:
    choices = given["choices"]
    assert isinstance(choices, tuple)
    plain = tuple(Choice(choice.identifier, choice.label) for choice in choices)
    return given | {"choices": plain, "combinations": (), "default_points": ""}


def commands() -> st.SearchStrategy[str]:
    """What buttons could say, and what they never do."""
    index = st.integers(0, 4).map(str)
    how = st.sampled_from(["up", "down", "copy", "remove", "add", "x", ""])
    what = st.sampled_from(["part", "block", "choice", "combination", "span", "add", "nothing"])
    kind = st.sampled_from(["overview", "text", "radiobutton", "checkbox", "image", "kept", "file"])
    return st.lists(index | how | kind, max_size=3).flatmap(
        lambda words: what.map(lambda first: ":".join([first, *words]))
    )


def a_draft(*kinds: str) -> Draft:
    """A draft to which questions of these kinds were added."""
    draft = Draft()
    for kind in kinds:
        draft, _ = changing.change(draft, f"add:{kind}")
    return draft
