"""A server with two requesters and a worker between them, and what stands in addresses about it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from kempelen.domain import clock, file_links
from kempelen.domain.actions import (
    access_keys,
    additions,
    api_tokens,
    assignments,
    background,
    bulk_reviews,
    exports,
    messages,
    notices,
    people,
    qualifications,
    uploading,
    worker_groups,
    worker_notes,
    workers_changes,
)
from kempelen.domain.answers import Uploaded
from kempelen.domain.models import Batch, Export, Invitation, Job, Requester, User, Worker
from kempelen.domain.queries.result_files import ResultFile
from kempelen.domain.queries.selections import Selection
from kempelen.web.content import tokens
from tests.domain.api_hits import a_hit_type, a_new_hit
from tests.domain.qualification_tests import a_tested_type
from tests.factories import (
    ROWS,
    a_batch,
    a_project,
    a_submitted_assignment,
    a_user,
    an_assignment,
    an_upload,
    csv_of,
    hits_of,
    owner_of,
)

WHO = ("visitor", "worker", "other", "viewer", "reviewer", "editor", "owner", "admin")

# Where a part of an address means something else than elsewhere.
OTHERWISE = (
    {
        "account:join token": "join_token",
        "account:link token": "link_token",
        "account:token_revoke number": "token_number",
        "account:password_reset_confirm token": "reset_token",
        "requester:worker_group_uninvite digest": "group_digest",
        "content:page token": "task_token",
        "content:page_file token": "task_token",
        "content:draft_file token": "task_token",
        "content:test token": "test_token",
        "content:trial token": "trial_token",
        "content:file token": "file_token",
    }
    | dict.fromkeys(
        [f"{place}:job_{do} pk" for place in ("requester", "site_admin") for do in ("again", "give_up")],
        "job_pk",
    )
    | dict.fromkeys(
        [f"requester:project_bulk_{page} review_id" for page in ("review", "confirm", "undo", "drop")],
        "project_review_id",
    )
    | dict.fromkeys(
        [f"worker:{page} assignment_id" for page in ("work", "submit", "draft", "return", "skip_assignment")]
        + [f"worker:{page} assignment_id" for page in ("upload", "discard")],
        "held_id",
    )
)


def _means(name: str, part: str) -> str:
    """Give which part of the world the address of this page means by a name; `group_…`: a program's HITs."""
    of_program = name == "requester:group" or name.startswith("requester:group_")
    if of_program and part in ("group_id", "assignment_id", "message_id", "review_id"):
        return f"program_{part}"
    return OTHERWISE.get(f"{name} {part}", part)


@dataclass(frozen=True)
class World:
    """The people by what they are, and the parts of addresses by their names."""

    users: Mapping[str, User | None]
    parts: Mapping[str, Any]

    def address_of(self, pattern: URLPattern, name: str) -> str:
        """Give the page's address, about what is Ada's or Cleo's."""
        wanted = pattern.pattern.converters
        given = {part: self.parts[_means(name, part)] for part in wanted}
        return reverse(name, kwargs=given)

    def browser_of(self, who: str) -> Client:
        """Give a browser in which this person is logged in, or nobody."""
        client = Client()
        user = self.users[who]
        if user is not None:
            client.force_login(user)
        return client


def world_of(ada: Requester, ben: Requester, cleo: Worker) -> World:
    """Make one of everything that is Ada's or Cleo's; Ben, who works too, and an administrator have none."""
    users: dict[str, User | None] = {"visitor": None, "worker": cleo.user, "other": owner_of(ben)}
    users |= {role: _member(ada, role) for role in ("viewer", "reviewer", "editor")}
    users |= {"owner": owner_of(ada), "admin": _administrator()}
    people.worker_of(owner_of(ben))
    return World(users, _of_ada(ada, cleo) | _of_accounts(ada))


def addresses() -> Iterator[tuple[str, URLPattern]]:
    """Give every page there is, by its name with its namespace."""
    yield from _named(get_resolver().url_patterns, "")


