"""From the fields of a form to its answers, and what is refused (question-schemas.md §5.2, §7.3)."""

import pytest

from kempelen.domain.answers import Answers, Given
from kempelen.domain.errors import AnswersRefused
from kempelen.domain.questions import answers, form_answers, form_fields, form_parts
from tests.domain.questions import fixtures
from tests.domain.questions.test_forms import a_form

FILE: Given = {"file": "F1", "name": "sketch.png", "size": 20_480}
TWO = "<MaxSelectionCount>2</MaxSelectionCount>"


def read(document: str, fields: dict[str, Given]) -> Answers:
    return form_answers.read(form_parts.read(document), fields)


def faults(document: str, fields: dict[str, Given]) -> str:
    try:
        read(document, fields)
    except AnswersRefused as refused:
        return refused.faults[1]
    return ""


def a_text(constraints: str, *, required: bool = False) -> str:
    answer = f"<FreeTextAnswer><Constraints>{constraints}</Constraints></FreeTextAnswer>"
    return must(a_form(answer)) if required else a_form(answer)


def must(form: str) -> str:
    return form.replace("<QuestionContent>", "<IsRequired>true</IsRequired><QuestionContent>")


def a_choice(counts: str = TWO, *, other: str = "<OtherSelection/>") -> str:
    choices = "".join(
        f"<Selection><SelectionIdentifier>{one}</SelectionIdentifier><Text>{one}</Text></Selection>"
        for one in "abc"
    )
    return a_form(f"<SelectionAnswer>{counts}<Selections>{choices}{other}</Selections></SelectionAnswer>")


def chosen(*identifiers: str, other: str | None = None, ticked: bool = True) -> dict[str, Given]:
    values = [form_fields.value(identifier) for identifier in identifiers]
    fields: dict[str, Given] = {"Answer_1": values + [form_fields.OTHER] * (other is not None and ticked)}
    return fields if other is None else {**fields, "Answer_1_OtherSelection": other}


@pytest.mark.parametrize(
    ("constraints", "text", "fault"),
    [
        ("", "", ""),
        ("<Length maxLength='3'/>", "", ""),
        ("<Length minLength='1'/>", "", "Invalid entry length. Must be at least 1 characters."),
        ("<Length minLength='2' maxLength='3'/>", " ", "Invalid entry length. Must be at least 2 characters. "
         "Must be at most 3 characters."),
        ("<Length maxLength='2'/>", "😀", ""),  # two units of UTF-16
        ("<Length maxLength='1'/>", "😀", "Invalid entry length. Must be at most 1 characters."),
        ("<IsNumeric/>", "", "Invalid numeric value."),
        ("<IsNumeric/>", " ", "Invalid numeric value."),
        ("<IsNumeric/>", "0x1F", "Invalid numeric value."),
        ("<IsNumeric/>", "Infinity", "Invalid numeric value."),
        ("<IsNumeric/>", "١", "Invalid numeric value."),
        *(("<IsNumeric/>", number, "") for number in ("007", " 12 ", "1e3", "-.5", "+3.", "1e999")),
        ("<IsNumeric minValue='0'/>", "-5", "Invalid numeric value. Must be at least 0."),
        ("<IsNumeric minValue='0' maxValue='9'/>", "9.5",
         "Invalid numeric value. Must be at least 0. Must be at most 9."),
        ("<IsNumeric minValue='9' maxValue='0'/>", "5", ""),  # swapped bounds are swapped back
        ("<AnswerFormatRegex regex='b'/>", "", ""),
        ("<AnswerFormatRegex regex='b'/>", "abc", ""),
        ("<AnswerFormatRegex regex='b'/>", "ABC", "Invalid input supplied."),
        ("<AnswerFormatRegex regex='b' flags='i'/>", "ABC", ""),
        ("<AnswerFormatRegex regex='a' errorText='No a.'/><AnswerFormatRegex regex='b' errorText='No b.'/>",
         "c", "No a. No b."),
    ],
)  # fmt: skip
def test_a_text_is_checked_in_mturks_words(constraints: str, text: str, fault: str) -> None:
    assert faults(a_text(constraints), {"Answer_1_FreeText": text}) == fault


