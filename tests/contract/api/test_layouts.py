"""HITs of layouts, by CreateHIT and CreateHITWithHITType (question-schemas.md §8).

A layout is a project's template, named by its HITLayoutId.
"""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from kempelen.domain.actions import projects
from kempelen.domain.models import Requester, Template
from kempelen.domain.questions import documents
from tests.contract.api.hits import a_hit
from tests.domain.api_hits import html_question
from tests.factories import a_project

LAYOUT = "<p>${text}</p><p title='${text}'>${text}</p><img src='${image_url}' alt=''><input name='answer'>"

pytestmark = pytest.mark.usefixtures("here")


def a_layout(ada: Requester, html: str = LAYOUT) -> Template:
    return a_project(ada, html=html).template


def given(**values: str) -> list[dict[str, str]]:
    return [{"Name": name, "Value": value} for name, value in values.items()]


def a_hit_of(mturk: Any, layout: Template, parameters: list[dict[str, str]]) -> dict[str, Any]:
    return a_hit(mturk, Question=None, HITLayoutId=layout.public_id, HITLayoutParameters=parameters)


def page_of(hit: dict[str, Any]) -> str:
    question = documents.parse(hit["Question"])
    assert isinstance(question, documents.HTMLQuestion)
    return question.html


def refusal(refused: Any) -> str:
    return str(refused.value.response["Error"]["Message"])


def test_each_use_of_a_name_gets_the_value_as_it_is_and_once(mturk: Any, ada: Requester) -> None:
    """No escaping [D]; every occurrence, and values are not looked at again [I]."""
    hit = a_hit_of(mturk, a_layout(ada), given(text="<b>1 & ${image_url}</b>", image_url="a.png?x=1&y=2"))
    value = "<b>1 & ${image_url}</b>"
    assert f"<p>{value}</p><p title='{value}'>{value}</p><img src='a.png?x=1&y=2' alt=''>" in page_of(hit)


def test_all_that_is_missing_is_named(mturk: Any, ada: Requester) -> None:
    """§1.2: the names after a colon, with a comma and a space between them."""
    with pytest.raises(ClientError) as refused:
        a_hit_of(mturk, a_layout(ada), [])
    assert refusal(refused).startswith(
        "Your request is missing required parameters. Required parameters include HITLayoutParameter. You "
        "have not provided all required HITLayout parameters. Missing parameter names: text, image_url ("
    )
    with pytest.raises(ClientError, match=r"Missing parameter names: image_url \("):
        a_hit_of(mturk, a_layout(ada), given(text="one"))


@pytest.mark.parametrize("name", ["other", "Text", "text"])
def test_a_name_is_one_of_the_layout_as_it_is_written_and_given_once(
    mturk: Any, ada: Requester, name: str
) -> None:
    """Names must be used in the layout [D]; case counts, and twice is refused [I]."""
    parameters = [*given(text="one", image_url="a.png"), {"Name": name, "Value": "more"}]
    with pytest.raises(ClientError) as refused:
        a_hit_of(mturk, a_layout(ada), parameters)
    assert f'The value "{name}" is not valid for the parameter HITLayoutParameter.' in refusal(refused)


def test_a_value_that_spoils_the_page_is_refused_with_its_place(mturk: Any, ada: Requester) -> None:
    """The result passes the same HTML5 check as an HTMLQuestion [D]."""
    page = "<!DOCTYPE html>\n<html><body>${text}<form><input name='answer'></form></body></html>"
    with pytest.raises(ClientError) as refused:
        a_hit_of(mturk, a_layout(ada, page), given(text="\n<body>"))
    assert (
        "validates as HTML5. Details: Errors: <! [3,1] An “body” start tag seen but an element of the same "
        "type was already open. !>"
    ) in refusal(refused)


def test_the_length_is_that_of_the_whole_question(mturk: Any, ada: Requester) -> None:
    """65,535 bytes, counted after substitution [D]."""
    layout = a_layout(ada, "<p>${text}</p><input name='answer'>")
    room = 65_535 - len(a_hit_of(mturk, layout, given(text=""))["Question"].encode())
    a_hit_of(mturk, layout, given(text="ä" * (room // 2)))
    with pytest.raises(ClientError, match="Your request parameter Question  has a maximum length of 65535"):
        a_hit_of(mturk, layout, given(text="ä" * (room // 2 + 1)))


def test_a_hit_keeps_the_layout_with_which_it_was_made(mturk: Any, ada: Requester) -> None:
    """Later changes do not affect it [D]."""
    layout = a_layout(ada)
    hit = a_hit_of(mturk, layout, given(text="one", image_url="a.png"))
    projects.save_template(layout, "<h1>${text}</h1><input name='answer'>")
    assert mturk.get_hit(HITId=hit["HITId"])["HIT"]["Question"] == hit["Question"]
    with pytest.raises(ClientError, match="HITLayoutParameter"):
        a_hit_of(mturk, layout, given(text="one", image_url="a.png"))
    layout.refresh_from_db()
    assert "<h1>two</h1>" in page_of(a_hit_of(mturk, layout, given(text="two")))


def test_either_a_question_or_a_layout(mturk: Any, ada: Requester, ben: Requester) -> None:
    """Never both, never neither [D]; nobody else's."""
    mine, theirs = a_layout(ada, "<input name=a>").public_id, a_layout(ben, "<input name=a>").public_id
    for members in (
        {"HITLayoutId": mine},
        {"Question": None},
        {"Question": None, "HITLayoutId": theirs},
    ):
        with pytest.raises(ClientError):
            a_hit(mturk, **members)
    hit = a_hit(mturk, Question=None, HITLayoutId=mine)
    made = mturk.create_hit_with_hit_type(
        HITTypeId=hit["HITTypeId"], LifetimeInSeconds=3600, HITLayoutId=mine
    )["HIT"]
    assert (made["HITLayoutId"], made["Question"]) == (mine, hit["Question"])
    with pytest.raises(ClientError):
        mturk.create_hit_with_hit_type(
            HITTypeId=hit["HITTypeId"], LifetimeInSeconds=60, HITLayoutId=mine, Question=html_question()
        )
