"""`aws mturk …` of the AWS CLI, from a HIT in a file to its bonus, and the pages that it turns by itself."""

import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kempelen.domain.questions import answers
from tests.contract.api.crowd import CrowdWorker
from tests.contract.api.hits import a_hit
from tests.contract.api.programs import Program, aws, shell
from tests.domain.api_hits import html_question

__all__ = ["aws", "shell"]

NEW_HIT = (
    *("--max-assignments", "1", "--lifetime-in-seconds", "172800", "--reward", "0.15"),
    *("--assignment-duration-in-seconds", "600", "--title", "Describe a picture"),
    *("--description", "Look at a picture and say what is in it."),
)


def test_a_hit_from_a_file_to_its_bonus(
    aws: Program, crowd: Callable[..., CrowdWorker], tmp_path: Path
) -> None:
    document = tmp_path / "question.xml"
    document.write_text(html_question(), encoding="utf-8")
    required = [{"QualificationTypeId": "00000000000000000040", "Comparator": "GreaterThanOrEqualTo"}]
    required[0]["IntegerValues"] = [0]  # type: ignore[assignment]
    hit = aws(
        "create-hit",
        *NEW_HIT,
        *("--question", f"file://{document}", "--qualification-requirements", json.dumps(required)),
    )["HIT"]
    crowd().answer(hit["HITId"], {"comment": "a knight"})

    assert aws("list-reviewable-hits")["HITs"] == [{"HITId": hit["HITId"]}]
    (work,) = aws("list-assignments-for-hit", "--hit-id", hit["HITId"])["Assignments"]
    assert answers.from_xml(work["Answer"]) == {"comment": "a knight"}
    named = ("--assignment-id", work["AssignmentId"])
    assert aws("approve-assignment", *named, "--requester-feedback", "Danke schön") == {}
    bonus = ("--bonus-amount", "0.10", "--reason", "Well seen.", "--unique-request-token", "once")
    assert aws("send-bonus", *named, "--worker-id", work["WorkerId"], *bonus) == {}
    (paid,) = aws("list-bonus-payments", *named)["BonusPayments"]
    assert (paid["BonusAmount"], paid["WorkerId"]) == ("0.10", work["WorkerId"])
    assert aws("delete-hit", "--hit-id", hit["HITId"]) == {}
    assert aws("get-account-balance") == {"AvailableBalance": "10000.00"}


def test_the_cli_turns_pages_to_the_empty_one_and_stops_where_it_is_told(aws: Program, mturk: Any) -> None:
    """§1.5: it follows NextToken until there is none, through a page without items."""
    made = [a_hit(mturk)["HITId"] for _ in range(7)][::-1]
    small_pages = ("list-hits", "--page-size", "3")

    def ids(listed: dict[str, Any]) -> list[str]:
        return [hit["HITId"] for hit in listed["HITs"]]

    everything = aws(*small_pages)
    assert (ids(everything)[:7], "NextToken" in everything) == (made, False)
    some = aws(*small_pages, "--max-items", "4")
    assert ids(some) == made[:4]
    others = aws(*small_pages, "--starting-token", some["NextToken"])
    assert (ids(others)[:3], "NextToken" in others) == (made[4:], False)


def test_the_cli_shows_a_page_as_it_came_when_asked_not_to_turn_it(aws: Program, mturk: Any) -> None:
    """§2.0: a token with every page that has items, and NumResults of the page alone."""
    hit = a_hit(mturk, Title=f"Look, {time.time_ns()}")
    mturk.update_expiration_for_hit(HITId=hit["HITId"], ExpireAt=0)
    of_type = ("list-reviewable-hits", "--hit-type-id", hit["HITTypeId"])
    first = aws(*of_type, "--no-paginate")
    assert (first["NumResults"], first["HITs"]) == (1, [{"HITId": hit["HITId"]}])
    assert aws(*of_type, "--next-token", first["NextToken"]) == {"NumResults": 0, "HITs": []}


def test_what_is_refused_is_said_in_mturks_words(aws: Program) -> None:
    """§1.3: the CLI prints the family and the message."""
    said = aws("get-hit", "--hit-id", "3NOSUCHHIT", fails=True)
    assert re.search(
        r"An error occurred \(RequestError\) when calling the GetHIT operation: "
        r"Hit 3NOSUCHHIT does not exist\. \(\d{13} s\)",
        said,
    )


def test_texts_of_all_languages_go_there_and_back(aws: Program) -> None:
    words = "naïve ♞ 漢字 🐴"
    made = aws("create-hit", *NEW_HIT[:-2], "--description", words, "--question", html_question())
    assert aws("get-hit", "--hit-id", made["HIT"]["HITId"])["HIT"]["Description"] == words
