"""Answer XML: QuestionFormAnswers as MTurk made them (question-schemas.md §5, mturk-api.md §8.3)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from lxml import etree

from kempelen.domain.answers import Answers, Chosen, Given, Uploaded, files_in, texts_of
from kempelen.domain.questions import xml

NAMESPACE = f"{xml.NAMESPACES}2005-10-01/QuestionFormAnswers.xsd"
_HEAD = f'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="{NAMESPACE}">'
_SEVERAL = "|"
# Everything that XML 1.0 has no way to write, not even as a reference.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_xml(answers: Mapping[str, Given], *, questions: Sequence[str] = ()) -> str:
    """Give stored answers as MTurk gave them: in the order of the form's questions, else of the names' bytes.

    A name that came several times has one FreeText, its values joined by a bar.  What was chosen has a
    SelectionIdentifier each, and may have none; a file has its size and a key (of several there is an
    Answer each, as one has room for one).  What XML cannot hold becomes U+FFFD.
    """
    places = {name: place for place, name in enumerate(questions)}

    def order(name: str) -> tuple[int, bytes]:
        return places.get(name, len(places)), name.encode("utf-8", "surrogatepass")

    written = (one for name in sorted(answers, key=order) for one in _answers(name, answers[name]))
    return "".join([_HEAD, *written, "</QuestionFormAnswers>"])


def from_xml(text: str) -> Answers:
    """Read answers back as they are stored; refuses what is no QuestionFormAnswers.

    Files have no names there, and several values of a name are one.
    """
    root = xml.parse_own(text)
    if root.tag != f"{{{NAMESPACE}}}QuestionFormAnswers":
        raise xml.refuse(f"cvc-elt.1: Cannot find the declaration of element '{xml.local_name(root)}'.")
    answers: Answers = {}
    for answer in root:
        name, given = _name_and_given(answer)
        had = files_in(answers.get(name, ""))
        answers[name] = [*had, *files_in(given)] if had else given
    return answers


def _answers(name: str, given: Given) -> Iterator[str]:
    files = files_in(given)
    for value in map(_file, files) if files else (_value(given),):
        identifier = f"<QuestionIdentifier>{_written(name)}</QuestionIdentifier>"
        yield f"<Answer>{identifier}{value}</Answer>"


def _value(given: Given) -> str:
    if not isinstance(given, dict) or "selections" not in given:
        return f"<FreeText>{_written(_SEVERAL.join(texts_of(given)))}</FreeText>"
    chosen = "".join(
        f"<SelectionIdentifier>{_written(one)}</SelectionIdentifier>" for one in given["selections"]
    )
    if "other" not in given:
        return chosen
    return f"{chosen}<OtherSelectionText>{_written(given['other'])}</OtherSelectionText>"


def _file(file: Uploaded) -> str:
    """Write a file; an empty one, which the schema's positive size cannot say, by its name."""
    if not file["size"]:
        return f"<FreeText>{_written(file['name'])}</FreeText>"
    return (
        f"<UploadedFileSizeInBytes>{file['size']}</UploadedFileSizeInBytes>"
        f"<UploadedFileKey>{_written(file['file'])}</UploadedFileKey>"
    )


def _written(text: str) -> str:
    whole = _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    # A bare CR would be read back as a line end.
    return escape(whole, {"\r": "&#13;"}).encode("ascii", "xmlcharrefreplace").decode()


def _name_and_given(answer: etree._Element) -> tuple[str, Given]:
    name, *values = (("".join(map(str, part.itertext()))) for part in answer)
    kinds = [xml.local_name(part) for part in answer[1:]]
    if kinds == ["FreeText"]:
        return name, values[0]
    if "UploadedFileKey" in kinds:
        size, key = values
        return name, Uploaded(file=key, name="", size=int(size))
    chosen = Chosen(selections=[])
    for kind, value in zip(kinds, values, strict=True):
        if kind == "OtherSelectionText":
            chosen["other"] = value
        else:
            chosen["selections"].append(value)
    return name, chosen
