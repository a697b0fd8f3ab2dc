"""Databases that Turkle 3.1 and 2.7 made, brought here: nothing lost, nothing doubled, nothing half done."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db.models import Count, F
from django.test import Client

from kempelen.domain.errors import Refusal
from kempelen.domain.ids import digest_of
from kempelen.domain.models import (
    HIT,
    ApiToken,
    Assignment,
    Audience,
    Batch,
    Event,
    HITGroup,
    HourOfWork,
    Project,
    Requester,
    TurkleRow,
    User,
    Worker,
)
from kempelen.domain.statistics import filling
from kempelen.turkle_import import importing, tasks
from kempelen.turkle_import.report import Report
from tests.domain.test_memory_of_large_batches import MOST_GROWTH_MB, memory_mb
from tests.turkle.labs import PASSWORD, Lab, lab, lab_with_many

Bring = Callable[..., Report]


@pytest.fixture
def turkle(tmp_path: Path) -> Lab:
    return lab(tmp_path)


@pytest.fixture
def bring(turkle: Lab, ada: Requester) -> Bring:
    def bring_again(**options: bool) -> Report:
        return importing.bring(turkle.place, ada, **options)

    return bring_again


def batch_named(name: str) -> Batch:
    return Batch.objects.select_related("hit_group", "project").get(name=name)


def table(client: Client, batch: Batch) -> list[dict[str, str]]:
    answer = client.get(f"/r/ada/batches/{batch.number}/results.csv")
    content = b"".join(answer.streaming_content)
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def rounds(password_hash: str) -> int:
    return int(password_hash.split("$")[1])


def everything() -> dict[str, int]:
    """How many rows of each kind there are."""
    kinds = (User, Worker, Project, Batch, HITGroup, HIT, Assignment, ApiToken, TurkleRow)
    return {kind.__name__: kind.objects.count() for kind in kinds}


def test_the_old_user_logs_in_goes_on_with_the_task_and_the_results_have_the_old_answers(
    client: Client, bring: Bring
) -> None:
    bring()
    stored = User.objects.get(username="wanda").password
    assert client.post("/account/login/", {"name": "wanda", "password": PASSWORD}).status_code == 302
    # Django makes the hash anew where it has a safer way by now.
    assert rounds(User.objects.get(username="wanda").password) > rounds(stored)
    held = Assignment.objects.get(status="Accepted", worker__user__username="wanda")
    page = client.get("/")
    assert f"/work/{held.public_id}" in page.content.decode()
    assert client.get(f"/work/{held.public_id}/").status_code == 200
    fields = {"assignmentId": held.public_id, "mood": "good", "why": "here"}
    assert client.post("/mturk/externalSubmit", fields).status_code == 200
    client.post("/account/logout/")
    client.post("/account/login/", {"name": "admin", "password": PASSWORD})
    rows = table(client, batch_named("First"))
    assert [
        (row["Input.text"], row["Answer.mood"], row["Answer.topic"], row["Answer.why"]) for row in rows
    ] == [
        ("a", "good", "1|2", "=1+1"),
        ("a", "bad", "", "línea\r\nnueva".replace("\r", "")),
        ('say "hi", ok', "bad", "", ""),
        ("ünï", "good", "", "here"),
    ]
    assert (rows[0]["WorkTimeInSeconds"], rows[0]["AssignmentStatus"]) == ("75", "Approved")
    assert rows[1]["AssignmentStatus"] == "Submitted"


def test_accounts_keep_what_they_were(bring: Bring, ada: Requester) -> None:
    report = bring()
    flags = {user.username: (user.is_active, user.is_staff, user.is_superuser) for user in User.objects.all()}
    assert flags["admin"] == (True, True, True)
    assert flags["rita"] == (True, True, False)
    assert flags["ivan"] == (False, False, False)
    assert "AnonymousUser" not in flags
    ivan = User.objects.get(username="ivan")
    assert (ivan.first_name, ivan.check_password(PASSWORD)) == ("Iván", True)
    assert User.objects.get(username="wanda").email == "wanda@lab.example"
    roles = ada.memberships.values_list("user__username", "role")
    assert set(roles) == {("Ada", "owner"), ("admin", "owner"), ("rita", "editor")}
    # Names differ by more than their case here; the hash of an old Django is not read any more.
    assert User.objects.get(username="Wanda-2").check_password(PASSWORD)
    assert not User.objects.get(username="old").has_usable_password()
    assert any("Wanda → Wanda-2" in note.examples for note in report.notes.values())


def test_who_may_work_is_who_might(bring: Bring, ada: Requester) -> None:
    bring()
    pilots = ada.worker_groups.get(name="pilots")
    assert set(pilots.members.values_list("user__username", flat=True)) == {"wanda", "ivan"}
    for opened in (Project.objects.get(name="Closed"), batch_named("For pilots").hit_group):
        groups = opened.groups if isinstance(opened, Project) else opened.worker_groups
        assert opened.audience == Audience.GROUPS
        assert groups.filter(is_named=False).get() == pilots
        assert groups.get(is_named=True).members.get().user.username == "walt"
    assert Project.objects.get(name="Public").audience == Audience.ANONYMOUS
    assert batch_named("Anyone").hit_group.audience == Audience.ANONYMOUS
    assert batch_named("First").hit_group.audience == Audience.WORKERS


def test_batches_are_in_the_state_they_were_in(bring: Bring) -> None:
    bring()
    first = batch_named("First")
    assert (first.state, first.hit_group.status, first.row_count) == ("published", "open", 4)
    assert (first.columns, first.max_assignments, first.file_name) == (["text"], 2, "rows.csv")
    assert first.hit_group.hit_type.assignment_duration_seconds == 3 * 3600
    assert first.created_by.username == "admin"
    assert first.template_version.html == Project.objects.get(name="Moods").template.current_version.html
    assert batch_named("Resting").hit_group.status == "paused"
    past = batch_named("Long ago")
    assert past.hit_group.status == "paused"
    assert past.paused_at == past.project.stopped_at
    waiting = batch_named("To review")
    assert (waiting.state, waiting.row_count, waiting.columns) == ("uploaded", 2, ["text"])


def test_hits_add_up_and_what_turkle_took_for_done_is_not_given_out(bring: Bring) -> None:
    report = bring()
    first = {hit.inputs["text"]: hit for hit in HIT.objects.filter(group__batch__name="First")}
    counts = {text: (hit.places_left, hit.pending_count, hit.unreviewed_count) for text, hit in first.items()}
    assert counts == {"a": (0, 0, 1), 'say "hi", ok': (1, 0, 1), "ünï": (1, 1, 0), "d": (2, 0, 0)}
    assert (first["a"].reviewed_count, first["a"].status) == (1, "Reviewable")
    lost = HIT.objects.get(inputs={"text": "z"})
    assert (lost.status, lost.places_left, lost.assignments.count()) == ("Reviewable", 1, 0)
    assert any("account is deleted" in sentence for sentence in report.notes)
    visitor = Assignment.objects.get(answers={"why": "visitor"}).worker
    assert (visitor.user, visitor.browser_digest) == (None, None)
    assert not HIT.objects.exclude(seq=F("row_number")).exists()
    kinds = Event.objects.filter(assignment_pk__isnull=False).values_list("kind").annotate(Count("pk"))
    assert dict(kinds) == {"AssignmentAccepted": 6, "AssignmentSubmitted": 5, "AssignmentApproved": 1}


def test_tokens_stay_the_same_keys(bring: Bring, turkle: Lab) -> None:
    bring()
    scopes = {
        name: ApiToken.objects.get(digest=digest_of(key), user__username=name).scope
        for name, key in turkle.told["tokens"].items()
    }
    assert scopes == {"admin": "administrator", "wanda": "user"}
    header = {"Authorization": f"Token {turkle.told['tokens']['admin']}"}
    answer = Client().get("/api/users/username/wanda/", headers=header)
    assert (answer.status_code, answer.json()["email"]) == (200, "wanda@lab.example")
    names = {batch["name"] for batch in Client().get("/api/batches/", headers=header).json()["results"]}
    assert {"First", "For pilots", "To review"} <= names


def test_figures_count_what_was_done_in_turkle(bring: Bring) -> None:
    # Figures are kept from events on, which tell of every answer, at the time it was given.
    filling.fill_all()
    bring()
    filling.fill_all()
    hours = HourOfWork.objects.filter(scope=1, scope_pk=batch_named("First").hit_group.pk, submitted__gt=0)
    assert sum(hour.submitted for hour in hours) == 3
    assert max(hour.hour for hour in hours) - min(hour.hour for hour in hours) > 80 * 24


def test_a_second_import_brings_nothing_twice(bring: Bring) -> None:
    bring()
    before = everything()
    again = bring()
    assert everything() == before
    assert not +again.brought
    assert again.known == {
        "users": 7,
        "groups": 1,
        "projects": 4,
        "batches": 6,
        "tasks": 9,
        "answers": 5,
        "tasks in hand": 1,
        "tokens": 2,
    }


def test_a_second_import_brings_what_is_new_by_then(bring: Bring, turkle: Lab) -> None:
    bring()
    turkle.goes_on()
    again = bring()
    assert +again.brought == {"users": 1, "batches": 2, "tasks": 4, "answers": 2}
    held = HIT.objects.get(inputs={"text": "ünï"}).assignments.get()
    assert (held.status, held.answers) == ("Submitted", {"mood": "good", "why": "at last"})
    assert HIT.objects.get(inputs={"text": "added"}).group == batch_named("First").hit_group
    assert batch_named("First").row_count == 5
    second = batch_named("Second")
    assert "What is meant" in second.template_version.html
    assert second.template_version.number == 2
    assert batch_named("First").template_version.number == 1
    assert batch_named("To review").state == "published"
    assert User.objects.get(username="nina").worker.groups.get().name == "pilots"


def test_a_trial_writes_nothing_and_tells_the_same(bring: Bring) -> None:
    before, events = everything(), Event.objects.count()
    trial = bring(is_trial=True)
    assert (everything(), Event.objects.count()) == (before, events)
    done = bring()
    assert trial.as_json()["things"] == done.as_json()["things"]
    told = [(note["note"], note["count"]) for note in trial.as_json()["notes"]]
    assert told == [(note["note"], note["count"]) for note in done.as_json()["notes"]]
    again = bring(is_trial=True)
    assert not +again.brought


def test_an_import_that_is_killed_shows_no_part_of_a_batch_and_goes_on(
    bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "PAGE", 3)
    write, pages = tasks._write, []

    def write_one(page: tasks.Page) -> None:
        write(page)
        pages.append(page)
        if len(pages) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(tasks, "_write", write_one)
    with pytest.raises(KeyboardInterrupt):
        bring()
    assert HIT.objects.count() == 3
    assert set(HITGroup.objects.values_list("status", flat=True)) == {"hidden"}
    monkeypatch.setattr(tasks, "_write", write)
    bring()
    assert HIT.objects.count() == 9
    assert Assignment.objects.count() == 6
    assert not HITGroup.objects.filter(status="hidden").exists()
    assert batch_named("First").published_count == 4


def test_an_account_of_the_same_name_is_somebody_else_unless_one_says_so(
    bring: Bring, ada: Requester
) -> None:
    mine = User.objects.create_user("walt", password="quite-another-1")
    bring()
    assert User.objects.get(username="walt-2").check_password(PASSWORD)
    assert not Assignment.objects.filter(worker__user=mine).exists()


def test_people_who_are_the_same_get_their_work_and_keep_their_password(bring: Bring) -> None:
    mine = User.objects.create_user("admin", password="quite-another-1")
    bring(joins_users=True)
    mine.refresh_from_db()
    assert mine.check_password("quite-another-1")
    assert not mine.is_superuser
    assert Batch.objects.get(name="First").created_by == mine
    assert ApiToken.objects.get(user=mine).scope == "user"


def test_a_database_belongs_to_one_requester(bring: Bring, turkle: Lab, ben: Requester) -> None:
    bring()
    with pytest.raises(Refusal, match="--requester ada"):
        importing.bring(turkle.place, ben)


def test_turkle_2_comes_as_well(tmp_path: Path, ada: Requester) -> None:
    old = lab(tmp_path, is_old=True)
    report = importing.bring(old.place, ada)
    assert +report.brought == {
        "users": 7,
        "members": 2,
        "groups": 1,
        "projects": 4,
        "batches": 6,
        "tasks": 9,
        "answers": 5,
        "tasks in hand": 1,
    }
    assert User.objects.get(username="wanda").check_password(PASSWORD)


@pytest.mark.postgresql
def test_a_file_comes_into_postgresql(tmp_path: Path, ada: Requester) -> None:
    made = lab(tmp_path, on_sqlite=True)
    assert importing.bring(made.place, ada).brought["answers"] == 5
    assert importing.bring(made.place, ada).known["answers"] == 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("count", [4_000, pytest.param(1_000_000, marks=pytest.mark.proof)])
def test_memory_does_not_grow_with_the_number_of_tasks(tmp_path: Path, ada: Requester, count: int) -> None:
    many = lab_with_many(tmp_path, count)
    seen: dict[int, float] = {}
    importing.bring(many.place, ada, on_progress=lambda done, total: seen.update({done: memory_mb()}))
    assert max(seen) == count
    assert seen[count] - seen[2 * tasks.PAGE] < MOST_GROWTH_MB, seen


def test_a_page_of_tasks_costs_the_same_however_many_there_are(
    tmp_path: Path, ada: Requester, django_assert_max_num_queries
) -> None:
    many = lab_with_many(tmp_path, 2 * tasks.PAGE)
    with django_assert_max_num_queries(160):
        report = importing.bring(many.place, ada)
    assert (report.brought["tasks"], report.brought["answers"]) == (1000, 500)
    assert HIT.objects.filter(status="Assignable").count() == 500
