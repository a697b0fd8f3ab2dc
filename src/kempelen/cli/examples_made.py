"""The people and projects of `kempelen demo`."""

from dataclasses import asdict

from django.core.files import File
from django.db import transaction

from kempelen import examples
from kempelen.config.data_folder import Unusable
from kempelen.domain.actions import batches, people, projects, publishing
from kempelen.domain.models import Batch, Project, Requester, User

REQUESTER = "Demo"
REQUESTER_USER = "ada"
WORKER_USER = "cleo"
_NO_PROPERTIES = {"slug", "summary", "template", "rows"}


@transaction.atomic
def requester_and_worker() -> tuple[Requester, User]:
    """The demo's requester, owned by Ada, and the worker Cleo, made on the first start."""
    found = Requester.objects.filter(name=REQUESTER, members__username=REQUESTER_USER).first()
    if found is not None:
        return found, User.objects.get(username=WORKER_USER)
    if User.objects.exists():
        raise Unusable(
            "A server of your own keeps its data here. Give the demo another folder: kempelen "
            "demo --data-dir kempelen-demo"
        )
    owner = people.create_user(REQUESTER_USER, name="Ada")
    requester = people.create_requester(REQUESTER, owner)
    worker = people.create_user(WORKER_USER, name="Cleo")
    people.worker_of(worker)
    return requester, worker


def publish_all(requester: Requester) -> None:
    """Make and publish each example that has no project yet; one that was cut short is finished."""
    for example in examples.catalogue():
        project = Project.objects.filter(requester=requester, name=example.name).first()
        project = project or _project(requester, example)
        batch = Batch.objects.filter(project=project).first()
        if batch is None:
            with example.rows.open("rb") as rows:
                batch = batches.upload(project, File(rows), file_name=f"{example.slug}.csv")
        if batch.state == Batch.State.UPLOADED:
            batches.publish(batch)
            publishing.publish_now(batch.pk)


def _project(requester: Requester, example: examples.Example) -> Project:
    properties = {name: value for name, value in asdict(example).items() if name not in _NO_PROPERTIES}
    html = example.template.read_text(encoding="utf-8")
    return projects.create_project(requester, html=html, **properties)
