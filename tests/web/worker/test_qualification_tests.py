"""The pages of a qualification with a test: what it is, the test while it lasts, what came of it."""

import json
from typing import Any

import pytest
from django.test import Client

from kempelen.domain.actions import qualification_types, qualifications
from kempelen.domain.answers import Answers, fields_of
from kempelen.domain.models import QualificationRequest, QualificationType, Requester, User, Worker
from tests.domain.moving_clock import MovingClock
from tests.domain.qualification_tests import (
    BY_PERCENTAGE,
    MINUTES,
    a_test_in_words,
    a_tested_type,
    ticked,
    typed,
)
from tests.domain.queues import a_group
from tests.domain.requiring import a_requirement, a_type

IN_WORDS = {"test": a_test_in_words(), "answer_key": ""}


def begin(client: Client, kind: QualificationType) -> str:
    """Start the test on the page of its qualification; gives the address of the test's page."""
    answer = client.post(f"/qualifications/{kind.public_id}/ask/")
    assert answer.status_code == 302
    return str(answer["Location"])


def send(client: Client, test: str, answers: Answers | None) -> tuple[int, dict[str, Any]]:
    """Send what the test's page sends; None only asks how it stands."""
    body = json.dumps({"fields": None if answers is None else list(fields_of(answers))})
    answer = client.post(
        f"{test}submit/", body, content_type="application/json", headers={"Accept": "application/json"}
    )
    return answer.status_code, answer.json()


def text_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def frame_of(client: Client, test: str) -> str:
    """The page in the frame, which comes without a cookie."""
    return text_of(Client(), client.get(test).context["frame"].url)


def test_the_page_says_what_the_test_is_before_it_begins(as_cleo: Client, ada: Requester) -> None:
    kind = a_tested_type(ada, retry_delay_seconds=86_400)
    page = text_of(as_cleo, f"/qualifications/{kind.public_id}/")
    said = ("2 questions", "in 10 minutes, from the moment", "at once", "after 1 day; the last score counts")
    for text in ("Start the test", *said):
        assert text in page
    assert "Take the test" in text_of(as_cleo, "/qualifications/")
    assert not QualificationRequest.objects.exists()


def test_a_test_is_taken_and_scored(as_cleo: Client, ada: Requester) -> None:
    kind = a_tested_type(ada)
    test = begin(as_cleo, kind)
    assert as_cleo.get(test).status_code == 200
    assert "Tick every prime number." in frame_of(as_cleo, test)
    assert send(as_cleo, test, None)[1]["status"] == "open"
    status, reply = send(as_cleo, test, ticked("n2", "n7", capital="lj"))
    assert (status, reply["status"], reply["next"]) == (
        200,
        "submitted",
        f"/qualifications/{kind.public_id}/",
    )
    page = text_of(as_cleo, reply["next"])
    for text in ("Your test is scored: 100.", "scored: 100", "which you have done"):
        assert text in page
    assert as_cleo.get(test)["Location"] == reply["next"]


def test_a_test_in_words_waits_for_the_requester(as_cleo: Client, ada: Requester) -> None:
    kind = a_tested_type(ada, **IN_WORDS)
    test = begin(as_cleo, kind)
    page = text_of(as_cleo, send(as_cleo, test, typed("a nightingale"))[1]["next"])
    assert "Sent. Ada looks at your answers." in page
    assert "waits for Ada" in page
    qualifications.accept_request(ada, test.split("/")[-2], value=8)
    assert "scored: 8" in text_of(as_cleo, f"/qualifications/{kind.public_id}/")


def test_answers_that_are_missing_are_refused_with_what_is_wrong(as_cleo: Client, ada: Requester) -> None:
    test = begin(as_cleo, a_tested_type(ada))
    status, reply = send(as_cleo, test, ticked(capital="lj"))
    assert (status, reply["code"]) == (409, "AnswersRefused")
    assert reply["faults"] == {"1": "This field is required."}
    assert send(as_cleo, test, ticked("n2"))[1]["status"] == "submitted"


def test_the_key_is_nowhere(as_cleo: Client, ada: Requester) -> None:
    kind = a_tested_type(ada, answer_key=BY_PERCENTAGE.replace("7</AnswerScore>", "70077</AnswerScore>"))
    test = begin(as_cleo, kind)
    addresses = [test, f"/qualifications/{kind.public_id}/", "/qualifications/"]
    for page in [*(text_of(as_cleo, address) for address in addresses), frame_of(as_cleo, test)]:
        assert "70077" not in page
        assert "AnswerKey" not in page


def test_time_that_ran_out_is_said_everywhere(
    as_cleo: Client, ada: Requester, moving_clock: MovingClock
) -> None:
    kind = a_tested_type(ada)
    test = begin(as_cleo, kind)
    frame = as_cleo.get(test).context["frame"].url
    listed = text_of(as_cleo, "/qualifications/")
    assert "taking the test" in listed
    assert f'href="{test}"' in listed
    moving_clock.forward(60 * MINUTES)
    assert "This test is over." in text_of(Client(), frame)
    assert send(as_cleo, test, ticked("n2"))[1]["status"] == "late"
    assert "time ran out" in text_of(as_cleo, "/qualifications/")
    page = text_of(as_cleo, f"/qualifications/{kind.public_id}/")
    assert "time ran out" in page
    assert "/ask/" not in page


