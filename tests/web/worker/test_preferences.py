"""What workers prefer is kept, and holds on every page."""

import pytest

from kempelen.domain.models import Worker
from tests.factories import a_hit

CHOSEN = {"language": "de", "accepts_next": "on"}


def test_preferences_are_kept_and_shown_again(as_cleo, cleo):
    assert as_cleo.post("/preferences/", CHOSEN)["Location"] == "/preferences/"
    cleo.refresh_from_db()
    assert (cleo.language, cleo.accepts_next, cleo.uses_shortcuts) == ("de", True, False)
    form = as_cleo.get("/preferences/").context["form"]
    assert [form[name].value() for name in ("language", "accepts_next", "uses_shortcuts")] == [
        "de",
        True,
        False,
    ]


def test_the_chosen_language_wins_over_the_browsers(as_cleo, db):
    as_cleo.post("/preferences/", CHOSEN)
    assert "$0,00" in as_cleo.get("/history/", headers={"Accept-Language": "ja"}).content.decode()
    as_cleo.post("/preferences/", CHOSEN | {"language": "browser"})
    assert "$0.00" in as_cleo.get("/history/", headers={"Accept-Language": "ja"}).content.decode()


def test_a_language_that_is_not_on_the_list_is_refused(as_cleo, cleo):
    assert as_cleo.post("/preferences/", CHOSEN | {"language": "xx"}).status_code == 422
    cleo.refresh_from_db()
    assert cleo.language == ""


def test_a_language_says_by_an_example_what_it_means(as_cleo, db):
    assert "Deutsch: 12.345,67, " in as_cleo.get("/preferences/").content.decode()


@pytest.mark.parametrize(("on", "is_on"), [("1", True), ("0", False)])
def test_single_keys_are_switched_from_their_list_and_nothing_else_changes(as_cleo, cleo, on, is_on):
    as_cleo.post("/preferences/", CHOSEN)
    assert as_cleo.post("/preferences/shortcuts/", {"on": on}).status_code == 204
    cleo.refresh_from_db()
    assert (cleo.uses_shortcuts, cleo.language, cleo.accepts_next) == (is_on, "de", True)
    assert (" data-off" in as_cleo.get("/queue/").content.decode()) is not is_on


def test_a_user_who_never_worked_has_preferences_too(client, eve):
    client.force_login(eve)
    client.post("/preferences/", CHOSEN)
    assert Worker.objects.get(user=eve).language == "de"


def test_a_visitor_has_none_before_the_first_accept(client, db):
    assert "<form class" not in client.get("/preferences/").content.decode()
    client.post("/preferences/", CHOSEN)
    assert not Worker.objects.exists()
    client.post(f"/hits/{a_hit(audience='anonymous').public_id}/accept/")
    client.post("/preferences/", CHOSEN)
    assert Worker.objects.get().language == "de"
