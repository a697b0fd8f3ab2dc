"""The log of who did what: written by the actions, shown to owners."""

import pytest

from kempelen.domain import events
from kempelen.domain.actions import access_keys, batches, blocks, members, people, projects, worker_groups
from kempelen.domain.models import Event
from kempelen.domain.queries import audit
from kempelen.web.ui import audit_words
from tests.factories import a_batch, a_project, a_user, an_upload, owner_of
from tests.web.requester.conftest import logged_in


@pytest.fixture
def busy(ada, ben, cleo):
    """A day in Ada's requester, and a little of Ben's."""
    by, zoe = owner_of(ada), a_user("Zoe")
    people.add_member(ada, zoe, role="viewer", by=by)
    members.change_role(ada, "Zoe", role="editor", by=by)
    key, _ = access_keys.create(ada.memberships.get(user=zoe), by=zoe)
    access_keys.revoke(key, by=by)
    project = a_project(ada, by=zoe)
    projects.update_project(project, name="Birds", by=zoe)
    batch = a_batch(project)
    batches.pause(batch, by=zoe)
    batches.discard(an_upload(project), by=zoe)
    worker_groups.create(ada, "Pilots", by=by)
    blocks.block(ada, cleo.public_id, reason="=1+1", by=by)
    members.remove(ada, "Zoe", by=by)
    members.rename(ben, "Secret lab", by=owner_of(ben))
    return zoe


def text_of(client, path):
    return client.get(path).content.decode()


def test_each_action_leaves_a_line_that_says_who_did_what(owner, at, busy, cleo):
    page = text_of(owner, at("log/"))
    for said in (
        "Zoe became viewer",
        "made Zoe editor in place of viewer",
        "made the access key AKIA",
        "revoked the access key AKIA",
        "saved project 1",
        "paused the batch “rows”",
        "deleted the upload “rows”",
        "made the group “Pilots”",
        f"blocked {cleo.public_id}: =1+1",
        "removed Zoe, who was editor",
    ):
        assert said in page
    assert "Secret lab" not in page


def test_the_log_is_filtered_by_what_who_and_when(owner, at, busy):
    assert "Pilots" not in text_of(owner, at("log/?what=keys"))
    assert "AKIA" in text_of(owner, at("log/?what=keys"))
    assert "removed Zoe" in text_of(owner, at("log/?who=zoe"))
    assert "Pilots" not in text_of(owner, at("log/?who=zoe"))
    assert "Nothing fits" in text_of(owner, at("log/?who=nobody"))
    assert "Nothing fits" in text_of(owner, at("log/?until=2001-01-01"))
    assert "Pilots" in text_of(owner, at("log/?since=2001-01-01&until=rubbish"))


def test_the_log_comes_as_a_csv_without_formulas(owner, at, busy):
    text = b"".join(owner.get(at("log.csv?what=workers"))).decode()
    assert text.startswith("at,who,what,kind,requester\r\n")
    assert ",Ada,made the group “Pilots”,WorkerGroupCreated,ada\r\n" in text
    assert "AKIA" not in text


def test_a_long_log_comes_page_by_page(owner, at, ada):
    for number in range(60):
        events.record(events.ProjectSaved(ada, by=owner_of(ada), data={"project": number}))
    first = owner.get(at("log/"))
    assert "saved project 59" in first.content.decode()
    rest = text_of(owner, at(f"log/?after={first.context['after']}"))
    assert "saved project 5<" in rest
    assert len(list(audit.all_told(audit.log_of(ada)))) == Event.objects.filter(requester_pk=ada.pk).count()


def test_editors_do_not_see_it_and_a_line_is_never_changed(member, at, busy, ada):
    assert member("editor").get(at("log/")).status_code == 403
    line = audit.log_of(ada)[0]
    with pytest.raises(TypeError):
        line.save()
    with pytest.raises(TypeError):
        line.delete()


def test_every_kind_of_line_has_words(ada):
    def kinds_of(kind):
        yield kind
        for further in kind.__subclasses__():
            yield from kinds_of(further)

    bases = {"Happening", "RequesterHappening", "BatchHappening", "UserHappening"}
    audited = {kind.__name__ for kind in kinds_of(events.Happening) if kind.is_audited} - bases
    assert audited <= set(audit_words._WORDS)


def test_another_requesters_owner_finds_no_log(ben, at):
    assert logged_in(owner_of(ben)).get(at("log.csv")).status_code == 404
