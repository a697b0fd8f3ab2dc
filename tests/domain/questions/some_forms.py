"""Forms and answers to them as Hypothesis thinks of them."""

from dataclasses import dataclass
from xml.sax.saxutils import escape

from hypothesis import strategies as st

from kempelen.domain.answers import Answers, Chosen
from kempelen.domain.questions.answer_keys import NAMESPACE as KEYS
from kempelen.domain.questions.documents import FORM_NAMESPACES

STYLES = ["", "radiobutton", "checkbox", "list", "dropdown", "combobox", "multichooser"]
# What XML can hold, and neither XML nor HTML changes on the way.
signs = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"), exclude_characters="\ufeff")
identifiers = st.text(signs, min_size=1, max_size=12)
words = st.text(signs, min_size=1, max_size=20)


@dataclass(frozen=True)
class Asked:
    """A question as XML, and what is entered for it."""

    xml: str
    identifier: str
    entered: str | Chosen


@st.composite
def texts_asked(draw: st.DrawFn, identifier: str) -> Asked:
    """A question that is answered in words, and words that it takes."""
    entered = draw(st.text(signs, max_size=30))
    length = len(entered.encode("utf-16-le")) // 2
    lowest, highest = draw(st.integers(0, length)), draw(st.integers(length, length + 9).filter(bool))
    lines = draw(st.sampled_from(["", "<NumberOfLinesSuggestion>3</NumberOfLinesSuggestion>"]))
    bounds = f'<Constraints><Length minLength="{lowest}" maxLength="{highest}"/></Constraints>'
    answer = f"<FreeTextAnswer>{draw(st.sampled_from(['', bounds]))}{lines}</FreeTextAnswer>"
    return Asked(_question(draw, identifier, answer), identifier, entered)


@st.composite
def choices_asked(draw: st.DrawFn, identifier: str) -> Asked:
    """A question that is answered by choosing, and a choice that it takes."""
    offered = draw(st.lists(identifiers, min_size=1, max_size=5, unique=True))
    has_other = draw(st.booleans())
    most = draw(st.integers(1, len(offered) + has_other))
    chosen = draw(st.sets(st.sampled_from(offered), max_size=most))
    entered = Chosen(selections=[one for one in offered if one in chosen])
    if has_other and len(chosen) < most and draw(st.booleans()):
        entered["other"] = draw(words)
    least = draw(st.integers(0, len(chosen) + ("other" in entered)))
    style = draw(st.sampled_from(STYLES))
    selections = "".join(
        f"<Selection><SelectionIdentifier>{escape(one)}</SelectionIdentifier>{_label(draw)}</Selection>"
        for one in offered
    )
    answer = (
        f"<SelectionAnswer><MinSelectionCount>{least}</MinSelectionCount>"
        f"<MaxSelectionCount>{most}</MaxSelectionCount>"
        f"{style and f'<StyleSuggestion>{style}</StyleSuggestion>'}"
        f"<Selections>{selections}{'<OtherSelection/>' if has_other else ''}</Selections></SelectionAnswer>"
    )
    return Asked(_question(draw, identifier, answer), identifier, entered)


@st.composite
def forms(draw: st.DrawFn) -> tuple[str, list[Asked]]:
    """A QuestionForm with up to four questions, and what is entered for each."""
    names = draw(st.lists(identifiers, min_size=1, max_size=4, unique=True))
    asked = [draw(st.one_of(texts_asked(name), choices_asked(name))) for name in names]
    questions = "".join(one.xml for one in asked)
    return f'<QuestionForm xmlns="{draw(st.sampled_from(FORM_NAMESPACES))}">{questions}</QuestionForm>', asked


def entered(asked: list[Asked]) -> Answers:
    """What is stored of all that is entered."""
    return {one.identifier: one.entered for one in asked}


def key_that_wants(asked: list[Asked]) -> str:
    """An answer key with a point for each choice that is exactly the one entered."""
    options = (
        f"<Question><QuestionIdentifier>{escape(one.identifier)}</QuestionIdentifier><AnswerOption>"
        + "".join(
            f"<SelectionIdentifier>{escape(selection)}</SelectionIdentifier>"
            for selection in one.entered["selections"]
        )
        + "<AnswerScore>1</AnswerScore></AnswerOption></Question>"
        for one in asked
        if not isinstance(one.entered, str) and one.entered["selections"]
    )
    return f'<AnswerKey xmlns="{KEYS}">{"".join(options)}</AnswerKey>'


def _question(draw: st.DrawFn, identifier: str, answer: str) -> str:
    name = draw(st.sampled_from(["", "<DisplayName>A name</DisplayName>"]))
    required = draw(st.sampled_from(["", "<IsRequired>false</IsRequired>"]))
    return (
        f"<Question><QuestionIdentifier>{escape(identifier)}</QuestionIdentifier>{name}{required}"
        f"<QuestionContent>{_label(draw)}</QuestionContent>"
        f"<AnswerSpecification>{answer}</AnswerSpecification></Question>"
    )


def _label(draw: st.DrawFn) -> str:
    text = escape(draw(st.text(signs, max_size=15)))
    formatted = f"<FormattedContent>&lt;b&gt;{escape(text)}&lt;/b&gt;</FormattedContent>"
    return draw(st.sampled_from([f"<Text>{text}</Text>", formatted]))