@pytest.mark.parametrize("path", ["/qualifications/", "/qualifications/{}/"])
def test_looking_settles_a_test_that_ran_out(
    as_cleo: Client, ada: Requester, moving_clock: MovingClock, path: str
) -> None:
    kind = a_tested_type(ada, retry_delay_seconds=60)
    begin(as_cleo, kind)
    moving_clock.forward(60 * MINUTES)
    page = text_of(as_cleo, path.format(kind.public_id))
    assert "Take the test" in page or "Start the test again" in page
    assert QualificationRequest.objects.get().status == "Abandoned"


def test_a_type_that_is_deleted_meanwhile_says_why(as_cleo: Client, ada: Requester) -> None:
    kind = a_tested_type(ada)
    test = begin(as_cleo, kind)
    qualification_types.dispose(ada, kind.public_id)
    reply = send(as_cleo, test, ticked("n2"))[1]
    assert (reply["status"], reply["message"]) == ("refused", "The qualification is no longer given.")
    assert "it is not open for requests" in text_of(as_cleo, reply["next"])


def test_who_holds_it_takes_the_test_again_where_that_is_allowed(
    as_cleo: Client, ada: Requester, cleo: Worker
) -> None:
    kind = a_tested_type(ada, retry_delay_seconds=0)
    send(as_cleo, begin(as_cleo, kind), ticked("n9"))
    page = text_of(as_cleo, f"/qualifications/{kind.public_id}/")
    assert "-33" in page
    assert "Start the test again" in page
    test = begin(as_cleo, kind)
    assert f'href="{test}"' in text_of(as_cleo, "/qualifications/")
    send(as_cleo, test, ticked("n2", "n7", capital="lj"))
    assert cleo.qualifications.get().value == 100
    page = text_of(as_cleo, f"/qualifications/{kind.public_id}/")
    assert page.index("scored: 100") < page.index("scored: -33")


def test_nobody_elses_test_is_shown(as_cleo: Client, as_dan: Client, client: Client, ada: Requester) -> None:
    test = begin(as_cleo, a_tested_type(ada))
    for other in (as_dan, client):
        assert other.get(test).status_code == 404
        assert send(other, test, ticked("n2"))[0] == 404


def test_a_visitor_logs_in_and_comes_back_to_the_qualification(
    client: Client, ada: Requester, eve: User
) -> None:
    kind = a_tested_type(ada)
    page = f"/qualifications/{kind.public_id}/"
    assert "Start the test" in text_of(client, page)
    assert client.post(f"{page}ask/")["Location"] == f"/account/login/?next={page}"
    client.force_login(eve)
    assert begin(client, kind).startswith("/tests/")


def test_an_inactive_type_is_shown_to_those_who_have_to_do_with_it_only(
    as_cleo: Client, as_dan: Client, ada: Requester
) -> None:
    kind = a_tested_type(ada)
    test = begin(as_cleo, kind)
    type(kind).objects.update(status="Inactive")
    page = f"/qualifications/{kind.public_id}/"
    assert f'href="{test}"' in text_of(as_cleo, page)
    assert as_dan.get(page).status_code == 404


def test_a_test_that_cannot_be_shown_says_so(as_cleo: Client, ada: Requester) -> None:
    kind = a_type(ada, test="<QuestionForm/>", test_duration_seconds=60)
    assert "cannot be shown" in text_of(as_cleo, f"/qualifications/{kind.public_id}/")
    assert as_cleo.post(f"/qualifications/{kind.public_id}/ask/").status_code == 409
    assert not QualificationRequest.objects.exists()


def test_work_that_requires_it_leads_to_the_test(as_cleo: Client, ada: Requester) -> None:
    tested, untested = a_tested_type(ada), a_type(ada, "Untested")
    required = [
        a_requirement(tested.public_id, "GreaterThan", IntegerValues=[80]),
        a_requirement(untested.public_id),
    ]
    page = text_of(as_cleo, f"/groups/{a_group(ada, requirements=required).public_id}/")
    assert f'<a href="/qualifications/{tested.public_id}/">Take the test</a>' in page
    assert f'<a href="/qualifications/{untested.public_id}/">Look at this qualification</a>' in page


def test_a_qualification_of_the_servers_own_has_a_page_too(as_cleo: Client, cleo: Worker) -> None:
    kind = qualifications.make_master(cleo).qualification_type
    page = text_of(as_cleo, f"/qualifications/{kind.public_id}/")
    assert "it is not open for requests" in page
    assert f'href="/qualifications/{kind.public_id}/"' in text_of(as_cleo, "/qualifications/")


def test_a_test_that_is_being_taken_is_in_the_queue(
    as_cleo: Client, ada: Requester, moving_clock: MovingClock
) -> None:
    test = begin(as_cleo, a_tested_type(ada))
    assert f'href="{test}"' in text_of(as_cleo, "/queue/")
    moving_clock.forward(60 * MINUTES)
    assert "Nothing in your hands" in text_of(as_cleo, "/queue/")