def test_a_required_text_may_be_blank_but_not_nothing() -> None:
    assert faults(a_text("", required=True), {"Answer_1_FreeText": ""}) == "This field is required."
    assert faults(a_text("", required=True), {}) == "This field is required."
    assert read(a_text("", required=True), {"Answer_1_FreeText": " "}) == {"q": " "}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, {"selections": []}),
        (chosen("c", "a"), {"selections": ["a", "c"]}),
        (chosen("a", "a", "unknown"), {"selections": ["a"]}),
        (chosen("a", other="x"), {"selections": ["a"], "other": "x"}),
        (chosen(other="x"), {"selections": [], "other": "x"}),
        (chosen(other=""), {"selections": []}),
        (chosen("a", other="x", ticked=False), {"selections": ["a"]}),
    ],
)
def test_choices_are_stored_in_the_forms_order_and_the_other_one_if_it_is_chosen(
    fields: dict[str, Given], expected: Given
) -> None:
    assert read(a_choice(), fields) == {"q": expected}


@pytest.mark.parametrize(
    ("document", "fields", "fault"),
    [
        (must(a_choice()), {}, "This field is required."),
        (must(a_choice()), chosen(other=""), "This field is required."),
        (a_choice(), chosen("a", "b", "c"), "Please select at most 2."),
        (a_choice(), chosen("a", "b", other="x"), "Please select at most 2."),
        (
            a_choice(f"<MinSelectionCount>2</MinSelectionCount>{TWO}"),
            chosen("a"),
            "Please select at least 2.",
        ),
        (a_choice(f"<MinSelectionCount>2</MinSelectionCount>{TWO}"), {}, ""),
        (a_choice("", other=""), chosen("a", "b"), "Please select at most 1."),
        (
            a_choice(other="<OtherSelection><Constraints><IsNumeric/></Constraints></OtherSelection>"),
            chosen(other="x"),
            "Invalid numeric value.",
        ),
    ],
)
def test_choices_are_counted_with_the_other_one(document: str, fields: dict[str, Given], fault: str) -> None:
    assert faults(document, fields) == fault


def test_a_file_has_the_size_that_is_asked_for_or_is_left_out() -> None:
    bounds = "<MaxFileSizeInBytes>20480</MaxFileSizeInBytes><MinFileSizeInBytes>9</MinFileSizeInBytes>"
    document = a_form(f"<FileUploadAnswer>{bounds}</FileUploadAnswer>")
    assert read(document, {"Answer_1_FileUpload": FILE}) == {"q": FILE}
    assert read(document, {"Answer_1_FileUpload": ""}) == {}
    assert faults(must(document), {"Answer_1_FileUpload": "sketch.png"}) == "This field is required."
    small = document.replace("20480", "20479")
    assert faults(small, {"Answer_1_FileUpload": FILE}).startswith("The file must have 9 to 20,479 bytes")


def test_a_refusal_says_how_many_answers_are_wrong_and_what_with_each() -> None:
    with pytest.raises(AnswersRefused) as refused:
        read(fixtures.valid("rich_form"), {"Answer_1_FreeText": "Reed bank", "Answer_2_FreeText": "x"})
    assert list(refused.value.faults) == [2, 3, 4, 5]
    assert str(refused.value).splitlines() == [
        "You have 4 errors. Please correct them and try to submit your answers again.",
        "People: Invalid numeric value. Must be at least 0. Must be at most 99.",
        "Season: This field is required.",
        "Birds: This field is required.",
        "weather: This field is required.",
    ]


def test_answers_of_a_form_are_written_as_mturk_wrote_them() -> None:
    """question-schemas.md §5.2, fixture V06."""
    document = fixtures.valid("every_answer")
    read_back = answers.from_xml(document)
    assert read_back == {
        "total_cents": "1250",
        "remarks": "",
        "birds": {"selections": ["heron", "swan.jpg"], "other": "a café sparrow"},
        "nothing_ticked": {"selections": []},
        "only_other": {"selections": [], "other": "none of these"},
        "sketch": {"file": "k-8c1f0c2e", "name": "", "size": 20480},
    }
    written = answers.to_xml(read_back, questions=list(read_back))
    assert written == "".join(line.strip() for line in document.splitlines())


def test_several_files_of_one_field_have_an_answer_each() -> None:
    files: Given = [{"file": "a", "name": "", "size": 1}, {"file": "b", "name": "", "size": 2}]
    assert answers.from_xml(answers.to_xml({"photo": files})) == {"photo": files}
