"""Makes a Turkle lab in an empty database, run by Turkle's own Python: python -m tests.turkle.inside LAB.

People log in, accept and submit over Turkle's own pages; requesters' work is done by its models, as its
admin pages do it.  Prints what the test wants to know as JSON.
"""

import io
import json
import sys
from datetime import timedelta

import django

django.setup()

from django.contrib.auth.models import Group, Permission, User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402
from guardian.shortcuts import assign_perm  # noqa: E402
from turkle.models import Batch, Project, Task, TaskAssignment  # noqa: E402

TEMPLATE = """<p>What is said in <b>${text}</b>?</p>
<input type="radio" name="mood" value="good"> <input type="radio" name="mood" value="bad">
<input type="checkbox" name="topic" value="1"> <input type="checkbox" name="topic" value="2">
<textarea name="why"></textarea>"""
PASSWORD = "tall-Ship-42"
AT_ONCE = 5000


def lab():
    """A lab with everything that an import has to do with; in the order in which it came to be."""
    people = {
        name: User.objects.create_user(name, f"{name}@lab.example", PASSWORD) for name in ("wanda", "walt")
    }
    people["admin"] = User.objects.create_superuser("admin", "admin@lab.example", PASSWORD)
    people["rita"] = User.objects.create_user("rita", "rita@lab.example", PASSWORD, is_staff=True)
    people["ivan"] = User.objects.create_user("ivan", "", PASSWORD, is_active=False, first_name="Iván")
    people["gone"] = User.objects.create_user("gone", "", PASSWORD)
    User.objects.create_user("Wanda", "", PASSWORD)
    User.objects.create(username="old", password="md5$salt$0123456789abcdef0123456789abcdef")
    people["rita"].user_permissions.add(Permission.objects.get(codename="add_batch"))
    pilots = Group.objects.create(name="pilots")
    pilots.user_set.add(people["wanda"], people["ivan"])
    moods = project("Moods", people["admin"], assignments_per_task=2, allotted_assignment_time=3)
    closed = project("Closed", people["rita"], custom_permissions=True)
    assign_perm("can_work_on", pilots, closed)
    assign_perm("can_work_on", people["walt"], closed)
    public = project("Public", None, login_required=False)
    past = project("Past", people["admin"])
    made = {
        "moods": batch(moods, "First", ["a", 'say "hi", ok', "ünï", "d"], people["admin"]),
        "closed": batch(closed, "For pilots", ["x"], people["rita"], custom_permissions=True),
        "public": batch(public, "Anyone", ["p", "q"], None, login_required=False),
        "past": batch(past, "Long ago", ["z"], people["admin"]),
        "inactive": batch(moods, "Resting", ["r"], people["admin"], active=False),
        "waiting": batch(moods, "To review", ["one", "two"], people["admin"], published=False),
    }
    assign_perm("can_work_on_batch", pilots, made["closed"])
    assign_perm("can_work_on_batch", people["walt"], made["closed"])
    work(made)
    tokens = give_tokens(people["admin"], people["wanda"])
    # Turkle deletes the answers with the account, and leaves the task marked as done.
    submit("gone", made["past"], mood="good")
    people["gone"].delete()
    Project.objects.filter(name="Past").update(active=False)
    return {"tokens": tokens}


def work(made):
    """Answers: sent twice by one name, of a visitor, long ago; and tasks in hand, one of them expired."""
    submit("wanda", made["moods"], mood="good", topic=["1", "2"], why="=1+1")
    submit("walt", made["moods"], mood="bad", why="línea\nnueva")
    submit("wanda", made["moods"], mood="bad", why="")
    accept("wanda", made["moods"])
    submit("wanda", made["closed"], why="pilot")
    submit(None, made["public"], why="visitor")
    first = TaskAssignment.objects.order_by("id").first()
    long_ago = timezone.now() - timedelta(days=90)
    TaskAssignment.objects.filter(id=first.id).update(
        created_at=long_ago, updated_at=long_ago + timedelta(seconds=75)
    )
    expired = accept("walt", made["moods"])
    TaskAssignment.objects.filter(id=expired).update(expires_at=timezone.now() - timedelta(hours=1))


