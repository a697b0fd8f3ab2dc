"""QuestionForms: filled in as their page shows them, and taken by the server's own checks."""

from random import Random
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kempelen.domain import answers as answering
from kempelen.domain.answers import Answers, Field, Uploaded
from kempelen.domain.questions import form_answers, form_pages, form_parts
from kempelen.domain.questions.documents import FORM_NAMESPACES
from kempelen.rehearsal.filling import (
    Blank,
    Chooser,
    Confused,
    File,
    Filled,
    First,
    NotTaken,
    Task,
    Truthful,
    Uniform,
    fill,
    read,
)
from tests.domain.questions.some_forms import STYLES, identifiers, words

URL = "https://ours.example/content/x/?assignmentId=3A"
# Constraints, and whether each can be met by guessing.
CONSTRAINTS = [
    "",
    "<Constraints><IsNumeric/></Constraints>",
    '<Constraints><IsNumeric minValue="-3" maxValue="4"/></Constraints>',
    '<Constraints><IsNumeric minValue="1000"/><Length minLength="4" maxLength="6"/></Constraints>',
    '<Constraints><Length minLength="3" maxLength="5"/></Constraints>',
    '<Constraints><Length maxLength="1"/></Constraints>',
    '<Constraints><AnswerFormatRegex regex="^[A-Z]{2,3}-\\d+$"/></Constraints>',
    '<Constraints><AnswerFormatRegex regex="^(yes|no)$" flags="i"/></Constraints>',
    '<Constraints><Length minLength="5"/><AnswerFormatRegex regex="\\w@\\w+\\.(com|org)"/></Constraints>',
]


def document(*questions: str, namespace: str = FORM_NAMESPACES[0]) -> str:
    return f'<QuestionForm xmlns="{namespace}">{"".join(questions)}</QuestionForm>'


def question(identifier: str, answer: str, *, is_required: bool = False, text: str = "?") -> str:
    return (
        f"<Question><QuestionIdentifier>{escape(identifier)}</QuestionIdentifier>"
        f"<IsRequired>{str(is_required).lower()}</IsRequired>"
        f"<QuestionContent><Text>{escape(text)}</Text></QuestionContent>"
        f"<AnswerSpecification>{answer}</AnswerSpecification></Question>"
    )


def selections(*offered: str, other: str = "", style: str = "", counts: tuple[int, int] = (1, 1)) -> str:
    choices = "".join(
        f"<Selection><SelectionIdentifier>{escape(one)}</SelectionIdentifier>"
        f"<Text>{escape(one.upper())}</Text></Selection>"
        for one in offered
    )
    suggested = style and f"<StyleSuggestion>{style}</StyleSuggestion>"
    return (
        f"<SelectionAnswer><MinSelectionCount>{counts[0]}</MinSelectionCount>"
        f"<MaxSelectionCount>{counts[1]}</MaxSelectionCount>{suggested}"
        f"<Selections>{choices}{other}</Selections></SelectionAnswer>"
    )


@st.composite
def some_questions(draw: st.DrawFn, name: str) -> str:
    """A question of any kind that somebody can answer."""
    is_required = draw(st.booleans())
    kind = draw(st.sampled_from(["text", "choice", "file"]))
    if kind == "text":
        default = draw(st.sampled_from(["", "<DefaultText>12</DefaultText>"]))
        lines = draw(st.sampled_from(["", "<NumberOfLinesSuggestion>4</NumberOfLinesSuggestion>"]))
        asked = f"<FreeTextAnswer>{draw(st.sampled_from(CONSTRAINTS))}{default}{lines}</FreeTextAnswer>"
    elif kind == "choice":
        offered = draw(st.lists(words, min_size=1, max_size=4, unique=True))
        own = draw(st.sampled_from(["", *CONSTRAINTS[:5]]))
        other = draw(st.sampled_from(["", f"<OtherSelection>{own}</OtherSelection>"]))
        most = draw(st.integers(1, len(offered)))
        counts = (draw(st.integers(0, most)), most)
        asked = selections(*offered, other=other, style=draw(st.sampled_from(STYLES)), counts=counts)
    else:
        smallest = draw(st.integers(1, 50))
        largest = smallest + draw(st.integers(0, 50))
        asked = (
            f"<FileUploadAnswer><MaxFileSizeInBytes>{largest}</MaxFileSizeInBytes>"
            f"<MinFileSizeInBytes>{smallest}</MinFileSizeInBytes></FileUploadAnswer>"
        )
    return question(name, asked, is_required=is_required)