def _named(patterns: list[Any], before: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            namespace = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _named(pattern.url_patterns, before + namespace)
        else:
            yield f"{before}{pattern.name}", pattern


def _member(requester: Requester, role: str) -> User:
    user = a_user(role.title())
    people.add_member(requester, user, role=role)
    return user


def _administrator() -> User:
    user = a_user("Root")
    User.objects.filter(pk=user.pk).update(is_superuser=True)
    user.refresh_from_db()
    return user


def _of_ada(ada: Requester, cleo: Worker) -> dict[str, Any]:
    project = a_project(ada, places=2, allows_corrections=True)
    batch = a_batch(project)
    an_upload(project)
    open_hit, done_hit, held_hit = hits_of(batch)
    assert cleo.user
    done = an_assignment(cleo, done_hit)
    photo = uploading.upload(done.public_id, ContentFile(b"ink"), field="photo", name="a.txt", worker=cleo)
    shown: Uploaded = {"file": photo.public_id, "name": "a.txt", "size": 3}
    assignments.submit(done.public_id, {"answer": "yes", "photo": shown})
    held = an_assignment(cleo, held_hit)
    of_program = a_submitted_assignment(cleo, a_new_hit(a_hit_type(ada)))
    asked = qualifications.request(cleo, a_tested_type(ada).public_id)
    kind = asked.qualification_type.public_id
    qualifications.associate(ada, kind, cleo.public_id, sends_notification=False)
    note = worker_notes.add(ada, cleo, "Careful.", by=owner_of(ada))
    change = workers_changes.ask_for(ada, "unblock", [cleo.pk], {"reason": ""})
    notices.tell_worker(ada, cleo, "Hello", "Come.")
    assert batch.hit_group
    rows = ContentFile(csv_of(ROWS).encode())
    return {
        "addition": additions.upload(batch, rows, file_name="more.csv").number,
        "slug": ada.slug,
        "number": 1,
        "project": 1,
        "export_id": _a_file(ada, batch),
        "version": 1,
        "library": "bootstrap",
        "example": "survey",
        "path": "x.css",
        "files": "none",
        "form": "csv",
        "group_id": batch.hit_group.public_id,
        "program_group_id": of_program.hit.group.public_id,
        "program_assignment_id": of_program.public_id,
        "review_id": bulk_reviews.plan(ada, batch.hit_group, "approve", selection={}).public_id,
        "job_pk": _a_failed_job(ada, batch),
        "project_review_id": bulk_reviews.plan(ada, project, "approve", selection={}).public_id,
        "program_review_id": bulk_reviews.plan(ada, of_program.group, "approve", selection={}).public_id,
        "program_message_id": messages.tell(cleo, of_program.hit, kind="broken", text="Gone.").public_id,
        "public_id": batch.hit_group.public_id,
        "hit_id": open_hit.public_id,
        "assignment_id": done.public_id,
        "held_id": held.public_id,
        "file_id": photo.public_id,
        "message_id": messages.tell(cleo, done_hit, kind="broken", text="Missing.").public_id,
        "worker_id": cleo.public_id,
        "note_pk": note.pk,
        "change_id": change.public_id,
        "notice_id": cleo.notices.get().public_id,
        "type_id": asked.qualification_type.public_id,
        "request_id": asked.public_id,
        "task_token": tokens.make(tokens.Shown("preview", open_hit.public_id)),
        "trial_token": tokens.make_trial(asked.qualification_type.public_id, ""),
        "test_token": tokens.make_test(asked.public_id, ""),
        "file_token": file_links.token_for(photo.public_id),
    }


def _a_failed_job(requester: Requester, batch: Batch) -> int:
    assert batch.hit_group
    review = bulk_reviews.plan(requester, batch.hit_group, "approve", selection={})
    job = background.ask_for(bulk_reviews.UNDO_REVIEW, review=review.pk)
    Job.objects.filter(pk=job.pk).update(finished_at=clock.now(), failed_at=clock.now(), problem="Error()")
    return job.pk


def _a_file(requester: Requester, batch: Batch) -> str:
    file = ResultFile(requester, batch, Selection(), Export.Form.CSV)
    export = exports.ask(file, by=owner_of(requester))
    exports.make(export.pk)
    return export.public_id


def _of_accounts(ada: Requester) -> dict[str, Any]:
    key, _ = access_keys.create(ada.memberships.get(role="owner"))
    zoe = a_user("Zoe")
    people.add_member(ada, zoe, role="viewer")
    people.invite(requester=ada, role="viewer")
    group = worker_groups.create(ada, "Pilots")
    people.invite(worker_group=group)
    return {
        "pk": group.pk,
        "group_digest": Invitation.objects.get(worker_group=group).digest,
        "key_id": key.public_id,
        "token_number": api_tokens.create(owner_of(ada))[0].pk,
        "username": zoe.username,
        "digest": Invitation.objects.get(requester=ada).digest,
        "join_token": people.invite(requester=ada, role="viewer"),
        "link_token": people.login_link(zoe),
        "uidb64": urlsafe_base64_encode(force_bytes(zoe.pk)),
        "reset_token": default_token_generator.make_token(zoe),
    }
