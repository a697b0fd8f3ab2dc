from kempelen.domain.actions import people
from kempelen.domain.models import Requester
from tests.factories import owner_of
from tests.web.requester.conftest import logged_in


def test_whoever_has_one_requester_goes_straight_to_its_projects(owner, at):
    assert owner.get("/r/")["Location"] == at("projects/")


def test_whoever_has_several_chooses(owner, ada, ben):
    people.add_member(ben, owner_of(ada), role="viewer")
    page = owner.get("/r/").content.decode()
    assert "/r/ada/projects/" in page
    assert "/r/ben/projects/" in page


def test_whoever_has_none_reads_how_to_get_one_and_cannot_make_one(eve):
    page = logged_in(eve).get("/r/").content.decode()
    assert "You belong to no requester yet" in page
    logged_in(eve).post("/r/", {"name": "Mine"})
    assert not Requester.objects.filter(name="Mine").exists()


def test_a_superuser_makes_a_requester_and_owns_it(eve):
    eve.is_superuser = True
    eve.save()
    answer = logged_in(eve).post("/r/", {"name": "Word Lab"})
    assert answer["Location"] == "/r/word-lab/projects/"
    assert eve.memberships.get(requester__slug="word-lab").role == "owner"


def test_a_requester_needs_a_name(eve):
    eve.is_superuser = True
    eve.save()
    page = logged_in(eve).post("/r/", {"name": " "})
    assert "This field is required" in page.content.decode()


def test_whoever_has_one_can_look_at_the_list_all_the_same(owner):
    assert "/r/ada/projects/" in owner.get("/r/?all=1").content.decode()


def test_an_administrator_with_one_requester_goes_straight_there_and_finds_the_form(owner, ada, at):
    user = owner_of(ada)
    user.is_superuser = True
    user.save()
    assert owner.get("/r/")["Location"] == at("projects/")
    assert "New requester" in owner.get("/r/?all=1").content.decode()