def later():
    """What happens in Turkle after the first import: an answer to a task in hand, a batch, a user, a task."""
    held = TaskAssignment.objects.get(
        completed=False, assigned_to__username="wanda", task__batch__name="First"
    )
    client_of("wanda").post(f"/task/{held.task_id}/assignment/{held.id}/", {"mood": "good", "why": "at last"})
    admin = User.objects.get(username="admin")
    moods = Project.objects.get(name="Moods")
    moods.html_template = TEMPLATE.replace("What is said", "What is meant")
    moods.save()
    batch(moods, "Second", ["new"], admin)
    Task.objects.create(batch=Batch.objects.get(name="First"), input_csv_fields={"text": "added"})
    waiting = Batch.objects.get(name="To review")
    waiting.published = True
    waiting.save()
    nina = User.objects.create_user("nina", "", PASSWORD)
    Group.objects.get(name="pilots").user_set.add(nina)
    submit("nina", Batch.objects.get(name="Second"), mood="good", why="n")
    return {}


def many(count):
    """One batch of very many tasks, half of them answered."""
    worker = User.objects.create_user("wanda", "", PASSWORD)
    made = batch(project("Many", worker), "Many", [], worker)
    now = timezone.now()
    for start in range(0, count, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, count))
        rows = [
            Task(batch=made, completed=n % 2 == 0, input_csv_fields={"text": f"row {n}"}) for n in numbers
        ]
        Task.objects.bulk_create(rows)
    done = list(made.task_set.filter(completed=True).values_list("id", flat=True))
    for start in range(0, len(done), AT_ONCE):
        TaskAssignment.objects.bulk_create(
            TaskAssignment(
                task_id=pk, completed=True, assigned_to=worker, expires_at=now, answers={"why": str(pk)}
            )
            for pk in done[start : start + AT_ONCE]
        )
    return {}


def project(name, by, **properties):
    made = Project(
        name=name, html_template=TEMPLATE, created_by=by, updated_by=by, filename="moods.html", **properties
    )
    made.clean()
    made.save()
    return made


def batch(of, name, texts, by, **properties):
    inherited = {field: getattr(of, field) for field in ("assignments_per_task", "allotted_assignment_time")}
    made = Batch.objects.create(
        project=of, name=name, filename="rows.csv", created_by=by, **{**inherited, **properties}
    )
    text = "text\r\n" + "".join('"' + text.replace('"', '""') + '"\r\n' for text in texts)
    made.create_tasks_from_csv(io.StringIO(text))
    return made


def client_of(name):
    client = Client()
    if name:
        client.force_login(User.objects.get(username=name), "django.contrib.auth.backends.ModelBackend")
    return client


def accept(name, made):
    """Accept the next task on Turkle's page; gives the assignment's id."""
    where = client_of(name).get(f"/batch/{made.id}/accept_next_task/")["Location"]
    return int(where.rstrip("/").rpartition("/")[2])


def submit(name, made, **answers):
    """Accept and submit on Turkle's pages."""
    client = client_of(name)
    where = client.get(f"/batch/{made.id}/accept_next_task/")["Location"]
    client.post(where, {"csrfmiddlewaretoken": "x", **answers})
    assert TaskAssignment.objects.get(id=int(where.rstrip("/").rpartition("/")[2])).completed


def give_tokens(*users):
    """Make tokens for the API; Turkle 2 has none."""
    try:
        from rest_framework.authtoken.models import Token

        from turkle import api  # noqa: F401
    except ImportError:
        return {}
    return {user.username: Token.objects.create(user=user).key for user in users}


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    call_command("migrate", verbosity=0)
    print(json.dumps({"lab": lab, "later": later, "many": many}[what](*map(int, rest))))
