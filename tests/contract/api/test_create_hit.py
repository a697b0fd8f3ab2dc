"""CreateHIT, CreateHITType, CreateHITWithHITType, GetHIT, GetFileUploadURL (mturk-api.md §2)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from kempelen.domain.models import Requester
from kempelen.domain.questions import documents
from tests.contract.api.hits import PROPERTIES, a_hit
from tests.domain.api_hits import external_question, html_question, question_form
from tests.factories import a_batch, a_project, group_of, hits_of

MASTERS = "2ARFPLSP75KLA8M8DH1HTEQVJT3SY6"


def test_a_new_hit_is_shown_as_mturk_showed_it(mturk: Any) -> None:
    """§1.2, a real HIT [S6]; CreateHIT [S3]."""
    hit = a_hit(mturk, MaxAssignments=3, RequesterAnnotation="row 7")
    assert hit["Expiration"] - hit["CreationTime"] == timedelta(hours=1)
    assert {**hit, "HITId": "", "HITTypeId": "", "HITGroupId": "", "CreationTime": "", "Expiration": ""} == {
        **PROPERTIES,
        "HITId": "",
        "HITTypeId": "",
        "HITGroupId": "",
        "CreationTime": "",
        "Expiration": "",
        "Question": html_question(),
        "HITStatus": "Assignable",
        "HITReviewStatus": "NotReviewed",
        "MaxAssignments": 3,
        "NumberOfAssignmentsAvailable": 3,
        "NumberOfAssignmentsPending": 0,
        "NumberOfAssignmentsCompleted": 0,
        "QualificationRequirements": [],
        "RequesterAnnotation": "row 7",
    }
    assert mturk.get_hit(HITId=hit["HITId"])["HIT"] == hit
    for name in ("HITId", "HITTypeId", "HITGroupId"):
        assert len(hit[name]) == 30
        assert hit[name].startswith("3")


def test_what_is_left_out_has_its_default(mturk: Any) -> None:
    """§3.5 and §1.2 [S3]: one assignment, 30 days, Keywords empty; RequesterAnnotation is absent."""
    hit = a_hit(mturk, Keywords=None, AutoApprovalDelayInSeconds=None)
    assert (hit["MaxAssignments"], hit["AutoApprovalDelayInSeconds"]) == (1, 2_592_000)
    assert hit["Keywords"] == ""
    assert "RequesterAnnotation" not in hit
    assert "HITLayoutId" not in hit


@pytest.mark.parametrize("document", [external_question("https://example.org/?a=1&b=2"), question_form()])
def test_a_question_comes_back_byte_for_byte(mturk: Any, document: str) -> None:
    """question-schemas.md §9.2."""
    document = f"\n<?xml version='1.0'?>{document}\n".strip()
    assert a_hit(mturk, Question=document)["Question"] == document


def test_hits_of_one_type_share_their_group(mturk: Any) -> None:
    """§3.6: HITGroupId is shared by the HITs of a type [S3]."""
    first, second, dear = a_hit(mturk), a_hit(mturk), a_hit(mturk, Reward="0.06")
    assert (first["HITTypeId"], first["HITGroupId"]) == (second["HITTypeId"], second["HITGroupId"])
    assert first["HITTypeId"] != dear["HITTypeId"]
    assert first["HITGroupId"] != dear["HITGroupId"]
    assert mturk.create_hit_type(**PROPERTIES)["HITTypeId"] == first["HITTypeId"]


def test_a_hit_of_a_type_has_the_types_properties(mturk: Any) -> None:
    """CreateHITWithHITType [S3]."""
    hit_type_id = mturk.create_hit_type(**{**PROPERTIES, "Reward": "1"})["HITTypeId"]
    made = mturk.create_hit_with_hit_type(
        HITTypeId=hit_type_id, LifetimeInSeconds=60, Question=html_question()
    )
    hit = made["HIT"]
    assert (hit["HITTypeId"], hit["Title"], hit["Reward"]) == (hit_type_id, PROPERTIES["Title"], "1.00")


def test_requirements_come_back_in_their_order_with_both_fields(mturk: Any) -> None:
    """§4.4 [S3][S6]."""
    adult = {"QualificationTypeId": "00000000000000000060", "Comparator": "EqualTo", "IntegerValues": [1]}
    masters = {"QualificationTypeId": MASTERS, "Comparator": "Exists"}
    hit = a_hit(mturk, QualificationRequirements=[masters, {**adult, "RequiredToPreview": True}])
    assert hit["QualificationRequirements"] == [
        {**masters, "ActionsGuarded": "Accept", "RequiredToPreview": False},
        {**adult, "ActionsGuarded": "PreviewAndAccept", "RequiredToPreview": True},
    ]


def test_a_token_makes_one_hit(mturk: Any) -> None:
    """CreateHIT [D][S37]."""
    hit = a_hit(mturk, UniqueRequestToken="once")
    with pytest.raises(mturk.exceptions.RequestError) as refused:
        a_hit(mturk, UniqueRequestToken="once")
    assert refused.value.response["TurkErrorCode"] == "AWS.MechanicalTurk.HitAlreadyExists"
    assert f'The HIT with ID "{hit["HITId"]}" already exists. (' in refused.value.response["Message"]


def test_a_faulty_document_is_a_parameter_validation_error(mturk: Any) -> None:
    """§1.3 [S16]: plain ClientError, and a code of its own."""
    with pytest.raises(ClientError) as refused:
        a_hit(mturk, Question=html_question()[:-1])
    error = refused.value.response["Error"]
    assert error["Code"] == "ParameterValidationError"
    assert error["Message"].startswith(
        "There was an error parsing the XML question or answer data in your request."
    )
    assert not isinstance(refused.value, mturk.exceptions.RequestError)


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"Question": ""}, "Your request parameter Question  has a minimum length of 1. ("),
        (
            {"Question": html_question("x" * 65_535)},
            "Your request parameter Question  has a maximum length of 65535. (",
        ),
        ({"Title": "x" * 129}, "Your request parameter Title  has a maximum length of 128. ("),
        ({"Reward": "9" * 20}, f'The value "{"9" * 20}" is not valid for the parameter Reward. ('),
        (
            {"AssignmentDurationInSeconds": 29},
            "The value 29 is invalid for AssignmentDurationInSeconds. Valid values range from 30 to ",
        ),
        ({"Title": "a\0"}, 'The value "a\\u0000" is not valid for the parameter Title. ('),
        ({"HITLayoutId": "3X"}, 'The value "3X" is not valid for the parameter HITLayoutId. ('),
    ],
)
def test_values_beyond_mturks_limits_are_refused(mturk: Any, members: dict[str, Any], message: str) -> None:
    """§3.5; wordings from §1.3."""
    with pytest.raises(ClientError) as refused:
        a_hit(mturk, **members)
    assert refused.value.response["Error"]["Code"] == "ParameterValidationError"
    assert refused.value.response["Error"]["Message"].startswith(message)


@pytest.mark.usefixtures("here")
def test_a_layout_is_filled_and_named(mturk: Any, ada: Requester) -> None:
    """question-schemas.md §8: GetHIT returns the built HTMLQuestion."""
    template = a_project(ada, html="<p>${text}</p><input name='answer'>").template
    parameters = [{"Name": "text", "Value": "<b>one</b>"}]
    hit = a_hit(mturk, Question=None, HITLayoutId=template.public_id, HITLayoutParameters=parameters)
    assert hit["HITLayoutId"] == template.public_id
    question = documents.parse(hit["Question"])
    assert isinstance(question, documents.HTMLQuestion)
    assert "<p><b>one</b></p>" in question.html

    with pytest.raises(ClientError, match="Missing parameter names: text"):
        a_hit(mturk, Question=None, HITLayoutId=template.public_id)


@pytest.mark.usefixtures("here")
def test_hits_of_a_batch_are_shown_as_hits_of_its_template(mturk: Any, ada: Requester) -> None:
    batch = a_batch(requester=ada)
    first = hits_of(batch)[0]
    hit = mturk.get_hit(HITId=first.public_id)["HIT"]
    assert hit["HITLayoutId"] == batch.template_version.template.public_id
    assert hit["HITGroupId"] == group_of(batch).public_id
    assert "<p>one</p>" in hit["Question"]
    assert hit["RequesterAnnotation"] == "BatchId:1;OriginalHitTemplateId:1;"


def test_hits_and_types_of_others_do_not_exist(
    mturk: Any, mturk_of: Callable[..., Any], ben: Requester
) -> None:
    """§2.0; §1.3 [S2]; CreateHITWithHITType [S28]."""
    theirs = a_hit(mturk_of(ben))
    with pytest.raises(mturk.exceptions.RequestError, match=f"Hit {theirs['HITId']} does not exist"):
        mturk.get_hit(HITId=theirs["HITId"])
    with pytest.raises(ClientError, match="is not valid for the parameter HITTypeId"):
        mturk.create_hit_with_hit_type(
            HITTypeId=theirs["HITTypeId"], LifetimeInSeconds=60, Question=html_question()
        )


def test_no_answer_is_an_uploaded_file(mturk: Any, crowd: Callable[..., Any]) -> None:
    """GetFileUploadURL: an answer that is a text has no link."""
    assignment_id = crowd().answer(a_hit(mturk)["HITId"])
    with pytest.raises(
        ClientError, match='The value "answer" is not valid for the parameter QuestionIdentifier'
    ):
        mturk.get_file_upload_url(AssignmentId=assignment_id, QuestionIdentifier="answer")


def test_a_viewer_makes_no_hits(mturk_of: Callable[..., Any], ada: Requester) -> None:
    ada.memberships.update(role="viewer")
    viewer = mturk_of(ada, role="viewer")
    assert viewer.list_hits()["HITs"] == []
    with pytest.raises(ClientError, match="AccessDenied"):
        a_hit(viewer)
