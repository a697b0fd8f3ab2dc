"""A test as a worker would take it: time and score, and nothing recorded."""

import pytest

from kempelen.domain import clock
from kempelen.domain.models import QualificationType
from tests.contract.api.test_isolation import everything
from tests.domain.qualification_tests import TEST, a_test_in_words, a_tested_type, ticked, typed
from tests.domain.requiring import a_type


@pytest.fixture
def page_of(at):
    """A function that gives where a type is tried."""

    def page(kind: QualificationType) -> str:
        return at(f"qualifications/types/{kind.public_id}/try/")

    return page


def score_url(client, page: str) -> str:
    """Where the page sends the answers."""
    shown = client.get(page).content.decode()
    return shown.partition('submit-url="')[2].partition('"')[0]


def sends(client, url: str, answers):
    fields = [
        [name, value]
        for name, given in answers.items()
        for value in ([given] if isinstance(given, str) else given)
    ]
    return client.post(
        url, {"fields": fields}, content_type="application/json", headers={"Accept": "application/json"}
    )


def test_the_score_is_what_a_worker_would_get_and_nothing_is_kept(member, ada, page_of):
    viewer, page = member("viewer"), page_of(a_tested_type(ada))
    before = everything()
    answer = sends(viewer, score_url(viewer, page), ticked("n7", "n2", capital="zg")).json()
    assert answer["status"] == "submitted"
    shown = viewer.get(answer["next"]).content.decode()
    assert "A worker would get 58" in shown
    assert "as a percentage of 12" in shown
    assert "Tick every prime number." in shown
    assert everything() == before


def test_what_lacks_is_said_at_its_question(owner, ada, page_of):
    page = page_of(a_tested_type(ada))
    refused = sends(owner, score_url(owner, page), ticked(capital="zg"))
    assert (refused.status_code, refused.json()["faults"]) == (409, {"1": "This field is required."})


def test_a_test_that_a_person_scores_says_so(owner, ada, page_of):
    page = page_of(a_tested_type(ada, test=a_test_in_words(), answer_key=""))
    answer = sends(owner, score_url(owner, page), typed("A train")).json()
    assert "would wait for you" in owner.get(answer["next"]).content.decode()


def test_after_its_time_answers_count_for_nothing(owner, ada, page_of, monkeypatch):
    page = page_of(a_tested_type(ada))
    url, now = score_url(owner, page), clock.now()
    monkeypatch.setattr(clock, "now", lambda: now.replace(year=now.year + 1))
    assert sends(owner, url, ticked("n2")).json()["status"] == "late"


def test_what_there_is_not_cannot_be_tried(owner, ada, ben, page_of):
    assert owner.get(page_of(a_type(ada, "Without"))).status_code == 404
    assert owner.get(page_of(a_tested_type(ben, "Another's"))).status_code == 404
    broken = page_of(a_tested_type(ada, "Broken", test="<old/>", answer_key=""))
    assert owner.get(broken).status_code == 409
    assert sends(owner, f"{broken}score/", {}).status_code == 409


@pytest.mark.parametrize("query", ["?outcome=x", "?outcome=", "?began=x"])
def test_an_outcome_that_we_did_not_sign_is_none(owner, ada, page_of, query):
    page = page_of(a_tested_type(ada))
    assert "a trial: nothing is recorded" in owner.get(page + query).content.decode()
    assert sends(owner, f"{page}score/{query}", ticked("n2")).json()["status"] == "submitted"
    assert owner.post(f"{page}score/", b"{", content_type="application/json").status_code == 409
    asked = owner.post(f"{page}score/", {"fields": None}, content_type="application/json")
    assert asked.json()["status"] == "open"


def test_the_outcome_of_one_test_is_none_of_another(owner, ada, page_of):
    first, second = page_of(a_tested_type(ada)), page_of(a_tested_type(ada, "Second", test=TEST))
    answer = sends(owner, score_url(owner, first), ticked("n2")).json()
    stolen = second + "?" + answer["next"].partition("?")[2]
    assert "A worker would get" not in owner.get(stolen).content.decode()
