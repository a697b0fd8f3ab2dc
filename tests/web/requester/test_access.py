"""Who may see and do what: every page of a requester, tried by each kind of person."""

import pytest
from django.test import Client

from kempelen.domain.models import Assignment, Batch, Membership, Message, Project
from kempelen.web.requester import urls
from tests.domain.api_hits import a_hit_type, a_new_hit
from tests.factories import a_batch, a_project, owner_of
from tests.web.requester.conftest import logged_in

# Each page by name, the method by which it is used, and the lowest role that may.
PAGES = {
    "home": ("get", "viewer"),
    "projects": ("get", "viewer"),
    "project_new": ("get", "editor"),
    "project_check": ("post", "editor"),
    "project": ("get", "viewer"),
    "project_edit": ("get", "editor"),
    "project_archive": ("post", "editor"),
    "project_version": ("get", "viewer"),
    "batch_new": ("get", "editor"),
    "access_keys": ("get", "viewer"),
    "access_key_revoke": ("post", "viewer"),
    "members": ("get", "viewer"),
    "member_invite": ("post", "owner"),
    "leave": ("post", "viewer"),
    "rename": ("post", "owner"),
    "member_role": ("post", "owner"),
    "member_remove": ("post", "owner"),
    "invitation_revoke": ("post", "owner"),
    "notifications": ("get", "viewer"),
    "batches": ("get", "viewer"),
    "batch": ("get", "viewer"),
    "batch_publish": ("post", "editor"),
    "batch_discard": ("post", "editor"),
    "batch_progress": ("get", "viewer"),
    "batch_pause": ("post", "editor"),
    "batch_resume": ("post", "editor"),
    "batch_cancel": ("post", "editor"),
    "batch_results": ("get", "viewer"),
    "batch_download": ("get", "viewer"),
    "batch_files": ("get", "viewer"),
    "batch_masks": ("get", "viewer"),
    "file": ("get", "viewer"),
    "batch_messages": ("get", "viewer"),
    "message_reply": ("post", "reviewer"),
    "assignment": ("get", "viewer"),
    "assignment_approve": ("post", "reviewer"),
    "assignment_reject": ("post", "reviewer"),
    "groups": ("get", "viewer"),
    "group": ("get", "viewer"),
    "group_results": ("get", "viewer"),
    "group_download": ("get", "viewer"),
    "group_files": ("get", "viewer"),
    "group_masks": ("get", "viewer"),
    "group_messages": ("get", "viewer"),
    "group_message_reply": ("post", "reviewer"),
    "group_assignment": ("get", "viewer"),
    "group_assignment_approve": ("post", "reviewer"),
    "group_assignment_reject": ("post", "reviewer"),
}
RANKS = list(Membership.Role.values)


@pytest.fixture
def address_of(project: Project, batch: Batch, answer: Assignment, message: Message):
    given = {
        "slug": project.requester.slug,
        "version": 1,
        "form": "csv",
        "assignment_id": answer.public_id,
        "message_id": message.public_id,
        "key_id": "AKIAOFSOMEBODY",
        "username": "Nobody",
        "digest": "0" * 64,
        "file_id": "OFNOBODY",
        "group_id": a_new_hit(a_hit_type(project.requester)).group.public_id,
    }

    def address(name: str) -> str:
        pattern = next(p for p in urls.urlpatterns if p.name == name)
        number = project.number if "projects/" in str(pattern.pattern) else batch.number
        wanted = pattern.pattern.converters
        return "/r/" + _reversed(
            pattern, {k: v for k, v in (given | {"number": number}).items() if k in wanted}
        )

    return address


def _reversed(pattern, arguments) -> str:
    text = str(pattern.pattern)
    kinds = dict.fromkeys(("slug", "form", "group_id", "file_id", "digest"), "slug")
    kinds |= dict.fromkeys(("assignment_id", "message_id", "key_id", "username"), "str")
    for name, value in arguments.items():
        kind = kinds.get(name, "int")
        text = text.replace(f"<{kind}:{name}>", str(value))
    return text


def test_the_table_has_every_page():
    assert set(PAGES) == {pattern.name for pattern in urls.urlpatterns} - {"index"}


@pytest.mark.parametrize("name", PAGES)
def test_a_visitor_is_asked_to_log_in(address_of, name):
    answer = getattr(Client(), PAGES[name][0])(address_of(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/?next=/r/ada/")


@pytest.mark.parametrize("name", PAGES)
def test_another_requester_hears_that_there_is_nothing(address_of, ben, name):
    assert getattr(logged_in(owner_of(ben)), PAGES[name][0])(address_of(name)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_hears_that_there_is_nothing(address_of, eve, name):
    assert getattr(logged_in(eve), PAGES[name][0])(address_of(name)).status_code == 404


@pytest.mark.parametrize("role", ["viewer", "reviewer"])
@pytest.mark.parametrize("name", PAGES)
def test_a_member_may_do_as_much_as_the_role_reaches(address_of, member, name, role):
    method, lowest = PAGES[name]
    status = getattr(member(role), method)(address_of(name)).status_code
    is_enough = RANKS.index(role) <= RANKS.index(lowest)
    assert (status != 403) if is_enough else (status == 403)


def test_what_the_other_requester_owns_is_not_found_under_an_own_address(
    ben, project, batch, answer, message
):
    bens = logged_in(owner_of(ben))
    for path in (
        "projects/1/",
        "projects/1/edit/",
        "batches/1/",
        "batches/1/results/",
        "batches/1/results.csv",
        "batches/1/messages/",
    ):
        assert bens.get(f"/r/{ben.slug}/{path}").status_code == 404
    a_batch(a_project(ben))
    reply = f"batches/1/messages/{message.public_id}/reply/"
    for path in ("batches/2/pause/", f"batches/1/results/{answer.public_id}/approve/", reply):
        assert bens.post(f"/r/{ben.slug}/{path}", {"text": "Hello"}).status_code == 404
    answer.refresh_from_db()
    assert answer.status == "Submitted"


def test_a_page_that_is_refused_for_the_role_names_it_and_who_can_help(member, at, project):
    page = member("viewer").get(at("projects/1/edit/"))
    assert page.status_code == 403
    assert "This takes the role of editor" in page.content.decode()
    assert "Ada can give you another role." in page.content.decode()


def test_a_requester_that_does_not_exist_looks_like_somebody_elses(owner):
    assert owner.get("/r/nobody/projects/").status_code == 404
