"""GetFileUploadURL: files of answers, by links that open them for a minute (mturk-api.md §2)."""

import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from botocore.exceptions import ClientError

from kempelen.domain.models import Requester
from tests.contract.api.hits import a_hit
from tests.domain.api_hits import html_question
from tests.servers import Server
from tests.visitors import Visitor

SCHEMAS = "http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01"
FORM = f"""<QuestionForm xmlns="{SCHEMAS}/QuestionForm.xsd"><Question>
  <QuestionIdentifier>sketch</QuestionIdentifier><IsRequired>true</IsRequired>
  <QuestionContent><Text>Upload your sketch.</Text></QuestionContent>
  <AnswerSpecification><FileUploadAnswer>
    <MaxFileSizeInBytes>100000</MaxFileSizeInBytes><MinFileSizeInBytes>2</MinFileSizeInBytes>
  </FileUploadAnswer></AnswerSpecification></Question></QuestionForm>"""


@pytest.fixture
def visitor(site: Server) -> Iterator[Visitor]:
    visitor = Visitor(site.url)
    yield visitor
    visitor.close()


def send(visitor: Visitor, assignment_id: str, **files: bytes) -> str:
    fields = {"assignmentId": assignment_id, "word": "ink"}
    return visitor.post("/mturk/externalSubmit", fields, files=files).text


def got(url: str) -> tuple[bytes, Any]:
    with urllib.request.urlopen(url, timeout=60) as answer:
        return answer.read(), answer.headers


def test_a_file_of_a_form_is_opened_by_its_link(
    mturk: Any, crowd: Callable[..., Any], visitor: Visitor
) -> None:
    assignment_id = crowd().accept(
        a_hit(mturk, Question=html_question("<input type=file name=scan>"))["HITId"]
    )
    assert "Your answer has been sent" in send(visitor, assignment_id, scan=b"<script>1</script>")
    url = mturk.get_file_upload_url(AssignmentId=assignment_id, QuestionIdentifier="scan")["FileUploadURL"]
    body, headers = got(url)
    assert body == b"<script>1</script>"
    assert headers["Content-Disposition"] == 'attachment; filename="scan.csv"'
    assert headers["Content-Type"] == "application/octet-stream"
    with pytest.raises(ClientError, match='The value "word" is not valid'):
        mturk.get_file_upload_url(AssignmentId=assignment_id, QuestionIdentifier="word")


def test_a_file_upload_answer_has_its_size_and_its_key(
    mturk: Any, crowd: Callable[..., Any], visitor: Visitor
) -> None:
    """question-schemas.md §5.2: the size first, then the key."""
    assignment_id = crowd().accept(a_hit(mturk, Question=FORM)["HITId"])
    assert "The file must have 2 to 100,000 bytes" in send(visitor, assignment_id, Answer_1_FileUpload=b"x")
    assert "Your answer has been sent" in send(visitor, assignment_id, Answer_1_FileUpload=b"ink ink")
    answer = mturk.get_assignment(AssignmentId=assignment_id)["Assignment"]["Answer"]
    tags = [part.tag.rpartition("}")[2] for part in ElementTree.fromstring(answer)[0]]
    assert tags == ["QuestionIdentifier", "UploadedFileSizeInBytes", "UploadedFileKey"]
    assert ElementTree.fromstring(answer)[0][1].text == "7"
    url = mturk.get_file_upload_url(AssignmentId=assignment_id, QuestionIdentifier="sketch")["FileUploadURL"]
    assert got(url)[0] == b"ink ink"


def test_links_to_files_of_others_are_not_given_nor_can_they_be_made(
    mturk: Any, mturk_of: Callable[..., Any], ben: Requester, crowd: Callable[..., Any], visitor: Visitor
) -> None:
    assignment_id = crowd().accept(a_hit(mturk)["HITId"])
    with pytest.raises(ClientError):
        mturk.get_file_upload_url(AssignmentId=assignment_id, QuestionIdentifier="scan")
    send(visitor, assignment_id, scan=b"ink")
    with pytest.raises(ClientError, match=f"Assignment {assignment_id} does not exist"):
        mturk_of(ben).get_file_upload_url(AssignmentId=assignment_id, QuestionIdentifier="scan")
    url = mturk.get_file_upload_url(AssignmentId=assignment_id, QuestionIdentifier="scan")["FileUploadURL"]
    with pytest.raises(urllib.error.HTTPError, match="403"):
        got(url[:-2] + ("A/" if url[-2] != "A" else "B/"))


def test_each_of_several_files_of_a_field_is_opened_by_its_key(
    mturk: Any, crowd: Callable[..., Any], visitor: Visitor
) -> None:
    assignment_id = crowd().accept(a_hit(mturk)["HITId"])
    other_id = crowd("Dan").accept(a_hit(mturk)["HITId"])
    send(visitor, assignment_id, scan=b"first")
    send(visitor, other_id, scan=b"of another answer")
    answer = mturk.get_assignment(AssignmentId=assignment_id)["Assignment"]["Answer"]
    key = re.search("<UploadedFileKey>(.+?)</", answer)
    assert key
    link = mturk.get_file_upload_url(AssignmentId=assignment_id, QuestionIdentifier=key[1])
    assert got(link["FileUploadURL"])[0] == b"first"
    with pytest.raises(ClientError, match="is not valid"):
        mturk.get_file_upload_url(AssignmentId=other_id, QuestionIdentifier=key[1])