@st.composite
def some_documents(draw: st.DrawFn) -> str:
    """A form with some questions."""
    names = draw(st.lists(identifiers, min_size=1, max_size=4, unique=True))
    return document(*(draw(some_questions(name)) for name in names))


def task_of(xml: str, *, named: bool = True) -> tuple[form_parts.Form, Task]:
    form = form_parts.read(xml)
    page = f"<form id=mturk_form>{form_pages.render(form)}</form>"
    names = form_parts.identifiers(xml) if named else []
    return form, read(page, URL, identifiers=names)


def stored(form: form_parts.Form, filled: Filled) -> Answers:
    """What the server makes of it; it refuses as it would."""

    def uploaded(value: str | File) -> str | Uploaded:
        if isinstance(value, str):
            return value
        return Uploaded(file="1", name=value.name, size=len(value.content)) if value.name else ""

    fields: list[Field] = [(name, uploaded(value)) for name, value in filled.fields]
    return form_answers.read(form, answering.collect(fields))


def filled_in(xml: str, chooser: Chooser) -> Answers:
    form, task = task_of(xml)
    return stored(form, fill(task, chooser))


@given(some_documents(), st.randoms(use_true_random=False))
def test_what_is_chosen_at_random_is_taken_by_the_server(xml: str, random: Random) -> None:
    form, task = task_of(xml, named=False)
    for chooser in (Uniform(random), First(random), Blank(First(random))):
        stored(form, fill(task, chooser))


@given(some_documents(), st.data())
def test_what_is_not_refused_here_is_not_refused_there_either(xml: str, data: st.DataObject) -> None:
    form, task = task_of(xml, named=False)
    values = st.one_of(st.none(), st.text(max_size=8), st.integers(-9, 2000), st.just("yes"))
    try:
        filled = fill(task, lambda control: None if control.kind == "file" else data.draw(values))
    except NotTaken:
        return
    stored(form, filled)


def test_what_is_none_of_the_choices_is_typed_beside_the_other_one() -> None:
    xml = document(question("bird", selections("heron", "swan", other="<OtherSelection/>")))
    assert filled_in(xml, Truthful({"bird": "a grey one"}, Blank())) == {
        "bird": {"selections": [], "other": "a grey one"}
    }


@pytest.mark.parametrize("style", STYLES)
def test_several_are_chosen_as_a_results_file_has_them(style: str) -> None:
    asked = selections("heron", "swan", "crow", other="<OtherSelection/>", style=style, counts=(1, 3))
    truths = {"Answer.birds": "heron|SWAN|a grey one"}
    assert filled_in(document(question("birds", asked)), Truthful(truths, Blank())) == {
        "birds": {"selections": ["heron", "swan"], "other": "a grey one"}
    }


@pytest.mark.parametrize("style", STYLES)
def test_a_mistake_is_another_choice(style: str) -> None:
    xml = document(question("bird", selections("heron", "swan", style=style), is_required=True))
    assert filled_in(xml, Confused({"bird": "swan"}, 1.0, Random(1), Blank())) == {
        "bird": {"selections": ["heron"]}
    }


def test_questions_are_known_by_their_number_heading_or_words_too() -> None:
    named = question("a", "<FreeTextAnswer/>", text="How many?").replace(
        "<IsRequired>", "<DisplayName>Count</DisplayName><IsRequired>"
    )
    _, task = task_of(document(named), named=False)
    (control,) = task.controls
    assert (control.name, control.label) == ("Answer_1_FreeText", "Count How many?")
    for name in ("Answer_1", "Count", "How many?"):
        assert ("Answer_1_FreeText", "3") in fill(task, Truthful({name: 3}, Blank())).pairs


def test_a_locked_form_has_nothing_to_fill_in() -> None:
    form = form_parts.read(document(question("a", "<FreeTextAnswer/>")))
    page = f"<form id=mturk_form>{form_pages.render(form, is_locked=True)}</form>"
    assert read(page, URL).controls == ()


def test_a_text_beyond_its_bounds_is_not_sent() -> None:
    constraint = f"<Constraints><AnswerFormatRegex regex={quoteattr('^[a-z]+$')}/></Constraints>"
    _, task = task_of(document(question("a", f"<FreeTextAnswer>{constraint}</FreeTextAnswer>")))
    with pytest.raises(NotTaken, match="a: must match"):
        fill(task, lambda control: "A1")
