import re

from kempelen.domain.actions import projects
from tests.factories import a_batch, a_project


def names(page) -> list[str]:
    return [project.name for project in page.context["page"]]


def test_the_newest_change_comes_first_and_headings_sort(owner, ada, at):
    for name in ("Birds", "Apples", "Cats"):
        a_project(ada, name=name)
    assert names(owner.get(at("projects/"))) == ["Cats", "Apples", "Birds"]
    assert names(owner.get(at("projects/?sort=name"))) == ["Apples", "Birds", "Cats"]
    assert names(owner.get(at("projects/?sort=nonsense"))) == ["Cats", "Apples", "Birds"]


def test_search_looks_at_name_title_and_keywords(owner, ada, at):
    a_project(ada, name="Birds", title="Which bird is it?", keywords="photos, nature")
    a_project(ada, name="Receipts")
    for words in ("bird", "WHICH", "nature photos"):
        assert names(owner.get(at("projects/"), {"q": words})) == ["Birds"]


def test_htmx_gets_the_list_alone(owner, at, project):
    page = owner.get(at("projects/"), headers={"HX-Request": "true"})
    assert page.content.decode().lstrip().startswith('<div class="stack" id="projects">')
    assert "HX-Request" in page["Vary"]


def test_an_archived_project_leaves_the_list_and_can_be_put_back(owner, at, project):
    owner.post(at("projects/1/archive/"), {"archived": "1"})
    assert names(owner.get(at("projects/"))) == []
    assert names(owner.get(at("projects/?archived=1"))) == ["Opinions"]
    owner.post(at("projects/1/archive/"), {"archived": "0"})
    assert names(owner.get(at("projects/"))) == ["Opinions"]


def test_the_first_project_is_offered_where_there_is_none(owner, member, at):
    assert "Make your first project" in owner.get(at("projects/")).content.decode()
    assert (
        "An editor of this requester can make one" in member("viewer").get(at("projects/")).content.decode()
    )


def test_the_list_takes_the_same_few_queries_however_long_it_is(
    owner, ada, at, django_assert_max_num_queries
):
    for number in range(5):
        a_batch(a_project(ada, name=f"Project {number}"))
    with django_assert_max_num_queries(10):
        owner.get(at("projects/"))


def test_a_project_shows_its_properties_batches_and_versions(owner, at, batch, project):
    projects.save_template(project.template, "<p>${text}</p><input name=b>")
    page = owner.get(at("projects/1/")).content.decode()
    for words in ("$0.05 for each assignment", "1 hour", at("batches/1/"), "Version 2", "Version 1"):
        assert words in page
    assert "&lt;input name=b&gt;" in owner.get(at("projects/1/versions/2/")).content.decode()
    assert owner.get(at("projects/1/versions/3/")).status_code == 404


def test_who_may_not_edit_is_offered_no_editing(member, at, batch):
    page = member("viewer").get(at("projects/1/")).content.decode()
    assert at("projects/1/edit/") not in page
    assert "Archive" not in page


def test_new_projects_take_the_servers_order(owner, settings):
    settings.KEMPELEN_NEXT_HIT_RANDOM = True
    page = owner.get("/r/ada/projects/new/").text
    chosen = re.search(r'<input[^>]*name="queue_order"[^>]*value="random"[^>]*>', page)
    assert chosen
    assert "checked" in chosen[0]
